"""Every endpoint, once: the address, what may be asked, what is answered, and what does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.rights import Action
from bot.web.api import figures, rows
from bot.web.api.asking import Asking
from bot.web.api.contract import (
    Answer,
    CommitmentRow,
    CoverageAnswer,
    CustomerRow,
    Dated,
    DecisionRow,
    EngagementRow,
    FiguresAnswer,
    Page,
    Paged,
    Parameters,
    PersonRow,
    RoadmapRow,
    Scoped,
    TrendAnswer,
    UpdateRow,
)


@dataclass(frozen=True)
class Endpoint:
    """One address under /api/v1/. `run` is given an `Asking` and an instance of `asks`, and gives one of `answers`."""

    name: str
    action: Action
    summary: str
    asks: type[Parameters]
    answers: type[Answer]
    run: Callable[[Asking, Any], Answer]


ENDPOINTS = tuple(
    Endpoint(name, Action.READ_API, (run.__doc__ or "").strip(), asks, answers, run)
    for name, asks, answers, run in (
        ("figures", Scoped, FiguresAnswer, figures.figures),
        ("trend", Scoped, TrendAnswer, figures.trend),
        ("coverage", Scoped, CoverageAnswer, figures.coverage),
        ("people", Paged, Page[PersonRow], rows.people),
        ("customers", Paged, Page[CustomerRow], rows.customers),
        ("engagements", Dated, Page[EngagementRow], rows.engagements),
        ("commitments", Dated, Page[CommitmentRow], rows.commitments),
        ("roadmap", Paged, Page[RoadmapRow], rows.roadmap),
        ("decisions", Dated, Page[DecisionRow], rows.decisions),
        ("updates", Paged, Page[UpdateRow], rows.updates),
    )
)
