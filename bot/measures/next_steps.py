"""What the reader of the letter can do next: two or three things, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.domain.people.people import Person, Role
from bot.domain.plans.decisions import Decision
from bot.domain.promises.commitments import Commitment
from bot.domain.rights import Action, may
from bot.measures import promised
from bot.measures.letter import Letter
from bot.measures.scorecard import Suggestion, scorecard
from bot.settings import Settings

MOST = 3
"""Things to do at the end of a letter."""


@dataclass(frozen=True)
class Overdue:
    """A commitment past its date that is the reader's to see to."""

    commitment: Commitment


@dataclass(frozen=True)
class Visit:
    """A customer to see next."""

    suggestion: Suggestion


@dataclass(frozen=True)
class Tell:
    """A decision that staff have not been told of."""

    decision: Decision


@dataclass(frozen=True)
class Ask:
    """Executives who have met no customer: a word from the reader."""

    people: list[Person]


@dataclass(frozen=True)
class Log:
    """Log a visit: what the reader heard themselves."""


@dataclass(frozen=True)
class Look:
    """Look at all the figures."""


Step = Overdue | Visit | Tell | Ask | Log | Look


def missing(found: Letter, reader: Person) -> list[Person]:
    """Who has met no customer, without whoever reads it."""
    return [one for one in found.silent if one.id != reader.id]


def next_steps(session: Session, found: Letter, reader: Person, settings: Settings, now: datetime) -> list[Step]:
    """At least two things this reader may do, and three at most, at the UTC instant `now`."""
    steps = _steps(session, found, reader, settings, now)
    return [one for one, _ in zip(steps, range(MOST), strict=False)]


def _steps(session: Session, found: Letter, reader: Person, settings: Settings, now: datetime) -> Iterator[Step]:
    late = promised.latest(session, found.window, *_concerns(reader), limit=1)
    yield from (Overdue(one) for one in late if may(reader, Action.SEE_COMMITMENT, one))
    if found.untold and may(reader, Action.WRITE_UPDATES):
        yield Tell(found.untold[0])
    if reader.has(Role.EXECUTIVE) and (suggestion := scorecard(session, reader, settings, now).suggestion) is not None:
        yield Visit(suggestion)
    if silent := missing(found, reader):
        yield Ask(silent)
    if may(reader, Action.LOG_ENGAGEMENT):
        yield Log()
    yield Look()


def _concerns(reader: Person) -> list[sa.ColumnElement[bool]]:
    """The office sees to all commitments, others to those they own or made."""
    if may(reader, Action.OVERSEE):
        return []
    return [sa.or_(col(Commitment.owner_id) == reader.key, col(Commitment.promised_by_id) == reader.key)]
