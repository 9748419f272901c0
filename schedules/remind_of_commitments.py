"""Remind people of promises: due in three working days, due today, late, or to be told. One message a person a day."""

from bot.commands import Firing, Schedule
from bot.delivery.tasks import send_later
from bot.domain import agendas, deliveries
from bot.domain.working_time import next_working_moment


def _run(firing: Firing) -> None:
    for person in agendas.to_remind(firing.session, firing.zone, firing.settings, firing.now):
        today = person.today(firing.now)
        moment = next_working_moment(person.work_week(firing.settings), firing.now)
        if moment is None or person.today(moment) != today:
            continue  # they don't work today: what is still so tomorrow is told tomorrow
        delivery = deliveries.queue(firing.session, person, "agenda", today.toordinal(), firing.now)
        send_later(firing.session, delivery, moment - firing.now)


SCHEDULE = Schedule(
    name="remind_of_commitments",
    help="Remind people of promises that are due soon, due today, late, or done and not told",
    cron="0 9 * * *",
    run=_run,
)
