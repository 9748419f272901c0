"""Whatever is typed after /logvisit: nothing of it is lost, nothing fails, nothing takes long, and the order of its parts doesn't matter."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.words.matching import Candidate, fold
from bot.domain.words.understanding import Understood, understand_engagement
from tests.lines.corpus import half, read_all
from tests.test_linear import growth, seconds

TODAY = date(2026, 11, 25)
LOCALES = ("en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "ja-JP", "ar-EG", "he-IL", "pt-BR", "xx")
NAMES = (
    "Acme Health",
    "Globex",
    "On",
    "3",
    "Today Translations",
    "Contoso - Europe",
    "O'Brien & Sons",
    "三日月堂",
    "شركة النيل",
    "בנק הגליל",
)
CUSTOMERS = [Candidate(number, name) for number, name in enumerate(NAMES)]
PEOPLE = [Candidate("jane", "Jane Doe")]

CORPUS = sorted({word for row in read_all(half("tuning")) for word in row.line.split()})
SIGNS = (
    *":-–—,;.!?|/\\\"'“”()[]<>@#&+*_~`\0\n\t\r\u00a0\u200f\u200b\u2028\ufeff",
    "\ud800",
    "👩‍💻",
    "<@U1|",
    "<http://",
    "1)",
    "%",
)
lines = st.lists(st.sampled_from(CORPUS) | st.sampled_from(NAMES) | st.sampled_from(SIGNS) | st.text(max_size=6), max_size=16).map(
    " ".join
)
anything = lines | st.text(max_size=120)

_JOINING = (
    "with w mit avec con their the his her its our a an and und et y plus le la el su on am den vom at to ihrem ihrer dem der leur"
)
JOINING = frozenset(_JOINING.split())
"""Words that only join others, and may be left out."""

MOST_DAY_WORDS = 8
"""Words that say a day, with those that lead to it: on the last Tuesday of October 2026."""


def understand(text: str, locale: str = "en-GB") -> Understood:
    """Read a line on Wednesday, 25 November 2026."""
    return understand_engagement(text, today=TODAY, locale=locale, customers=CUSTOMERS, people=PEOPLE)


def texts(value: object) -> Iterator[str]:
    """Every text in what was understood, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from texts(one if name != "customer" else "")  # the known name isn't what was typed
    elif isinstance(value, Sequence):
        for one in value:
            yield from texts(one)


_WORD = re.compile("[\u2e80-\U0003ffff]|[^\\W\u2e80-\U0003ffff]+")


def words(text: str) -> list[str]:
    """The words of a text as they are compared; of a mention its name only, for its id is no word. Japanese parts no words: each sign is one."""
    return _WORD.findall(fold(re.sub(r"<@\w+\|", " ", text)))


def lost(typed: str, said: Understood) -> Counter[str]:
    """Words, each as often as it was typed, that are in no field and don't only join others."""
    kept = Counter(words(" ".join(texts(asdict(said)))))
    return Counter({word: count for word, count in (Counter(words(typed)) - kept).items() if word not in JOINING})


@settings(deadline=None, max_examples=300)
@given(anything, st.sampled_from(LOCALES))
def test_nothing_is_lost_and_nothing_fails(typed: str, locale: str) -> None:
    """Each word is in a field, or in the note; where a day is understood, only the words that say it may be in neither."""
    said = understand(typed, locale)
    assert lost(typed, said).total() <= (MOST_DAY_WORDS if said.happened_on else 0)


@settings(deadline=None, max_examples=100)
@given(anything)
def test_the_same_line_is_always_read_the_same(typed: str) -> None:
    """Nothing is remembered from another line."""
    first = understand(typed)
    understand(f"Globex yesterday with Ann: {typed}")
    assert understand(typed) == first


@settings(deadline=None, max_examples=100)
@given(anything, st.sampled_from(LOCALES))
def test_a_visit_is_never_yet_to_come(typed: str, locale: str) -> None:
    """No line is dated after the day it is typed on."""
    happened_on = understand(typed, locale).happened_on
    assert happened_on is None or happened_on <= TODAY


ENGLISH = [("yesterday", date(2026, 11, 24)), ("last Friday", date(2026, 11, 20)), ("12 November", date(2026, 11, 12))]
GERMAN = [("gestern", date(2026, 11, 24)), ("letzten Freitag", date(2026, 11, 20)), ("am 12. November", date(2026, 11, 12))]
MET = [("with Jane Doe", ("Jane Doe",)), ("with their CFO and Tom Brandt", ("CFO", "Tom Brandt"))]
MET_IN_GERMAN = [("mit Jana Weber", ("Jana Weber",)), ("mit Einkauf und Tom Brandt", ("Einkauf", "Tom Brandt"))]
ANY_CUSTOMER = st.sampled_from([name for name in NAMES if len(name) > 2])
"""Between commas “On” and “3” could be anything."""


def same_in_any_order(customer: str, day: tuple[str, date], met: tuple[str, tuple[str, ...]], locale: str, shape: str) -> None:
    """Hold each order of the parts against what they say."""
    for parts in permutations((customer, day[0], met[0])):
        typed = shape.format(*parts)
        said = understand(typed, locale)
        winner = said.customer.winner
        found = (winner and winner.candidate.name, said.happened_on, said.contacts, words(said.note))
        assert found == (customer, day[1], met[1], words("Onboarding takes six weeks")), typed


@settings(deadline=None, max_examples=40)
@given(ANY_CUSTOMER, st.sampled_from(ENGLISH), st.sampled_from(MET))
def test_the_order_of_a_headings_parts_changes_nothing(
    customer: str, day: tuple[str, date], met: tuple[str, tuple[str, ...]]
) -> None:
    """Customer, day and people before a colon."""
    same_in_any_order(customer, day, met, "en-GB", "{}, {}, {}: Onboarding takes six weeks")


@settings(deadline=None, max_examples=40)
@given(ANY_CUSTOMER, st.sampled_from(GERMAN), st.sampled_from(MET_IN_GERMAN))
def test_the_order_of_a_headings_parts_changes_nothing_in_german(
    customer: str, day: tuple[str, date], met: tuple[str, tuple[str, ...]]
) -> None:
    """Customer, day and people before a colon."""
    same_in_any_order(customer, day, met, "de-DE", "{}, {}, {}: Onboarding takes six weeks")


@settings(deadline=None, max_examples=40)
@given(ANY_CUSTOMER, st.sampled_from(ENGLISH), st.sampled_from(MET))
def test_the_order_of_sentences_changes_nothing(customer: str, day: tuple[str, date], met: tuple[str, tuple[str, ...]]) -> None:
    """Each part as a sentence, before and after what was heard."""
    for shape in ("{}. {}. {}. Onboarding takes six weeks.", "{}. Onboarding takes six weeks. {}. {}."):
        same_in_any_order(customer, day, met, "en-GB", shape)


HURTING = (
    *("with ", "with Jane, ", "met Dr. ", "van der ", "their CFO ", "(Jane) ", "<@U1|a> ", "attendees: "),
    *("promised ", "we'll do by friday ", "I said ", "1) ", "1. a 2. ", "zugesagt bis ", "me to "),
    *("Globex ", "Globx ", "O'Brien & ", "On ", "3 ", "三日月堂", "11月20日", "昨日", "شركة ", "بنك أمس ", "ביום שני "),
    *("monday ", "Mon: ", "KW 47 ", "last ", "the 20th ", "3/4 ", "a fortnight ago ", "vor ", "twenty ", "week before "),
)


@pytest.mark.parametrize("locale", ["de-DE"])
def test_ten_times_the_line_takes_ten_times_as_long(locale: str) -> None:
    """For every line that was made to hurt: under fifteen times, or no time that could be told."""

    def read(typed: str) -> Understood:
        return understand(typed, locale)

    read("warm up, Globex yesterday with Ann, promised a fix by Friday")
    slow = {}
    for pattern in HURTING:
        small, large, larger = (pattern * (size // len(pattern)) for size in (2_000, 20_000, 200_000))
        if seconds(read, large, 1) < 0.01:
            continue
        if (ratio := growth(read, small, large)) >= 15 and (ratio := min(ratio, growth(read, large, larger))) >= 15:
            slow[pattern] = round(ratio, 1)
    assert slow == {}
