"""Prompts at their time: a timer went off, and a prompt takes its next step; today's list of commitments comes with it."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from bot.delivery.notifying import notify
from bot.delivery.queue import refresh, wake_later
from bot.domain.engagements import prompts
from bot.domain.engagements.prompts import Prompt, Step
from bot.domain.outbox import deliveries, moments
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.promises import agendas
from bot.domain.records.schedule_runs import last_due
from bot.measures.reasons import why_ask
from bot.settings import Settings

_log = structlog.get_logger(__name__)

LISTS = "remind_of_commitments"
"""The schedule that makes the lists."""


def list_today(session: Session, person: Person, settings: Settings, now: datetime) -> None:
    """Queue today's list of commitments for somebody at work, if there is something new for them, and neither it nor a prompt came today."""
    day = person.today(now).toordinal()
    if (
        person.active
        and moments.next_moment(person, settings, now) == now
        and not deliveries.has_had(session, person, Subject.AGENDA, day)
        and not deliveries.came_since(session, person, Subject.PROMPT, person.start_of(person.today(now)))
        and agendas.items(session, person, settings, now)
    ):
        notify(session, person, Subject.AGENDA, day, settings, now)


def _list_waited(session: Session, prompt: Prompt, now: datetime) -> bool:
    """Whether today's list waited for a prompt that asks nothing now: the list's time is past, and the prompt was still open this morning."""
    person, last = prompt.person, last_due(session, LISTS, prompt.person.zone)
    ended = prompt.closed_at is not None and person.today(prompt.closed_at) < person.today(now)
    return last is not None and person.today(last) == person.today(now) and not ended


def wake(session: Session, prompt: Prompt, settings: Settings, now: datetime) -> None:
    """Take a prompt's next step, if it is time; today's list comes with it. A second call does nothing more.

    One that is woken too early, by an older timer or since the database's clock is ahead, is woken again.
    """
    step = prompt.wake(session, settings, now, why_ask)
    _log.info("prompt woken", prompt=prompt.key, step=step.value, state=prompt.state.value)
    asks, had = step in {Step.SEND, Step.REMIND}, step in {Step.REMIND, Step.CLOSE}
    if asks:
        had = notify(session, prompt.person, Subject.PROMPT, prompt.key, settings, now).part > 0
    if (asks or _list_waited(session, prompt, now)) and not prompts.wakes_later_today(session, prompt, now):
        list_today(session, prompt.person, settings, now)
    if had:  # the first one shows it as it is anyway
        refresh(session, Subject.PROMPT, prompt.key)
    wake_later(session, prompt)
