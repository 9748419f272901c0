"""The one gate for what the bot sends by itself: when somebody may be written to, and the few things that may pass at any time.

A person is written to in their own working hours, on a day they work: neither on a holiday of their country or the company, nor while away.
What waits is looked at again when its moment comes, since an absence, another time zone or other hours may have been entered meanwhile.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.errors import NotAllowed
from bot.domain.people.people import Person
from bot.domain.people.working_time import WorkWeek, first_instant, is_back, next_working_moment, opening
from bot.domain.rights import Action, may
from bot.settings import Settings

ASKED, TEST, URGENT, SECURITY, OUTAGE = "asked", "test", "urgent", "security", "outage"

EXCEPTIONS: Mapping[str, str] = {
    ASKED: "an answer to what someone has just asked or pressed",
    TEST: "a test of an update, to the one who asked for it",
    URGENT: "what its sender marked as urgent, having seen that it waits",
    SECURITY: "that an account was linked to someone: a stranger may be behind it",
    OUTAGE: "that a platform refuses the bot, to its administrators: until they act nobody hears from it there",
}
"""Why a message may go at any time. What is no new message needs none: a recall or an edit of what was sent, the reply to a command, such
as a sign-in link."""

JUST_NOW = timedelta(minutes=15)
"""How long after asking somebody still sits there and waits for the answer."""

LOOK_AGAIN = timedelta(days=7)
"""When somebody without a working day in sight is looked at again."""

MORNING = time(9)
"""When a morning update arrives at the earliest, on each recipient's own clock."""

SETTLED = timedelta(minutes=6)
"""How long after nine, or after their work begins, what waited over a leave comes on the first day back: the day's list is made by then."""


def next_moment(person: Person, settings: Settings, now: datetime) -> datetime | None:
    """The first instant at or after `now` at which somebody may be written to; None when they have no working day in sight."""
    return next_working_moment(person.work_week(settings), now)


def next_moment_together(person: Person, settings: Settings, now: datetime) -> datetime | None:
    """The same for a message of the bot's own: on the first day back it waits for the day's list and the updates, to come with them."""
    week = person.work_week(settings)
    return _once_settled(week, next_working_moment(week, now))


def is_first_day_back(person: Person, settings: Settings, now: datetime) -> bool:
    """Whether somebody is at work for the first day after a leave."""
    return is_back(person.work_week(settings), person.today(now))


def _once_settled(week: WorkWeek, moment: datetime | None) -> datetime | None:
    day = moment.astimezone(week.zone).date() if moment else date.min
    if moment is None or not is_back(week, day):
        return moment
    settled = max(opening(week, day), first_instant(week.zone, datetime.combine(day, MORNING))) + SETTLED
    return settled if moment < settled == next_working_moment(week, settled) else moment


def next_moment_for_update(person: Person, settings: Settings, now: datetime, *, morning: bool = False) -> datetime | None:
    """The same for an update, which also keeps to `updates.hours`; with `morning`, from nine o'clock on."""
    week = _narrowed(person.work_week(settings), settings.updates.hours.start, settings.updates.hours.end)
    return next_working_moment(_narrowed(week, MORNING, time.max) if morning else week, now)


def just_asked(asked_at: datetime, now: datetime) -> str:
    """The exception for an answer to what was asked then: ASKED while they still wait for it, else none ("")."""
    return ASKED if now - asked_at <= JUST_NOW else ""


def require_urgent(actor: Person) -> None:
    """NotAllowed for somebody who may not send an update outside its readers' working hours."""
    if not may(actor, Action.HURRY_UPDATE):
        msg = "Only the CX office and administrators send an update outside people's working hours"
        raise NotAllowed(msg, "Ask them, or let it arrive when each reader's work begins.")


def _narrowed(week: WorkWeek, start: time, end: time) -> WorkWeek:
    """The week with hours no wider than these; with its own where the two have nothing in common (a night shift)."""
    first, last = max(week.start, start), min(week.end, end)
    return replace(week, start=first, end=last) if week.start < week.end and first < last else week
