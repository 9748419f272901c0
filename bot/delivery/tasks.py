"""Durable work: waking prompts at their time, sending what is queued, refreshing what was sent.

Jobs are deferred in the transaction of the change they belong to (`defer`), so that one never exists without the other.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import procrastinate
import sqlalchemy as sa
import structlog
from procrastinate.types import JSONValue
from sqlmodel import Session

from bot.clock import utc_now
from bot.database import Database, context, driver_connection
from bot.delivery.pacing import Pace
from bot.delivery.senders import PlatformSender
from bot.domain.engagements import prompts
from bot.domain.engagements.prompts import Prompt, Step
from bot.domain.outbox import bundles, deliveries, moments
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform
from bot.domain.promises import agendas
from bot.settings import Settings

jobs = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
"""The declarations of all tasks. A worker runs them with a connector of its own; deferring uses the transaction's connection."""

_log = structlog.get_logger(__name__)


class _Waiting(list[Delivery]):
    """What was queued in a transaction by what somebody did, and waits for others' work."""


class Task(StrEnum):
    """What a job does, by the name it has in the queue. Jobs wait there for months: a name stays, wherever its code moves to."""

    WAKE_PROMPT = "bot.delivery.tasks.wake_prompt"
    DELIVER = "bot.delivery.tasks.deliver"
    POST_TO_CHANNEL = "bot.delivery.tasks.post_to_channel"
    REFRESH_COPIES = "bot.delivery.tasks.refresh_copies"
    REFRESH_IN_CHANNELS = "bot.delivery.tasks.refresh_in_channels"
    SHOW_HOME = "bot.delivery.showing.show_home"
    COUNT_MEMBERS = "bot.delivery.lanes.count_members"
    BEGIN_BROADCAST = "bot.delivery.lanes.begin_broadcast"
    WORK_LANE = "bot.delivery.lanes.work_lane"


@dataclass(frozen=True)
class Means:
    """What the tasks work with: given to the worker by the composition root. `stopping` says that the worker is to stop."""

    database: Database
    settings: Settings
    senders: Mapping[Platform, PlatformSender]
    pace: Pace
    stopping: threading.Event = field(default_factory=threading.Event)


def means_of(context: procrastinate.JobContext) -> Means:
    """What the worker was given to work with."""
    means = context.additional_context["means"]
    if not isinstance(means, Means):
        msg = "the worker was started without its means"
        raise TypeError(msg)
    return means


def defer(
    session: Session,
    task: Task,
    at: datetime | None = None,
    lock: str | None = None,
    *,
    once: bool = False,
    **arguments: JSONValue,
) -> None:
    """Put a job into the queue, in this session's transaction. `at` is an instant of the session's own clock.

    `once` is for a job that looks at things as they are by then: where the same one waits already, and comes no later, it does for both.

    Of the jobs with one `lock` the earliest comes first: by itself Procrastinate keeps to the order they were made in, and one for tomorrow
    would hold up all that are made after it for today. The database makes each job's priority of its time (migration 0011), so that it
    follows when a retry or a moved clock changes the time.
    """
    due = utc_now() + max(at - context(session).now, timedelta(0)) if at is not None else None
    options: dict[str, Any] = {"connection": driver_connection(session), "lock": lock, "schedule_at": due}
    session.flush()
    if not (once and _waits(session, task, arguments, due)):
        jobs.configure_task(name=task.value, **options).defer(**arguments)


_SAME = sa.text("""
    SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND task_name = :name AND args = CAST(:arguments AS jsonb)
      AND coalesce(scheduled_at, '-infinity') <= coalesce(CAST(:due AS timestamptz), now()) LIMIT 1 FOR SHARE""")


def _waits(session: Session, task: Task, arguments: Mapping[str, JSONValue], due: datetime | None) -> bool:
    """Whether this job waits already, no later than `due`. It is held until this transaction ends: no worker begins it without its changes."""
    asked = {"name": task.value, "arguments": json.dumps(arguments), "due": due}
    return session.connection().execute(_SAME, asked).first() is not None


def wake_later(session: Session, prompt: Prompt) -> None:
    """Set the timer for a prompt's next step; nothing when it has none."""
    if prompt.wakes_at is not None:
        defer(session, Task.WAKE_PROMPT, prompt.wakes_at, prompt_id=prompt.key)


def refresh(session: Session, subject: Subject, subject_id: int) -> None:
    """Have every delivered copy of a subject show it as it is by then."""
    defer(session, Task.REFRESH_COPIES, once=True, subject=subject, subject_id=subject_id)


def refresh_posts(session: Session, subject: Subject, subject_id: int) -> None:
    """Have what was posted of a subject in channels show it as it is by then."""
    defer(session, Task.REFRESH_IN_CHANNELS, once=True, subject=subject, subject_id=subject_id)


def notify(
    session: Session, person: Person, subject: Subject, subject_id: int, settings: Settings, now: datetime, *, exempt: str = ""
) -> Delivery:
    """Queue a subject for somebody: for the next moment they may be written to, or for now where `exempt` says why (`moments.EXCEPTIONS`).

    What somebody does is answered at once. When what they do makes others wait, they are told so with the answer (`waiting_here`).
    """
    actor = context(session).actor_id
    delivery = deliveries.queue(session, person, subject, subject_id, now)
    delivery.exempt = exempt or (moments.ASKED if actor == person.key else "")
    delivery.requested_by_id = actor
    wait_for_work(session, delivery, settings, now)
    if actor is not None and delivery.not_before is not None and delivery.not_before > now:
        context(session).notes(_Waiting).append(delivery)
    return delivery


def wait_for_work(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> None:
    """Have a queued delivery sent when its person may be written to; where no such moment is in sight, looked at again in a week."""
    moment = now if delivery.exempt else moment_for(session, delivery, settings, now)
    delivery.not_before = moment or now + moments.LOOK_AGAIN
    send_later(session, delivery, delivery.not_before - now)


def moment_for(session: Session, delivery: Delivery, settings: Settings, now: datetime) -> datetime | None:
    """When a delivery may be sent by itself: at work, and once it isn't too much for its reader. With another it may go before."""
    earliest = bundles.enough_until(session, delivery.person, delivery.subject, now)
    return moments.next_moment(delivery.person, settings, earliest)


def list_today(session: Session, person: Person, settings: Settings, now: datetime) -> None:
    """Queue today's list of commitments for somebody at work, if there is something new for them, and none today yet."""
    day = person.today(now).toordinal()
    had = [one for one in deliveries.copies(session, Subject.AGENDA, day) if one.person_id == person.key]
    if (
        not had
        and person.active
        and moments.next_moment(person, settings, now) == now
        and agendas.items(session, person, settings, now)
    ):
        notify(session, person, Subject.AGENDA, day, settings, now)


def waiting_here(session: Session) -> list[Delivery]:
    """What was queued in this transaction by what somebody did, and waits for others' work."""
    return list(context(session).notes(_Waiting))


def send_later(session: Session, delivery: Delivery, after: timedelta = timedelta(0)) -> None:
    """Have a queued delivery sent; one at a time for each person."""
    at = context(session).now + after if after else None
    defer(session, Task.DELIVER, at, lock=f"person:{delivery.person_id}", delivery_id=delivery.key)


def post_later(session: Session, post: ChannelPost, after: timedelta = timedelta(0)) -> None:
    """Have a queued post made in its channel; one at a time for each channel."""
    at = context(session).now + after if after else None
    defer(session, Task.POST_TO_CHANNEL, at, lock=f"channel:{post.platform.value}:{post.channel}", post_id=post.key)


_TRIES = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=3)
"""For a database or platform that is away for a while: 3, 9, 27 … seconds apart."""


@jobs.task(name=Task.WAKE_PROMPT.value, pass_context=True, retry=_TRIES)
async def wake_prompt(context: procrastinate.JobContext, prompt_id: int) -> None:
    """A prompt's timer went off."""
    await asyncio.to_thread(_wake, means_of(context), prompt_id)


def _wake(means: Means, prompt_id: int) -> None:
    with means.database.session() as session:
        wake(session, prompts.get(session, prompt_id), means.settings, means.database.clock())


def wake(session: Session, prompt: Prompt, settings: Settings, now: datetime) -> None:
    """Take a prompt's next step, if it is time; today's list comes with it. A second call does nothing more."""
    asleep_until = prompt.wakes_at
    step = prompt.wake(session, settings, now)
    _log.info("prompt woken", prompt=prompt.key, step=step.value, state=prompt.state.value)
    if step in {Step.SEND, Step.REMIND}:
        notify(session, prompt.person, Subject.PROMPT, prompt.key, settings, now)
    if not prompts.wakes_later_today(session, prompt, now):
        list_today(session, prompt.person, settings, now)
    if step != Step.NOTHING:
        refresh(session, Subject.PROMPT, prompt.key)
    if prompt.wakes_at != asleep_until:
        wake_later(session, prompt)


@jobs.task(name=Task.DELIVER.value, pass_context=True, retry=_TRIES)
async def deliver(context: procrastinate.JobContext, delivery_id: int) -> None:
    """Send one copy."""
    from bot.delivery.sending import send_copy  # noqa: PLC0415 - sending defers jobs of this module

    await send_copy(means_of(context), delivery_id)


@jobs.task(name=Task.POST_TO_CHANNEL.value, pass_context=True, retry=_TRIES)
async def post_to_channel(context: procrastinate.JobContext, post_id: int) -> None:
    """Make one post in a channel."""
    from bot.delivery.posting import send_post  # noqa: PLC0415 - posting defers jobs of this module

    await send_post(means_of(context), post_id)


@jobs.task(name=Task.REFRESH_COPIES.value, pass_context=True, retry=_TRIES)
async def refresh_copies(context: procrastinate.JobContext, subject: str, subject_id: int) -> None:
    """Change every delivered copy to what its subject is now."""
    from bot.delivery.sending import refresh_all  # noqa: PLC0415 - sending defers jobs of this module

    if known := Subject.known(subject):
        await refresh_all(means_of(context), known, subject_id)


@jobs.task(name=Task.REFRESH_IN_CHANNELS.value, pass_context=True, retry=_TRIES)
async def refresh_in_channels(context: procrastinate.JobContext, subject: str, subject_id: int) -> None:
    """Change every post of a subject to what it is now."""
    from bot.delivery.posting import refresh_all  # noqa: PLC0415 - posting defers jobs of this module

    if known := Subject.known(subject):
        await refresh_all(means_of(context), known, subject_id)
