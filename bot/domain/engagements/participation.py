"""Participation: what an executive has pledged, and what they have done of it this period."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from bot.domain.engagements.attendance import EngagementExecutive, EngagementMonth
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.engagements.engagements import Engagement, Kind, last_seen
from bot.domain.people.people import Person, executives
from bot.settings import Pledge, Settings

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """A month, quarter or year of the company's calendar: `first` to `last`, both inclusive."""

    kind: str
    first: date
    last: date


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


def progress(session: Session, executive: Person, settings: Settings, today: date) -> Progress:
    """What `executive` has done of their pledge in the period that `today` lies in."""
    pledge = settings.pledge_of(executive.email)
    period = period_of(today, str(pledge.period), settings.company.fiscal_year_starts)
    wanted = (
        select(Engagement.kind, func.count())
        .join(EngagementExecutive, col(EngagementExecutive.engagement_id) == col(Engagement.id))
        .where(EngagementExecutive.person_id == executive.key, col(Engagement.deleted_at).is_(None))
        .where(col(Engagement.happened_on).between(period.first, period.last))
        .group_by(col(Engagement.kind))
    )
    counts = dict(session.exec(wanted).all())
    calls = counts.pop(Kind.CALL, 0)
    return Progress(pledge, period, visits=sum(counts.values()), calls=calls)


@dataclass(frozen=True)
class Stale:
    """A key customer nobody has seen for `days` (None: never)."""

    customer: Customer
    days: int | None


def stale_customers(session: Session, owner: Person, settings: Settings, today: date) -> list[Stale]:
    """The key customers `owner` answers for that have not been seen for `engagements.stale_days`, longest first."""
    owned = session.exec(select(Customer).where(Customer.owner_id == owner.key, Customer.tier == Tier.KEY)).all()
    seen = last_seen(session, [customer.key for customer in owned])
    stale = [Stale(customer, (today - seen[customer.key]).days if customer.key in seen else None) for customer in owned]
    late = [one for one in stale if one.days is None or one.days > settings.engagements.stale_days]
    return sorted(late, key=lambda one: (one.days is not None, -(one.days or 0), one.customer.name))


Turnout = list[tuple[Person, Progress]]
"""Every executive with what they have done in their current period."""


def turnout(session: Session, settings: Settings, now: datetime) -> Turnout:
    """The CX office's first question: which executives have been out. Each in their own calendar at the UTC instant `now`.

    They are asked for together, once for each period there is among them: a few, however many they are.
    """
    year, everyone = settings.company.fiscal_year_starts, executives(session)
    pledges = [settings.pledge_of(person.email) for person in everyone]
    running = [period_of(person.today(now), str(one.period), year) for person, one in zip(everyone, pledges, strict=True)]
    did = {period: _by_person(session, period) for period in set(running)}
    return [
        (person, Progress(pledge, period, *did[period].get(person.key, (0, 0))))
        for person, pledge, period in zip(everyone, pledges, running, strict=True)
    ]


def _by_person(session: Session, period: Period) -> dict[int, tuple[int, int]]:
    """Everybody's visits and calls in a period."""
    month, sums = col(EngagementMonth.month), (func.sum(EngagementMonth.visits), func.sum(EngagementMonth.calls))
    wanted = select(EngagementMonth.person_id, *sums).where(month.between(period.first, period.last))
    return {key: (visits, calls) for key, visits, calls in session.exec(wanted.group_by(col(EngagementMonth.person_id)))}
