"""Ask executives, in their own working time, to log whom they have listened to."""

from sqlmodel import col, select

from bot.commands import Firing, Schedule
from bot.delivery.prompting import list_today
from bot.delivery.queue import wake_later
from bot.domain.engagements import prompts
from bot.domain.people.people import Person, Role, holding
from bot.measures.reasons import why_ask


def _run(firing: Firing) -> None:
    here = select(Person).where(Person.zone == firing.zone, holding(Role.EXECUTIVE))
    for person in firing.session.exec(here.order_by(col(Person.id))):
        prompt = prompts.ask(firing.session, person, firing.settings, firing.now, why_ask)
        if prompt is not None:
            wake_later(firing.session, prompt)
        elif not _asked_today(firing, person):
            list_today(firing.session, person, firing.settings, firing.now)


def _asked_today(firing: Firing, person: Person) -> bool:
    """Whether the prompt that is open comes again today, perhaps this very moment: the list comes with it."""
    open_ = prompts.open_prompt(firing.session, person)
    return open_ is not None and open_.is_to_come(firing.now)


SCHEDULE = Schedule(
    name="prompt_executives",
    help="Ask executives whose pledge isn't met, or whose key customer has gone stale, to log a visit or call",
    cron="0 15 * * thu",
    run=_run,
)
