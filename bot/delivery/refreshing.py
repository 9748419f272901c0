"""Show anew what was sent: every copy of a subject, and every post, as its subject is now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
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


async def refresh_copies(worker_context: WorkerContext, subject: Subject, subject_id: int) -> None:
    """Show every copy that arrived as its subject is now; those of people who may not see it any more stay as they are.

    A throttled platform makes the whole job come again.
    """
    found = await asyncio.to_thread(_to_refresh, worker_context, subject, subject_id)
    if after := await _show(worker_context, found):
        await asyncio.to_thread(_again, worker_context, partial(refresh, subject=subject, subject_id=subject_id, after=after))


async def refresh_in_channels(worker_context: WorkerContext, subject: Subject, subject_id: int) -> None:
    """Show what was posted of a subject as it is now. A throttled platform makes the whole job come again."""
    found = await asyncio.to_thread(_posted, worker_context, subject, subject_id)
    if after := await _show(worker_context, found):
        await asyncio.to_thread(_again, worker_context, partial(refresh_posts, subject=subject, subject_id=subject_id, after=after))


_Shown = tuple[Platform, str, Sent, Card]


async def _show(worker_context: WorkerContext, found: Sequence[_Shown]) -> float:
    """Show each; the seconds after which all are to be shown again, since a platform throttles, 0 where none does."""
    return max([await _show_one(worker_context, one) for one in found if one[0] in worker_context.senders], default=0)


async def _show_one(worker_context: WorkerContext, shown: _Shown) -> float:
    """A message that is gone needs no refreshing; whether a cut-off refresh arrived, the next one settles."""
    platform, tenant, sent, card = shown
    pace = worker_context.pace.of(platform, tenant, "change")
    if not await pace.wait(SILENCE):
        return pace.closed_for
    try:
        await worker_context.senders[platform].update(sent, card)
    except (Unreachable, Uncertain) as error:
        _log.warning("not refreshed", platform=platform.value, message=sent.message_id, reason=str(error))
    except RetryLater as error:
        if not error.after:
            raise  # the queue's own retry has pauses of its own
        worker_context.pace.throttled(platform, tenant, error.after, "change")
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
            (one.platform, one.tenant, Sent(one.message_id, one.conversation, one.user_id, one.tenant), card)
            for one, card in still_shown(session, theirs, worker_context.settings, now)
            if one.platform is not None
        ]


def _is_unchecked(copy: Delivery) -> bool:
    """Whether a copy went to an account that nobody has vouched for yet: whoever is behind it isn't told more."""
    return any((one.platform, one.user_id, one.vouched_at) == (copy.platform, copy.user_id, None) for one in copy.person.accounts)


def _posted(worker_context: WorkerContext, subject: Subject, subject_id: int) -> list[_Shown]:
    with worker_context.database.session() as session:
        found = [one for one in posts.of(session, subject, subject_id) if one.state == DeliveryState.SENT]
        shown = [(one, post_card(session, one, worker_context.settings)) for one in found]
        return [(one.platform, "", Sent(one.message_id, one.conversation, ""), card) for one, card in shown if card is not None]
