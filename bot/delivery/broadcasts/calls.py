"""One call to the platform for one copy, and what its answer makes of it."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.broadcasts.claims import OutgoingMessage
from bot.delivery.broadcasts.recording import Outcome
from bot.delivery.broadcasts.working import Lane
from bot.delivery.outcomes import Attempt, Ending, Result, attempt
from bot.delivery.pacing import SILENCE
from bot.delivery.senders import Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.outbox.deliveries import IN_DOUBT

_PAUSE = 2.0
"""Seconds of silence after a change that the platform is too busy for, where it doesn't say how long."""

_STATES = {
    Ending.SENT: "sent",
    Ending.FAILED: "failed",
    Ending.UNCONFIRMED: "unconfirmed",
    Ending.CANCELLED: "cancelled",
}
"""The state of a copy that is over; any other waits again."""


async def send(lane: Lane, outgoing: OutgoingMessage) -> Outcome:
    """Send one, and say what became of it."""
    key = str(outgoing.delivery_id)
    return _outcome(
        lane,
        outgoing,
        await attempt(lane.worker_context, lane.sender, _try(outgoing), lambda: lane.sender.send(outgoing.to, outgoing.card, key)),
    )


async def look(lane: Lane, outgoing: OutgoingMessage) -> Outcome:
    """Find out whether one arrived that nobody is to get any more: it is taken back then, or stays, as the others do."""
    return _outcome(lane, outgoing, await attempt(lane.worker_context, lane.sender, _try(outgoing), None))


def _try(outgoing: OutgoingMessage) -> Attempt:
    return Attempt(str(outgoing.delivery_id), outgoing.delivery_id, outgoing.to, outgoing.attempts, outgoing.in_doubt)


def _outcome(lane: Lane, outgoing: OutgoingMessage, result: Result) -> Outcome:
    """What the result of a try means for its row. A platform that refuses the bot halts the lane."""
    if state := _STATES.get(result.ending):
        return Outcome(outgoing, state, result.reason, sent=result.sent, ending=result.ending)
    tries = outgoing.attempts if result.counts else outgoing.attempts - 1
    reason = _reason(result.reason, in_doubt=result.in_doubt)
    if result.ending is Ending.REFUSED:
        lane.refused = lane.refused or result.reason
        return Outcome(outgoing, "queued", reason, attempts=tries, ending=result.ending)
    again = lane.now + timedelta(seconds=result.after or 0)
    return Outcome(outgoing, "queued", reason, not_before=again, attempts=tries, ending=result.ending)


def requeue(outgoing: OutgoingMessage, detail: str = "") -> Outcome:
    """It wasn't sent after all, and waits again; the try doesn't count. One in doubt before stays so."""
    return Outcome(outgoing, "queued", _reason(detail, in_doubt=outgoing.in_doubt), attempts=outgoing.attempts - 1)


def _reason(detail: str, *, in_doubt: bool) -> str:
    return f"{IN_DOUBT}: {detail}" if in_doubt else detail


async def change(lane: Lane, outgoing: OutgoingMessage, sent: Sent) -> None:
    """Change or take back one copy; whoever may not read it any more is shown nothing new.

    What stays in doubt is done again by the next slice: doing it twice does no harm.
    """
    if not (outgoing.active or outgoing.recalled):
        lane.changes.append(Outcome(outgoing, "sent", "no_longer"))
        return
    if not sent.message_id:
        lane.changes.append(Outcome(outgoing, "sent", "unlinked"))
        return
    if outgoing.recalled and not lane.sender.capabilities.can_recall:
        lane.changes.append(Outcome(outgoing, "sent", "not_recalled"))
        return
    pace = lane.worker_context.pace.of(lane.platform, lane.tenant, "change")
    if not await pace.wait(SILENCE) or lane.over or lane.worker_context.stopping.is_set():
        return
    try:
        if outgoing.recalled:
            await lane.sender.delete(sent)
        else:
            await lane.sender.update(sent, outgoing.card)
    except (Unreachable, Uncertain) as error:
        lane.changes.append(Outcome(outgoing, "sent", str(error)))
    except RetryLater as error:
        pace.throttled(error.after or _PAUSE)
    except Refused as error:
        lane.refused = lane.refused or str(error)
    else:
        lane.changes.append(Outcome(outgoing, "recalled" if outgoing.recalled else "sent"))
