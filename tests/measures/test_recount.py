"""Each figure, recounted naively over companies that hypothesis makes up: joiners, leavers, moves, year ends, clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.database import Database
from bot.measures import engaged, pledged, promised, scope
from bot.measures.report import Figures, figures, trend
from bot.measures.scope import COMPANY, Scope, Window
from bot.process.opening import open_database
from bot.settings import Settings
from bot.settings.company import Pledge, PledgePeriod, Pledges
from tests.conftest import _EMPTY
from tests.measures.naive import Counter
from tests.measures.worlds import DEPARTMENTS, SEGMENTS, STAGES, World, days, live, worlds

PLEDGES = Pledges(
    default=Pledge(period=PledgePeriod.QUARTER, visits=1, calls=1),
    people={
        "p1@firm.example": Pledge(period=PledgePeriod.MONTH, visits=1, calls=0),
        "p2@firm.example": Pledge(period=PledgePeriod.YEAR, visits=2, calls=0),
        "p3@firm.example": Pledge(visits=0, calls=0),
    },
)


@pytest.fixture(scope="module")
def store(migrated: str) -> Iterator[Database]:
    """A database whose clock each world sets itself."""
    database = open_database(migrated, lambda: datetime(2026, 7, 1, tzinfo=UTC))
    yield database
    database.close()


def company(base: Settings, year_starts: int, zone: str) -> Settings:
    """The tests' company with another year, in another zone."""
    own = base.company.model_copy(update={"fiscal_year_starts": year_starts, "zone": zone})
    return base.model_copy(update={"company": own, "pledges": PLEDGES})


def as_told(found: Figures) -> tuple[object, ...]:
    """What the program says, in the naive count's shape."""
    kept = found.promises
    shares = [(one.part, one.whole) for one in (kept.on_first_date, kept.on_last_date, kept.told)]
    return (
        found.kinds,
        found.days_to_log,
        (found.pledges.met.part, found.pledges.begun.part, found.pledges.met.whole),
        (found.answered.part, found.answered.whole),
        (kept.made, kept.across.part, *shares, kept.late),
        (found.seen.groups, found.seen.key_stale, found.seen.key_customers),
        [(one.holds, one.fails) for one in found.evidence],
    )


def as_counted(counter: Counter, base: Settings) -> tuple[object, ...]:
    """The same, counted naively."""
    targets = [target.key for segment in base.segments for target in segment.targets]
    return (
        counter.kinds(),
        counter.days_to_log(),
        counter.pledges(),
        counter.answered(),
        counter.promises(),
        counter.seen(),
        [counter.evidence(target) for target in targets],
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    world=worlds,
    year_starts=st.sampled_from((1, 2, 4, 7, 10, 12)),
    zone=st.sampled_from(("Europe/Copenhagen", "Pacific/Auckland")),
    span=st.tuples(days, days).map(sorted),
    back=st.integers(0, 3),
    by_quarter=st.booleans(),
    now=st.datetimes(datetime(2025, 12, 20), datetime(2026, 7, 10)).map(lambda naive: naive.replace(tzinfo=UTC)),  # noqa: DTZ001
)
def test_every_figure_is_what_a_plain_count_gives(
    store: Database,
    settings: Settings,
    *,
    world: World,
    year_starts: int,
    zone: str,
    span: list[date],
    back: int,
    by_quarter: bool,
    now: datetime,
) -> None:
    """For the company, each department and each person, over a quarter or any run of days."""
    with store.engine.begin() as connection:
        connection.execute(_EMPTY)
    live(store, world)
    own = company(settings, year_starts, zone)
    window = scope.quarter(own, now, back) if by_quarter else scope.window(span[0], span[1], own, now)
    scopes = [
        (COMPANY, None, None),
        *((scope.of_department(name), name, None) for name in DEPARTMENTS),
        *((Scope(person_id=key), None, who) for who, key in enumerate(world.ids["people"])),
    ]
    with store.session() as session:
        for whose, department, who in scopes:
            counter = Counter(world, own, now, window.first, window.last)
            counter.department, counter.person = department, who
            assert as_told(figures(session, whose, window, own, now)) == as_counted(counter, own)
            assert pledged.summed(pledged.standings(session, whose, window, own)) == pledged.pledges(session, whose, window, own)
            for point in trend(session, whose, window, own, now):
                assert point.promises == promised.kept(session, whose, point.window)
                if point.pledges.met.whole:  # none are counted before anything was logged
                    assert point.pledges == pledged.summed(pledged.standings(session, whose, point.window, own))
            cells = engaged.coverage(session, whose, window, own)
            for cell in cells:
                if cell.segment in SEGMENTS and cell.stage in STAGES:
                    assert (cell.engagements, cell.executives) == counter.cell(cell.segment, cell.stage)


def test_a_window_speaks_plainly() -> None:
    """Whole months by their names, other days as days."""
    today = date(2026, 11, 25)
    assert Window(date(2026, 10, 1), date(2026, 12, 31), today, "UTC").name == "October to December 2026"
    assert Window(date(2026, 11, 1), date(2027, 1, 31), today, "UTC").name == "November 2026 to January 2027"
    assert Window(date(2026, 2, 1), date(2026, 2, 28), today, "UTC").name == "February 2026"
    assert Window(date(2026, 2, 1), date(2026, 2, 27), today, "UTC").name == "1 February 2026 to 27 February 2026"


@given(days, st.integers(1, 12), st.integers(0, 12))
def test_quarters_follow_each_other_without_a_gap(settings: Settings, day: date, year_starts: int, back: int) -> None:
    """Whatever month the company's year begins in, the quarter before ends the day before this one begins."""
    own = company(settings, year_starts, "UTC")
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    this, before = scope.quarter(own, now, back), scope.quarter(own, now, back + 1)
    assert before.last + timedelta(days=1) == this.first
    assert (this.first.month - year_starts) % 3 == 0
