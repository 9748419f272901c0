"""When somebody may be written to."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.outbox import moments
from bot.domain.people.people import Person, Role
from bot.settings import Settings
from tests.conftest import NOW

NIGHT = datetime(2026, 11, 25, 23, tzinfo=UTC)


def person(**more: Any) -> Person:
    """Somebody in London, at work from nine to five-thirty on weekdays."""
    found = Person.known("ada@firm.example", "Ada", "Europe/London", country="GB", **more)
    found.id = 1
    return found


def test_at_work_at_once_and_at_night_in_the_morning(settings: Settings) -> None:
    """Friday night's waits for Monday."""
    start = person().work_week(settings).start
    assert moments.next_moment(person(), settings, NOW) == NOW
    assert moments.next_moment(person(), settings, NIGHT) == datetime.combine(NIGHT.date() + timedelta(days=1), start, UTC)
    friday = NIGHT + timedelta(days=2)
    assert moments.next_moment(person(), settings, friday) == datetime.combine(friday.date() + timedelta(days=3), start, UTC)


def test_away_it_waits_until_they_are_back_and_a_little_longer_for_the_rest(settings: Settings) -> None:
    """What comes alone comes as work begins; the bot's own comes with the day's list, six minutes after nine."""
    ada = person(works_from=time(8, 30), works_until=time(17))
    ada.go_away(NIGHT.date() + timedelta(days=1), NIGHT.date() + timedelta(days=1))
    friday = NIGHT.date() + timedelta(days=2)
    assert moments.next_moment(ada, settings, NIGHT) == datetime.combine(friday, time(8, 30), UTC)
    assert moments.next_moment_together(ada, settings, NIGHT) == datetime.combine(friday, time(9, 6), UTC)
    assert moments.is_first_day_back(ada, settings, datetime.combine(friday, time(12), UTC))
    assert not moments.is_first_day_back(ada, settings, NOW)


def test_without_a_leave_nothing_waits_for_the_list(settings: Settings) -> None:
    """An ordinary morning."""
    assert moments.next_moment_together(person(), settings, NIGHT) == moments.next_moment(person(), settings, NIGHT)


def test_a_morning_update_comes_from_nine_on(settings: Settings) -> None:
    """Not before updates' own hours either; a night shift, which has nothing in common with them, keeps its own."""
    early = person(works_from=time(6), works_until=time(14))
    six = datetime(2026, 11, 25, 6, tzinfo=UTC)
    hours = settings.updates.hours
    assert moments.next_moment_for_update(early, settings, six) == datetime.combine(six.date(), max(time(6), hours.start), UTC)
    morning = datetime.combine(six.date(), max(time(9), hours.start), UTC)
    assert moments.next_moment_for_update(early, settings, six, morning=True) == morning
    night = person(works_from=time(22), works_until=time(5))
    assert moments.next_moment_for_update(night, settings, NIGHT) == NIGHT


def test_nobody_with_no_working_day_in_sight_has_a_moment(settings: Settings) -> None:
    """None, rather than a day far off."""
    ada = person()
    ada.go_away(NOW.date(), NOW.date() + timedelta(days=4000))
    assert moments.next_moment(ada, settings, NOW) is None
    assert moments.next_moment_together(ada, settings, NOW) is None


def test_who_asked_just_now_waits_for_the_answer() -> None:
    """A quarter of an hour long."""
    asked = [moments.just_asked(NOW, NOW + timedelta(minutes=one)) for one in (0, 15, 16)]
    assert asked == [moments.ASKED, moments.ASKED, ""]


@pytest.mark.parametrize("role", list(Role))
def test_the_cx_office_and_administrators_hurry_an_update(role: Role) -> None:
    """Nobody else."""
    if role in {Role.CX_OFFICE, Role.ADMIN}:
        moments.require_urgent(person(roles=[role]))
    else:
        with pytest.raises(NotAllowed):
            moments.require_urgent(person(roles=[role]))
