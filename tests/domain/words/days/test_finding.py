"""All days of a text: where they stand, and that any text is looked through."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.words.typed_dates import find_dates
from tests.domain.words.days.said import WEDNESDAY, found

SAYINGS = (
    *(
        "yesterday",
        "on",
        "by",
        "Friday",
        "3/4",
        "12",
        "20.11.",
        "March",
        "may",
        "ago",
        "two",
        "weeks",
        "last",
        "next",
        "the",
        "20th",
        "of",
    ),
    *(
        "2026-02-29",
        "end of",
        "0",
        "99",
        "KW 47",
        "vor",
        "einer",
        "Woche",
        "am",
        "gestern",
        "11月20日",
        "先週",
        "قبل",
        "أيام",
        "לפני",
        "no,",
        "-",
        "17-19",
    ),
    *("il y a", "Christmas", "9999", "Q1", "week", "31 Feb", "il y a 999 ans", "in 900 years"),
)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SAYINGS) | st.text(max_size=5), max_size=12).map(" ".join),
    st.dates(date(1950, 1, 1), date(2098, 1, 1)),
    st.sampled_from(["en-US", "en-GB", "de-DE", "fr-CA", "es-MX", "ja-JP", "ar-EG", "he-IL", "", "x-y-z", "pt-BR", "en-"]),
    st.booleans(),
)
def test_any_text_is_looked_through(text: str, today: date, locale: str, past: bool) -> None:
    """Whatever is typed: days stand in order, none over another; a day that has been isn't after today, and one that can't be told asks."""
    end = 0
    for one in find_dates(text, today=today, locale=locale, past=past):
        assert end <= one.start < one.end <= len(text)
        assert (one.day is None) == bool(one.doubt)
        assert not past or one.day is None or one.day <= today
        end = one.end


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Globex — “3/4” w/ CFO", "3/4"),
        ("Globex yesterday at 3pm: slow", "yesterday at 3pm"),
        ("saw them on Monday afternoon about it", "on Monday afternoon"),
        ("Blue Rigde Foods on Nov 18th at 2:30pm, tour", "on Nov 18th at 2:30pm"),
        ("Friday the 13th. Gate times", "Friday the 13th"),
        ("Visited 17-18 November, two depots", "17-18 November"),
        ("Globex Monday, no, Tuesday: ok", "Monday, no, Tuesday"),
        ("Globex from Monday to Wednesday: ok", "from Monday to Wednesday"),
        ("the 20th of last month, fine", "the 20th of last month"),
    ],
)
def test_the_words_of_a_day_are_known(text: str, words: str) -> None:
    """With the word that leads to it, its time and its correction."""
    one = found(text)[0]
    assert text[one.start : one.end] == words


def test_questions_are_plain() -> None:
    """A doubt says what is the matter and asks."""
    doubts = [found(text)[0].doubt for text in ("Thursday 20 Nov", "30 Nov", "last week", "30 February")]
    assert doubts == [
        "20 November 2026 is a Friday, not a Thursday. Which day was it?",
        "30 November 2026 is still to come. Which day was it?",
        "“last week” is no single day. Which day was it?",
        "There is no 30 February that year. Which day was it?",
    ]


def test_due_days_say_so() -> None:
    """What something is due by is told from what isn't, and left out of what has been."""
    (one,) = find_dates("we send it by Friday", today=WEDNESDAY, locale="en-GB", past=False)
    assert (one.day, one.due) == (date(2026, 11, 27), True)
    assert find_dates("we send it by Friday", today=WEDNESDAY, locale="en-GB", past=True) == ()
