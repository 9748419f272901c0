"""What may be asked of the API, and what it answers: the models that read parameters, shape answers and make the OpenAPI description."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

LARGEST = 2_147_483_647
"""The largest id there can be."""


class Parameters(BaseModel):
    """Parameters in the address; an unknown one is a mistake, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_written(pattern: str) -> BeforeValidator:
    """Takes a value only as it is described: pydantic alone would read 0 as a day in 1970 and 1.0 as 1."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            msg = "is not written as described"
            raise ValueError(msg)
        return value

    return BeforeValidator(check)


Day = Annotated[date, Field(description="A day, YYYY-MM-DD."), _as_written(r"\d{4}-\d{2}-\d{2}")]
_NUMBER = _as_written(r"-?\d{1,20}")
Limit = Annotated[int, Field(ge=1, le=1000, description="Rows in one answer."), _NUMBER]
After = Annotated[int, Field(ge=0, le=LARGEST, description="The id after which to go on: `next` of the answer before."), _NUMBER]
ScopeText = Annotated[
    str,
    StringConstraints(max_length=400, pattern=r"^(company|department:.+|person:.+)$"),
    Field(description="`company`, `department:` and a name, or `person:` and an email."),
]


class Paged(Parameters):
    """Part of a list."""

    limit: Limit = 100
    after: After = 0


class Dated(Paged):
    """Part of a list, of some days only."""

    first: Annotated[Day | None, Field(description="From this day on.")] = None
    last: Annotated[Day | None, Field(description="Up to this day.")] = None


class Scoped(Parameters):
    """Whose figures, of which days: the running quarter when no days are given."""

    scope: ScopeText = "company"
    first: Annotated[Day | None, Field(description="The first day; needs `last`.")] = None
    last: Annotated[Day | None, Field(description="The last day; needs `first`.")] = None


class Answer(BaseModel):
    """Anything the API answers."""

    model_config = ConfigDict(frozen=True)


class Problem(Answer):
    """What is wrong and what to do next (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class WindowAnswer(Answer):
    """The days that were looked at."""

    first: date
    last: date
    name: str


class Figure(Answer):
    """One figure: `value` of `whole`, or `value` alone; null where there was nothing to count. `key` is defined in docs/measures.md."""

    key: str
    name: str
    detail: str
    value: float | None
    whole: int | None
    unit: str


class FiguresAnswer(Answer):
    """Every figure of one scope and window."""

    scope: str
    window: WindowAnswer
    figures: list[Figure]


class TrendPoint(Answer):
    """One quarter. A share of nothing has `whole` 0."""

    window: WindowAnswer
    pledges_met: int
    pledges: int
    kept_on_first_date: int
    kept_on_last_date: int
    promises_due: int
    told: int
    promises_to_tell: int


class TrendAnswer(Answer):
    """Eight quarters, oldest first."""

    scope: str
    quarters: list[TrendPoint]


class CoverageCell(Answer):
    """One segment at one stage of the journey."""

    segment: str
    stage: str
    engagements: int
    executives: int


class CoverageAnswer(Answer):
    """Every cell, the empty ones too."""

    scope: str
    window: WindowAnswer
    cells: list[CoverageCell]


class Line(Answer):
    """One row of a list; `page_name` is what the OpenAPI description calls a page of them."""

    page_name: ClassVar[str]


Row = TypeVar("Row", bound=Line)
"""What a page is made of."""


class PersonRow(Line):
    """Somebody who works here, or did."""

    page_name = "People"
    id: int
    email: str
    name: str
    title: str
    department: str
    country: str
    zone: str
    roles: list[str]
    active: bool


class CustomerRow(Line):
    """A customer."""

    page_name = "Customers"
    id: int
    name: str
    segment: str
    tier: str
    owner: str | None


class EngagementRow(Line):
    """An engagement. What was heard, what surprised and the follow-up are null unless the token is for notes."""

    page_name = "Engagements"
    id: int
    kind: str
    customer_id: int | None
    happened_on: date
    logged_at: datetime
    logged_by: str
    executives: list[str]
    stage: str
    evidence_target: str
    evidence_holds: bool | None
    heard: str | None
    surprised: str | None
    follow_up: str | None


class CommitmentRow(Line):
    """A promise. Its words and what was done are null unless the token is for notes."""

    page_name = "Commitments"
    id: int
    customer_id: int | None
    promised_by: str
    owner: str
    state: str
    stage: str
    target: str
    heard_on: date
    made_at: datetime
    first_due: date
    due: date
    done_on: date | None
    told_at: datetime | None
    what: str | None
    done_note: str | None


class RoadmapRow(Line):
    """A roadmap item."""

    page_name = "Roadmap"
    id: int
    title: str
    stage: str
    target: str
    status: str
    owner: str
    added_at: datetime
    status_since: datetime


class DecisionRow(Line):
    """A decision. Why, and for which need, are null unless the token is for notes."""

    page_name = "Decisions"
    id: int
    title: str
    decided_by: str
    decided_on: date
    stage: str
    target: str
    why: str | None
    need: str | None


class UpdateRow(Line):
    """An update that has begun to go out, and what became of it.

    `recipients` are those it is meant for: neither copies that were called off nor those that wait for a digest. `reached`, `got_it` and
    `cannot` are of these, as on its card in chat and on the dashboard.
    """

    page_name = "Updates"
    id: int
    title: str
    speaker: str
    sent_at: datetime
    recipients: int
    reached: int
    got_it: int
    cannot: int
    questions: int
    recalled_at: datetime | None = None


class Page(Answer, Generic[Row]):
    """Rows in order of their ids; `next` is the `after` to go on with, null at the end."""

    rows: list[Row]
    next: int | None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """`People` rather than `Page[PersonRow]`: programs made from the description keep their names."""
        return str(params[0].page_name)
