"""Show anew what was sent: every copy of a subject, and every post, as its subject is now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from sqlmodel import Session

from bot.cards import Card
from bot.delivery.context import WorkerContext
from bot.delivery.pacing import SILENCE
from bot.delivery.queue import refresh, refresh_posts
from bot.delivery.senders import RetryLater, Sent, Uncertain, Unreachable
from bot.delivery.shown.bundling import still_shown
from bot.delivery.shown.posts import post_card
from bot.domain.outbox import deliveries, posts
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.domain.promises import agendas

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Shown:
    """A message that is shown anew: the number of its row, where it is, and what it is to show."""

    number: int
    platform: Platform
    tenant: str
    sent: Sent
    card: Card


async def refresh_copies(worker_context: WorkerContext, subject: Subject, subject_id: int, left: Sequence[int] = ()) -> None:
    """Show every copy that arrived as its subject is now; those of people who may not see it any more stay as they are.

    Where a platform throttles, another job goes on with what is left.
    """
    found = await asyncio.to_thread(_to_refresh, worker_context, subject, subject_id)
    await _show(worker_context, found, left, partial(refresh, subject=subject, subject_id=subject_id))


async def refresh_in_channels(worker_context: WorkerContext, subject: Subject, subject_id: int, left: Sequence[int] = ()) -> None:
    """Show what was posted of a subject as it is now, likewise."""
    found = await asyncio.to_thread(_posted, worker_context, subject, subject_id)
    await _show(worker_context, found, left, partial(refresh_posts, subject=subject, subject_id=subject_id))


async def _show(worker_context: WorkerContext, found: Sequence[_Shown], left: Sequence[int], go_on: Callable[..., None]) -> None:
    """Show each, of `left` alone where there are any; have another job go on with those that a throttle kept back, once it is over."""
    wanted = [one for one in found if one.platform in worker_context.senders and (not left or one.number in left)]
    waits = [(await _show_one(worker_context, one), one.number) for one in wanted]
    if after := max((seconds for seconds, _ in waits), default=0):
        kept_back = [number for seconds, number in waits if seconds]
        await asyncio.to_thread(_again, worker_context, partial(go_on, after=after, left=kept_back))


async def _show_one(worker_context: WorkerContext, shown: _Shown) -> float:
    """Show one; the seconds after which it is to be tried again, since its platform throttles, 0 where it doesn't.

    A message that is gone needs no refreshing; whether a cut-off refresh arrived, the next one settles.
    """
    pace = worker_context.pace.of(shown.platform, shown.tenant, "change")
    if not await pace.wait(SILENCE):
        return pace.closed_for
    try:
        await worker_context.senders[shown.platform].update(shown.sent, shown.card)
    except (Unreachable, Uncertain) as error:
        _log.warning("not refreshed", platform=shown.platform.value, message=shown.sent.message_id, reason=str(error))
    except RetryLater as error:
        if not error.after:
            raise  # the queue's own retry has pauses of its own
        worker_context.pace.throttled(shown.platform, shown.tenant, error.after, "change")
        return error.after
    return 0


def _again(worker_context: WorkerContext, put: Callable[[Session], None]) -> None:
    with worker_context.database.session() as session:
        put(session)


def _to_refresh(worker_context: WorkerContext, subject: Subject, subject_id: int) -> list[_Shown]:
    with worker_context.database.session() as session:
        now = worker_context.database.clock()
        copies = deliveries.copies(session, subject, subject_id)
        if subject == Subject.COMMITMENT:
            copies += agendas.lists_of(session, subject_id, now)
        shown = {
            one.carried_by_id or one.key: one for one in copies if one.platform is not None and one.state == DeliveryState.SENT
        }
        theirs = [one for one in shown.values() if not _is_unchecked(one)]
        return [
            _Shown(one.carried_by_id or one.key, one.platform, one.tenant, _receipt(one), card)
            for one, card in still_shown(session, theirs, worker_context.settings, now)
            if one.platform is not None
        ]


def _receipt(copy: Delivery) -> Sent:
    return Sent(copy.message_id, copy.conversation, copy.user_id, copy.tenant)


def _is_unchecked(copy: Delivery) -> bool:
    """Whether a copy went to an account that nobody has vouched for yet: whoever is behind it isn't told more."""
    return any((one.platform, one.user_id, one.vouched_at) == (copy.platform, copy.user_id, None) for one in copy.person.accounts)


def _posted(worker_context: WorkerContext, subject: Subject, subject_id: int) -> list[_Shown]:
    with worker_context.database.session() as session:
        found = [one for one in posts.of(session, subject, subject_id) if one.state == DeliveryState.SENT]
        shown = [(one, post_card(session, one, worker_context.settings)) for one in found]
        return [_Shown(one.key, one.platform, "", Sent(one.message_id, one.conversation, ""), card) for one, card in shown if card]
