"""/report: the weekly report and the monthly letter as they would go out."""

import re
from calendar import month_name
from datetime import date

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.errors import Refusal
from bot.measures.letter import letter, month_before, month_of
from bot.measures.next_steps import next_steps
from bot.measures.scope import Window
from bot.measures.weekly import week_before, week_of, weekly
from bot.views.reports import letter_card, weekly_card

_MONTHS = {name.casefold()[:3]: number for number, name in enumerate(month_name) if name}
_NAMED = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in month_name if len(name) > 3) + "|May"
_WEEK = re.compile(r"(?:this\s+week|(?:the\s+)?(?:weekly|week)(?:\s+report)?)?", re.IGNORECASE)
_LAST_WEEK = re.compile(r"(?:weekly\s+(?:report\s+)?)?last(?:\s+week)?", re.IGNORECASE)
_LETTER = re.compile(r"(?:the\s+)?(?:monthly|letter|month)(?:\s+(?:letter|report))?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})")
_NAME = re.compile(rf"({_NAMED})(?:\s+(\d{{4}}))?", re.IGNORECASE)
_RELATIVE = re.compile(r"(this|last)(?:\s+month)?", re.IGNORECASE)


def _run(request: Request) -> Card:
    text, today = " ".join(request.text.split()), request.actor.today(request.now)
    if _WEEK.fullmatch(text):
        return _weekly(request, week_of(today, request.settings, request.now))
    if _LAST_WEEK.fullmatch(text):
        return _weekly(request, week_before(today, request.settings, request.now))
    named = _LETTER.match(text)
    rest = text[named.end() :].strip() if named else text
    if not rest:
        return _letter(request, month_before(today, request.settings, request.now))
    return _letter(request, month_of(_day(rest, today), request.settings, request.now))


def _weekly(request: Request, window: Window) -> Card:
    return weekly_card(weekly(request.session, window, request.settings, request.now))


def _letter(request: Request, window: Window) -> Card:
    found = letter(request.session, window, request.settings, request.now)
    steps = next_steps(request.session, found, request.actor, request.settings, request.now)
    return letter_card(found, request.settings, request.actor, steps)


def _day(text: str, today: date) -> date:
    """The first day of the month that was named: `2026-10`, `October`, `Oct 2025`, `last month`. A name without a year is the last there was."""
    if found := _RELATIVE.fullmatch(text):
        first = today.replace(day=1)
        return first if found[1].lower() == "this" else _earlier(first)
    if found := _NAME.fullmatch(text):
        month = _MONTHS[found[1].casefold()[:3]]
        year = int(found[2]) if found[2] else today.year - (month > today.month)
        return _first(year, month, text)
    if found := _ISO.fullmatch(text):
        return _first(int(found[1]), int(found[2]), text)
    msg = "I don't have that report"
    raise Refusal(
        msg,
        "Try /report weekly, /report last week, /report monthly for the month that ended, or /report letter 2026-10 for another.",
    )


def _earlier(first: date) -> date:
    return first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)


def _first(year: int, month: int, text: str) -> date:
    if not (1990 <= year <= 2200 and 1 <= month <= 12):
        msg = f"There is no month {text}"
        raise Refusal(msg, "Write the year and the month, such as /report letter 2026-10.")
    return date(year, month, 1)


COMMAND = Command(
    name="report",
    action=Action.SEE_REPORTS,
    help="See the weekly report and the monthly letter as they would go out",
    usage="[weekly, last week, monthly, or monthly 2026-10]",
    order=48,
    run=_run,
)
