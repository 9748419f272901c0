"""An update's card, to those who write, approve and send it: how it stands, and what is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.people import people
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import Broadcast, When
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.measures import standings
from bot.views import broadcasts as views
from tests.conftest import NOW, World, words


def shown(world: World, key: int, actor: str = "cleo", form: str = "card") -> tuple[str, str, set[str]]:
    """Title, words and commands of a broadcast's card."""
    with world.database.session() as session:
        standing = standings.of(session, broadcasts.get(session, key), world.application.settings, NOW)
        card = getattr(views, form)(standing, people.get(session, world.ids[actor]))
        return card.title, words(card), {one.command for one in card.buttons}


def draft(world: World, *steps: str, when: When = When.NOW, **more: datetime) -> int:
    """A broadcast to everybody in Ada's name, by Cleo, and what was done with it."""
    with world.database.session() as session:
        ada, cleo = (people.get(session, world.ids[name]) for name in ("ada", "cleo"))
        said = UpdateDraft(Wording("en", "Night line", "One number at night.", "Give it to every customer."), ada)
        update = updates.write(session, said, cleo, NOW)
        broadcast = broadcasts.new(session, update)
        if "aim" in steps:
            broadcast.aim(Audience(who=("everyone",)), cleo)
        if "ask" in steps:
            broadcast.ask(cleo, 6, when, NOW, **more)
        if "agree" in steps:
            update.agree(ada)
        if "start" in steps:
            broadcast.approve(ada)
            assert broadcast.go(world.application.settings)
            broadcast.start(6, world.application.settings, NOW)
        return broadcast.key


def test_a_draft_says_whom_it_is_for_before_it_is_sent(world: World) -> None:
    """Nobody yet; then how many, with some names, and its words."""
    title, said, _ = shown(world, draft(world))
    assert title == "Draft: Night line"
    assert "nobody yet" in said
    _, said, _ = shown(world, draft(world, "aim"))
    assert "6: " in said
    assert "One number at night." in said


def test_while_it_waits_it_says_for_whom(world: World) -> None:
    """Its speaker is asked for their words, with whom they go to; who isn't asked sees no such button."""
    key = draft(world, "aim", "ask")
    title, said, _ = shown(world, key)
    assert title == "Waiting for approval: Night line"
    assert "Ada Lovell, whose words these are" in said
    title, said, commands = shown(world, key, "ada", "approval")
    assert title == "May this go out?"
    assert "Cleo Marsh would send this in your name." in said
    assert commands == {"agree-update", "send-back-update"}
    with world.database.session() as session:
        standing = standings.of(session, broadcasts.get(session, key), world.application.settings, NOW)
        looked = views.approval(standing, people.get(session, world.ids["ada"]), answers=False)
    assert not looked.buttons


def test_when_it_goes_is_told_on_the_viewers_own_clock(world: World) -> None:
    """Ten in London is eleven in Berlin."""
    at = datetime(2026, 11, 26, 10, tzinfo=UTC)
    key = draft(world, "aim", "ask", when=When.AT, at=at)
    assert "Thu 26 Nov 2026 at 10:00, your time" in shown(world, key)[1]
    assert "Thu 26 Nov 2026 at 11:00, your time" in shown(world, key, "bruno")[1]


def test_once_it_goes_out_it_says_how_far_it_is_and_shows_the_words_no_more(world: World) -> None:
    """What was approved is asked of nobody: the request shows how it stands."""
    key = draft(world, "aim", "ask", "agree", "start")
    title, said, _ = shown(world, key)
    assert title == "Going out: Night line"
    assert "Sent" in said
    assert "One number at night." not in said
    assert shown(world, key, "ada", "approval")[0] == title
    assert shown(world, key, "ada", "answered")[1].count("One number") == 0


def test_a_recalled_one_says_so_whatever_its_state(world: World) -> None:
    """And nothing of what it said."""
    for steps in (("aim",), ("aim", "ask", "agree", "start")):
        key = draft(world, *steps)
        with world.database.session() as session:
            found: Broadcast = broadcasts.get(session, key)
            found.update.recall(people.get(session, world.ids["cleo"]), NOW + timedelta(hours=1))
        title, said, _ = shown(world, key)
        assert title == "Recalled: Night line"
        assert "One number at night." not in said
