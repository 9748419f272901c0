"""Participation: the periods that executives pledge for, and a pledge against what was done. `bot.measures.pledged` counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.settings import Pledge

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """A month, quarter or year of the company's calendar: `first` to `last`, both inclusive."""

    kind: str
    first: date
    last: date

    def is_young(self, today: date) -> bool:
        """Whether less than a tenth of it is over on a day."""
        return (today - self.first).days * 10 < (self.last - self.first).days + 1

    @property
    def name(self) -> str:
        """In words: `November 2026`, `October to December 2026`, `January to December 2026`."""
        if self.kind == "month":
            return f"{self.first:%B %Y}"
        year = f" {self.first.year}" if self.first.year != self.last.year else ""
        return f"{self.first:%B}{year} to {self.last:%B %Y}"


def period_of(day: date, kind: str, fiscal_year_starts: int) -> Period:
    """The period that `day` lies in. `kind` is month, quarter or year; `fiscal_year_starts` the month 1 to 12 the year begins in."""
    months = _MONTHS[kind]
    start = day.year * 12 + day.month - 1 - (day.month - fiscal_year_starts) % months
    end = start + months
    return Period(kind, date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1) - timedelta(days=1))


@dataclass(frozen=True)
class Progress:
    """Pledge against actual in one period. A call counts as a call; every other kind, being in person, as a visit."""

    pledge: Pledge
    period: Period
    visits: int
    calls: int

    @property
    def met(self) -> bool:
        """Whether the whole pledge is kept."""
        return self.visits >= self.pledge.visits and self.calls >= self.pledge.calls

    @property
    def begun(self) -> bool:
        """Whether there is anything at all this period."""
        return self.visits + self.calls > 0
