"""The weekly digest of updates, for those who want it or had more than a week's share."""

from bot.commands import Firing, Schedule
from bot.delivery.notifying import notify
from bot.domain.outbox import moments
from bot.domain.outbox.subjects import Subject
from bot.domain.updates import digests


def _run(firing: Firing) -> None:
    session, now = firing.session, firing.now
    for person in digests.readers(session, firing.zone):
        moment = moments.next_moment(person, firing.settings, now)
        if moment is not None and digests.holds(session, person, moment):
            notify(session, person, Subject.DIGEST, person.today(now).toordinal(), firing.settings, now)


SCHEDULE = Schedule(
    name="roadmap_digest",
    help="Send the week's updates in one message to those who want them so, or had more than their share",
    cron="30 9 * * mon",
    run=_run,
)
