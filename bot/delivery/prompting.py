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
from bot.settings import Settings

_log = structlog.get_logger(__name__)


def list_today(session: Session, person: Person, settings: Settings, now: datetime) -> None:
    """Queue today's list of commitments for somebody at work, if there is something new for them, and none today yet."""
    day = person.today(now).toordinal()
    if (
        person.active
        and moments.next_moment(person, settings, now) == now
        and not deliveries.has_had(session, person, Subject.AGENDA, day)
        and agendas.items(session, person, settings, now)
    ):
        notify(session, person, Subject.AGENDA, day, settings, now)


def wake(session: Session, prompt: Prompt, settings: Settings, now: datetime) -> None:
    """Take a prompt's next step, if it is time; today's list comes with it. A second call does nothing more."""
    asleep_until = prompt.wakes_at
    step = prompt.wake(session, settings, now)
    _log.info("prompt woken", prompt=prompt.key, step=step.value, state=prompt.state.value)
    had = step in {Step.REMIND, Step.CLOSE}
    if step in {Step.SEND, Step.REMIND}:
        had = notify(session, prompt.person, Subject.PROMPT, prompt.key, settings, now).part > 0
    if not prompts.wakes_later_today(session, prompt, now):
        list_today(session, prompt.person, settings, now)
    if had:  # the first one shows it as it is anyway
        refresh(session, Subject.PROMPT, prompt.key)
    if prompt.wakes_at != asleep_until:
        wake_later(session, prompt)
