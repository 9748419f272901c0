"""Remind people of promises: due in three working days, due today, late, or to be told. One message a person a day."""

from bot.commands import Firing, Schedule
from bot.delivery.tasks import notify
from bot.domain import agendas, moments


def _run(firing: Firing) -> None:
    for person in agendas.to_remind(firing.session, firing.zone, firing.settings, firing.now):
        today = person.today(firing.now)
        moment = moments.next_moment(person, firing.settings, firing.now)
        # Who doesn't work today is told tomorrow what is still so tomorrow.
        if moment is not None and person.today(moment) == today:
            notify(firing.session, person, "agenda", today.toordinal(), firing.settings, firing.now)


SCHEDULE = Schedule(
    name="remind_of_commitments",
    help="Remind people of promises that are due soon, due today, late, or done and not told",
    cron="0 9 * * *",
    run=_run,
)
