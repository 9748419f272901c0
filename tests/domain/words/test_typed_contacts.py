"""People named after “with”."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words.matching import Candidate
from bot.domain.words.typed_contacts import find_contacts

PEOPLE = [Candidate(1, "Jane Doe", ("jane.doe@company.example",))]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("Acme with their CFO", ("CFO",), ""),
        ("with Jane Doe and Tom about prices", ("Jane Doe", "Tom"), "about prices"),
        ("with jane, tom & the VP of Sales", ("jane", "tom", "VP of Sales"), ""),
        ("mit Frau Öztürk und Herrn Li", ("Frau Öztürk", "Herrn Li"), ""),
        ("with @tom\0 at noon", ("tom",), "\0 at noon"),
        ("with Jane Doe (CFO) and Tom", ("Jane Doe (CFO)", "Tom"), ""),
        ("(today with Tom)", ("Tom",), ""),
        ("within reach, with Tom", ("Tom",), ""),
    ],
)
def test_all_after_with_names_people_in_a_heading(text: str, names: tuple[str, ...], rest: str) -> None:
    """Names, roles and lists of them are taken up to a word such as “about”, or to what is understood already."""
    found = find_contacts(text, people=(), whole=True)
    assert found is not None
    assert (found.names, text[found.end :]) == (names, rest)


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("with their CFO onboarding is slow", ("CFO",), " onboarding is slow"),
        ("with Jane Doe and Tom they want more", ("Jane Doe", "Tom"), " they want more"),
        ("with Jane, Tom and Sue, slow", ("Jane", "Tom", "Sue"), " slow"),
        ("with Jane. Tom was away", ("Jane",), " Tom was away"),
        ("with jane doe slow", ("jane doe",), " slow"),
        ("with jane about it", ("jane",), " about it"),
        ("with tom@acme.example slow", ("tom@acme.example",), " slow"),
    ],
)
def test_only_what_looks_like_names_is_taken_in_running_text(text: str, names: tuple[str, ...], rest: str) -> None:
    """Capitalised words, roles, addresses and people who are known are names; the story goes on after them."""
    found = find_contacts(text, people=PEOPLE, whole=False)
    assert found is not None
    assert (found.names, text[found.end :]) == (names, rest)


@pytest.mark.parametrize("text", ["", "with", "with ", "without Jane", "with the", "with great pleasure we came", "with , and"])
def test_nobody_is_named(text: str) -> None:
    """“With” alone, other words that begin so, or a manner of doing things name nobody."""
    assert find_contacts(text, people=PEOPLE, whole=False) is None


@given(st.text(alphabet="with aJD,&@.\0é\u200f ", max_size=40), st.booleans())
def test_any_text_is_read_without_fail(text: str, whole: bool) -> None:
    """What is found lies within the text, and no name is empty."""
    found = find_contacts(f"with {text}", people=PEOPLE, whole=whole)
    assert found is None or (0 <= found.start < found.end <= len(text) + 5 and all(found.names))
