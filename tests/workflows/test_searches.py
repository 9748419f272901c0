"""The lists a field can search in: each is there, and finds what is one's own to find."""

from __future__ import annotations

import re

import pytest

from bot.workflows.searches import SOURCES
from tests.conftest import Life, World
from tests.handlers.test_updates import drafted, sent
from tests.places import ROOT


def found(world: World, actor: str, source: str, query: str = "") -> list[str]:
    """What is offered."""
    return [one.label for one in world.application.dispatcher.find_options(world.sender(actor), source, query)]


def test_each_field_searches_in_a_list_there_is() -> None:
    """One of another name would be answered with nothing for ever."""
    files = [one for folder in ("handlers", "bot/workflows") for one in (ROOT / folder).rglob("*.py")]
    named = {name for one in files for name in re.findall(r'\bsource="(\w+)"', one.read_text("utf-8"))}
    assert named <= set(SOURCES)
    assert {"customers", "executives", "audience"} <= named


@pytest.mark.parametrize(
    ("actor", "names"),
    [
        ("ada", ["Ada Lovell"]),
        ("dele", ["Ada Lovell"]),
        ("cleo", ["Ada Lovell", "Aroha Ngata", "Bruno Kraus"]),
        ("emil", []),
        ("mallory@elsewhere.example", []),
    ],
)
def test_executives_are_those_one_logs_for(world: World, actor: str, names: list[str]) -> None:
    """Typing another's very name finds no more."""
    assert sorted(found(world, actor, "executives")) == names
    assert set(found(world, actor, "executives", "Bruno Kraus")) <= set(names)


@pytest.mark.parametrize("source", [*SOURCES, "no such list"])
def test_a_stranger_finds_nothing(world: World, source: str) -> None:
    """In no list, whatever is typed; and a list there isn't is empty for everybody."""
    assert found(world, "mallory@elsewhere.example", source, "Ada") == []
    assert source in SOURCES or found(world, "cleo", source) == []


async def test_updates_are_found_by_all_words_in_any_order(life: Life) -> None:
    """Of title or text, once out and by who reads them; a draft is nobody's to find."""
    drafted(life.world, title="The secret line")
    await sent(life)
    for query in ("", "NIGHT", "night customer line", "customer number"):
        assert found(life.world, "emil", "updates", query) == ["The night line"], query
    assert found(life.world, "emil", "updates", "night secret") == []
    assert found(life.world, "aroha", "updates") == [], "it wasn't for her"
