"""What became of a recall: how many, and who keeps the old words, by name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.measures.recalls import Recall
from bot.measures.scope import Share
from bot.views.recalls import REASONS, kept_copies, recalled


def standing(recall: Recall, *, gone: bool = True) -> Any:
    """As much of one as this asks for."""
    return SimpleNamespace(recall=recall, broadcast=SimpleNamespace(update=SimpleNamespace(recalled_at=1 if gone else None)))


@pytest.mark.parametrize(
    ("back", "doubt", "said"),
    [
        (Share(0, 0), 0, "Recalled. It had been sent to no one."),
        (Share(0, 0), 2, "Recalled. 2 may have it."),
        (Share(1200, 1300), 0, "Recalled; taken back from 1,200 of 1,300."),
        (Share(3, 4), 1, "Recalled; taken back from 3 of 4. 1 more may have it."),
    ],
)
def test_how_much_was_taken_back(back: Share, doubt: int, said: str) -> None:
    """Doubt is said beside it, never added in."""
    assert recalled(standing(Recall(back, 0, doubt, 0))) == said


def shown(recall: Recall, *, gone: bool = True) -> str:
    """The blocks as JSON."""
    return "".join(one.model_dump_json() for one in kept_copies(standing(recall, gone=gone)))


def test_each_who_keeps_it_with_why_and_what_to_do() -> None:
    """A reason that isn't known is said as the platform has it; none means doubt."""
    kept = (("Ada", "left: U1"), ("Emil", "hologram"), ("Cleo", ""))
    said = shown(Recall(Share(0, 5), 0, 0, 5, kept))
    assert REASONS["left"] in said
    assert "hologram" in said
    assert "didn't say whether it arrived" in said
    assert "and 2 more" in said


def test_an_edit_names_only_those_whose_copy_is_surely_old() -> None:
    """Doubt is no old word; and nobody is no heading."""
    kept = (("Ada", "left"), ("Cleo", ""))
    said = shown(Recall(Share(0, 2), 0, 0, 2, kept), gone=False)
    assert ("Ada" in said, "Cleo" in said, "old words" in said) == (True, False, True)
    assert shown(Recall(Share(0, 1), 0, 0, 1, (("Cleo", ""),)), gone=False) == ""
    assert shown(Recall(Share(2, 2), 0, 0, 0)) == ""
