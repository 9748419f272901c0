"""What becomes of one post in a channel, whatever the platform does: there once, and told truthfully."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.delivery.context import WorkerContext
from bot.delivery.posting import send_post
from bot.delivery.queue import post_later
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.domain.outbox import posts
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.domain.promises import promises
from bot.domain.promises.promises import Promise
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from tests.conftest import NOW, Outbox, World
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack

PLACE = (Platform.SLACK, "C0123ABCDEF")


@pytest.fixture
def queued(world: World) -> int:
    """The celebration of a promise to staff that Emil kept across departments, queued."""
    with world.database.session() as session:
        ada, emil = (people.get(session, world.ids[name]) for name in ("ada", "emil"))
        ada.department, emil.department = "Sales", "Laboratory"
        due = NOW.date() + timedelta(days=3)
        kept = promises.promise(session, Promise(what="Send it", promised_by=ada, owner=emil, due=due), ada, NOW)
        kept.complete("Sent", "", emil, NOW)
        post = posts.queue(session, Subject.CELEBRATION, kept.key, PLACE, ada, NOW)
        post_later(session, post)
        return post.key


def state(world: World, post_id: int) -> ChannelPost:
    """The row as it is now."""
    with world.database.session() as session:
        return posts.get(session, post_id)


def told(world: World) -> list[str]:
    """What whoever asked is sent about it."""
    with world.database.session() as session:
        return list(session.exec(select(Delivery.subject).where(Delivery.subject == "post")))


async def test_posted_once_however_often_the_job_runs(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """A job that is repeated finds it posted, and posts nothing."""
    await send_post(worker_context, queued)
    await send_post(worker_context, queued)
    assert outbox.sent_to == ["C0123ABCDEF"]
    row = state(world, queued)
    assert (row.state, row.message_id, row.conversation, row.sent_at) == ("sent", "m1", "C0123ABCDEF", NOW)


async def test_killed_between_posting_and_recording(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """The worker dies once it is in the channel; the next looks it up by its mark, records it, and doesn't post again."""
    outbox.after_sending = KeyboardInterrupt("kill -9")
    with pytest.raises(KeyboardInterrupt):
        await send_post(worker_context, queued)
    assert state(world, queued).state == "sending"
    await send_post(worker_context, queued)
    assert (outbox.sent_to, state(world, queued).state) == (["C0123ABCDEF"], "sent")


async def test_throttled_while_looking(worker_context: WorkerContext, world: World, outbox: Outbox, queued: int) -> None:
    """After a kill the look-up is throttled: the try after that looks again, and nothing is doubled."""
    outbox.after_sending, outbox.looking_fault = KeyboardInterrupt("kill -9"), RetryLater(2)
    with pytest.raises(KeyboardInterrupt):
        await send_post(worker_context, queued)
    await send_post(worker_context, queued)
    await send_post(worker_context, queued)
    assert (outbox.sent_to, state(world, queued).state) == (["C0123ABCDEF"], "sent")


async def test_killed_before_posting(worker_context: WorkerContext, world: World, outbox: Outbox, queued: int) -> None:
    """The worker dies before it went out; the next finds none, and posts it."""
    outbox.fault = KeyboardInterrupt("kill -9")
    with pytest.raises(KeyboardInterrupt):
        await send_post(worker_context, queued)
    await send_post(worker_context, queued)
    assert (outbox.sent_to, state(world, queued).state) == (["C0123ABCDEF"], "sent")


@pytest.mark.parametrize("policy", ["leave", "resend"])
async def test_killed_where_the_platform_cannot_say(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int, policy: str
) -> None:
    """Where nothing can be looked up it's unconfirmed and whoever asked is told; posted again only where app.yaml prefers that."""
    delivery = worker_context.settings.delivery.model_copy(update={"teams_uncertain": policy})
    worker_context = WorkerContext(
        worker_context.database,
        worker_context.settings.model_copy(update={"delivery": delivery}),
        worker_context.senders,
        worker_context.pace,
    )
    outbox.after_sending, outbox.can_look_up = KeyboardInterrupt("kill -9"), False
    with pytest.raises(KeyboardInterrupt):
        await send_post(worker_context, queued)
    await send_post(worker_context, queued)
    await send_post(worker_context, queued)
    expected = (1, "unconfirmed", ["post"]) if policy == "leave" else (2, "sent", [])
    assert (len(outbox.sent_to), state(world, queued).state, told(world)) == expected


async def test_a_throttle_is_waited_out_by_a_timer(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """Two seconds asked for are two seconds waited, by a job that says when."""
    outbox.fault = RetryLater(2)
    await send_post(worker_context, queued)
    assert state(world, queued).state == "queued"
    wanted = (
        "SELECT scheduled_at - now() FROM procrastinate_jobs WHERE task_name LIKE '%post_to_channel' AND scheduled_at IS NOT NULL"
    )
    with world.database.engine.connect() as connection:
        assert timedelta(0) < connection.execute(sa.text(wanted)).scalar_one() <= timedelta(seconds=2)
    await send_post(worker_context, queued)
    assert state(world, queued).state == "sent"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Unreachable("channel_archived", "is_archived"), "channel_archived: is_archived"),
        (Refused("token_revoked"), "platform_refused: token_revoked"),
    ],
)
async def test_what_went_wrong_is_kept_and_told(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int, fault: Exception, reason: str
) -> None:
    """The exact reason is kept, and whoever asked is sent word."""
    outbox.fault = fault
    await send_post(worker_context, queued)
    assert (state(world, queued).state, state(world, queued).reason, told(world)) == ("failed", reason, ["post"])


async def test_a_lost_answer_is_looked_up_where_it_can_be(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """The connection was cut: what is found is there; what isn't found, or can't be looked for now, is looked for before the next try."""
    outbox.fault = Uncertain("cut before it arrived")
    await send_post(worker_context, queued)
    assert (state(world, queued).state, outbox.sent_to) == ("sending", [])
    outbox.after_sending = Uncertain("cut after it arrived")
    await send_post(worker_context, queued)
    assert (state(world, queued).state, outbox.sent_to, told(world)) == ("sent", ["C0123ABCDEF"], [])


async def test_a_lost_answer_and_a_throttled_look_up(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """It arrived, its answer was lost, and looking is throttled: the next try looks, and doesn't double it."""
    outbox.after_sending, outbox.looking_fault = Uncertain("connection cut"), RetryLater(2)
    await send_post(worker_context, queued)
    assert state(world, queued).state == "sending"
    await send_post(worker_context, queued)
    assert (state(world, queued).state, outbox.sent_to) == ("sent", ["C0123ABCDEF"])


async def test_a_lost_answer_where_nothing_can_be_looked_up(
    worker_context: WorkerContext, world: World, outbox: Outbox, queued: int
) -> None:
    """Where the platform can't say, neither does the row, and whoever asked is told to look."""
    outbox.after_sending, outbox.can_look_up = Uncertain("connection cut"), False
    await send_post(worker_context, queued)
    assert (state(world, queued).state, told(world)) == ("unconfirmed", ["post"])


async def test_over_a_real_connection(worker_context: WorkerContext, world: World, queued: int) -> None:
    """Slack takes the post and the connection is cut before it says so: it is found by its mark, and there is one."""
    slack = FakeSlack()
    slack.channels["C0123ABCDEF"] = ""
    await slack.server.start_server()
    client = SlackClient(BOT_TOKEN, slack.url)
    slack.failures["chat.postMessage"] = [Failure(cut="after")]
    await send_post(
        WorkerContext(worker_context.database, worker_context.settings, {Platform.SLACK: SlackSender(client)}, worker_context.pace),
        queued,
    )
    await client.close()
    await slack.server.close()
    (message,) = slack.messages["C0123ABCDEF"]
    assert slack.faults == []
    assert (state(world, queued).state, state(world, queued).message_id) == ("sent", message["ts"])


async def test_a_platform_that_is_off(worker_context: WorkerContext, world: World, queued: int) -> None:
    """Switched off since it was asked for: it fails with that reason."""
    await send_post(WorkerContext(worker_context.database, worker_context.settings, {}, worker_context.pace), queued)
    assert state(world, queued).reason == "refused: slack is not switched on"


def _again(world: World, post_id: int, change: Callable[[ChannelPost], None]) -> int:
    """Change a post, ask for it again as Cleo; the id of what that gives."""
    with world.database.session() as session:
        post = posts.get(session, post_id)
        change(post)
        cleo = people.get(session, world.ids["cleo"])
        return posts.queue(session, post.subject, post.subject_id, PLACE, cleo, NOW).key


def test_asked_for_again(world: World, queued: int) -> None:
    """One that failed is the same one tried again, for whoever asks now; one that didn't stays as it is."""
    assert _again(world, queued, lambda post: setattr(post, "state", "sent")) == queued
    assert (state(world, queued).state, state(world, queued).requested_by_id) == ("sent", world.ids["ada"])
    assert _again(world, queued, lambda post: setattr(post, "state", "failed")) == queued
    assert (state(world, queued).state, state(world, queued).requested_by_id) == ("queued", world.ids["cleo"])
