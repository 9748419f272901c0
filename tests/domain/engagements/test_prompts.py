"""A prompt's life: asked when it may be, woken in time, and closed by an answer, a reason or its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.engagements import prompts
from bot.domain.engagements.prompts import Prompt, PromptState, Step
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.people import people
from bot.domain.people.people import Role
from tests.conftest import NOW, World
from tests.domain.engagements.test_engagements import log


def because(*_: object) -> list[str]:
    """A reason to ask, always."""
    return ["Two visits to go."]


def nothing(*_: object) -> list[str]:
    """None."""
    return []


def asked(session: Session, world: World, name: str = "ada") -> Prompt:
    """A prompt that was sent to somebody just now."""
    person = people.get(session, world.ids[name])
    found = prompts.ask(session, person, world.application.settings, NOW, because)
    assert found is not None
    assert found.wake(session, world.application.settings, NOW, because) is Step.SEND
    return found


@pytest.mark.parametrize(
    "why",
    ["open", "no reason", "paused", "left", "no executive", "away"],
)
def test_who_is_not_to_be_asked_is_not(world: World, why: str) -> None:
    """Each for its own reason."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        match why:
            case "open":
                asked(session, world)
            case "paused":
                ada.prompts_paused = True
            case "left":
                ada.active = False
            case "no executive":
                ada.roles = [Role.EMPLOYEE.value]
            case "away":
                ada.go_away(NOW.date(), NOW.date() + timedelta(days=30))
        session.flush()
        reasons = nothing if why == "no reason" else because
        assert prompts.ask(session, ada, world.application.settings, NOW, reasons) is None


def test_six_days_lie_between_two(world: World) -> None:
    """Whatever became of the first."""
    settings = world.application.settings
    with world.database.session() as session:
        first = asked(session, world)
        first.skip("nothing", NOW)
        session.flush()
        ada = people.get(session, world.ids["ada"])
        assert prompts.ask(session, ada, settings, NOW + timedelta(days=5), because) is None
        assert prompts.ask(session, ada, settings, NOW + timedelta(days=6), because) is not None


def test_it_is_sent_repeated_once_and_closed(world: World) -> None:
    """Each at its time; woken too early it does nothing."""
    settings = world.application.settings
    with world.database.session() as session:
        found = asked(session, world)
        assert found.wake(session, settings, NOW + timedelta(minutes=1), because) is Step.NOTHING
        steps: list[Step] = []
        while found.wakes_at is not None and len(steps) < 9:
            assert found.wakes_at > NOW
            steps.append(found.wake(session, settings, found.wakes_at, because))
        assert steps == [Step.REMIND, Step.CLOSE]
        assert found.state is PromptState.EXPIRED
        with pytest.raises(Refusal, match="went unanswered"):
            found.skip("too late", NOW)


@pytest.mark.parametrize("change", ["left", "paused", "away", "met"])
def test_what_changed_meanwhile_closes_it(world: World, change: str) -> None:
    """Looked at anew when it wakes, with the reason kept."""
    with world.database.session() as session:
        found = asked(session, world)
        assert found.wakes_at is not None
        ada = people.get(session, world.ids["ada"])
        ada.active, ada.prompts_paused = change != "left", change == "paused"
        if change == "away":
            ada.go_away(found.wakes_at.date(), found.wakes_at.date())
        reasons = nothing if change == "met" else because
        assert found.wake(session, world.application.settings, found.wakes_at, reasons) is Step.CLOSE
        assert found.state is PromptState.SKIPPED
        assert found.skip_reason in {"left the company", "prompts are paused", "out of office", "nothing left to ask for"}


def test_one_put_off_comes_again_with_what_it_said(world: World) -> None:
    """On a working moment of tomorrow's, and not before."""
    settings = world.application.settings
    given: list[Sequence[str]] = []

    def reasons(*asked_with: object) -> list[str]:
        given.append(asked_with[-1])  # type: ignore[arg-type]  # the last are the reasons it said
        return ["Two visits to go."]

    with world.database.session() as session:
        found = asked(session, world)
        found.snooze(settings, NOW)
        assert found.wakes_at is not None
        assert found.wakes_at.date() == NOW.date() + timedelta(days=1)
        assert found.wake(session, settings, NOW + timedelta(hours=1), reasons) is Step.NOTHING
        assert found.wake(session, settings, found.wakes_at, reasons) is Step.SEND
        assert given == [["Two visits to go."]]


def test_what_was_logged_answers_those_who_were_there(world: World) -> None:
    """Nobody else's; and one that had expired when it is answered from its card."""
    with world.database.session() as session:
        mine, bruno = asked(session, world), asked(session, world, "bruno")
        engagement = log(session, world)
        assert prompts.answered_by(session, engagement, NOW) == [mine]
        assert (mine.state, bruno.state) == (PromptState.ANSWERED, PromptState.SENT)
        assert prompts.closed_by(session, engagement) == [mine]
        assert prompts.open_prompts(session, [mine.person, bruno.person]) == {bruno.person_id: bruno}
        bruno.state = PromptState.EXPIRED
        bruno.answer(engagement, NOW)
        assert bruno.state is PromptState.ANSWERED


def test_it_is_answered_by_whom_it_was_for_and_those_who_act_for_them(world: World) -> None:
    """Others are told the same as of one that isn't there."""
    with world.database.session() as session:
        found = asked(session, world)
        for name in ("ada", "dele", "cleo"):
            assert prompts.get_for(session, found.key, people.get(session, world.ids[name])) is found
        for key in (found.key, 999):
            with pytest.raises(NotAllowed, match="for someone else, or is not known"):
                prompts.get_for(session, key, people.get(session, world.ids["bruno"]))
        with pytest.raises(NotFound):
            prompts.get(session, 999)


def test_out_until_a_day_is_an_absence_and_no_answer(world: World) -> None:
    """That day included."""
    with world.database.session() as session:
        found = asked(session, world)
        last = NOW.date() + timedelta(days=3)
        prompts.be_away(session, found, last, NOW)
        assert (found.state, found.skip_reason) == (PromptState.SKIPPED, "out of office")
        assert found.person.is_away(last)
        assert not found.person.is_away(last + timedelta(days=1))
