"""The weekly digest of updates, for those who want it or had more than a week's share."""

from bot.commands import Firing, Schedule
from bot.delivery.tasks import notify
from bot.domain import digests


def _run(firing: Firing) -> None:
    for person in digests.readers(firing.session, firing.zone, firing.now):
        if not person.guest and digests.updates_for(firing.session, person, firing.now):
            week = person.today(firing.now).toordinal()
            notify(firing.session, person, "digest", week, firing.settings, firing.now)


SCHEDULE = Schedule(
    name="roadmap_digest",
    help="Send the week's updates in one message to those who want them so, or had more than their share",
    cron="30 9 * * mon",
    run=_run,
)
