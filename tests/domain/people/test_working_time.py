"""When people are at work, on their own wall clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.people.working_time import (
    WorkWeek,
    add_working_days,
    is_back,
    is_working_day,
    is_working_moment,
    next_working_moment,
    public_holidays,
    working_days_between,
)

WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
AUCKLAND, BERLIN, NEW_YORK, LORD_HOWE = (
    ZoneInfo(name) for name in ("Pacific/Auckland", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
)


def week(
    zone: ZoneInfo = BERLIN,
    *,
    days: frozenset[int] = WEEKDAYS,
    start: time = time(9),
    end: time = time(17),
    country: str | None = None,
    holidays: frozenset[date] = frozenset(),
    away: tuple[tuple[date, date], ...] = (),
) -> WorkWeek:
    """Make a week of Monday to Friday, nine to five in Berlin, but for what is said."""
    return WorkWeek(days=days, start=start, end=end, zone=zone, country=country, holidays=holidays, away=away)


def at(zone: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    """Give the UTC instant of a wall time."""
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=zone, fold=fold).astimezone(UTC)


def test_friday_three_in_the_afternoon_is_the_executives_own() -> None:
    """In Auckland it is Friday at 15:00 while the server still has early Friday, and Saturday while it has Friday."""
    auckland = week(AUCKLAND)
    assert is_working_moment(auckland, datetime(2026, 11, 27, 2, 0, tzinfo=UTC))
    assert not is_working_moment(auckland, datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
    assert next_working_moment(auckland, datetime(2026, 11, 27, 15, 0, tzinfo=UTC)) == at(AUCKLAND, 2026, 11, 30, 9, 0)
    assert next_working_moment(auckland, datetime(2026, 11, 29, 20, 0, tzinfo=UTC)) == datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


def test_work_begins_at_the_start_and_is_over_at_the_end() -> None:
    """The first moment counts and the last doesn't."""
    assert is_working_moment(week(), at(BERLIN, 2026, 11, 25, 9, 0))
    assert not is_working_moment(week(), at(BERLIN, 2026, 11, 25, 17, 0))
    assert is_working_moment(week(), at(BERLIN, 2026, 11, 25, 17, 0) - timedelta(microseconds=1))


def test_before_work_waits_for_the_morning_and_after_it_for_the_next() -> None:
    """Early is moved to the same day's start, late to the next working day's."""
    assert next_working_moment(week(), at(BERLIN, 2026, 11, 25, 6, 0)) == at(BERLIN, 2026, 11, 25, 9, 0)
    assert next_working_moment(week(), at(BERLIN, 2026, 11, 27, 17, 0)) == at(BERLIN, 2026, 11, 30, 9, 0)


def test_nobody_is_asked_on_holidays_of_country_or_company_or_while_away() -> None:
    """Christmas in Germany, a company day and a span of leave are no working days, and nor are the days beside them all."""
    german = week(country="DE", holidays=frozenset({date(2026, 12, 28)}), away=((date(2026, 12, 29), date(2026, 12, 31)),))
    assert next_working_moment(german, at(BERLIN, 2026, 12, 24, 18, 0)) == at(BERLIN, 2027, 1, 4, 9, 0)
    assert is_working_day(german, date(2026, 12, 24))
    assert not is_working_day(german, date(2027, 1, 1))


def test_a_holiday_is_one_only_in_its_country() -> None:
    """The fourth of July is a holiday in one country and the third of October in another."""
    assert not is_working_day(week(days=EVERY_DAY, country="us"), date(2025, 7, 4))
    assert is_working_day(week(days=EVERY_DAY, country="DE"), date(2025, 7, 4))
    assert not is_working_day(week(days=EVERY_DAY, country="DE"), date(2025, 10, 3))


@pytest.mark.parametrize("country", ["XX", "", "nowhere", "XX-YY"])
def test_an_unknown_country_has_no_holidays(country: str) -> None:
    """A country that nobody keeps a list of, or none, leaves every weekday a working day."""
    assert is_working_day(week(country=country), date(2026, 12, 25))


def test_part_of_a_country_has_its_own_holidays() -> None:
    """Epiphany is one in Bavaria and not in Berlin; an unknown part has the country's."""
    epiphany, unity = date(2026, 1, 6), date(2026, 10, 3)
    assert epiphany in public_holidays("DE-BY", 2026)
    assert epiphany not in public_holidays("DE-BE", 2026)
    assert unity in public_holidays("de-zz", 2026)


def test_a_holiday_observed_in_the_old_year_counts() -> None:
    """New Year's Day of 2022 was a Saturday, so the United States had the last day of 2021 off."""
    assert not is_working_day(week(country="US"), date(2021, 12, 31))


@pytest.mark.parametrize("nothing", [week(days=frozenset()), week(away=((date(2020, 1, 1), date(2099, 1, 1)),))])
def test_who_never_works_has_no_next_moment(nothing: WorkWeek) -> None:
    """No working days, or away for good: None instead of a search without end."""
    noon = at(BERLIN, 2026, 11, 25, 12, 0)
    assert next_working_moment(nothing, noon) is None
    assert add_working_days(nothing, noon, 1) is None
    assert add_working_days(nothing, noon, 0) is None


def test_back_within_the_horizon_is_found() -> None:
    """Parental leave of a year ends."""
    leave = week(away=((date(2026, 1, 1), date(2026, 12, 31)),))
    assert next_working_moment(leave, at(BERLIN, 2026, 1, 2, 12, 0)) == at(BERLIN, 2027, 1, 1, 9, 0)


def test_an_instant_without_a_zone_is_refused() -> None:
    """A naive time would be taken for the server's own."""
    naive = datetime(2026, 11, 25, 12, 0)  # noqa: DTZ001 - the very thing to refuse
    for ask in (is_working_moment, next_working_moment):
        with pytest.raises(ValueError, match="no time zone"):
            ask(week(), naive)
    with pytest.raises(ValueError, match="no time zone"):
        add_working_days(week(), naive, 2)


def test_two_working_days_after_thursday_are_monday() -> None:
    """A weekend isn't counted, and the wall time stays."""
    assert add_working_days(week(), at(BERLIN, 2026, 11, 26, 10, 30), 2) == at(BERLIN, 2026, 11, 30, 10, 30)


def test_a_day_counted_from_the_weekend_is_monday() -> None:
    """Saturday isn't a working day to count from, so the first one after it is Monday."""
    assert add_working_days(week(), at(BERLIN, 2026, 11, 28, 10, 30), 1) == at(BERLIN, 2026, 11, 30, 10, 30)


def test_the_moment_added_to_is_put_inside_working_hours() -> None:
    """From early morning it is the day's start, from the evening the day's last minute."""
    assert add_working_days(week(), at(BERLIN, 2026, 11, 25, 5, 0), 1) == at(BERLIN, 2026, 11, 26, 9, 0)
    assert add_working_days(week(), at(BERLIN, 2026, 11, 25, 22, 0), 1) == at(BERLIN, 2026, 11, 26, 16, 59)


def test_no_days_added_is_the_next_working_moment() -> None:
    """Zero days never go back in time."""
    assert add_working_days(week(), at(BERLIN, 2026, 11, 25, 22, 0), 0) == at(BERLIN, 2026, 11, 26, 9, 0)
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(week(), at(BERLIN, 2026, 11, 25, 22, 0), -1)


def test_the_wall_time_is_kept_over_a_change_of_clocks() -> None:
    """Ten o'clock on Friday is ten o'clock on Monday, an hour nearer in UTC when summer time began between."""
    friday, monday = at(NEW_YORK, 2026, 3, 6, 10, 0), at(NEW_YORK, 2026, 3, 9, 10, 0)
    assert add_working_days(week(NEW_YORK), friday, 1) == monday
    assert monday - friday == timedelta(hours=71)


def test_more_working_days_than_a_year_has_are_counted() -> None:
    """The guard is on days in a row without work, not on how far one counts."""
    far = add_working_days(week(), at(BERLIN, 2026, 1, 5, 10, 0), 520)
    assert far == at(BERLIN, 2028, 1, 3, 10, 0)


@pytest.mark.parametrize(
    ("zone", "start", "day", "first"),
    [
        (NEW_YORK, time(2, 30), (2026, 3, 8), (2026, 3, 8, 3, 0)),
        (BERLIN, time(2, 30), (2026, 3, 29), (2026, 3, 29, 3, 0)),
        (AUCKLAND, time(2, 30), (2026, 9, 27), (2026, 9, 27, 3, 0)),
        (LORD_HOWE, time(2, 15), (2026, 10, 4), (2026, 10, 4, 2, 30)),
    ],
)
def test_a_start_the_clocks_skip_is_the_first_moment_after(
    zone: ZoneInfo, start: time, day: tuple[int, int, int], first: tuple[int, int, int, int, int]
) -> None:
    """02:30 that doesn't exist begins work when the clocks have gone forward."""
    early = week(zone, days=EVERY_DAY, start=start)
    assert next_working_moment(early, at(zone, *day, 0, 0)) == at(zone, *first)


@pytest.mark.parametrize(
    ("zone", "start", "day"),
    [
        (NEW_YORK, time(1, 30), (2026, 11, 1)),
        (BERLIN, time(2, 30), (2026, 10, 25)),
        (AUCKLAND, time(2, 30), (2026, 4, 5)),
        (LORD_HOWE, time(1, 45), (2026, 4, 5)),
    ],
)
def test_a_start_that_comes_twice_is_the_first(zone: ZoneInfo, start: time, day: tuple[int, int, int]) -> None:
    """01:30 that comes twice begins work once, the first time, and work goes on through the second."""
    early = week(zone, days=EVERY_DAY, start=start)
    first = at(zone, *day, start.hour, start.minute)
    assert next_working_moment(early, at(zone, *day, 0, 0)) == first
    assert is_working_moment(early, at(zone, *day, start.hour, start.minute, fold=1))
    assert at(zone, *day, start.hour, start.minute, fold=1) > first


def test_hours_the_clocks_skip_altogether_are_no_working_time() -> None:
    """Work from 02:10 to 02:50 doesn't happen on the night there is no such hour, and comes the next day."""
    short = week(NEW_YORK, days=EVERY_DAY, start=time(2, 10), end=time(2, 50))
    assert next_working_moment(short, at(NEW_YORK, 2026, 3, 8, 0, 0)) == at(NEW_YORK, 2026, 3, 9, 2, 10)
    assert add_working_days(short, at(NEW_YORK, 2026, 3, 7, 2, 20), 1) == at(NEW_YORK, 2026, 3, 9, 2, 10)


def test_a_day_that_a_country_skipped_is_no_working_time() -> None:
    """Samoa had no 30 December 2011: who works that Friday goes on on Saturday."""
    samoa = week(ZoneInfo("Pacific/Apia"), days=EVERY_DAY)
    thursday_evening = at(samoa.zone, 2011, 12, 29, 18, 0)
    assert next_working_moment(samoa, thursday_evening) == at(samoa.zone, 2011, 12, 31, 9, 0)


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    """Friday's shift from 22:00 goes on into Saturday, and there is none from Saturday into Sunday."""
    night = week(start=time(22), end=time(6))
    assert is_working_moment(night, at(BERLIN, 2026, 11, 28, 5, 59))
    assert not is_working_moment(night, at(BERLIN, 2026, 11, 28, 6, 0))
    assert not is_working_moment(night, at(BERLIN, 2026, 11, 29, 1, 0))
    assert add_working_days(night, at(BERLIN, 2026, 11, 28, 2, 0), 1) == at(BERLIN, 2026, 12, 1, 2, 0)


def test_working_days_between_two_days() -> None:
    """Days after the first up to the last are counted, a leap day too, backwards as well, and none between a day and itself."""
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert working_days_between(week(), friday, monday) == 1
    assert working_days_between(week(), monday, friday) == -1
    assert working_days_between(week(), friday, friday) == 0
    assert working_days_between(week(), date(2028, 2, 28), date(2028, 3, 1)) == 2
    assert working_days_between(week(country="DE"), date(2026, 12, 18), date(2027, 1, 4)) == 9


ZONES = [
    *("America/New_York", "Europe/Berlin", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kolkata"),
    *("America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "America/Sao_Paulo", "UTC"),
]
CHANGES = [
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 9, 26, 14, tzinfo=UTC),
    datetime(2026, 4, 4, 14, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
]
"""Instants at which clocks change in New York, Berlin, Auckland and Lord Howe."""

near_a_change = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-2160, 2160)
)
any_instant = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
instants = near_a_change | any_instant
weeks = st.builds(
    WorkWeek,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30])),
    end=st.builds(time, st.integers(0, 23), st.sampled_from([0, 30, 45])),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    country=st.sampled_from([None, "US", "DE", "NZ"]),
)


@settings(deadline=None)
@given(weeks, instants)
def test_the_next_working_moment_is_the_first_one(hours: WorkWeek, instant: datetime) -> None:
    """It is not before the instant, it is a working moment, and no moment on a grid between the two is."""
    moment = next_working_moment(hours, instant)
    assert moment is not None
    assert moment >= instant
    assert moment.tzinfo is UTC
    assert is_working_moment(hours, moment)
    step = max((moment - instant) / 150, timedelta(minutes=7))
    grid = (instant + step * number for number in range(150))
    assert not any(is_working_moment(hours, earlier) for earlier in grid if earlier < moment)
    assert next_working_moment(hours, moment) == moment


@settings(deadline=None)
@given(weeks, instants, st.integers(0, 12))
def test_days_added_give_a_later_working_moment(hours: WorkWeek, instant: datetime, days: int) -> None:
    """Adding days gives a working moment that is not earlier, and a day more never gives an earlier one."""
    moment, later = add_working_days(hours, instant, days), add_working_days(hours, instant, days + 1)
    assert moment is not None
    assert later is not None
    assert moment >= instant
    assert is_working_moment(hours, moment)
    assert later >= moment


@settings(deadline=None)
@given(weeks, st.dates(date(2000, 1, 1), date(2037, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(hours: WorkWeek, first: date, some: int, more: int) -> None:
    """Days from one to another and on to a third are those from the first to the third."""
    middle, last = first + timedelta(days=some), first + timedelta(days=some + more)
    assert working_days_between(hours, first, middle) + working_days_between(hours, middle, last) == working_days_between(
        hours, first, last
    )


@pytest.mark.parametrize(
    ("away", "day", "back"),
    [
        ((date(2026, 11, 23), date(2026, 12, 1)), date(2026, 12, 2), True),
        ((date(2026, 11, 23), date(2026, 12, 1)), date(2026, 12, 1), False),
        ((date(2026, 11, 23), date(2026, 12, 1)), date(2026, 12, 3), False),
        ((date(2026, 11, 23), date(2026, 11, 27)), date(2026, 11, 30), True),
        ((date(2026, 11, 28), date(2026, 11, 29)), date(2026, 11, 30), True),
        ((date(2026, 11, 27), date(2026, 11, 30)), date(2026, 12, 2), True),
    ],
    ids=["the day after", "still away", "the second day", "over a weekend", "away on a weekend only", "with a holiday after it"],
)
def test_the_first_day_back(away: tuple[date, date], day: date, back: bool) -> None:
    """The first day worked after an absence; a weekend or a holiday between doesn't make it another."""
    assert (
        is_back(
            week(away=(away,), holidays=frozenset({date(2026, 12, 1)}) if day.day == 2 and away[1].day == 30 else frozenset()), day
        )
        == back
    )
