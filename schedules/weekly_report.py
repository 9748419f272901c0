"""The week, each Monday, to the CX office: what needs attention, and what happened."""

from bot.commands import Firing, Schedule
from bot.delivery.notifying import notify
from bot.domain.outbox import deliveries
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Role
from bot.measures.weekly import week_before


def _run(firing: Firing) -> None:
    week = week_before(firing.local.date(), firing.settings, firing.now).first.toordinal()
    had = {one.person_id for one in deliveries.copies(firing.session, Subject.WEEKLY_REPORT, week)}
    for person in people.with_role(firing.session, Role.CX_OFFICE):
        if person.zone == firing.zone and person.key not in had:
            notify(firing.session, person, Subject.WEEKLY_REPORT, week, firing.settings, firing.now)


SCHEDULE = Schedule(
    name="weekly_report",
    help="Tell the CX office of the week: what needs attention, and what happened",
    cron="30 8 * * mon",
    run=_run,
    grace=24 * 3600,
)
