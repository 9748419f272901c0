"""What becomes of one copy, whatever the platform does: sent once, and told truthfully."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.delivery.context import WorkerContext
from bot.delivery.pacing import Pace
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.delivery.sending import routes, send_copy
from bot.domain.engagements import prompts
from bot.domain.engagements.prompts import Prompt
from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.measures.reasons import why_ask
from bot.settings import Settings
from tests.conftest import Outbox, World


@pytest.fixture
def outbox() -> Outbox:
    """A platform that reaches everyone until told otherwise."""
    return Outbox()


@pytest.fixture
def worker_context(world: World, settings: Settings, outbox: Outbox) -> WorkerContext:
    """What the tasks are given, with the outbox as the console."""
    return WorkerContext(world.database, settings, {Platform.CONSOLE: outbox}, Pace({}))


@pytest.fixture
def queued(world: World, settings: Settings) -> int:
    """A prompt to Ada, queued."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        prompt = prompts.ask(session, ada, settings, world.clock(), why_ask)
        assert prompt is not None
        return deliveries.queue(session, ada, Subject.PROMPT, prompt.key, world.clock()).key


def state(world: World, delivery_id: int) -> Delivery:
    """The row as it is now."""
    with world.database.session() as session:
        return session.get_one(Delivery, delivery_id)


async def test_sent_once_however_often_the_job_runs(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """A job that is repeated finds the copy sent, and sends nothing."""
    await send_copy(worker_context, queued)
    await send_copy(worker_context, queued)
    assert outbox.sent_to == ["ada@firm.example"]
    assert (state(world, queued).state, state(world, queued).message_id) == ("sent", "m1")


async def test_killed_between_sending_and_recording(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """The worker dies once the message has arrived; the next looks it up, records it, and doesn't send again."""
    outbox.after_sending = KeyboardInterrupt("kill -9")
    with pytest.raises(KeyboardInterrupt):
        await send_copy(worker_context, queued)
    assert state(world, queued).state == "sending"
    await send_copy(worker_context, queued)
    assert outbox.sent_to == ["ada@firm.example"]
    assert (state(world, queued).state, state(world, queued).message_id) == ("sent", "m1")


async def test_throttled_while_looking(worker_context: WorkerContext, world: World, outbox: Outbox, queued: int) -> None:
    """After a kill the look-up is throttled: the try after that looks again, and nothing is doubled."""
    outbox.after_sending, outbox.looking_fault = KeyboardInterrupt("kill -9"), RetryLater(2)
    with pytest.raises(KeyboardInterrupt):
        await send_copy(worker_context, queued)
    await send_copy(worker_context, queued)
    await send_copy(worker_context, queued)
    assert (outbox.sent_to, state(world, queued).state) == (["ada@firm.example"], "sent")


async def test_killed_before_sending(worker_context: WorkerContext, world: World, outbox: Outbox, queued: int) -> None:
    """The worker dies before the message went out; the next finds none, and sends it."""
    outbox.fault = KeyboardInterrupt("kill -9")
    with pytest.raises(KeyboardInterrupt):
        await send_copy(worker_context, queued)
    await send_copy(worker_context, queued)
    assert outbox.sent_to == ["ada@firm.example"]
    assert state(world, queued).state == "sent"


async def test_killed_where_the_platform_cannot_say(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """Where nothing can be looked up the copy is marked unconfirmed, and never doubled silently."""
    outbox.after_sending, outbox.can_look_up = KeyboardInterrupt("kill -9"), False
    with pytest.raises(KeyboardInterrupt):
        await send_copy(worker_context, queued)
    await send_copy(worker_context, queued)
    await send_copy(worker_context, queued)
    assert outbox.sent_to == ["ada@firm.example"]
    assert state(world, queued).state == "unconfirmed"


async def test_a_lost_answer_is_looked_up_where_it_can_be(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """The connection was cut after sending: it is found, and isn't sent again; what isn't found is looked for before the next try."""
    outbox.fault = Uncertain("cut before it arrived")
    await send_copy(worker_context, queued)
    assert (state(world, queued).state, outbox.sent_to) == ("sending", [])
    outbox.after_sending = Uncertain("cut after it arrived")
    await send_copy(worker_context, queued)
    assert (state(world, queued).state, outbox.sent_to) == ("sent", ["ada@firm.example"])


async def test_a_lost_answer_is_looked_up_where_it_was_lost(world: World, settings: Settings, queued: int) -> None:
    """Where the first platform doesn't reach them, and can't say either, the second is asked for what it may have."""
    first, second = Outbox(Platform.TEAMS, can_look_up=False, strangers={"ada@firm.example"}), Outbox(Platform.SLACK)
    worker_context = WorkerContext(world.database, settings, {Platform.TEAMS: first, Platform.SLACK: second}, Pace({}))
    second.after_sending, second.looking_fault = Uncertain("cut after it arrived"), Uncertain("cut again")
    await send_copy(worker_context, queued)
    assert state(world, queued).state == "sending"
    await send_copy(worker_context, queued)
    assert (state(world, queued).state, state(world, queued).platform, second.sent_to) == ("sent", "slack", ["ada@firm.example"])


async def test_a_lost_answer_is_unconfirmed(worker_context: WorkerContext, world: World, outbox: Outbox, queued: int) -> None:
    """The connection was cut after sending, and the platform can't be asked: it may have arrived."""
    outbox.after_sending, outbox.can_look_up = Uncertain("connection cut"), False
    await send_copy(worker_context, queued)
    assert (state(world, queued).state, state(world, queued).reason) == ("unconfirmed", "connection cut")


async def test_a_throttle_is_waited_out_by_a_timer(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """Two seconds asked for are two seconds waited, by a job that says when, not by a worker that sleeps."""
    outbox.fault = RetryLater(2)
    await send_copy(worker_context, queued)
    assert state(world, queued).state == "queued"
    with world.database.engine.connect() as connection:
        wait = connection.execute(
            sa.text(
                "SELECT scheduled_at - now() FROM procrastinate_jobs WHERE task_name LIKE '%deliver' AND scheduled_at IS NOT NULL"
            )
        ).scalar_one()
    assert timedelta(0) < wait <= timedelta(seconds=2)
    await send_copy(worker_context, queued)
    assert state(world, queued).state == "sent"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(Unreachable("left", "user_disabled"), "left: user_disabled"), (Refused("token_revoked"), "platform_refused: token_revoked")],
)
async def test_what_cannot_be_reached_says_why(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int, fault: Exception, reason: str
) -> None:
    """The exact reason is kept, and the prompt isn't held against the person."""
    outbox.fault = fault
    await send_copy(worker_context, queued)
    assert (state(world, queued).state, state(world, queued).reason) == ("failed", reason)
    with world.database.session() as session:
        assert session.exec(select(Prompt.state)).one() == "skipped"


async def test_the_next_platform_is_tried(worker_context: WorkerContext, world: World, queued: int) -> None:
    """Who has blocked the bot in one place is reached in the other."""
    slack, teams = Outbox(Platform.SLACK, fault=Unreachable("bot_blocked")), Outbox(Platform.TEAMS)
    both = WorkerContext(
        worker_context.database, worker_context.settings, {Platform.SLACK: slack, Platform.TEAMS: teams}, worker_context.pace
    )
    await send_copy(both, queued)
    assert (slack.sent_to, teams.sent_to) == ([], ["ada@firm.example"])
    assert state(world, queued).platform == Platform.TEAMS


def test_written_to_where_they_would_rather_be(world: World, outbox: Outbox) -> None:
    """The platform chosen in /updates goes before the one used last."""
    with world.database.session() as session:
        emil = people.get(session, world.ids["emil"])
        emil.link(Platform.TEAMS, "M1", "aad", world.clock())
        emil.link(Platform.SLACK, "T1", "U1", world.clock() - timedelta(days=9))
        senders = {Platform.SLACK: outbox, Platform.TEAMS: outbox}
        assert [one.platform for one in routes(emil, senders)] == ["teams", "slack"]
        emil.prefers = "slack"
        assert [one.platform for one in routes(emil, senders)] == ["slack", "teams"]
