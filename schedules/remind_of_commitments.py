"""Remind people of promises: due in three working days, due today, late, or to be told. One message a person a day."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.commands import Firing, Schedule
from bot.delivery.notifying import notify
from bot.domain.engagements import prompts
from bot.domain.engagements.prompts import Prompt
from bot.domain.outbox import moments
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Role
from bot.domain.promises import agendas
from bot.settings import ScheduleSetting
from bot.settings.cron import Cron
from schedules import prompt_executives


def _run(firing: Firing) -> None:
    readers = agendas.readers(firing.session, firing.zone)
    asked = prompts.open_prompts(firing.session, [person for person in readers if person.has(Role.EXECUTIVE)])
    here = [person for person in readers if _to_be_told_now(person, firing, asked.get(person.key))]
    found = agendas.to_remind(firing.session, here, firing.settings, firing.now)
    for person in here:
        if person.key in found:
            day = person.today(firing.now).toordinal()
            notify(firing.session, person, Subject.AGENDA, day, firing.settings, firing.now)


def _to_be_told_now(person: Person, firing: Firing, asked: Prompt | None) -> bool:
    """Who doesn't work today is told on their next day of work what is still so by then; whoever is asked later today, with that."""
    moment = moments.next_moment(person, firing.settings, firing.now)
    if _asked_later_today(person, firing, asked):
        return False
    return moment is not None and person.today(moment) == person.today(firing.now)


def _asked_later_today(person: Person, firing: Firing, asked: Prompt | None) -> bool:
    """Whether a prompt comes later on this day of theirs: the list comes with it, as one message. `asked` is their open one."""
    if asked is not None and asked.is_to_come(firing.now):
        return True
    at = _asking_time(firing)
    return at is not None and person.has(Role.EXECUTIVE) and moments.next_moment(person, firing.settings, at) == at


def _asking_time(firing: Firing) -> datetime | None:
    """When executives are asked later on this day; None when they aren't."""
    setting = firing.settings.schedules.get(prompt_executives.SCHEDULE.name, ScheduleSetting())
    cron = setting.cron or Cron(prompt_executives.SCHEDULE.cron)
    local = datetime.combine(firing.local.date(), time(max(cron.hours), max(cron.minutes)), ZoneInfo(firing.zone))
    on = local.weekday() in cron.weekdays and local.day in cron.days and local.month in cron.months
    return local.astimezone(UTC) if setting.enabled and on and local > firing.now else None


SCHEDULE = Schedule(
    name="remind_of_commitments",
    help="Remind people of commitments that are due soon, due today, late, or done and not told",
    cron="0 9 * * *",
    run=_run,
)
