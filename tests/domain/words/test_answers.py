"""Reading what a client sends: an id, a day, a choice; and what is said of anything else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import InvalidAnswers
from bot.domain.words.answers import LARGEST, Filled, whole


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("7", 7), ("007", 7), (str(LARGEST), LARGEST)])
def test_a_whole_number(value: str, number: int) -> None:
    """Digits, up to the largest id there can be."""
    assert whole(value) == number


@pytest.mark.parametrize(
    "value", ["", " 7", "-0", "+1", "1e3", "1.0", "１２", "²", "٣", "0x1", str(LARGEST + 1), "9" * 5_000, "1\x00"]
)
def test_no_number(value: str) -> None:
    """Anything else is none: not even what Python would read as one."""
    assert whole(value) is None


def test_what_can_be_read_is_no_problem() -> None:
    """Text is stripped; what was left empty is None, or nothing."""
    filled = Filled({"note": "  hi ", "due": "2026-11-25", "who": ["1", "", "2", "1"], "one": "3", "kind": "call", "none": ""})
    assert filled.text("note") == "hi"
    assert filled.text("who") == "1  2 1"
    assert filled.texts("one") == ["3"]
    assert filled.day("due") == date(2026, 11, 25)
    assert (filled.ids("who"), filled.id("one"), filled.choice("kind", {"call"})) == ([1, 2], 3, "call")
    assert (filled.text("absent"), filled.day("none"), filled.id("none"), filled.choice("none", {"call"})) == ("", None, None, "")
    assert ("note" in filled, "absent" in filled) == (True, False)
    filled.check()


def test_what_cannot_be_read_is_a_sentence_at_its_field() -> None:
    """All of them together; a long one is cut in its sentence. Those of reading come before what else was found of a field."""
    filled = Filled({"due": "x" * 500, "who": ["1", "two"], "one": "-0", "kind": "dinner"})
    assert (filled.day("due"), filled.ids("who"), filled.id("one"), filled.choice("kind", {"call"})) == (None, [1], None, "")
    assert filled.day("last", missing="Choose your last day.") is None
    with pytest.raises(InvalidAnswers) as caught:
        filled.check({"one": "elsewhere", "title": "Write a title."})
    said = caught.value.fields
    assert said.pop("due") == f"“{'x' * 80}…” is no date. Choose a day."
    assert said.pop("last") == "Choose your last day."
    assert said.pop("title") == "Write a title."
    assert said == dict.fromkeys(("who", "one", "kind"), "Choose one from the list.")
