"""One call to the platform for one copy, and what its answer makes of it."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.broadcasts.claims import Outcome, Parcel
from bot.delivery.broadcasts.working import SILENCE, Lane
from bot.delivery.doubt import resends
from bot.delivery.senders import Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.outbox.deliveries import IN_DOUBT

TRIES = 8
"""How often one copy is tried before it counts as failed."""

_PAUSE = 2.0
"""Seconds before trying again where the platform doesn't say, doubled with each try."""

_LONGEST_PAUSE = 300.0


async def send(lane: Lane, parcel: Parcel) -> Outcome:
    """Send one, and say what became of it."""
    try:
        return Outcome(parcel, "sent", sent=await _find_or_send(lane, parcel))
    except Unreachable as error:
        return Outcome(parcel, "failed", str(error))
    except RetryLater as error:
        return _later(lane, parcel, error.after, error.detail, in_doubt=parcel.in_doubt)
    except Uncertain as error:
        return _doubtful(lane, parcel, error)
    except Refused as error:
        lane.refused = lane.refused or str(error)
        return put_back(parcel, str(error))


async def look(lane: Lane, parcel: Parcel) -> Outcome:
    """Find out whether one arrived that nobody is to get any more: it is taken back then, or stays, as the others do."""
    try:
        found = await lane.sender.find(parcel.to, str(parcel.delivery_id))
    except Unreachable as error:
        return Outcome(parcel, "failed", str(error))
    except RetryLater as error:
        return _later(lane, parcel, error.after, error.detail, in_doubt=True)
    except Uncertain as error:
        if not lane.sender.capabilities.can_look_up or parcel.attempts >= TRIES:
            return Outcome(parcel, "unconfirmed", str(error))
        return _later(lane, parcel, None, str(error), in_doubt=True)
    except Refused as error:
        lane.refused = lane.refused or str(error)
        return put_back(parcel, str(error))
    return Outcome(parcel, "sent", sent=found) if found else Outcome(parcel, "cancelled")


def put_back(parcel: Parcel, detail: str = "") -> Outcome:
    """It wasn't sent after all, and waits again; the try doesn't count. One in doubt before stays so."""
    return Outcome(parcel, "queued", _reason(detail, in_doubt=parcel.in_doubt), attempts=parcel.attempts - 1)


def _reason(detail: str, *, in_doubt: bool) -> str:
    return f"{IN_DOUBT}: {detail}" if in_doubt else detail


async def _find_or_send(lane: Lane, parcel: Parcel) -> Sent:
    key = str(parcel.delivery_id)
    if parcel.in_doubt:
        try:
            if found := await lane.sender.find(parcel.to, key):
                return found
        except Uncertain:
            if not resends(lane.means, lane.sender):
                raise
    return await lane.sender.send(parcel.to, parcel.card, key)


def _doubtful(lane: Lane, parcel: Parcel, error: Uncertain) -> Outcome:
    """It may have arrived. Where it can be looked up, or app.yaml would rather double it, it is tried again; elsewhere it stays so."""
    can_try = lane.sender.capabilities.can_look_up or resends(lane.means, lane.sender)
    if can_try and parcel.attempts < TRIES:
        return _later(lane, parcel, None, str(error), in_doubt=True)
    return Outcome(parcel, "unconfirmed", str(error))


def _later(lane: Lane, parcel: Parcel, after: float | None, detail: str, *, in_doubt: bool) -> Outcome:
    """Try again: on a throttle everyone on the tenant waits as long as the platform says, and the try doesn't count."""
    if after is not None:
        lane.means.pace.of(lane.platform, lane.tenant).throttled(after)
    elif parcel.attempts >= TRIES:
        return Outcome(parcel, "unconfirmed" if in_doubt else "failed", f"gave_up: {detail}")
    # Spread by the delivery's own number, so that those that failed together don't come together again.
    spread = 1 + parcel.delivery_id % 100 / 100
    wait = after if after is not None else min(_PAUSE * 2 ** (parcel.attempts - 1), _LONGEST_PAUSE) * spread
    tries = parcel.attempts - 1 if after is not None else None
    reason = _reason(detail, in_doubt=in_doubt)
    return Outcome(parcel, "queued", reason, not_before=lane.now + timedelta(seconds=wait), attempts=tries)


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
        pace.throttled(error.after if error.after is not None else _PAUSE)
    except Refused as error:
        lane.refused = lane.refused or str(error)
    else:
        lane.changes.append(Outcome(parcel, "recalled" if parcel.recalled else "sent"))
