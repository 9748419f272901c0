"""The buttons of an update's card: the step that fits now, to those alone who may change it."""

from __future__ import annotations

from bot.cards import Button, ButtonStyle
from bot.domain.people import people
from bot.domain.updates import broadcasts
from bot.measures import standings
from bot.views.broadcast_steps import buttons, stale_key
from tests.conftest import NOW, World
from tests.views.test_broadcasts import draft


def steps(world: World, key: int, actor: str = "cleo") -> list[Button]:
    """What somebody may do about a broadcast."""
    with world.database.session() as session:
        standing = standings.of(session, broadcasts.get(session, key), world.application.settings, NOW)
        return list(buttons(standing, people.get(session, world.ids[actor])))


def first(found: list[Button]) -> list[str]:
    """The commands of those that stand out."""
    return [one.command for one in found if one.style is ButtonStyle.PRIMARY]


def test_the_step_that_fits_now_stands_out(world: World) -> None:
    """An audience first, then sending; while it waits it is nobody's to send by the button in front."""
    assert first(steps(world, draft(world))) == ["update-audience"]
    assert first(steps(world, draft(world, "aim"))) == ["send-update"]
    waiting = steps(world, draft(world, "aim", "ask"))
    assert first(waiting) == []
    assert "cancel-broadcast" in [one.command for one in waiting]


def test_what_goes_out_can_be_stopped_and_taken_back_but_not_sent_again(world: World) -> None:
    """Taking it back is asked about first."""
    found = {one.command: one for one in steps(world, draft(world, "aim", "ask", "agree", "start"))}
    assert {"pause-broadcast", "cancel-broadcast", "recall-update"} <= set(found)
    assert not {"send-update", "update-audience", "remind-readers"} & set(found)
    assert found["recall-update"].confirm
    assert found["cancel-broadcast"].confirm


def test_a_paused_one_goes_on_and_one_put_away_is_a_draft_again(world: World) -> None:
    """Each the first step of its card."""
    going, away = draft(world, "aim", "ask", "agree", "start"), draft(world, "aim")
    with world.database.session() as session:
        cleo = people.get(session, world.ids["cleo"])
        broadcasts.get(session, going).pause(cleo)
        broadcasts.get(session, away).cancel(cleo)
    assert first(steps(world, going)) == ["resume-broadcast"]
    assert [one.command for one in steps(world, away)] == ["redraft-update"]


def test_nobody_else_changes_it_and_nobody_a_recalled_one(world: World) -> None:
    """No button at all."""
    key = draft(world, "aim", "ask", "agree", "start")
    assert steps(world, key, "bruno") == []
    with world.database.session() as session:
        broadcasts.get(session, key).update.recall(people.get(session, world.ids["cleo"]), NOW)
    assert steps(world, key) == []


def test_a_button_goes_stale_with_the_broadcast_and_with_its_words(world: World) -> None:
    """Either."""
    key = draft(world, "aim")
    with world.database.session() as session:
        found = broadcasts.get(session, key)
        was = stale_key(found)
        found.version += 1
        after = stale_key(found)
        found.update.worded += 1
        assert len({was, after, stale_key(found)}) == 3
    carried = [one.args["version"] for one in steps(world, key) if "version" in one.args]
    assert set(carried) == {f"{found.version}.{found.update.worded}"}
