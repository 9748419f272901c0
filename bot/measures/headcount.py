"""How many people, executives and customers there are, for `check` and the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.engagements.customers import Customer
from bot.domain.people.people import Person, Role


def customers(session: Session) -> int:
    """All of them."""
    return int(session.execute(sa.select(func.count()).select_from(Customer)).scalar_one())


def customers_by_segment(session: Session) -> Iterator[tuple[str, int]]:
    """How many there are of each segment's key, in order of the keys; those without one are left out."""
    key = col(Customer.segment)
    wanted = sa.select(key, func.count()).where(key != "").group_by(key).order_by(key)
    yield from ((one, number) for one, number in session.execute(wanted))


def roles(here: Iterable[Person]) -> Counter[Role]:
    """How many of these people have each role."""
    return Counter(role for one in here for role in one.role_set)
