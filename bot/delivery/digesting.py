"""What a digest's own sending means for what it tells: put in just before, told once it has arrived, told by the next one else."""

from __future__ import annotations

from sqlmodel import Session

from bot.database import context
from bot.delivery.queue import look_after
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.updates import digests


def taken(session: Session, copy: Delivery, was: DeliveryState) -> bool:
    """Put in everything its reader wasn't told yet. Whether it is to be sent: with nothing to tell it is called off.

    One that may have arrived already (`was` SENDING) stays as it was.
    """
    if copy.subject != Subject.DIGEST or was == DeliveryState.SENDING:
        return True
    if not digests.fill(session, copy, context(session).now):
        digests.failed(session, copy, "")
        copy.state = DeliveryState.CANCELLED
        return False
    copy.shown = digests.version(session, copy)
    return True


def arrived(session: Session, copy: Delivery) -> None:
    """It is there, and so is what it tells; what changed meanwhile is changed in it."""
    if copy.subject != Subject.DIGEST:
        return
    session.flush()
    digests.arrived(session, copy, context(session).now)
    if copy.to_change and copy.platform is not None:
        look_after(session, copy.platform, copy.tenant)


def uncertain(session: Session, copy: Delivery) -> None:
    """Nobody knows whether it is there."""
    if copy.subject == Subject.DIGEST:
        digests.uncertain(session, copy, copy.reason)


def requeue(session: Session, copy: Delivery) -> None:
    """It waits again, and is filled anew: what is stopped meanwhile isn't told. One that may have arrived stays as it was."""
    if copy.subject == Subject.DIGEST and copy.state == DeliveryState.QUEUED:
        digests.failed(session, copy, "")


def failed(session: Session, copy: Delivery) -> None:
    """It isn't there: what it would have told is still to be told."""
    if copy.subject == Subject.DIGEST:
        digests.failed(session, copy, copy.reason)
