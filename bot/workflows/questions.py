"""Questions in the channel that app.yaml names for them: each opens a thread, and its answer stands below it."""

from __future__ import annotations

from bot.commands import Request
from bot.delivery.queue import post_later, refresh, refresh_posts
from bot.domain.outbox import posts
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.updates import receipts
from bot.domain.updates.receipts import Question
from bot.domain.updates.updates import Update


def open_thread(request: Request, question: Question) -> None:
    """Post a question where questions go; nothing where app.yaml names no channel. Its author hears if it can't be posted."""
    for place in posts.places(request.settings, request.settings.channels.questions):
        by = question.update.author
        post_later(request.session, posts.queue(request.session, Subject.QUESTION, question.key, place, by, request.now))


def answer_in_thread(request: Request, question: Question) -> None:
    """Post the answer below each question that stands in a channel."""
    for post in posts.of(request.session, Subject.QUESTION, question.key):
        if post.state == DeliveryState.SENT:
            place, thread = (post.platform, post.channel), post.message_id
            answer = posts.queue(request.session, Subject.ANSWER, question.key, place, request.actor, request.now, thread=thread)
            post_later(request.session, answer)


def update_recalled(request: Request, update: Update) -> None:
    """Have questions about a recalled update, and what was posted of them, show its title no more."""
    for question in receipts.every_question(request.session, update):
        refresh(request.session, Subject.QUESTION, question.key)
        refresh(request.session, Subject.ANSWER, question.key)
        refresh_posts(request.session, Subject.QUESTION, question.key)
