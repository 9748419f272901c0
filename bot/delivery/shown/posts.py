"""What a post in a channel shows, by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import Session

from bot.cards import Card
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.promises import celebrations, promises
from bot.domain.updates import receipts
from bot.settings import Settings
from bot.views import celebrations as views
from bot.views import questions

Show = Callable[[Session, ChannelPost, Settings], Card | None]
"""What a post shows; None when what it was to tell no longer holds, so that nothing is posted."""


def _celebration(session: Session, post: ChannelPost, settings: Settings) -> Card | None:
    commitment = promises.get(session, post.subject_id)
    if not celebrations.is_success(commitment):
        return None
    if settings.channels.customer_names:
        customer = commitment.customer.name if commitment.customer else ""
        return views.card(commitment, commitment.what, commitment.done_note, customer=customer)
    what, done = (celebrations.unnamed(session, commitment, text) for text in (commitment.what, commitment.done_note))
    return views.card(commitment, what, done)


def _question(session: Session, post: ChannelPost, _settings: Settings) -> Card:
    return questions.card(receipts.question(session, post.subject_id))


def _answer(session: Session, post: ChannelPost, _settings: Settings) -> Card:
    return questions.below(receipts.question(session, post.subject_id))


_SHOWN: Mapping[Subject, Show] = {
    Subject.CELEBRATION: _celebration,
    Subject.QUESTION: _question,
    Subject.ANSWER: _answer,
}


def post_card(session: Session, post: ChannelPost, settings: Settings) -> Card | None:
    """What a post shows as things stand; None when what it was to tell no longer holds, so that nothing is posted."""
    return _SHOWN[post.subject](session, post, settings)
