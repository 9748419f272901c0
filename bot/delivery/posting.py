"""Post one thing in a channel, once, and record truthfully what became of it: as `bot.delivery.sending` does for a person's copy."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.cards import Card
from bot.database import context, locked
from bot.delivery import telling
from bot.delivery.context import WorkerContext
from bot.delivery.notifying import notify
from bot.delivery.outcomes import Attempt, Ending, Result, attempt_in_turn, refused_fails
from bot.delivery.queue import post_later, refresh
from bot.delivery.senders import Destination
from bot.delivery.shown.posts import post_card
from bot.domain.outbox import moments, posts
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.settings import Settings


@dataclass(frozen=True)
class _Post:
    key: int
    tries: int
    was: DeliveryState
    platform: Platform
    channel: str
    thread: str
    card: Card | None

    @property
    def mark(self) -> str:
        """What it is looked up by: a delivery to a person may have the same number."""
        return f"post-{self.key}"

    @property
    def place(self) -> Destination:
        """Where it is looked up."""
        return Destination(self.platform, "", "", conversation=self.channel, thread=self.thread)


async def send_post(worker_context: WorkerContext, post_id: int) -> None:
    """Post it, and record what became of it; where it is to be tried again, a job says when."""
    post = await asyncio.to_thread(_take, worker_context, post_id)
    if post is not None:
        await asyncio.to_thread(_record, worker_context, post, await _tried(worker_context, post))


async def _tried(worker_context: WorkerContext, post: _Post) -> Result:
    sender, card = worker_context.senders.get(post.platform), post.card
    if sender is None:
        return Result(Ending.FAILED, f"refused: {post.platform.value} is not switched on", counts=False)
    one = Attempt(post.mark, post.key, post.place, post.tries, post.was == DeliveryState.SENDING)
    send = None if card is None else partial(sender.post, post.channel, card, post.mark, post.thread)
    return refused_fails(await attempt_in_turn(worker_context, sender, one, send))


def _take(worker_context: WorkerContext, post_id: int) -> _Post | None:
    with worker_context.database.session() as session:
        post = locked(session, ChannelPost, post_id)
        if post is None or post.state not in {DeliveryState.QUEUED, DeliveryState.SENDING}:
            return None
        was, post.state = post.state, DeliveryState.SENDING
        return _Post(
            post_id,
            post.attempts + 1,
            was,
            post.platform,
            post.channel,
            post.thread,
            post_card(session, post, worker_context.settings),
        )


def _record(worker_context: WorkerContext, post: _Post, result: Result) -> None:
    """Write what became of it, and tell it."""
    with worker_context.database.session() as session:
        row = posts.get(session, post.key)
        row.attempts += result.counts
        if result.after is not None:
            # One that may have arrived is SENDING, so that the next try looks first.
            row.state, row.reason = DeliveryState.SENDING if result.in_doubt else DeliveryState.QUEUED, result.reason
            post_later(session, row, timedelta(seconds=result.after))
        elif result.ending is Ending.SENT and result.sent is not None:
            row.state, row.sent_at, row.reason = DeliveryState.SENT, worker_context.database.clock(), ""
            row.conversation, row.message_id = result.sent.conversation, result.sent.message_id
        else:
            _end(session, row, result, worker_context.settings)
        telling.of_post(session, row, result)


def _end(session: Session, post: ChannelPost, result: Result, settings: Settings) -> None:
    """It isn't there, or nobody can say: whoever asked for it is told."""
    post.state, post.reason = DeliveryState(result.ending.value), result.reason
    now = context(session).now
    asked = moments.just_asked(post.queued_at, now)
    notify(session, post.requested_by, Subject.POST, post.key, settings, now, exempt=asked)
    if post.subject == Subject.CELEBRATION:
        refresh(session, Subject.COMMITMENT, post.subject_id)
