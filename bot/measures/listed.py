"""Engagements by pages, with how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Engagement, Wanted, matching
from bot.measures import engaged


@dataclass(frozen=True)
class Page:
    """Part of a list: `rows` from `offset` on, of `total`."""

    rows: tuple[Engagement, ...]
    total: int
    offset: int


def page(session: Session, wanted: Wanted, offset: int, size: int) -> Page:
    """Engagements as wanted, the newest first."""
    conditions = matching(wanted)
    total = session.exec(select(func.count()).select_from(Engagement).where(*conditions)).one()
    newest_first = (col(Engagement.happened_on).desc(), col(Engagement.id).desc())
    rows = session.exec(select(Engagement).where(*conditions).order_by(*newest_first).offset(offset).limit(size))
    return Page(tuple(rows), total, offset)


@dataclass(frozen=True)
class AtCustomer:
    """A customer with the newest engagements there, and the day anybody of the company was last seen (None: never)."""

    customer: Customer
    page: Page
    last_seen: date | None


def at_customer(session: Session, customer: Customer, size: int = 3) -> AtCustomer:
    """What a customer's own card shows."""
    return AtCustomer(customer, page(session, Wanted(customer=customer), 0, size), engaged.last_seen(session, customer))
