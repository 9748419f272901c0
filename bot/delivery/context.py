"""The worker context: what the bodies of tasks work with."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import procrastinate

from bot.database import Database
from bot.delivery.pacing import Pace
from bot.delivery.senders import PlatformSender
from bot.domain.people.people import Platform
from bot.settings import Settings


@dataclass(frozen=True)
class WorkerContext:
    """What the tasks work with: given to the worker by the composition root. `stopping` says that the worker is to stop."""

    database: Database
    settings: Settings
    senders: Mapping[Platform, PlatformSender]
    pace: Pace
    stopping: threading.Event = field(default_factory=threading.Event)


def worker_context_of(context: procrastinate.JobContext) -> WorkerContext:
    """What the worker was given to work with."""
    worker_context = context.additional_context["worker_context"]
    if not isinstance(worker_context, WorkerContext):
        msg = "the worker was started without its means"
        raise TypeError(msg)
    return worker_context
