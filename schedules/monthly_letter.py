"""The month, to the chief executive: what we heard, promised and kept, what changed, what to do next.

It falls due on the first of the month and is sent at the reader's next working moment, so that no weekend, holiday or absence loses it.
"""

import structlog

from bot.commands import Firing, Schedule
from bot.delivery.notifying import notify
from bot.domain.outbox import deliveries
from bot.domain.outbox.subjects import Subject
from bot.measures.letter import month_before, readers, refused

_log = structlog.get_logger(__name__)


def _run(firing: Firing) -> None:
    if missing := refused(firing.session, firing.settings):
        _log.warning(
            "letter_refused", emails=missing, zone=firing.zone, reason="not here, or neither executive, CX office nor administrator"
        )
    month = month_before(firing.local.date(), firing.settings, firing.now)
    subject = month.first.toordinal()
    had = {one.person_id for one in deliveries.copies(firing.session, Subject.MONTHLY_LETTER, subject)}
    for person in readers(firing.session, firing.settings):
        if person.zone == firing.zone and person.key not in had:
            notify(firing.session, person, Subject.MONTHLY_LETTER, subject, firing.settings, firing.now)


SCHEDULE = Schedule(
    name="monthly_letter",
    help="Write to the chief executive what was heard, promised, kept and changed in the month",
    cron="0 8 1 * *",
    run=_run,
    grace=3 * 24 * 3600,
)
