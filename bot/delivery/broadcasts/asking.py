"""Ask those whose approval a broadcast still needs, and tell whoever sends it when it was held."""

from __future__ import annotations

import structlog
from sqlmodel import Session

from bot.database import context
from bot.delivery.notifying import notify
from bot.delivery.queue import refresh
from bot.domain.outbox import deliveries
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.updates.approvers import approvers
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.settings import Settings

_log = structlog.get_logger(__name__)


def ask(session: Session, broadcast: Broadcast, settings: Settings, *, but: Person | None = None, again: bool = True) -> None:
    """Send a request to everyone whose approval is missing, whoever asks (`but`) aside; not `again`: to those who have none yet."""
    had = set() if again else {one.person_id for one in deliveries.copies(session, Subject.APPROVAL, broadcast.key)}
    for person in approvers(session, broadcast, settings):
        if person.key not in had and (but is None or person.key != but.key):
            notify(session, person, Subject.APPROVAL, broadcast.key, settings, context(session).now)
    refresh(session, Subject.APPROVAL, broadcast.key)


def held(session: Session, broadcast: Broadcast, settings: Settings) -> None:
    """It doesn't go out though its time has come: whoever sends it hears why, and those whose approval is missing are asked."""
    if broadcast.state == BroadcastState.WAITING:
        ask(session, broadcast, settings)
    tell_sender(session, broadcast, settings)
    _log.warning("broadcast held", broadcast=broadcast.key, reason=broadcast.reason)


def tell_sender(session: Session, broadcast: Broadcast, settings: Settings, *, exempt: str = "") -> None:
    """Send whoever asked for it (else its author) its card anew: something is for them to know, or to do."""
    asked = broadcast.asked_by
    person = asked if asked is not None and asked.active else broadcast.update.author
    notify(session, person, Subject.BROADCAST, broadcast.key, settings, context(session).now, exempt=exempt)
