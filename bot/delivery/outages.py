"""Tell the administrators that a platform refuses the bot, by another one that works, and that it's over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from bot.database import Database
from bot.delivery.notifying import notify
from bot.delivery.queue import refresh
from bot.domain.outbox import moments, outages
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform, Role
from bot.settings import Settings

_log = structlog.get_logger(__name__)


class Administrators:
    """They are told once an outage, whichever process notices it; where there is none, the CX office is."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    async def refused(self, platform: str, why: str) -> bool:
        """The platform refuses the bot. False when the database doesn't take it: to be told again."""
        return await asyncio.to_thread(self._kept, lambda session: self._begin(session, Platform(platform), why))

    async def answers(self, platform: str) -> bool:
        """The platform answers. False as above."""
        return await asyncio.to_thread(self._kept, lambda session: self._end(session, Platform(platform)))

    def _kept(self, change: Callable[[Session], None]) -> bool:
        try:
            with self._database.session() as session:
                change(session)
        except (OperationalError, InterfaceError):
            return False  # the worker tells of the database
        return True

    def _begin(self, session: Session, platform: Platform, why: str) -> None:
        now = self._database.clock()
        outage = outages.begin(session, platform, why, now)
        if outage is None:
            return
        told = people.with_role(session, Role.ADMIN) or people.with_role(session, Role.CX_OFFICE)
        for person in told:
            notify(session, person, Subject.OUTAGE, outage, self._settings, now, exempt=moments.OUTAGE)
        _log.info("administrators are told", platform=platform.value, people=len(told))

    def _end(self, session: Session, platform: Platform) -> None:
        outage = outages.end(session, platform, self._database.clock())
        if outage is not None:
            refresh(session, Subject.OUTAGE, outage)
