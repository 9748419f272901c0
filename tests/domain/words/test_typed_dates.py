"""Days said in typed text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.words.typed_dates import LOOKED_AT, find_date, find_dates

WEDNESDAY = date(2026, 11, 25)


def said(text: str, *, locale: str = "en-US", past: bool = True, today: date = WEDNESDAY) -> tuple[date, str] | None:
    """Give the day found on Wednesday, 25 November 2026, and the words that say it."""
    found = find_date(text, today=today, locale=locale, past=past)
    return (found.day, text[found.start : found.end]) if found else None


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("yesterday", (2026, 11, 24), "yesterday"),
        ("Acme today, fine", (2026, 11, 25), "today"),
        ("the day before yesterday", (2026, 11, 23), "the day before yesterday"),
        ("this morning", (2026, 11, 25), "this morning"),
        ("last night", (2026, 11, 24), "last night"),
        ("yesterday afternoon", (2026, 11, 24), "yesterday afternoon"),
        ("last Friday", (2026, 11, 20), "last Friday"),
        ("met on Friday with Tom", (2026, 11, 20), "on Friday"),
        ("Wednesday", (2026, 11, 18), "Wednesday"),
        ("this Monday", (2026, 11, 23), "this Monday"),
        ("Tuesday last week", (2026, 11, 17), "Tuesday last week"),
        ("Fri", (2026, 11, 20), "Fri"),
        ("last thurs", (2026, 11, 19), "last thurs"),
        ("on Sun", (2026, 11, 22), "on Sun"),
        ("3 days ago", (2026, 11, 22), "3 days ago"),
        ("two weeks ago", (2026, 11, 11), "two weeks ago"),
        ("a month\u00a0ago", (2026, 10, 25), "a month\u00a0ago"),
        ("12 March", (2026, 3, 12), "12 March"),
        ("Mar 12", (2026, 3, 12), "Mar 12"),
        ("may 5", (2026, 5, 5), "may 5"),
        ("on the 12th of March 2025, at noon", (2025, 3, 12), "on the 12th of March 2025"),
        ("March 12th, 2025", (2025, 3, 12), "March 12th, 2025"),
        ("Nov 25", (2026, 11, 25), "Nov 25"),
        ("Fri 20 Nov: fine", (2026, 11, 20), "Fri 20 Nov"),
        ("Friday, November 20 10:30", (2026, 11, 20), "Friday, November 20 10:30"),
        ("2026-11-20", (2026, 11, 20), "2026-11-20"),
        ("(2025-12-29)", (2025, 12, 29), "2025-12-29"),
        ("20 Nov 25: slow", (2025, 11, 20), "20 Nov 25"),
        ("Nov 20 '25", (2025, 11, 20), "Nov 20 '25"),
        ("20 Nov 15 invoices late", (2026, 11, 20), "20 Nov"),
        ("20 Nov 10:30", (2026, 11, 20), "20 Nov 10:30"),
        ("Friday morning: slow", (2026, 11, 20), "Friday morning"),
        ("last Friday night", (2026, 11, 20), "last Friday night"),
        ("29 February", (2024, 2, 29), "29 February"),
        ("29 Feb 2024", (2024, 2, 29), "29 Feb 2024"),
        ("1925-01-01", (1925, 1, 1), "1925-01-01"),
    ],
)
def test_a_day_that_has_been(text: str, day: tuple[int, int, int], words: str) -> None:
    """Days are understood as people say them, the last such day where no year is said, and the words that say them are known."""
    assert said(text) == (date(*day), words)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("fix the export by Friday", (2026, 11, 27), "by Friday"),
        ("next Friday", (2026, 12, 4), "next Friday"),
        ("Wednesday", (2026, 12, 2), "Wednesday"),
        ("this Friday", (2026, 11, 27), "this Friday"),
        ("tomorrow", (2026, 11, 26), "tomorrow"),
        ("in two weeks", (2026, 12, 9), "in two weeks"),
        ("within the next 3 days", (2026, 11, 28), "within the next 3 days"),
        ("next week", (2026, 12, 2), "next week"),
        ("until 12 March", (2027, 3, 12), "until 12 March"),
        ("told on Monday that we fix it by 12 December", (2026, 12, 12), "by 12 December"),
        ("due 12/1", (2026, 12, 1), "due 12/1"),
        ("29 February", (2028, 2, 29), "29 February"),
        ("by the end of the week", (2026, 11, 27), "by the end of the week"),
        ("end of month", (2026, 11, 30), "end of month"),
        ("EOQ", (2026, 12, 31), "EOQ"),
        ("by end of next quarter", (2027, 3, 31), "by end of next quarter"),
        ("end of next year", (2027, 12, 31), "end of next year"),
    ],
)
def test_a_day_to_come(text: str, day: tuple[int, int, int], words: str) -> None:
    """For what is due, the next such day is meant, and a day with “by” goes before one without."""
    assert said(text, past=False) == (date(*day), words)


@pytest.mark.parametrize(
    "text",
    [
        "promised by Friday",
        "before 12 March",
        "until yesterday",
        "due 3/4",
        "since Monday",
        "tomorrow",
        "next Friday",
        "in 3 days",
        "this Friday",
        "by the 5th of May",
    ],
)
def test_when_it_is_due_is_not_when_it_happened(text: str) -> None:
    """Days after “by” or “until”, and days to come, are left alone where a day that has been is asked for."""
    assert said(text) is None


@pytest.mark.parametrize("past", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "may",
            "sun",
            "second",
            "a second",
            "six weeks",
            "onboarding takes six weeks",
            "march on",
            "mon",
            "Mon Repos",
            "one",
            "a week",
            "Mai",
            "Friday Night Lights",
            "sat",
            "now",
            "day",
            "20",
            "2026",
        ),
        *(
            "of 20, 12 may leave",
            "they march 12 people in",
            "1.2.3",
            "v1.2",
            "version 3.4.2026",
            "3.4",
            "555-1234",
            "+64 21 123 4567",
            "021/555 1234",
        ),
        *(
            "$3/4",
            "3/4 of them",
            "1 3/4 cups",
            "24/7 support",
            "rated 4/5",
            "9/10 score",
            "2/3 majority",
            "€12.50",
            "1,200",
            "50%",
            "10:30",
            "https://a.example/2026/11/20/x",
            "ACME-2026-11-20-7",
        ),
        *(
            "monday.com",
            "Sunday Times",
            "Black Friday",
            "every Friday",
            "Fridays",
            "Friday’s outage",
            "yesterday's",
            "March 2026",
            "30 February",
        ),
        *("29 Feb 2025", "31/31", "2026-13-01", "Q3", "999 years ago", "the other day", "", "\u200f🚀"),
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str, *, past: bool) -> None:
    """Words, lone numbers, spans, versions, telephone numbers, prices, scores, times and addresses are no dates."""
    assert said(text, past=past) is None


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        *((locale, (2026, 3, 4)) for locale in ("en-US", "en", "ja", "zh-CN")),
        *((locale, (2026, 4, 3)) for locale in ("en-GB", "en_NZ", "en-AU", "de-DE", "fr", "sv", "tlh")),
    ],
)
def test_three_four_is_read_in_the_locales_order(locale: str, day: tuple[int, int, int]) -> None:
    """3/4 is the fourth of March in the United States and the third of April in most of the world, known locale or not."""
    assert said("3/4", locale=locale) == (date(*day), "3/4")


def test_a_day_that_can_only_be_read_one_way_is_read_that_way() -> None:
    """20/11 is no month 20, wherever one is."""
    assert said("20/11", locale="en-US") == (date(2026, 11, 20), "20/11")
    assert said("11/20", locale="en-GB") == (date(2026, 11, 20), "11/20")


@pytest.mark.parametrize(
    ("locale", "text", "day"),
    [
        ("de", "gestern", (2026, 11, 24)),
        ("de", "vorgestern mit Frau Öztürk", (2026, 11, 23)),
        ("de", "am Freitag", (2026, 11, 20)),
        ("de", "letzten Freitag", (2026, 11, 20)),
        ("de", "vor drei Wochen", (2026, 11, 4)),
        ("de", "am 3.4. in Berlin", (2026, 4, 3)),
        ("de-AT", "20.11.26", (2026, 11, 20)),
        ("de", "12. März 2026", (2026, 3, 12)),
        ("fr", "hier", (2026, 11, 24)),
        ("fr-FR", "aujourd’hui", (2026, 11, 25)),
        ("fr", "vendredi dernier", (2026, 11, 20)),
        ("fr", "il y a 3 jours", (2026, 11, 22)),
        ("fr", "le 3 avril", (2026, 4, 3)),
        ("es", "ayer", (2026, 11, 24)),
        ("es", "el viernes pasado", (2026, 11, 20)),
        ("es", "hace 3 días", (2026, 11, 22)),
        ("es", "12 de marzo de 2026", (2026, 3, 12)),
        ("fr", "yesterday", (2026, 11, 24)),
    ],
)
def test_days_in_other_languages(locale: str, text: str, day: tuple[int, int, int]) -> None:
    """People may say days in their own language, or in English."""
    found = said(text, locale=locale)
    assert found is not None
    assert found[0] == date(*day)


@pytest.mark.parametrize(
    ("locale", "text"), [("de", "bis Freitag"), ("fr", "avant vendredi"), ("es", "antes del viernes"), ("en", "gestern")]
)
def test_due_dates_in_other_languages_are_not_when_it_happened(locale: str, text: str) -> None:
    """“By” is left alone in German, French and Spanish too, and languages of others aren't read."""
    assert said(text, locale=locale) is None


def test_a_weekday_said_on_that_day_is_a_week_away() -> None:
    """On a Friday, Friday is the last one or the next, since today is called today."""
    friday = date(2026, 11, 27)
    assert said("on Friday", today=friday) == (date(2026, 11, 20), "on Friday")
    assert said("by Friday", past=False, today=friday) == (date(2026, 12, 4), "by Friday")


def test_the_year_turns() -> None:
    """In January, December was last year, and the week of New Year's Day begins in the old one."""
    new_year = date(2026, 1, 1)
    assert said("29 December", today=new_year) == (date(2025, 12, 29), "29 December")
    assert said("Monday of this week", today=new_year) == (date(2025, 12, 29), "Monday of this week")
    assert said("next Monday", past=False, today=date(2025, 12, 29)) == (date(2026, 1, 5), "next Monday")


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    """A day after two thousand characters is part of a story."""
    assert said("x " * LOOKED_AT + "yesterday") is None


@pytest.mark.parametrize(
    "text", ["last week", "Dec 3", "2027-03-03", "last Tuesday", "Thursday 19 March 2026 or Friday", "Friday 19 March"]
)
def test_a_day_in_doubt_is_none(text: str) -> None:
    """A whole week, a day that is still to come and one that isn't its weekday are asked about, and not guessed."""
    assert said(text) is None


SAYINGS = (
    *("yesterday", "on", "by", "Friday", "3/4", "12", "March", "may", "ago", "two", "weeks", "last", "next"),
    *("2026-02-29", "end of", "0", "99"),
)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SAYINGS) | st.text(max_size=5), max_size=10).map(" ".join),
    st.dates(date(2000, 1, 1), date(2098, 1, 1)),
    st.sampled_from(["en-US", "en-GB", "de", "fr-CA", "es", "ja", "", "x-y-z", "pt-BR"]),
    st.booleans(),
)
def test_any_text_is_looked_through_without_fail(text: str, today: date, locale: str, past: bool) -> None:
    """Whatever is typed: what is found lies within the text, and has letters or digits in it."""
    found = find_date(text, today=today, locale=locale, past=past)
    assert found is None or 0 <= found.start < found.end <= len(text)
    assert found is None or any(sign.isalnum() for sign in text[found.start : found.end])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([saying for saying in SAYINGS if not saying.startswith("2026")]), max_size=8).map(" ".join),
    st.dates(date(2000, 1, 1), date(2098, 1, 1)),
    st.sampled_from(["en-US", "en-GB", "de", "fr", "es"]),
)
def test_what_has_happened_was_not_after_today(text: str, today: date, locale: str) -> None:
    """Where no year is said, a day that has been is today at the latest."""
    found = find_date(text, today=today, locale=locale, past=True)
    year_said = found is not None and str(found.day.year % 100) in text[found.start : found.end]
    assert found is None or year_said or found.day <= today


@pytest.mark.parametrize(
    ("locale", "text", "words", "day"),
    [
        ("en-GB", "send it by 4 December please", "by 4 December", date(2026, 12, 4)),
        ("de-DE", "liefern bis 4. Dezember die Muster", "bis 4. Dezember", date(2026, 12, 4)),
        ("de-DE", "Schulung bis Ende des Monats", "bis Ende des Monats", date(2026, 11, 30)),
        ("de-DE", "Schulung bis Ende der Woche", "bis Ende der Woche", date(2026, 11, 27)),
        ("de-DE", "Muster in zwei Wochen", "in zwei Wochen", date(2026, 12, 9)),
    ],
)
def test_a_day_that_something_is_due_by_is_read_whole(locale: str, text: str, words: str, day: date) -> None:
    """With its month and its week, not only its number."""
    (found,) = find_dates(text, today=date(2026, 11, 25), locale=locale, past=False)
    assert (text[found.start : found.end], found.day) == (words, day)


def test_a_range_ends_with_its_sentence() -> None:
    """“Yesterday. By Friday …” is a visit and a commitment, and not from yesterday to Friday."""
    text = "Gestern. Bis Freitag bekommen sie die Liste"
    (due,) = [one for one in find_dates(text, today=date(2026, 11, 25), locale="de-DE", past=False) if one.due]
    assert (text[due.start : due.end], due.day) == ("Bis Freitag", date(2026, 11, 27))
