"""The dashboard's pages as HTML. Everything is escaped by Jinja; the one script is a file, as are the styles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment

from bot.domain.engagements.participation import Period
from bot.measures.nouns import counted
from bot.views.engagements import day_words, done_words, excerpt
from bot.views.participation import days_words
from bot.web.templating import environment

STATIC = Path(__file__).parent / "static"

NAVIGATION = (
    ("", "Overview"),
    ("executives", "Executives"),
    ("customers", "Customers"),
    ("coverage", "Coverage"),
    ("commitments", "Commitments"),
    ("updates", "Updates"),
    ("journey", "Journey"),
)
"""The pages, in their order: address and name."""


def _day(day: date | None) -> str:
    return "never" if day is None else day_words(day)


def _period(period: Period) -> str:
    """`Nov 2026`, `Oct–Dec 2026`, `Apr 2026–Mar 2027`."""
    first, last = period.first, period.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%b %Y}"
    return f"{first:%b}{f' {first.year}' if first.year != last.year else ''}–{last:%b %Y}"


def _environment() -> Environment:
    made = environment(Path(__file__).parent)
    made.filters.update(excerpt=excerpt, day=_day, days=days_words, period=_period, done=done_words, counted=counted)
    made.globals.update(navigation=NAVIGATION)
    return made


_templates = _environment()


def render(template: str, **values: Any) -> str:
    """One page."""
    return _templates.get_template(template).render(values)
