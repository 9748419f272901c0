"""Ask each platform about the accounts that are linked, and find those that wouldn't be linked today."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bot.app import sending_platforms
from bot.database import Database
from bot.delivery.senders import Destination, KnowsAccounts, PlatformSender
from bot.domain.access import accounts
from bot.domain.access.accounts import Verdict
from bot.domain.people.people import Account, Platform
from bot.process.wiring import build
from bot.settings import Settings


@dataclass
class Report:
    """How many are right, and a line for each that is wrong, with what to do, or couldn't be asked about."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)


async def check_accounts(database: Database, settings: Settings, environ: Mapping[str, str], email: str = "") -> Report:
    """Ask about the accounts of people whose email has `email` in it. Those that are right are vouched for from now on."""
    async with AsyncExitStack() as stack:
        application = build(settings, database)
        await sending_platforms(application, environ, stack)
        return await check_with(database, application.senders, email)


async def check_with(database: Database, senders: Mapping[Platform, PlatformSender], email: str = "") -> Report:
    """The same, with senders that are there."""
    with database.session() as session:
        found = [(account.id, _place(account, person.email)) for account, person in accounts.linked(session, email)]
    verdicts: dict[int | None, Verdict] = {}
    for platform in dict.fromkeys(to.platform for _, to in found):
        mine = [(key, to) for key, to in found if to.platform == platform]
        said = await _said(senders.get(platform), [to for _, to in mine])
        verdicts |= dict(zip([key for key, _ in mine], said, strict=True))
    return await asyncio.to_thread(_judged, database, verdicts)


def _place(account: Account, email: str) -> Destination:
    return Destination(account.platform, account.user_id, email, account.tenant, account.conversation)


async def _said(sender: object, asked: Sequence[Destination]) -> list[Verdict]:
    if isinstance(sender, KnowsAccounts):
        return await sender.vouch(asked)
    return [Verdict("its platform is not switched on", asked=False) for _ in asked]


def _judged(database: Database, verdicts: Mapping[int | None, Verdict]) -> Report:
    report = Report()
    with database.session() as session:
        now = database.clock()
        for account, person in accounts.linked(session):
            if account.id not in verdicts or not account.platform.real:
                continue
            verdict = verdicts[account.id]
            name = f"{account.id}: the {account.platform.value} account {account.user_id} of {person.email}"
            if why := accounts.fault(account, person, verdict):
                report.wrong.append(f"{name} is wrong: {why}. Unlink it: outside-in accounts unlink {account.id}")
            elif not verdict.asked:
                report.unasked.append(f"{name} can't be asked about: {verdict.why}. It is checked at its next use.")
            else:
                account.vouched_at = now
                report.right += 1
    return report
