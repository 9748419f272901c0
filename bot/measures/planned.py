"""The roadmap: items tied to no target, and those that are done or stopped."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from bot.domain.plans import roadmap
from bot.domain.plans.roadmap import RoadmapItem
from bot.settings import Settings


def untied(session: Session, settings: Settings) -> int:
    """How many open items serve no target today."""
    return len(roadmap.untargeted(session, settings))


def past(items: Sequence[RoadmapItem]) -> int:
    """How many of some items are done or stopped."""
    return sum(not one.is_open for one in items)
