"""The ladder of outcomes: one retry policy, whatever is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

import pytest

from bot.cards import Card
from bot.delivery.context import WorkerContext
from bot.delivery.outcomes import TRIES, Attempt, Ending, attempt, attempt_in_turn, pause
from bot.delivery.senders import Destination, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.people.people import Platform
from tests.conftest import Outbox

PLACE = Destination(Platform.SLACK, "U1", "ada@firm.example", "T1")
CARD = Card(title="Hello")


def tried(tries: int = 1, *, in_doubt: bool = False) -> Attempt:
    """One try of message 7."""
    return Attempt("7", 7, PLACE, tries, in_doubt)


def sending(outbox: Outbox) -> Callable[[], Awaitable[Sent]]:
    """Send message 7."""
    return lambda: outbox.send(PLACE, CARD, "7")


@pytest.mark.parametrize(
    ("fault", "ending", "reason", "counts"),
    [
        (Unreachable("left", "user_disabled"), Ending.FAILED, "left: user_disabled", True),
        (Refused("token_revoked"), Ending.REFUSED, "token_revoked", False),
        (RetryLater(30, "ratelimited"), Ending.THROTTLED, "ratelimited", False),
        (RetryLater(None, "no connection"), Ending.RETRY, "no connection", True),
        (RetryLater(0, "ratelimited"), Ending.RETRY, "ratelimited", True),
        (Uncertain("connection cut"), Ending.IN_DOUBT, "connection cut", True),
    ],
)
async def test_each_answer_has_its_rung(
    worker_context: WorkerContext, outbox: Outbox, fault: Exception, ending: Ending, reason: str, counts: bool
) -> None:
    """What a platform says, what becomes of it, and whether the try counts."""
    outbox.fault = fault
    result = await attempt(worker_context, outbox, tried(), sending(outbox))
    assert (result.ending, result.reason, result.counts) == (ending, reason, counts)
    assert (result.after is None) == (ending in {Ending.FAILED, Ending.REFUSED})


async def test_no_silence_is_longer_than_a_day(worker_context: WorkerContext, outbox: Outbox) -> None:
    """Whatever a platform, or a proxy before it, writes into Retry-After."""
    for after in (1e12, float("inf")):
        outbox.fault = RetryLater(after, "ratelimited")
        assert (await attempt(worker_context, outbox, tried(), sending(outbox))).after == 24 * 3600


async def test_what_arrived_is_sent(worker_context: WorkerContext, outbox: Outbox) -> None:
    """With its receipt; one that goes alone, and whose answer was lost, is found at once."""
    outbox.after_sending = Uncertain("connection cut")
    result = await attempt_in_turn(worker_context, outbox, tried(), sending(outbox))
    assert (result.ending, result.sent and result.sent.message_id) == (Ending.SENT, "m1")
    again = await attempt_in_turn(worker_context, outbox, tried(2, in_doubt=True), sending(outbox))
    assert (again.ending, outbox.sent_to) == (Ending.SENT, ["ada@firm.example"])


@pytest.mark.parametrize("fault", [Unreachable("refused"), Refused("missing_scope"), Uncertain("cut again")])
async def test_a_look_up_that_fails_tells_nothing(worker_context: WorkerContext, outbox: Outbox, fault: Exception) -> None:
    """It may have arrived, so it stays in doubt, and isn't sent by another way."""
    outbox.after_sending, outbox.looking_fault = Uncertain("connection cut"), fault
    assert (await attempt_in_turn(worker_context, outbox, tried(), sending(outbox))).ending is Ending.IN_DOUBT


async def test_no_platform_is_asked_for_ever(worker_context: WorkerContext, outbox: Outbox) -> None:
    """The last try gives up, and says so: failed where nothing was sent, unconfirmed where something may have been."""
    outbox.fault = RetryLater(None, "no address yet")
    last = await attempt(worker_context, outbox, tried(TRIES), sending(outbox))
    assert (last.ending, last.reason, last.after) == (Ending.FAILED, "gave_up: no address yet", None)
    outbox.fault = Uncertain("connection cut")
    doubt = await attempt(worker_context, outbox, tried(TRIES), sending(outbox))
    assert (doubt.ending, doubt.reason) == (Ending.UNCONFIRMED, "gave_up: connection cut")


def waits() -> Iterator[float]:
    """The pauses between the tries."""
    return (pause(tried(number)) for number in range(1, TRIES))


def test_pauses_grow_and_outlast_an_outage() -> None:
    """Each is longer than the one before, up to an hour; together they wait out an hour and a half. Two that failed together are spread."""
    found = list(waits())
    assert found == sorted(found)
    assert found[0] < 5
    assert sum(found) > 5400
    assert pause(Attempt("8", 8, PLACE, 3)) != pause(tried(3))


async def test_a_throttle_is_told_to_the_pace(worker_context: WorkerContext, outbox: Outbox) -> None:
    """Everyone on the tenant is silent for as long as the platform says; whose turn comes meanwhile is held, and not one call is made."""
    outbox.fault = RetryLater(30, "ratelimited")
    await attempt(worker_context, outbox, tried(), sending(outbox))
    assert 29 < worker_context.pace.of(Platform.SLACK, "T1").closed_for <= 30
    assert worker_context.pace.of(Platform.SLACK, "T2").closed_for == 0
    held = await attempt_in_turn(worker_context, outbox, tried(), sending(outbox))
    assert (held.ending, held.counts, outbox.sent_to) == (Ending.HELD, False, [])
    assert held.after is not None
    assert 29 < held.after <= 30


async def test_a_throttle_of_nobody_knows_whom_is_told_to_all(worker_context: WorkerContext, outbox: Outbox) -> None:
    """A post's call has no tenant: every one the bot has on the platform is silent, and none elsewhere."""
    lane, other = worker_context.pace.of(Platform.SLACK, "T1"), worker_context.pace.of(Platform.TEAMS, "M1")
    outbox.fault = RetryLater(30, "ratelimited")
    await attempt(worker_context, outbox, Attempt("post-7", 7, Destination(Platform.SLACK, "", ""), 1), sending(outbox))
    assert (lane.closed_for > 29, other.closed_for) == (True, 0)


@pytest.mark.parametrize(("policy", "ending"), [("leave", Ending.UNCONFIRMED), ("resend", Ending.IN_DOUBT)])
async def test_where_nothing_can_be_looked_up(worker_context: WorkerContext, outbox: Outbox, policy: str, ending: Ending) -> None:
    """It is left, unless app.yaml would rather double it; one that nobody is to get any more never is."""
    delivery = worker_context.settings.delivery.model_copy(update={"teams_uncertain": policy})
    worker_context = WorkerContext(
        worker_context.database,
        worker_context.settings.model_copy(update={"delivery": delivery}),
        worker_context.senders,
        worker_context.pace,
    )
    outbox.after_sending, outbox.can_look_up = Uncertain("connection cut"), False
    assert (await attempt(worker_context, outbox, tried(), sending(outbox))).ending is ending
    assert (await attempt(worker_context, outbox, tried(2, in_doubt=True), None)).ending is Ending.UNCONFIRMED


async def test_one_that_nobody_needs_is_only_looked_for(worker_context: WorkerContext, outbox: Outbox) -> None:
    """It is there, or it isn't; nothing is sent."""
    assert (await attempt(worker_context, outbox, tried(2, in_doubt=True), None)).ending is Ending.CANCELLED
    await outbox.send(PLACE, CARD, "7")
    assert (await attempt(worker_context, outbox, tried(2, in_doubt=True), None)).ending is Ending.SENT
