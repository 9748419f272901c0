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
