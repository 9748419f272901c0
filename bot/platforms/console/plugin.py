"""The console, as the rest of the house knows it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from sqlmodel import col, select

from bot.database import Database
from bot.domain.engagements.prompts import Prompt
from bot.domain.people import people
from bot.domain.people.people import Person, Platform
from bot.platforms.console import starts
from bot.platforms.console.contract import ConsolePerson, Guide
from bot.platforms.plugin import Built, Host, PlatformPlugin


async def _build(host: Host) -> Built:
    from bot.platforms.console.platform import build  # noqa: PLC0415 - the web is imported only where the console is on

    if host.clock is None:
        msg = "the console needs a clock that can be moved"
        raise TypeError(msg)

    async def completions(email: str) -> list[tuple[str, str, str]]:
        return await asyncio.to_thread(_completions, host, email)

    async def asked(after: datetime, until: datetime) -> list[ConsolePerson]:
        return await asyncio.to_thread(_asked, host.database, after, until)

    running = build(
        host.dispatcher,
        people=partial(asyncio.to_thread, _people, host.database),
        completions=completions,
        previews=host.previews,
        clock=host.clock,
        sample=host.settings.company.sample,
        company=host.settings.company.name,
        guide=Guide(host.settings.company.zone, partial(asyncio.to_thread, starts.found, host.database), asked),
    )
    return Built(running.sender, running.close, routes=(running.add_routes,))


def _people(database: Database) -> list[ConsolePerson]:
    with database.session() as session:
        known = session.exec(select(Person).where(col(Person.active)).order_by(Person.name)).all()
        ranked = sorted(known, key=lambda one: (not one.roles, "executive" not in one.roles, one.name))
        return [starts.shown(one) for one in ranked]


def _asked(database: Database, after: datetime, until: datetime) -> list[ConsolePerson]:
    with database.session() as session:
        within = (sa.and_(col(one) > after, col(one) <= until) for one in (Prompt.sent_at, Prompt.reminded_at))
        sent = select(Prompt.person_id).where(sa.or_(*within))
        found = session.exec(select(Person).where(col(Person.id).in_(sent), col(Person.active)).order_by(Person.name))
        return [starts.shown(one) for one in found]


def _completions(host: Host, email: str) -> list[tuple[str, str, str]]:
    with host.database.session() as session:
        person = people.by_email(session, email)
        listed = sorted(host.dispatcher.commands.values(), key=lambda one: one.order)
        return [(one.name, one.usage, one.help) for one in listed if one.listed and person is not None and one.open_to(person)]


PLATFORM = PlatformPlugin(Platform.CONSOLE, called="the console", build=_build)
