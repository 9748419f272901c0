"""The queue: jobs are put into it in the transaction of the change they belong to, so that one never exists without the other.

Below everything else of delivery: who defers a job needs nothing of what the job will do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import procrastinate
import sqlalchemy as sa
from procrastinate.types import JSONValue
from sqlmodel import Session

from bot.clock import real
from bot.database import context, driver_connection
from bot.domain.engagements.prompts import Prompt
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.domain.records import traces

jobs = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
"""The declarations of all tasks. A worker runs them with a connector of its own; deferring uses the transaction's connection."""


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

    Others take the trace id of what is being done along.

    Of the jobs with one `lock` the earliest comes first: by itself Procrastinate keeps to the order they were made in, and one for tomorrow
    would hold up all that are made after it for today. The database makes each job's priority of its time (migration 0011), so that it
    follows when a retry or a moved clock changes the time.
    """
    clock = context(session).clock
    due = real(clock, max(at, clock())) if at is not None else None
    options: dict[str, Any] = {"connection": driver_connection(session), "lock": lock, "schedule_at": due}
    session.flush()
    if not once and (trace := traces.current()):
        arguments["trace"] = trace
    if not (once and _waits(session, task, arguments, due)):
        jobs.configure_task(name=task.value, **options).defer(**arguments)


_SAME = sa.text("""
    SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND task_name = :name AND args = CAST(:arguments AS jsonb)
      AND coalesce(scheduled_at, '-infinity') <= coalesce(CAST(:due AS timestamptz), now()) LIMIT 1 FOR SHARE""")


def _waits(session: Session, task: Task, arguments: Mapping[str, JSONValue], due: datetime | None) -> bool:
    """Whether this job waits already, no later than `due`. It is held until this transaction ends: no worker begins it without its changes."""
    asked = {"name": task.value, "arguments": json.dumps(arguments), "due": due}
    return session.connection().execute(_SAME, asked).first() is not None


def _after(session: Session, seconds: float) -> datetime | None:
    return context(session).now + timedelta(seconds=seconds) if seconds else None


def wake_later(session: Session, prompt: Prompt) -> None:
    """Set the timer for a prompt's next step; nothing when it has none."""
    if prompt.wakes_at is not None:
        defer(session, Task.WAKE_PROMPT, prompt.wakes_at, once=True, prompt_id=prompt.key)


def refresh(session: Session, subject: Subject, subject_id: int, after: float = 0, left: Sequence[int] = ()) -> None:
    """Have every delivered copy of a subject show it as it is by then, in `after` seconds; those with the ids in `left` alone, where given."""
    _refresh(session, Task.REFRESH_COPIES, subject, subject_id, after, left)


def refresh_posts(session: Session, subject: Subject, subject_id: int, after: float = 0, left: Sequence[int] = ()) -> None:
    """Have what was posted of a subject in channels show it as it is by then, in `after` seconds; `left` likewise."""
    _refresh(session, Task.REFRESH_IN_CHANNELS, subject, subject_id, after, left)


def _refresh(session: Session, task: Task, subject: Subject, subject_id: int, after: float, left: Sequence[int]) -> None:
    arguments: dict[str, JSONValue] = {"subject": subject, "subject_id": subject_id}
    if left:
        arguments["left"] = list(left)
    defer(session, task, _after(session, after), None, once=True, **arguments)


def send_later(session: Session, delivery: Delivery, after: timedelta = timedelta(0)) -> None:
    """Have a queued delivery sent; one at a time for each person."""
    at = context(session).now + after if after else None
    defer(session, Task.DELIVER, at, lock=f"person:{delivery.person_id}", delivery_id=delivery.key)


def post_later(session: Session, post: ChannelPost, after: timedelta = timedelta(0)) -> None:
    """Have a queued post made in its channel; one at a time for each channel."""
    at = context(session).now + after if after else None
    defer(session, Task.POST_TO_CHANNEL, at, lock=f"channel:{post.platform.value}:{post.channel}", post_id=post.key)


def look_after(session: Session, platform: Platform, tenant: str, at: datetime | None = None) -> None:
    """Have a lane worked off, at once or at an instant."""
    lock = f"lane:{platform.value}:{tenant}"
    defer(session, Task.WORK_LANE, at, lock, once=True, platform=platform.value, tenant=tenant)
