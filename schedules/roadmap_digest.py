"""The weekly digest of updates, for those who want it or had more than a week's share."""

from bot.commands import Firing, Schedule
from bot.delivery.tasks import send_later
from bot.domain import deliveries, digests
from bot.domain.working_time import next_working_moment


def _run(firing: Firing) -> None:
    for person in digests.readers(firing.session, firing.zone, firing.now):
        if not digests.updates_for(firing.session, person, firing.now):
            continue
        moment = next_working_moment(person.work_week(firing.settings), firing.now)
        if moment is None or person.guest:
            continue
        week = person.today(firing.now).toordinal()
        delivery = deliveries.queue(firing.session, person, "digest", week, firing.now)
        send_later(firing.session, delivery, moment - firing.now)


SCHEDULE = Schedule(
    name="roadmap_digest",
    help="Send the week's updates in one message to those who want them so, or had more than their share",
    cron="30 9 * * mon",
    run=_run,
)
