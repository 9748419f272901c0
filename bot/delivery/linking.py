"""Tell a person, by the accounts they had before, that one more was linked to them: who isn't behind it can say so."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.delivery.notifying import notify
from bot.domain.outbox import moments
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Account, Person
from bot.settings import Settings


def tell_linked(
    session: Session, person: Person, account: Account, settings: Settings, now: datetime, *, exempt: str = moments.SECURITY
) -> None:
    """Queue a message to each of the person's other accounts: to that very one, whichever they'd rather be written to on."""
    session.flush()
    assert account.id is not None  # noqa: S101 - it was flushed
    for other in [one for one in person.accounts if one.id != account.id]:
        copy = notify(session, person, Subject.ACCOUNT_LINKED, account.id, settings, now, exempt=exempt)
        copy.platform, copy.tenant, copy.user_id = other.platform, other.tenant, other.user_id
