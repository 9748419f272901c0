"""Opening the database: with every table known, and everything that listens to its sessions registered."""

from __future__ import annotations

import bot.domain.tables  # noqa: F401 - every table, so that each can be written whatever else is imported
from bot.clock import Clock
from bot.database import Database, Listener
from bot.delivery import showing
from bot.domain.people import tenures
from bot.domain.records import audit

LISTENERS: tuple[Listener, ...] = (tenures.keep, audit.keep, showing.keep)
"""What writes along with every change, in its own transaction: tenures, the audit trail, people's own pages."""


def open_database(url: str, clock: Clock, *, pool_size: int = 10) -> Database:
    """The database at an address as people write it in DATABASE_URL, listened to. ValueError when it is none."""
    return Database(url, clock, LISTENERS, pool_size=pool_size)
