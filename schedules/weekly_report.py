"""The week, each Monday, to the CX office: what happened, and what needs somebody."""

from bot.commands import Firing, Role, Schedule
from bot.delivery.tasks import send_later
from bot.domain import deliveries, people
from bot.domain.working_time import next_working_moment
from bot.measures.weekly import week_before


def _run(firing: Firing) -> None:
    week = week_before(firing.local.date(), firing.settings, firing.now).first.toordinal()
    had = {one.person_id for one in deliveries.copies(firing.session, "weekly_report", week)}
    for person in people.with_role(firing.session, Role.CX_OFFICE):
        moment = next_working_moment(person.work_week(firing.settings), firing.now)
        if person.zone == firing.zone and moment is not None and person.key not in had:
            delivery = deliveries.queue(firing.session, person, "weekly_report", week, firing.now)
            send_later(firing.session, delivery, moment - firing.now)


SCHEDULE = Schedule(
    name="weekly_report",
    help="Tell the CX office of the week: what happened, and what needs somebody",
    cron="30 8 * * mon",
    run=_run,
    grace=24 * 3600,
)
