"""What is under way when something happens: the job dies, is taken for dead, or the broadcast is called off meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import psycopg
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.cards import Card
from bot.delivery.broadcasts import beginning, claims, lanes
from bot.delivery.broadcasts import pipeline as broadcasting
from bot.delivery.broadcasts.claims import Cards, OutgoingMessage
from bot.delivery.broadcasts.pipeline import work_off
from bot.delivery.broadcasts.recording import Outcome
from bot.delivery.broadcasts.underway import UnderWay
from bot.delivery.broadcasts.working import Lane
from bot.delivery.senders import Destination, Refused, Sent, Uncertain, Unreachable
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.broadcasts import BroadcastState
from bot.domain.updates.updates import Wording
from tests.delivery.conftest import Company
from tests.delivery.tenant import Tenant

PLACES = {Platform.SLACK: "T1", Platform.TEAMS: "M1"}


def left_under_way(company: Company) -> int:
    """How many rows still say that something is with the platform."""
    with company.world.database.engine.connect() as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM under_way")).scalar_one())


def lane(company: Company, platform: Platform = Platform.SLACK) -> Lane:
    """A lane to be worked on by hand."""
    return Lane(company.worker_context, platform, PLACES[platform])


async def begin(company: Company, platform: Platform = Platform.SLACK) -> int:
    """A broadcast to six people on one platform whose copies are queued, with its lane's job gone; its id."""
    with company.world.database.session() as session:
        for key in company.world.ids.values() if platform == Platform.TEAMS else ():
            people.get(session, key).link(Platform.TEAMS, "M1", f"aad-{key}", company.world.clock())
    broadcast_id = company.broadcast()
    await asyncio.to_thread(beginning._begin, company.worker_context, broadcast_id)
    with company.world.database.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM procrastinate_jobs WHERE task_name LIKE '%work_lane'"))
    return broadcast_id


async def put_under_way(company: Company, platform: Platform, *, arrived: int) -> list[OutgoingMessage]:
    """All copies handed to the platform by a job that dies then; so many have arrived."""
    database = company.world.database
    under_way = UnderWay(platform, PLACES[platform])
    with database.session() as session:
        under_way.turn = under_way.begin(session)
        outgoing_messages = claims.due(
            session, (platform, PLACES[platform]), 50, (), Cards(), company.world.clock(), company.worker_context.settings
        )
    async with await psycopg.AsyncConnection.connect(database.dsn, autocommit=True) as connection:
        assert len(await under_way.mark(connection, outgoing_messages)) == len(outgoing_messages) == 6
    for outgoing in outgoing_messages[:arrived]:
        await company.worker_context.senders[platform].send(outgoing.to, outgoing.card, str(outgoing.delivery_id))
    return outgoing_messages


def recall(company: Company, _: int) -> None:
    """Take the update back."""
    with company.world.database.session() as session:
        update = updates.get(session, company.update_ids[0], lock=True)
        update.recall(people.get(session, company.world.ids["cleo"]), company.world.clock())
        lanes.wake(session, update)


def cancel(company: Company, broadcast_id: int) -> None:
    """Call the broadcast off."""
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.cancel(people.get(session, company.world.ids["cleo"]))
        lanes.cancel_rest(session, broadcast)


def requeue_lanes(company: Company) -> None:
    """Wake what has no job, as every worker does twice a minute."""
    with company.world.database.session() as session:
        lanes.requeue_lanes(session, company.world.clock())


@pytest.mark.parametrize(("stop", "end"), [(recall, "recalled"), (cancel, "sent")])
async def test_stopped_after_the_job_died(company: Company, stop: object, end: str) -> None:
    """On Slack it is found out who has one: those are taken back, or keep it; nobody gets one more."""
    broadcast_id = await begin(company)
    await put_under_way(company, Platform.SLACK, arrived=2)
    stop(company, broadcast_id)  # type: ignore[operator]
    requeue_lanes(company)
    await company.settle()
    assert company.states() == {end: 2, "cancelled": 4}
    assert len(company.slack.messages) == 2
    assert company.slack.copies.total() == (0 if end == "recalled" else 2)
    assert left_under_way(company) == 0
    assert company.standing(broadcast_id).state == BroadcastState.CANCELLED


@pytest.mark.parametrize("stop", [recall, cancel])
async def test_stopped_where_nobody_can_look(company: Company, stop: object) -> None:
    """On Teams it stays unsure, and says so."""
    broadcast_id = await begin(company, Platform.TEAMS)
    await put_under_way(company, Platform.TEAMS, arrived=2)
    stop(company, broadcast_id)  # type: ignore[operator]
    requeue_lanes(company)
    await company.settle()
    assert company.states() == {"unconfirmed": 6}
    assert len(company.teams.messages) == 2


async def test_a_job_taken_for_dead_sends_nothing_more(company: Company) -> None:
    """Its machine slept, another job has begun on the lane: what it hadn't handed over yet, it leaves alone."""
    company.people(300)
    await begin(company)
    sent = 0

    def taken_over(_: str) -> None:
        nonlocal sent
        sent += 1
        if sent == 100:
            with company.world.database.session() as session:
                UnderWay(Platform.SLACK, "T1").begin(session)

    company.slack.after = taken_over
    mine = lane(company)
    await work_off(mine)
    assert mine.lost
    assert 100 <= sent < 300
    requeue_lanes(company)
    await company.settle()
    assert company.states() == {"sent": 306}
    assert set(company.slack.copies.values()) == {1}


@pytest.mark.parametrize(("late", "end"), [("queued", "sent"), ("failed", "sent"), ("sent", "sent")])
async def test_what_a_job_taken_for_dead_writes(company: Company, late: str, end: str) -> None:
    """It wakes when another has sent everything, and has some in hand yet: nothing is sent once more for that."""
    await begin(company)
    old = lane(company)
    outgoing_messages = await put_under_way(company, Platform.SLACK, arrived=0)
    old.under_way.turn = 1
    requeue_lanes(company)
    await company.settle()
    assert company.states() == {"sent": 6}
    old.outcomes = [Outcome(one, late, sent=Sent("m", "D", "U") if late == "sent" else None) for one in outgoing_messages]
    await broadcasting.write(old)
    requeue_lanes(company)
    await company.settle()
    assert old.lost
    assert company.states() == {end: 6}
    assert company.slack.titles()["Night line"] == 6


class Slow(Tenant):
    """Answers after a while, others sooner than some."""

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a message at once, and answer later."""
        sent = await super().send(to, card, delivery_id)
        await asyncio.sleep(int(delivery_id) % 7 / 20)
        return sent


async def test_an_answer_that_comes_while_others_are_written(company: Company) -> None:
    """Answers come at any moment: each is written, so that nobody is in doubt when nothing went wrong."""
    company.worker_context.senders[Platform.TEAMS] = company.teams = Slow(Platform.TEAMS, can_look_up=False)  # type: ignore[index]
    company.people(300, Platform.TEAMS, "M1")
    company.worker_context.pace.everywhere(None)
    company.broadcast()
    await company.settle()
    assert company.states() == {"sent": 306}
    assert left_under_way(company) == 0


async def test_what_waits_out_a_throttle_is_not_in_doubt(company: Company) -> None:
    """The platform asks for silence while others are marked already: they are put back, and their try doesn't count."""
    company.people(120)
    company.worker_context.pace.everywhere(None)
    calls = iter(range(1000))

    def throttled(_: str) -> None:
        if next(calls) == 20:
            company.worker_context.pace.of(Platform.SLACK, "T1").throttled(0.3)

    company.slack.after = throttled
    company.broadcast()
    await company.settle()
    await company.later(seconds=1)
    assert company.states() == {"sent": 126}
    assert {company.row(f"p{count}@firm.example").attempts for count in range(120)} == {1}
    assert company.slack.looked_up == 0


async def test_a_pace_that_falls_during_a_slice(company: Company) -> None:
    """The platform throttles and the lane becomes narrower than it began: the slice still ends."""
    company.people(20)
    await begin(company)
    company.worker_context.pace.everywhere(3.02)
    narrow = lane(company)
    assert narrow.window == 4
    company.slack.after = lambda _: company.worker_context.pace.of(Platform.SLACK, "T1").throttled(0.01)
    async with asyncio.timeout(30):
        await work_off(narrow, 1)
    assert narrow.window == 3


async def test_a_worker_that_is_to_stop_begins_no_more(company: Company) -> None:
    """Told to stop in the middle of a slice: what is with the platform is written, the rest waits, nothing is in doubt."""
    company.people(60)
    await begin(company)
    company.worker_context.pace.everywhere(100)
    calls = iter(range(1000))

    def stop(_: str) -> None:
        if next(calls) == 10:
            company.worker_context.stopping.set()

    company.slack.after = stop
    await work_off(lane(company))
    assert 11 <= company.states()["sent"] <= 65
    assert company.states().total() == 66
    assert left_under_way(company) == 0


async def test_a_long_silence_is_not_waited_out_by_the_job(company: Company) -> None:
    """The platform asks for a minute: the job ends, and its successor comes after it."""
    company.people(20)
    await begin(company)
    company.slack.after = lambda _: company.worker_context.pace.of(Platform.SLACK, "T1").throttled(60)
    async with asyncio.timeout(20):
        await work_off(lane(company))
    assert company.states()["queued"] > 0
    assert left_under_way(company) == 0


@pytest.mark.parametrize("kind", ["send", "change"])
async def test_the_next_job_comes_after_the_silence(company: Company, kind: str) -> None:
    """Not at once, only to find the platform closed, over and over."""
    company.people(20)
    company.broadcast()
    if kind == "change":
        await company.settle()
        with company.world.database.session() as session:
            update = updates.get(session, company.update_ids[0], lock=True)
            update.say(Wording("en", "Corrected", "One.", "Give it."), people.get(session, company.world.ids["cleo"]))
            lanes.wake(session, update)
    company.worker_context.pace.of(Platform.SLACK, "T1", kind).throttled(60)
    async with asyncio.timeout(20):
        await company.settle()
    company.worker_context.pace.everywhere(1000)  # it is over
    await company.later(seconds=50)
    waiting = dict(company.slack.titles())
    await company.later(seconds=11)
    assert waiting == ({"Night line": 26} if kind == "change" else {})
    assert company.states() == {"sent": 26}
    assert set(company.slack.titles()) == {"Corrected" if kind == "change" else "Night line"}


async def test_a_silence_for_messages_holds_up_no_recall(company: Company) -> None:
    """Slack counts changes apart: what was sent is taken back at once, while what would be sent waits for nothing any more."""
    company.people(20)
    company.broadcast()
    await company.settle()
    company.worker_context.pace.of(Platform.SLACK, "T1").throttled(60)
    recall(company, 0)
    async with asyncio.timeout(20):
        await company.settle()
    assert company.states() == {"recalled": 26}


async def test_an_edit_waits_for_its_own_silence_alone(company: Company) -> None:
    """The other way round: changes must wait, and messages go on."""
    company.people(20)
    company.broadcast()
    await company.settle()
    company.worker_context.pace.of(Platform.SLACK, "T1", "change").throttled(60)
    with company.world.database.session() as session:
        update = updates.get(session, company.update_ids[0], lock=True)
        update.say(Wording("en", "Corrected", "One.", "Give it."), people.get(session, company.world.ids["cleo"]))
        lanes.wake(session, update)
    company.broadcast()
    async with asyncio.timeout(20):
        await company.settle()
    assert company.states() == {"sent": 52}
    assert company.slack.titles() == {"Night line": 52}


@dataclass
class Closed(Tenant):
    """Loses the first answer, and then doesn't let the bot look until it is let in again."""

    lose: list[bool] = field(default_factory=lambda: [True])
    refuses: bool = True

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a message; the first answer is lost."""
        sent = await super().send(to, card, delivery_id)
        if self.lose:
            self.lose.pop()
            raise Uncertain("connection cut")
        return sent

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Look, if the bot may."""
        if self.refuses:
            raise Refused("token_revoked")
        return await super().find(to, delivery_id)


async def test_in_doubt_and_refused_is_still_in_doubt(company: Company) -> None:
    """The token is revoked before it could be looked up: once there is another, it is looked up, and not simply sent."""
    company.worker_context.senders[Platform.SLACK] = company.slack = closed = Closed(Platform.SLACK)  # type: ignore[index]
    broadcast_id = company.broadcast()
    await company.settle()
    await company.later(minutes=1)
    assert company.standing(broadcast_id).state == BroadcastState.PAUSED
    closed.refuses = False
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.resume(people.get(session, company.world.ids["cleo"]))
        lanes.wake(session, broadcast.update)
    await company.later(minutes=1)
    assert company.states() == {"sent": 6}
    assert closed.titles()["Night line"] == 6


async def test_a_strange_answer_holds_nobody_up(company: Company) -> None:
    """A reason with what PostgreSQL can't keep: it is written without, and so is what became of the others."""

    def refused(email: str) -> None:
        if email == "emil@firm.example":
            raise Unreachable("refused", "no\0 \ud800")

    company.slack.before = refused
    company.broadcast()
    await company.settle()
    assert company.states() == {"sent": 5, "failed": 1}
    assert company.row("emil@firm.example").reason == "refused: no ?"


async def test_a_slice_leaves_what_it_has_no_time_for(company: Company) -> None:
    """Read ahead at a slow pace, and time is up: the rest waits for the next slice, with nothing under way."""
    company.people(40)
    await begin(company)
    company.worker_context.pace.everywhere(20)
    await work_off(lane(company), 0.4)
    assert 1 <= company.states()["sent"] <= 30
    assert company.states().total() == 46
    assert left_under_way(company) == 0


async def test_whoever_watches_is_told_within_a_slice(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice is long: how it goes is shown while it lasts, not only at its end."""
    monkeypatch.setattr(broadcasting, "_TELL_EVERY", 0)
    broadcast_id = await begin(company)
    with company.world.database.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM procrastinate_jobs"))
    await work_off(lane(company))
    with company.world.database.engine.connect() as connection:
        told = connection.execute(sa.text("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%refresh_copies'")).scalars()
        assert {"subject": "broadcast", "subject_id": broadcast_id} in list(told)


async def test_called_off_while_some_are_under_way(company: Company) -> None:
    """What is with the platform isn't called cancelled: its answer says what became of it."""
    broadcast_id = await begin(company)
    outgoing_messages = await put_under_way(company, Platform.SLACK, arrived=0)
    cancel(company, broadcast_id)
    assert company.states() == {"queued": len(outgoing_messages)}


def test_lanes_are_named_once(company: Company) -> None:
    """Beginning again takes the lane from whoever had it."""
    with company.world.database.session() as session:
        assert [_turn(session), _turn(session)] == [1, 2]


def _turn(session: Session) -> int:
    return UnderWay(Platform.SLACK, "T9").begin(session)
