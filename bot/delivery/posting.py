"""Post one thing in a channel, once, and record truthfully what became of it: as `bot.delivery.sending` does for a person's copy."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.cards import Card
from bot.delivery.context import Means
from bot.delivery.doubt import look_up
from bot.delivery.notifying import notify
from bot.delivery.queue import post_later, refresh
from bot.delivery.senders import Destination, PlatformSender, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.delivery.shown.posts import post_card
from bot.domain.outbox import moments, posts
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform

_log = structlog.get_logger(__name__)

_RETRY = timedelta(seconds=30)


@dataclass(frozen=True)
class _Post:
    key: int
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


class _InDoubt(Exception):
    """It may have arrived, and hasn't been found yet: look again after so many seconds, before anything is sent."""

    def __init__(self, after: float | None, detail: str) -> None:
        super().__init__(detail)
        self.after = after


class _NoLonger(Exception):
    """What was to be told no longer holds."""


async def send_post(means: Means, post_id: int) -> None:
    """Post it; on a throttle, later."""
    post = await asyncio.to_thread(_take, means, post_id)
    if post is None:
        return
    try:
        sent = await _send(means, post)
    except RetryLater as error:
        await asyncio.to_thread(_again, means, post, post.was, error.after, error.detail)
    except _InDoubt as error:
        await asyncio.to_thread(_again, means, post, DeliveryState.SENDING, error.after, str(error))
    except Unreachable as error:
        await asyncio.to_thread(_end, means, post_id, DeliveryState.FAILED, str(error))
    except Refused as error:
        await asyncio.to_thread(_end, means, post_id, DeliveryState.FAILED, f"platform_refused: {error}")
    except _NoLonger:
        await asyncio.to_thread(_end, means, post_id, DeliveryState.CANCELLED, "")
    except Uncertain as error:
        await asyncio.to_thread(_end, means, post_id, DeliveryState.UNCONFIRMED, str(error))
    else:
        await asyncio.to_thread(_arrived, means, post_id, sent)


async def _send(means: Means, post: _Post) -> Sent:
    """Post; or, when an earlier try may have arrived, first look whether it has."""
    sender = means.senders.get(post.platform)
    if sender is None:
        raise Unreachable("refused", f"{post.platform.value} is not switched on")
    await means.pace.wait(post.platform)
    if post.was == DeliveryState.SENDING and (found := await look_up(means, sender, post.place, post.mark)) is not None:
        return found
    if post.card is None:
        raise _NoLonger
    try:
        return await sender.post(post.channel, post.card, post.mark, post.thread)
    except Uncertain as error:
        return await _found(sender, post, str(error))


async def _found(sender: PlatformSender, post: _Post, doubt: str) -> Sent:
    """The post that may have arrived; Uncertain when the platform can't say, _InDoubt when it says that it isn't there (yet)."""
    try:
        found = await sender.find(post.place, post.mark)
    except RetryLater as error:
        raise _InDoubt(error.after, doubt) from error
    if found is None:
        raise _InDoubt(None, doubt)
    return found


def _take(means: Means, post_id: int) -> _Post | None:
    with means.database.session() as session:
        post = session.get(ChannelPost, post_id, with_for_update=True)
        if post is None or post.state not in {DeliveryState.QUEUED, DeliveryState.SENDING}:
            return None
        was, post.state = post.state, DeliveryState.SENDING
        return _Post(post_id, was, post.platform, post.channel, post.thread, post_card(session, post, means.settings))


def _again(means: Means, post: _Post, state: DeliveryState, after: float | None, detail: str) -> None:
    """One that may have arrived is SENDING, so that the next try looks first."""
    with means.database.session() as session:
        row = posts.get(session, post.key)
        row.state, row.reason = state, detail
        post_later(session, row, timedelta(seconds=after) if after is not None else _RETRY)
    _log.info("post postponed", post=post.key, after=after)


def _arrived(means: Means, post_id: int, sent: Sent) -> None:
    with means.database.session() as session:
        post = posts.get(session, post_id)
        post.state, post.sent_at, post.reason = DeliveryState.SENT, means.database.clock(), ""
        post.conversation, post.message_id = sent.conversation, sent.message_id


def _end(means: Means, post_id: int, state: DeliveryState, reason: str) -> None:
    """It isn't there, or nobody can say: whoever asked for it is told."""
    with means.database.session() as session:
        post = posts.get(session, post_id)
        post.state, post.reason = state, reason
        now = means.database.clock()
        asked = moments.just_asked(post.queued_at, now)
        notify(session, post.requested_by, Subject.POST, post_id, means.settings, now, exempt=asked)
        if post.subject == Subject.CELEBRATION:
            refresh(session, Subject.COMMITMENT, post.subject_id)
    _log.warning("not posted", post=post_id, state=state.value, reason=reason)
