"""Homes: who looks at their own page on a platform, and so is to see it change."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.domain.people.people import Account, Delegation, Person, Role, holding

KEPT = timedelta(days=30)
"""How long after it was last opened a page is kept up; opening it makes it anew in any case."""


def watching(session: Session, people: Collection[int], now: datetime, *, office: bool = False) -> list[Account]:
    """The accounts whose page shows something of these people, by id: their own, their delegates', and with `office` the CX office's.

    Only those who opened it within `KEPT` before the UTC instant `now`. Whoever has left is among them where they are named: their page is
    to be emptied.
    """
    delegates = select(Delegation.delegate_id).where(col(Delegation.executive_id).in_(people))
    concerned = [col(Account.person_id).in_(people), col(Account.person_id).in_(delegates)]
    if office:
        overseeing = select(Person.id).where(holding(Role.CX_OFFICE, Role.ADMIN))
        concerned.append(col(Account.person_id).in_(overseeing))
    wanted = select(Account).where(col(Account.home_opened_at) > now - KEPT, sa.or_(*concerned)).order_by(col(Account.id))
    return list(session.exec(wanted))
