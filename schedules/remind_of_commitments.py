"""Remind people of promises: due in three working days, due today, late, or to be told. One message a person a day."""

from bot.commands import Firing, Schedule
from bot.delivery.tasks import send_at_work
from bot.domain import agendas


def _run(firing: Firing) -> None:
    for person in agendas.to_remind(firing.session, firing.zone, firing.settings, firing.now):
        today = person.today(firing.now)
        # Who doesn't work today is told tomorrow what is still so tomorrow.
        send_at_work(firing.session, person, "agenda", today.toordinal(), firing.settings, firing.now, only_on=today)


SCHEDULE = Schedule(
    name="remind_of_commitments",
    help="Remind people of promises that are due soon, due today, late, or done and not told",
    cron="0 9 * * *",
    run=_run,
)
