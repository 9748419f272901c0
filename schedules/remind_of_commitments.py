"""Remind people of promises: due in three working days, due today, late, or to be told. One message a person a day."""

from bot.commands import Firing, Schedule
from bot.delivery.tasks import notify
from bot.domain import agendas, moments
from bot.domain.people import Person


def _run(firing: Firing) -> None:
    here = [person for person in agendas.readers(firing.session, firing.zone) if _works_today(person, firing)]
    found = agendas.to_remind(firing.session, here, firing.settings, firing.now)
    for person in here:
        if person.key in found:
            day = person.today(firing.now).toordinal()
            notify(firing.session, person, agendas.SUBJECT, day, firing.settings, firing.now)


def _works_today(person: Person, firing: Firing) -> bool:
    """Who doesn't is told on their next day of work what is still so by then."""
    moment = moments.next_moment(person, firing.settings, firing.now)
    return moment is not None and person.today(moment) == person.today(firing.now)


SCHEDULE = Schedule(
    name="remind_of_commitments",
    help="Remind people of promises that are due soon, due today, late, or done and not told",
    cron="0 9 * * *",
    run=_run,
)
