"""Show people's own pages anew when what is on them changes.

The session itself notices the changes, so that nothing can forget to tell, and defers one job for each page, in the change's own
transaction. Where several changes follow each other, one job does the work of all that wait.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol, runtime_checkable

import procrastinate
import sqlalchemy as sa
import structlog
from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from bot.cards import Card
from bot.database import Sessions, context
from bot.delivery.context import WorkerContext
from bot.delivery.queue import Task, defer
from bot.delivery.senders import Destination, Refused, RetryLater, Uncertain, Unreachable
from bot.delivery.shown.homes import home_card
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.prompts import Prompt
from bot.domain.people import homes, people
from bot.domain.people.people import Account, Person
from bot.domain.promises.commitments import Commitment
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.receipts import Question
from bot.views.access import no_access

SETTLE = timedelta(seconds=3)
"""How long a change waits for others before a page is shown anew: so long at least lies between two showings of it."""

_RETRIES = (timedelta(seconds=3), timedelta(seconds=10), timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=60))
"""Waits after failures that name none; after the last the page stays as it is until the next change, or until it is opened."""


_log = structlog.get_logger(__name__)


@runtime_checkable
class ShowsHomes(Protocol):
    """A sender whose platform has a page of each person's own. It raises what `PlatformSender` raises."""

    async def show_home(self, to: Destination, card: Card) -> None:
        """Show `card` as the person's page, in place of what it showed. Doing so twice does no harm."""
        ...


@dataclass
class _Noticed:
    """Whose pages a transaction's changes are on: some people's, and those of whoever oversees."""

    people: set[int] = field(default_factory=set)
    office: bool = False


def keep(sessions: Sessions) -> None:
    """Have every session of a database notice whose pages its changes are on, and have them shown anew."""
    event.listen(sessions, "after_flush", _notice)
    event.listen(sessions, "before_commit", _defer_all)


def _notice(session: Session, _context: UOWTransaction) -> None:
    """Remember whose pages the rows that were just written are on."""
    noticed = context(session).notes(_Noticed)
    for row in (*session.new, *(one for one in session.dirty if session.is_modified(one)), *session.deleted):
        found = _people(row)
        if found:
            noticed.people.update(found)
        if isinstance(row, Commitment | Engagement | Question | Broadcast):
            noticed.office = True


def _people(row: Any) -> set[int]:
    """Whose own page a row is on."""
    if isinstance(row, Prompt):
        return {row.person_id}
    if isinstance(row, Commitment):
        return {row.promised_by_id, row.owner_id, *_before(row, "owner_id")}
    if isinstance(row, Engagement):
        return {one.key for one in (*row.executives, *_before(row, "executives"))}
    if isinstance(row, Person) and any(
        sa.inspect(row).attrs[name].history.has_changes() for name in ("active", "guest", "roles", "delegates")
    ):
        return {row.key, *(one.key for one in _before(row, "delegates"))}
    return set()


def _before(row: Any, name: str) -> list[Any]:
    """What a column or list held before, as far as it no longer does."""
    return [one for one in sa.inspect(row).attrs[name].history.deleted or () if one is not None]


def _defer_all(session: Session) -> None:
    """Have those pages shown anew that are looked at."""
    session.flush()
    bound = context(session)
    noticed = bound.notes(_Noticed)
    bound.forget(_Noticed)
    if noticed.people or noticed.office:
        for account in homes.watching(session, noticed.people, bound.now, office=noticed.office):
            show_later(session, account)


def show_later(session: Session, account: Account, after: timedelta | None = None, tries: int = 0) -> None:
    """Have somebody's page shown as it is in `after` (None: once things have settled).

    One page at a time in each tenant, so that a pause it asks for holds for all.
    """
    lock = f"homes:{account.platform.value}:{account.tenant}"
    at = context(session).now + (SETTLE if after is None else after)
    defer(session, Task.SHOW_HOME, at, lock, account_id=account.id, tries=tries)


async def show_page(worker_context: WorkerContext, context: procrastinate.JobContext, account_id: int, tries: int = 0) -> None:
    """Show one page as things stand.

    Jobs for the same page that wait by then belong to changes that are on it already, so they are taken out of the queue: but only once it
    is shown, or a later job has taken its place, so that whenever the worker is killed, a job is left.
    """
    manager = context.app.job_manager
    to = await asyncio.to_thread(_place, worker_context, account_id)
    if to is None:
        return
    await worker_context.pace.wait(to.platform, to.tenant, "home")
    waiting = await manager.list_jobs_async(task=context.job.task_name, lock=context.job.lock, status="todo")
    covered = [one.id for one in waiting if one.task_kwargs.get("account_id") == account_id and one.id is not None]
    await _show(worker_context, account_id, to, tries)
    for job_id in covered:
        await manager.cancel_job_by_id_async(job_id, delete_job=True)


def _place(worker_context: WorkerContext, account_id: int) -> Destination | None:
    """Where a page is shown; None where it isn't kept up any more, or nobody has vouched yet for the account."""
    with worker_context.database.session() as session:
        account = session.get(Account, account_id)
        if (
            account is None
            or None in {account.home_opened_at, account.vouched_at}
            or account.platform not in worker_context.senders
        ):
            return None
        return Destination(account.platform, account.user_id, people.get(session, account.person_id).email, account.tenant)


def _card(worker_context: WorkerContext, account_id: int) -> Card:
    """What the page shows. Nothing of anybody's to somebody who has left."""
    with worker_context.database.session() as session:
        person = people.get(session, session.get_one(Account, account_id).person_id)
        if not person.active:
            return no_access(worker_context.settings, person.email)
        return home_card(session, person, worker_context.settings, worker_context.database.clock())


async def _show(worker_context: WorkerContext, account_id: int, to: Destination, tries: int) -> None:
    sender = worker_context.senders[to.platform]
    if not isinstance(sender, ShowsHomes):
        return
    card = await asyncio.to_thread(_card, worker_context, account_id)
    try:
        await sender.show_home(to, card)
    except RetryLater as error:
        if error.after:
            worker_context.pace.of(to.platform, to.tenant, "home").throttled(error.after)
        await _postpone(worker_context, account_id, error, tries)
    except (Unreachable, Refused, Uncertain) as error:
        # Once is enough: the page isn't kept up until it is opened again.
        await asyncio.to_thread(_give_up, worker_context, account_id)
        _log.warning("home not shown", account=account_id, reason=str(error))


async def _postpone(worker_context: WorkerContext, account_id: int, error: RetryLater, tries: int) -> None:
    """Try again when the platform says, however often it does; where it says nothing, a few times. No seconds at all say nothing."""
    if not error.after and tries >= len(_RETRIES):
        _log.warning("home not shown", account=account_id, reason=f"gave up after {tries} tries: {error.detail}")
        return
    after = timedelta(seconds=error.after) if error.after else _RETRIES[tries]
    await asyncio.to_thread(_again, worker_context, account_id, after, tries if error.after else tries + 1)
    if tries == 0:
        _log.warning("home postponed", account=account_id, after=after.total_seconds(), reason=error.detail)


def _again(worker_context: WorkerContext, account_id: int, after: timedelta, tries: int) -> None:
    with worker_context.database.session() as session:
        account = session.get(Account, account_id)
        if account is not None:
            show_later(session, account, after, tries)


def _give_up(worker_context: WorkerContext, account_id: int) -> None:
    with worker_context.database.session() as session:
        account = session.get(Account, account_id)
        if account is not None:
            account.home_opened_at = None
