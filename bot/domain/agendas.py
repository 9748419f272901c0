"""What each person is reminded of: one list a day, only when something on it is new."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain import people
from bot.domain.commitments import Commitment
from bot.domain.people import Person, Role
from bot.domain.promises import every_open
from bot.domain.working_time import WorkWeek, working_days_between
from bot.settings import Settings

AHEAD = 3
"""Working days before its date that an owner is reminded of a commitment."""

WEEK = 5
"""Working days in a week: a late one is brought up on the first day it is late, and then weekly."""

TO_MANAGER = WEEK
"""Working days late from which the owner's manager hears of it."""

TO_CX_OFFICE = 2 * WEEK
"""Working days late from which the CX office does."""


@dataclass(frozen=True)
class Item:
    """A commitment on somebody's list; `new` when it is a reason to send the list today."""

    commitment: Commitment
    new: bool


def items(session: Session, person: Person, settings: Settings, now: datetime) -> list[Item]:
    """All that this person is to be reminded of at the UTC instant `now`, the earliest due first."""
    found = [(one, _concern(one, person, settings, now)) for one in every_open(session)]
    return [Item(one, new) for one, new in found if new is not None]


def _concern(one: Commitment, person: Person, settings: Settings, now: datetime) -> bool | None:
    """Whether it is new on this person's list today; None when it isn't on it."""
    today = person.today(now)
    if one.to_be_told:
        told = one.promised_by_id == person.id
        return _first_or_weekly(person.work_week(settings), one.done_on or today, today) if told else None
    week = one.owner.work_week(settings)
    late = working_days_between(week, one.due, today)
    if one.owner_id == person.id and one.owner.active:
        return _due(week, one, today)
    if one.left_behind and person.has(Role.CX_OFFICE):
        return _left_behind(week, one, today)
    if late < 1:
        return None
    stand_in = one.promised_by_id == person.id and (one.owner.is_away(one.owner.today(now)) or not one.owner.active)
    manager = one.owner.manager_id == person.id and late > TO_MANAGER
    office = person.has(Role.CX_OFFICE) and late > TO_CX_OFFICE
    return _first_or_weekly(week, one.due, today) if stand_in or manager or office else None


def _due(week: WorkWeek, one: Commitment, today: date) -> bool | None:
    left = working_days_between(week, today, one.due)
    if left > AHEAD:
        return None
    return left == AHEAD or one.due == today or (one.due < today and _first_or_weekly(week, one.due, today))


def _left_behind(week: WorkWeek, one: Commitment, today: date) -> bool:
    """Its owner is gone, so nobody else looks after it: weekly also before its date."""
    left = working_days_between(week, today, one.due)
    return left % WEEK == AHEAD if left > 0 else _first_or_weekly(week, one.due, today)


def _first_or_weekly(week: WorkWeek, since: date, today: date) -> bool:
    """On the first working day after `since`, and every week from then on."""
    return working_days_between(week, since, today) % WEEK == 1


def to_remind(session: Session, zone: str, settings: Settings, now: datetime) -> list[Person]:
    """The people of one time zone whose list has something new today, and who work today."""
    concerned = set()
    for one in every_open(session):
        concerned |= {one.owner_id, one.promised_by_id, one.owner.manager_id}
    concerned |= {person.id for person in people.with_role(session, Role.CX_OFFICE)}
    found = [people.get(session, key) for key in sorted(key for key in concerned if key is not None)]
    here = [person for person in found if person.active and person.zone == zone]
    return [person for person in here if any(item.new for item in items(session, person, settings, now))]
