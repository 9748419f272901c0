"""Prompts: whether those who were asked answered soon."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func

from bot.domain.engagements.prompts import NOTHING_TO_LOG, Prompt, PromptState
from bot.domain.people.people import Absence, Person
from bot.measures.scope import Scope, Share, Window, day_in


def _away() -> sa.ColumnElement[bool]:
    """Out of office on any day from being asked to the day by which an answer was looked for, in their own calendar."""
    sent, by = (day_in(col(moment), col(Person.zone)) for moment in (Prompt.sent_at, Prompt.answer_by))
    span = sa.select(sa.literal(1)).where(
        col(Absence.person_id) == col(Prompt.person_id), col(Absence.first) <= by, col(Absence.last) >= sent
    )
    return sa.exists(span.correlate_except(Absence))


def answered(session: Session, scope: Scope, window: Window, now: datetime) -> Share:
    """Of the prompts sent in the window, how many were answered within two working days.

    Logging something is an answer, and so is saying that there is nothing to log. Left out: whoever was out of office meanwhile; a prompt the
    bot closed itself (no longer an executive, nothing left to ask for); one put off to another day; one whose two days aren't over yet.
    """
    state, soon = col(Prompt.state), col(Prompt.closed_at) <= col(Prompt.answer_by)
    by_person = sa.or_(
        state == PromptState.ANSWERED, sa.and_(state == PromptState.SKIPPED, col(Prompt.skip_reason) == NOTHING_TO_LOG)
    )
    by_bot = sa.and_(state == PromptState.SKIPPED, col(Prompt.skip_reason) != NOTHING_TO_LOG)
    in_time = sa.and_(by_person, soon)
    sent_on = day_in(col(Prompt.sent_at), col(Person.zone))
    wanted = (
        sa.select(func.count().filter(in_time), func.count())
        .join(Person, col(Person.id) == col(Prompt.person_id))
        .where(window.has(col(Prompt.sent_at)), col(Prompt.answer_by).is_not(None))
        .where(sa.not_(by_bot), state.not_in([PromptState.SNOOZED, PromptState.DUE]), sa.or_(in_time, col(Prompt.answer_by) <= now))
        .where(scope.covers(col(Prompt.person_id), sent_on), sa.not_(_away()))
    )
    return Share(*session.execute(wanted).one())
