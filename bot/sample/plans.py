"""What Brightwater plans and has decided for its customers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.people import people
from bot.domain.plans import decisions, roadmap
from bot.domain.plans.decisions import Ruling
from bot.domain.plans.roadmap import Plan, Status
from bot.settings import Settings
from bot.spreadsheets.importing import Row

ROADMAP_COLUMNS = {
    "title": "needed",
    "what": "more about it",
    "stage": "a stage's key in app.yaml",
    "target": "a target's key in app.yaml; empty for none",
    "owner": "an email",
    "status": "now, next, later, done or stopped",
    "days_ago": "how many days before loading it was put there",
}

DECISION_COLUMNS = {
    "title": "needed",
    "why": "needed",
    "need": "of which customers",
    "decided_by": "an email",
    "days_ago": "how many days before loading",
    "stage": "a stage's key in app.yaml",
    "target": "a target's key in app.yaml; empty for none",
    "item": "the title of a roadmap item; empty for none",
}


def load_plans(session: Session, settings: Settings, items: Iterable[Row], ruled: Iterable[Row], now: datetime) -> None:
    """Put them into the database; what is tied to a stage that app.yaml has no more is left out."""
    by_title = {}
    for row in items:
        owner = people.by_email(session, row["owner"])
        if owner is not None and settings.stage(row["stage"]) is not None:
            plan = Plan(row["title"], row["stage"], row["what"], row["target"], Status(row["status"]), owner)
            by_title[row["title"]] = roadmap.add(session, plan, owner, settings, now - timedelta(days=int(row["days_ago"])))
    for row in ruled:
        by = people.by_email(session, row["decided_by"])
        if by is not None and settings.stage(row["stage"]) is not None:
            day = by.today(now) - timedelta(days=int(row["days_ago"]))
            ruling = Ruling(row["title"], row["why"], row["stage"], by, day, row["need"], row["target"], by_title.get(row["item"]))
            decisions.record(session, ruling, by, settings, now - timedelta(days=int(row["days_ago"])))
