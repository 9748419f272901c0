"""Help: what each may do, and what wasn't understood."""

from __future__ import annotations

from bot.cards import Facts
from bot.views import help as help_view
from tests.conftest import World, words


def test_each_is_offered_what_is_theirs_in_six_lines(world: World) -> None:
    """An executive, the CX office and staff see other commands, and never more than fit."""
    commands = world.application.dispatcher.commands.values()
    shown = {}
    for name in ("ada", "cleo", "emil"):
        card = help_view.card(commands, world.person(name), "")
        (lines,) = [block.items for block in card.blocks if isinstance(block, Facts)]
        shown[name] = lines
        assert 1 <= len(lines) <= 6
        assert {label.removeprefix("/") for label, _ in lines} <= {one.name for one in commands if one.open_to(world.person(name))}
    assert shown["ada"] != shown["emil"]


def test_what_was_not_understood_is_shown_again(world: World) -> None:
    """So that it isn't lost."""
    assert "lgovisit Acme" in words(
        help_view.card(world.application.dispatcher.commands.values(), world.person("ada"), "lgovisit Acme")
    )
