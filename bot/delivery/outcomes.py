"""The ladder of outcomes: what one try to send something came to, and what happens next.

Single messages, posts in channels and broadcasts' copies go by this one retry policy:

1. It arrived: SENT.
2. The platform throttles and says for how long: everyone on the tenant is silent so long, and the try doesn't count (THROTTLED; HELD for
   one whose turn comes meanwhile).
3. Nothing was sent, and the platform names no time: again after a pause (exponential backoff), at most TRIES times (RETRY).
4. It may have arrived: looked up by its idempotency key before the next try (IN_DOUBT), and at once where it goes alone. Where a platform
   can't be asked, it is left (UNCONFIRMED), or tried again where app.yaml would rather double it.
5. The platform refuses the bot itself: REFUSED. Whoever sends decides what that means for the rest.
6. It can't arrive: FAILED, with the platform's reason, or `gave_up` after TRIES.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.delivery.context import WorkerContext
from bot.delivery.doubt import resends
from bot.delivery.pacing import SILENCE
from bot.delivery.senders import Destination, PlatformSender, Refused, RetryLater, Sent, Uncertain, Unreachable

TRIES = 8
"""How often one is tried before it is given up: over about two hours, or three, so that an outage of a platform is waited out."""

_PAUSE, _GROWTH, _LONGEST_PAUSE = 2.0, 4, 3600.0
"""Seconds before trying again where the platform doesn't say; what they are multiplied by with each try; and how many at most."""


class Ending(StrEnum):
    """What one try came to."""

    SENT = "sent"
    THROTTLED = "throttled"
    HELD = "held"
    RETRY = "retry"
    IN_DOUBT = "in_doubt"
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Attempt:
    """One try to send something to a place: how many there were with this one, and whether an earlier one may have arrived.

    `key` is the idempotency key it is looked up by; `number` its own number, which spreads those that failed together.
    """

    key: str
    number: int
    place: Destination
    tries: int
    in_doubt: bool = False


@dataclass(frozen=True)
class Result:
    """What a try came to: why; the receipt of one that arrived; `after`, the seconds until the next try, None where there is none.

    `in_doubt`: it may have arrived, so that the next try looks first. `counts`: whether it is one of the TRIES.
    """

    ending: Ending
    reason: str = ""
    sent: Sent | None = None
    after: float | None = None
    in_doubt: bool = False
    counts: bool = True


def refused_fails(result: Result) -> Result:
    """The same; where the platform refuses the bot, that one thing has failed: nobody resumes it."""
    return Result(Ending.FAILED, f"platform_refused: {result.reason}") if result.ending is Ending.REFUSED else result


Send = Callable[[], Awaitable[Sent]]


async def attempt_in_turn(worker_context: WorkerContext, sender: PlatformSender, one: Attempt, send: Send | None) -> Result:
    """`attempt`, once it is its turn; when the platform wants a silence longer than a job waits out, HELD until it is over.

    When an answer is lost, it is looked up at once whether it arrived: nothing else brings this one back soon, as a lane's next slice does.
    """
    pace = worker_context.pace.of(one.place.platform, one.place.tenant)
    if not await pace.wait(SILENCE):
        return Result(Ending.HELD, "the platform wants silence", after=pace.closed_for, in_doubt=one.in_doubt, counts=False)
    result = await attempt(worker_context, sender, one, send)
    if result.ending not in {Ending.IN_DOUBT, Ending.UNCONFIRMED} or not sender.capabilities.can_look_up:
        return result
    looked = await attempt(worker_context, sender, replace(one, in_doubt=True), None)
    # That it can't be looked up now says nothing of whether it arrived.
    return looked if looked.ending in {Ending.SENT, Ending.THROTTLED} else result


async def attempt(worker_context: WorkerContext, sender: PlatformSender, one: Attempt, send: Send | None) -> Result:
    """Send it, or find it where an earlier try may have left it, and say what became of it. Raises nothing for what a platform answers.

    `send` is None for one that nobody is to get any more: it is only looked for, and CANCELLED when it isn't there.
    """
    result = await _attempt(worker_context, sender, one, send)
    return replace(result, reason=storable(result.reason))


def storable(text: str) -> str:
    """What a platform says, without what PostgreSQL can't keep: one strange answer mustn't hold up what became of all the others."""
    return text if text.isascii() and "\0" not in text else text.replace("\0", "").encode(errors="replace").decode()


async def _attempt(worker_context: WorkerContext, sender: PlatformSender, one: Attempt, send: Send | None) -> Result:
    try:
        return await _found_or_sent(worker_context, sender, one, send)
    except Unreachable as error:
        return Result(Ending.FAILED, str(error))
    except Refused as error:
        return Result(Ending.REFUSED, str(error), in_doubt=one.in_doubt, counts=False)
    except RetryLater as error:
        return _later(worker_context, one, error.after, error.detail, in_doubt=one.in_doubt)
    except Uncertain as error:
        return _doubtful(worker_context, sender, one, send, str(error))


async def _found_or_sent(worker_context: WorkerContext, sender: PlatformSender, one: Attempt, send: Send | None) -> Result:
    found = await _look(worker_context, sender, one, send) if one.in_doubt else None
    if found is not None:
        return Result(Ending.SENT, sent=found)
    return Result(Ending.CANCELLED) if send is None else Result(Ending.SENT, sent=await send())


async def _look(worker_context: WorkerContext, sender: PlatformSender, one: Attempt, send: Send | None) -> Sent | None:
    """The message; None when there is none, or where app.yaml would rather send twice than not at all."""
    try:
        return await sender.find(one.place, one.key)
    except Uncertain:
        if send is not None and resends(worker_context, sender):
            return None
        raise


def _doubtful(worker_context: WorkerContext, sender: PlatformSender, one: Attempt, send: Send | None, doubt: str) -> Result:
    """Nobody can say now whether it arrived. Where it can be looked up later, or app.yaml would rather double it, it is tried again."""
    if sender.capabilities.can_look_up or (send is not None and resends(worker_context, sender)):
        return _later(worker_context, one, None, doubt, in_doubt=True)
    return Result(Ending.UNCONFIRMED, doubt)


def _later(worker_context: WorkerContext, one: Attempt, after: float | None, detail: str, *, in_doubt: bool) -> Result:
    """Try again: on a throttle everyone on the tenant waits as long as the platform says, and the try doesn't count.

    No seconds at all are no time to wait: else it would be asked again and again without a pause.
    """
    if after:
        worker_context.pace.throttled(one.place.platform, one.place.tenant, after)
        return Result(Ending.THROTTLED, detail, after=after, in_doubt=in_doubt, counts=False)
    if one.tries >= TRIES:
        return Result(Ending.UNCONFIRMED if in_doubt else Ending.FAILED, f"gave_up: {detail}")
    return Result(Ending.IN_DOUBT if in_doubt else Ending.RETRY, detail, after=pause(one), in_doubt=in_doubt)


def pause(one: Attempt) -> float:
    """Seconds until the next try, spread by its own number, so that those that failed together don't come together again."""
    return min(_PAUSE * math.pow(_GROWTH, one.tries - 1), _LONGEST_PAUSE) * (1 + one.number % 100 / 100)
