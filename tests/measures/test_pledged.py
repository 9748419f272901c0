"""One executive is one count: pledges by month, quarter and year side by side, and what a period that has just begun says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.engagements.participation import period_of
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.measures import pledged, scope
from bot.measures.letter import month_of
from bot.measures.pledged import Standing, State
from bot.measures.scope import COMPANY, Share, Window
from bot.measures.weekly import week_of
from bot.process.wiring import build
from bot.settings import Settings
from bot.settings.company import Pledge, PledgePeriod, Pledges
from bot.web.dashboard import Dashboard
from tests.conftest import NOW, World
from tests.measures import doors
from tests.web.dashboard.conftest import Visitor


@pytest.fixture
def own(world: World) -> Settings:
    """Ada pledges a visit a month, Aroha four calls a year, three more and Bruno two visits a quarter."""
    with world.database.session() as session:
        for name in ("nils", "olga", "pia"):
            person = Person.known(f"{name}@firm.example", name.title(), "Europe/London", [Role.EXECUTIVE])
            session.add(person)
            session.flush()
            world.ids[name] = person.key
    pledges = Pledges(
        default=Pledge(visits=2, calls=0),
        people={
            "ada@firm.example": Pledge(period=PledgePeriod.MONTH, visits=1, calls=0),
            "aroha@firm.example": Pledge(period=PledgePeriod.YEAR, visits=0, calls=4),
        },
    )
    return world.application.settings.model_copy(update={"pledges": pledges})


def met(world: World, who: str, *days: date, kind: Kind = Kind.VISIT) -> None:
    """Somebody was there on some days."""
    with world.database.session() as session:
        for day in days:
            logged = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
            one = Engagement(
                kind=kind, customer_id=1, happened_on=day, logged_at=logged, logged_by_id=world.ids[who], heard="words"
            )
            one.executives = [people.get(session, world.ids[who])]
            session.add(one)


def standings(world: World, own: Settings, window: Window) -> dict[str, Standing]:
    """Where everybody stands, by first name."""
    with world.database.session() as session:
        return {one.email.partition("@")[0]: one for one in pledged.standings(session, COMPANY, window, own)}


def missing(world: World, own: Settings, now: datetime) -> list[str]:
    """Who is named as having had no customer contact this quarter."""
    with world.database.session() as session:
        return [one.name for one in pledged.not_out_yet(session, COMPANY, scope.quarter(own, now), own, now)]


def windows(own: Settings, now: datetime) -> Iterator[Window]:
    """The days the reports of a week look at, and some others."""
    yield scope.quarter(own, now)
    yield week_of(now.date(), own, now)
    yield month_of(now.date(), own, now)
    yield month_of(now.date() - timedelta(days=31), own, now)
    yield scope.window(date(2026, 11, 3), date(2026, 11, 20), own, now)


def test_six_executives_are_six_in_every_window(world: World, own: Settings) -> None:
    """A pledge by month isn't three people, nor one by year nobody: the whole is the same wherever it is shown."""
    met(world, "ada", date(2026, 10, 6), date(2026, 10, 20), date(2026, 10, 27))
    with world.database.session() as session:
        for window in windows(own, NOW):
            assert pledged.pledges(session, COMPANY, window, own).met.whole == 6, window.name


def test_out_three_times_this_quarter_is_not_named(world: World, own: Settings) -> None:
    """Ada's month that runs has nothing yet; she was out in October, and one month of two is kept."""
    met(world, "ada", date(2026, 10, 6), date(2026, 10, 20), date(2026, 10, 27))
    found = standings(world, own, scope.quarter(own, NOW))["ada"]
    assert (found.state, found.kept, found.begun) == (State.IN_PROGRESS, Share(1, 2), True)
    assert found.running is not None
    assert (found.running.period.first, found.running.visits) == (date(2026, 11, 1), 0)
    assert missing(world, own, NOW) == ["Aroha Ngata", "Bruno Kraus", "Nils", "Olga", "Pia"]


def test_what_was_done_this_year_is_contact_for_a_pledge_by_year(world: World, own: Settings) -> None:
    """Aroha made her four calls in spring: her pledge is met in the fourth quarter too, and nobody says she met no customer."""
    met(world, "aroha", *(date(2026, 3, day) for day in (3, 4, 5, 6)), kind=Kind.CALL)
    assert standings(world, own, scope.quarter(own, NOW))["aroha"].state == State.MET
    assert "Aroha Ngata" not in missing(world, own, NOW)
    first = standings(world, own, scope.quarter(own, NOW, 3))["aroha"]
    assert (first.state, first.periods[0].calls) == (State.MET, 4)


def test_a_quarter_that_is_over_stands_as_it_stood(world: World, own: Settings) -> None:
    """What was done later in the year doesn't count to the first quarter of a pledge by year."""
    met(world, "aroha", date(2026, 2, 3), date(2026, 8, 4), date(2026, 8, 5), date(2026, 8, 6), kind=Kind.CALL)
    assert standings(world, own, scope.quarter(own, NOW, 3))["aroha"].periods[0].calls == 1
    assert standings(world, own, scope.quarter(own, NOW, 1))["aroha"].periods[0].calls == 4


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2026, 10, 1), ["Aroha Ngata"]),
        (date(2026, 10, 4), ["Aroha Ngata"]),
        (date(2026, 10, 5), ["Ada Lovell", "Aroha Ngata"]),
        (date(2026, 10, 10), ["Ada Lovell", "Aroha Ngata"]),
        (date(2026, 10, 11), ["Ada Lovell", "Aroha Ngata", "Bruno Kraus", "Nils", "Olga", "Pia"]),
    ],
)
def test_a_period_younger_than_a_tenth_of_itself_accuses_nobody(world: World, own: Settings, day: date, named: list[str]) -> None:
    """Three days of a month, nine of a quarter; the year of Aroha's pledge has run since January."""
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert missing(world, own, now) == named
    assert standings(world, own, scope.quarter(own, now))["bruno"].state == (
        State.NOT_STARTED if "Bruno Kraus" in named else State.JUST_BEGUN
    )


def test_a_new_month_takes_nothing_from_what_was_kept(world: World, own: Settings) -> None:
    """On the first of December Ada's October and November count; from the fifth on December does, too."""
    met(world, "ada", date(2026, 10, 6), date(2026, 11, 20))
    for day, state in ((1, State.MET), (4, State.MET), (5, State.IN_PROGRESS)):
        now = datetime(2026, 12, day, 12, tzinfo=UTC)
        assert standings(world, own, scope.quarter(own, now))["ada"].state == state, day


def test_a_tenth_is_counted_in_days_that_are_over() -> None:
    """Whatever the period's length."""
    for kind, young in (("month", 3), ("quarter", 9), ("year", 36)):
        period = period_of(date(2026, 10, 1), kind, 10)
        ages = [day for day in range(60) if period.is_young(period.first + timedelta(days=day))]
        assert ages == list(range(young + 1)), kind


def test_a_mover_counts_once_and_in_one_department(world: World, own: Settings) -> None:
    """Ada moves in November, between two of her months: the departments add up to the company."""
    for moment, department in ((datetime(2026, 1, 5, 12, tzinfo=UTC), "Sales"), (datetime(2026, 11, 2, 12, tzinfo=UTC), "Service")):
        world.clock.instant = moment
        with world.database.session() as session:
            people.get(session, world.ids["ada"]).department = department
    world.clock.instant = NOW
    window = scope.quarter(own, NOW)
    with world.database.session() as session:
        whole = [pledged.pledges(session, one, window, own).met.whole for one in _scopes()]
    assert whole == [6, 0, 1, 5]


def _scopes() -> tuple[scope.Scope, ...]:
    return COMPANY, scope.of_department("Sales"), scope.of_department("Service"), scope.of_department("")


async def test_the_dashboard_has_one_row_each_with_the_running_period_inside(world: World, own: Settings) -> None:
    """Visits of all that is looked at, the state, and the month that runs."""
    met(world, "ada", date(2026, 10, 6), date(2026, 10, 20), date(2026, 10, 27))
    asked = World(build(own, world.database), world.clock, world.ids)
    site = web.Application()
    Dashboard(world.database, own).add_routes(site)
    async with TestClient(TestServer(site), cookie_jar=CookieJar(unsafe=True)) as client:
        visitor = Visitor(asked, client)
        await visitor.sign_in("cleo")
        page = (await visitor.get("/dashboard/executives"))[1]
    rows = [row for row in doors.rows(page) if len(row) == 6][1:]
    assert [row[0] for row in rows] == ["Aroha Ngata", "Bruno Kraus", "Nils", "Olga", "Pia", "Ada Lovell"]
    assert rows[-1][1:4] == ["In progress Nov 2026: 0 of 1 visit so far; 1 of 2 months met", "3 of 2", "0"]
    assert rows[1][1:4] == ["Not started Oct–Dec 2026", "0 of 2", "0"]
    assert "1 of 6 (16%) have met a customer; 0 of 6 (0%) have met their pledge." in page
