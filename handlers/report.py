"""/report: the weekly report and the monthly letter as they would go out."""

import re
from datetime import date

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.errors import Refusal
from bot.measures.letter import letter, month_before, month_of
from bot.measures.next_steps import next_steps
from bot.measures.scope import Window
from bot.measures.weekly import week_before, week_of, weekly
from bot.views.reports import letter_card, weekly_card

_WEEK = re.compile(r"(?:weekly|week|this\s+week)?", re.IGNORECASE)
_LAST_WEEK = re.compile(r"(?:weekly\s+)?last(?:\s+week)?", re.IGNORECASE)
_LETTER = re.compile(
    r"(?:monthly|letter|month)(?:\s+(\d{4})-(\d{2})|\s+(this|last)(?:\s+month)?)?|(this|last)\s+month", re.IGNORECASE
)


def _run(request: Request) -> Card:
    text, today = request.text.strip(), request.actor.today(request.now)
    if _WEEK.fullmatch(text):
        return _weekly(request, week_of(today, request.settings, request.now))
    if _LAST_WEEK.fullmatch(text):
        return _weekly(request, week_before(today, request.settings, request.now))
    found = _LETTER.fullmatch(text)
    if found is None:
        msg = "I don't have that report"
        raise Refusal(
            msg,
            "Try /report weekly, /report last week, /report monthly for the month that ended, or /report letter 2026-10 for another.",
        )
    return _letter(request, _month(found, today, request))


def _weekly(request: Request, window: Window) -> Card:
    return weekly_card(weekly(request.session, window, request.settings, request.now))


def _letter(request: Request, window: Window) -> Card:
    found = letter(request.session, window, request.settings, request.now)
    steps = next_steps(request.session, found, request.actor, request.settings, request.now)
    return letter_card(found, request.settings, request.actor, steps)


def _month(found: re.Match[str], today: date, request: Request) -> Window:
    """The month that was named; without a name the one that ended."""
    if found[1] is None:
        this = (found[3] or found[4] or "").lower() == "this"
        return (month_of if this else month_before)(today, request.settings, request.now)
    year, month = int(found[1]), int(found[2])
    if not (1990 <= year <= 2200 and 1 <= month <= 12):
        msg = f"There is no month {found[1]}-{found[2]}"
        raise Refusal(msg, "Write the year and the month, such as /report letter 2026-10.")
    return month_of(date(year, month, 1), request.settings, request.now)


COMMAND = Command(
    name="report",
    action=Action.SEE_REPORTS,
    help="See the weekly report and the monthly letter as they would go out",
    usage="[weekly, last week, monthly, or monthly 2026-10]",
    order=48,
    run=_run,
)
