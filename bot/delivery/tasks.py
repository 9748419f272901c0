"""The bodies of all tasks: what a worker does with a job. On top of delivery, so that importing it declares every one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import Any

import procrastinate
from procrastinate.tasks import Task as Declared

from bot.delivery import refreshing
from bot.delivery.broadcasts import beginning, slices
from bot.delivery.context import WorkerContext, worker_context_of
from bot.delivery.posting import send_post
from bot.delivery.prompting import wake
from bot.delivery.queue import Task, jobs
from bot.delivery.sending import send_copy
from bot.delivery.showing import show_page
from bot.domain.engagements import prompts
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Platform
from bot.domain.records import traces

declared = jobs
"""The queue with a body for every task, as a worker needs it."""

_TRIES = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=3)
"""For a database or platform that is away for a while: 3, 9, 27 … seconds apart."""

_LANE_TRIES = procrastinate.RetryStrategy(max_attempts=20, linear_wait=3)
"""For a database that is away for a while. What a lane has taken is found again by the next try."""


_Body = Callable[..., Awaitable[None]]
_Declared = Declared[..., Any, Any]


def _task(task: Task, retry: procrastinate.RetryStrategy) -> Callable[[_Body], _Declared]:
    """Declare the body of a task. It runs under the trace id its job came with, else one of its own."""

    def declare(body: _Body) -> _Declared:
        async def run(context: procrastinate.JobContext, *given: object, trace: str = "", **arguments: object) -> None:
            with traces.following(trace):
                await body(context, *given, **arguments)

        named: Any = wraps(body)(run)
        return jobs.task(name=task.value, pass_context=True, retry=retry)(named)

    return declare


@_task(Task.WAKE_PROMPT, _TRIES)
async def wake_prompt(context: procrastinate.JobContext, prompt_id: int) -> None:
    """A prompt's timer went off."""
    await asyncio.to_thread(_wake, worker_context_of(context), prompt_id)


def _wake(worker_context: WorkerContext, prompt_id: int) -> None:
    with worker_context.database.session() as session:
        wake(session, prompts.get(session, prompt_id), worker_context.settings, worker_context.database.clock())


@_task(Task.DELIVER, _TRIES)
async def deliver(context: procrastinate.JobContext, delivery_id: int) -> None:
    """Send one copy."""
    await send_copy(worker_context_of(context), delivery_id)


@_task(Task.POST_TO_CHANNEL, _TRIES)
async def post_to_channel(context: procrastinate.JobContext, post_id: int) -> None:
    """Make one post in a channel."""
    await send_post(worker_context_of(context), post_id)


@_task(Task.REFRESH_COPIES, _TRIES)
async def refresh_copies(context: procrastinate.JobContext, subject: str, subject_id: int, left: Sequence[int] = ()) -> None:
    """Change every delivered copy to what its subject is now."""
    if known := Subject.known(subject):
        await refreshing.refresh_copies(worker_context_of(context), known, subject_id, left)


@_task(Task.REFRESH_IN_CHANNELS, _TRIES)
async def refresh_in_channels(context: procrastinate.JobContext, subject: str, subject_id: int, left: Sequence[int] = ()) -> None:
    """Change every post of a subject to what it is now."""
    if known := Subject.known(subject):
        await refreshing.refresh_in_channels(worker_context_of(context), known, subject_id, left)


@_task(Task.SHOW_HOME, _TRIES)
async def show_home(context: procrastinate.JobContext, account_id: int, tries: int = 0) -> None:
    """Show one person's own page as things stand."""
    await show_page(worker_context_of(context), context, account_id, tries)


@_task(Task.COUNT_MEMBERS, _LANE_TRIES)
async def count_members(context: procrastinate.JobContext, broadcast_id: int) -> None:
    """Read the channels a draft speaks of, and have its card show whom it means."""
    await beginning.count(worker_context_of(context), broadcast_id)


@_task(Task.BEGIN_BROADCAST, _LANE_TRIES)
async def begin_broadcast(context: procrastinate.JobContext, broadcast_id: int) -> None:
    """A broadcast's time has come."""
    await beginning.begin(worker_context_of(context), broadcast_id, tries=context.job.attempts)


@_task(Task.WORK_LANE, _LANE_TRIES)
async def work_lane(context: procrastinate.JobContext, platform: str, tenant: str) -> None:
    """Work off a lane for a slice of time."""
    await slices.work(worker_context_of(context), Platform(platform), tenant)
