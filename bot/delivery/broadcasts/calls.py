"""One call to the platform for one copy, and what its answer makes of it."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.broadcasts.claims import Outcome, Parcel
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


async def send(lane: Lane, parcel: Parcel) -> Outcome:
    """Send one, and say what became of it."""
    key = str(parcel.delivery_id)
    return _outcome(
        lane, parcel, await attempt(lane.means, lane.sender, _try(parcel), lambda: lane.sender.send(parcel.to, parcel.card, key))
    )


async def look(lane: Lane, parcel: Parcel) -> Outcome:
    """Find out whether one arrived that nobody is to get any more: it is taken back then, or stays, as the others do."""
    return _outcome(lane, parcel, await attempt(lane.means, lane.sender, _try(parcel), None))


def _try(parcel: Parcel) -> Attempt:
    return Attempt(str(parcel.delivery_id), parcel.delivery_id, parcel.to, parcel.attempts, parcel.in_doubt)


def _outcome(lane: Lane, parcel: Parcel, result: Result) -> Outcome:
    """What the result of a try means for its row. A platform that refuses the bot halts the lane."""
    if state := _STATES.get(result.ending):
        return Outcome(parcel, state, result.reason, sent=result.sent, ending=result.ending)
    tries = parcel.attempts if result.counts else parcel.attempts - 1
    reason = _reason(result.reason, in_doubt=result.in_doubt)
    if result.ending is Ending.REFUSED:
        lane.refused = lane.refused or result.reason
        return Outcome(parcel, "queued", reason, attempts=tries, ending=result.ending)
    again = lane.now + timedelta(seconds=result.after or 0)
    return Outcome(parcel, "queued", reason, not_before=again, attempts=tries, ending=result.ending)


def put_back(parcel: Parcel, detail: str = "") -> Outcome:
    """It wasn't sent after all, and waits again; the try doesn't count. One in doubt before stays so."""
    return Outcome(parcel, "queued", _reason(detail, in_doubt=parcel.in_doubt), attempts=parcel.attempts - 1)


def _reason(detail: str, *, in_doubt: bool) -> str:
    return f"{IN_DOUBT}: {detail}" if in_doubt else detail


async def change(lane: Lane, parcel: Parcel, sent: Sent) -> None:
    """Change or take back one copy; whoever may not read it any more is shown nothing new.

    What stays in doubt is done again by the next slice: doing it twice does no harm.
    """
    if not (parcel.active or parcel.recalled):
        lane.changes.append(Outcome(parcel, "sent", "no_longer"))
        return
    if not sent.message_id:
        lane.changes.append(Outcome(parcel, "sent", "unlinked"))
        return
    pace = lane.means.pace.of(lane.platform, lane.tenant, "change")
    if not await pace.wait(SILENCE) or lane.over or lane.means.stopping.is_set():
        return
    try:
        if parcel.recalled:
            await lane.sender.delete(sent)
        else:
            await lane.sender.update(sent, parcel.card)
    except (Unreachable, Uncertain) as error:
        lane.changes.append(Outcome(parcel, "sent", str(error)))
    except RetryLater as error:
        pace.throttled(error.after or _PAUSE)
    except Refused as error:
        lane.refused = lane.refused or str(error)
    else:
        lane.changes.append(Outcome(parcel, "recalled" if parcel.recalled else "sent"))
