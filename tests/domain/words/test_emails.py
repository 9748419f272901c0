"""Addresses: which one that a platform vouches for is a person's."""

from __future__ import annotations

import pytest

from bot.domain.words.emails import folded_email, is_same

ADDRESS = "kim@firm.example"
LOOKS_LIKE_IT = (
    "ｋim@firm.example",
    "kim@ﬁrm.example",
    "\u212aim@firm.example",  # the sign for kelvin, whose small letter is k
    "k\u200bim@firm.example",
    "k\u00adim@firm.example",
    "mailto:kim@firm.example",
    "kim@firm.example\n",
    "kim+x@firm.example",
    "kim@firm.example.",
    "k\u0456m@firm.example",
    "kim@firm\u3002example",
    "kim@firm.example, ceo@firm.example",
    "",
)


@pytest.mark.parametrize("said", [ADDRESS, "Kim@Firm.Example", "KIM@FIRM.EXAMPLE", " kim@firm.example "])
def test_the_same_address(said: str) -> None:
    """Whatever its case."""
    assert is_same(ADDRESS, said)


@pytest.mark.parametrize("said", LOOKS_LIKE_IT)
def test_what_only_looks_like_it(said: str) -> None:
    """It is another mailbox, and whoever has that one isn't this person, though a list that is typed by people reads many of them alike."""
    assert not is_same(ADDRESS, said)


def test_what_people_type_is_read_kindly() -> None:
    """In the company's own list, that is: nobody is let in by it."""
    assert folded_email("mailto:ｋim@ﬁrm.example") == ADDRESS
