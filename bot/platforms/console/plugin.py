"""The console, as the rest of the house knows it."""

from __future__ import annotations

import asyncio
from functools import partial

from sqlmodel import col, select

from bot.database import Database
from bot.domain.people import people
from bot.domain.people.people import Person, Platform
from bot.platforms.console.contract import ConsolePerson
from bot.platforms.plugin import Built, Host, PlatformPlugin


async def _build(host: Host) -> Built:
    from bot.platforms.console.platform import build  # noqa: PLC0415 - the web is imported only where the console is on

    if host.clock is None:
        msg = "the console needs a clock that can be moved"
        raise TypeError(msg)

    async def completions(email: str) -> list[tuple[str, str, str]]:
        return await asyncio.to_thread(_completions, host, email)

    running = build(
        host.dispatcher,
        people=partial(asyncio.to_thread, _people, host.database),
        completions=completions,
        previews=host.previews,
        clock=host.clock,
        sample=host.settings.company.sample,
        company=host.settings.company.name,
    )
    return Built(running.sender, running.close, routes=(running.add_routes,))


def _people(database: Database) -> list[ConsolePerson]:
    with database.session() as session:
        known = session.exec(select(Person).where(col(Person.active)).order_by(Person.name)).all()
        ranked = sorted(known, key=lambda one: (not one.roles, "executive" not in one.roles, one.name))
        return [ConsolePerson(one.email, one.name, tuple(one.roles), one.department, one.zone) for one in ranked]


def _completions(host: Host, email: str) -> list[tuple[str, str, str]]:
    with host.database.session() as session:
        person = people.by_email(session, email)
        listed = sorted(host.dispatcher.commands.values(), key=lambda one: one.order)
        return [(one.name, one.usage, one.help) for one in listed if one.listed and person is not None and one.open_to(person)]


PLATFORM = PlatformPlugin(Platform.CONSOLE, called="the console", build=_build)
