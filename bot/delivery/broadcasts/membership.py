"""Who is in a channel: read from its platform, those nobody knows yet looked up, and those that are surely ours linked to their person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.delivery.context import WorkerContext
from bot.delivery.linking import tell_linked
from bot.delivery.senders import KnowsAccounts, Member, Unreachable
from bot.domain.access import accounts
from bot.domain.people.people import Platform
from bot.domain.updates import audiences


@dataclass(frozen=True)
class Inside:
    """The ids of everyone in a channel, and who those are that are nobody's account here."""

    user_ids: list[str]
    looked_up: list[Member]


async def read_members(worker_context: WorkerContext, platform: Platform, channel: str) -> Inside:
    """Read it. Raises what the platform's sender does; one that can't look accounts up leaves them unknown."""
    sender = worker_context.senders.get(platform)
    if sender is None:
        raise Unreachable("refused", f"{platform.value} is not switched on")
    everyone = await sender.members(channel)
    strangers = await asyncio.to_thread(_strangers, worker_context, platform, everyone)
    return Inside(everyone, await _looked_up(sender, channel, strangers) if strangers else [])


async def _looked_up(sender: object, channel: str, user_ids: list[str]) -> list[Member]:
    return await sender.look_up(channel, user_ids) if isinstance(sender, KnowsAccounts) else []


def _strangers(worker_context: WorkerContext, platform: Platform, user_ids: list[str]) -> list[str]:
    with worker_context.database.session() as session:
        return audiences.strangers(session, platform.value, user_ids)


def remember(worker_context: WorkerContext, platform: Platform, channel: str, inside: Inside) -> None:
    """Write down who is there, programs aside, and link the accounts that are surely ours; whoever has others hears so there."""
    now = worker_context.database.clock()
    with worker_context.database.session() as session:
        for one in inside.looked_up:
            verdict = one.verdict
            email = verdict.email if verdict.asked and not verdict.why else ""
            new = accounts.link_unused(session, platform, one.tenant, one.user_id, email, now)
            if new is not None:
                tell_linked(session, new.person, new.account, worker_context.settings, now, exempt="")
        session.flush()
        told = {one.user_id for one in inside.looked_up if one.verdict.asked}
        apps = {one.user_id for one in inside.looked_up if one.app}
        unknown = set(audiences.strangers(session, platform.value, inside.user_ids)) - told
        there = [one for one in inside.user_ids if one not in apps]
        audiences.remember_members(session, platform.value, channel, there, now, unknown)
