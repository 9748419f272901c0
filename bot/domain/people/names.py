"""The names of colleagues, to be found in what somebody types."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session

from bot.domain.people import people
from bot.domain.records.directories import KeptDirectory
from bot.domain.words.line.directory import Directory

_STAFF = KeptDirectory(
    sa.text("SELECT count(*), sum(hashtextextended(name || ' ' || email, id)) FROM people WHERE active AND NOT guest"),
    lambda session: people.candidates(people.staff(session)),
)


def directory(session: Session) -> Directory:
    """Everyone active who works here, to be found in running text; kept in this process until one comes, leaves or is renamed."""
    return _STAFF.of(session)
