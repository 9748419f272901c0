"""/report: the weekly report and the monthly letter as they would go out."""

import re
from datetime import date, timedelta

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.errors import Refusal
from bot.measures.letter import letter, month_of
from bot.measures.weekly import week_of, weekly
from bot.views.reports import letter_card, weekly_card

_MONTH = re.compile(r"letter(?:\s+(\d{4})-(\d{2}))?", re.IGNORECASE)


def _run(request: Request) -> Card:
    text = request.text.strip()
    today = request.actor.today(request.now)
    if text.lower() in {"", "week", "last week"}:
        window = week_of(today - timedelta(days=7 if text.lower() == "last week" else 0), request.settings, request.now)
        return weekly_card(weekly(request.session, window, request.settings, request.now))
    found = _MONTH.fullmatch(text)
    if found is None:
        msg = "That is no report I know"
        raise Refusal(
            msg, "Type /report for this week, /report last week, /report letter for this month, or /report letter 2026-10."
        )
    window = month_of(_month(found, today), request.settings, request.now)
    return letter_card(letter(request.session, window, request.settings, request.now), request.settings, request.actor)


def _month(found: re.Match[str], today: date) -> date:
    if found[1] is None:
        return today
    year, month = int(found[1]), int(found[2])
    if not (1990 <= year <= 2200 and 1 <= month <= 12):
        msg = f"There is no month {found[1]}-{found[2]}"
        raise Refusal(msg, "Write the year and the month, such as /report letter 2026-10.")
    return date(year, month, 1)


COMMAND = Command(
    name="report",
    action=Action.SEE_REPORTS,
    help="See the weekly report and the monthly letter as they would go out",
    usage="[last week, letter, or letter 2026-10]",
    order=48,
    run=_run,
)
