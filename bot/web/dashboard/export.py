"""The rows of a page as a CSV file: what the viewer sees there, and no more, in the company's own dialect."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.settings import Settings
from bot.spreadsheets.exporting.dialects import dialect
from bot.spreadsheets.exporting.writing import Value, safe
from bot.views.engagements import names

Rows = Iterable[Sequence[Value]]
Sheet = tuple[tuple[str, ...], Callable[[dict[str, Any]], Rows]]


def _overview(page: dict[str, Any]) -> Rows:
    return ((one.definition.name, one.detail, one.value, one.whole) for one in page["lines"])


def _executives(page: dict[str, Any]) -> Rows:
    for one in page["rows"]:
        pledge = (one.visits.part, one.visits.whole, one.calls.part, one.calls.whole)
        yield (one.person.name, one.person.department, *pledge, page["states"][one.standing.state.value], one.last_out)


def _customers(page: dict[str, Any]) -> Rows:
    for one, days, segment in page["rows"]:
        yield one.name, segment, one.tier.value, one.owner.name if one.owner else "", days


def _coverage(page: dict[str, Any]) -> Rows:
    for segment, cells in page["rows"]:
        for (cell, _), stage in zip(cells, page["stages"], strict=True):
            yield segment.name, stage.name, cell.engagements, cell.executives


def _commitments(page: dict[str, Any]) -> Rows:
    for one in page["late"]:
        yield (
            one.what,
            one.customer.name if one.customer else "staff",
            one.owner.name,
            one.promised_by.name,
            one.due,
            (page["today"] - one.due).days,
        )


def _updates(page: dict[str, Any]) -> Rows:
    for one in page["sent"]:
        told = one.told
        yield one.title, one.on, told.reached.part, told.reached.whole, told.got_it, told.cannot, told.questions, one.recalled


def _journey(page: dict[str, Any]) -> Rows:
    for segment in page["segments"]:
        for target in segment.targets:
            for window, one in zip(page["windows"], page["history"][target.key], strict=True):
                yield segment.name, target.want, window.short, one.holds, one.holds + one.fails


def _executive(page: dict[str, Any]) -> Rows:
    for one in page["heard"]:
        met = ", ".join(each.name for each in one.contacts)
        yield (
            one.happened_on,
            one.kind.label,
            one.customer.name if one.customer else "",
            names(one.executives),
            met,
            one.heard,
            one.surprised,
        )


def _customer(page: dict[str, Any]) -> Rows:
    for one in page["moments"]:
        yield one.day, one.kind, one.title, one.who, one.heard, one.surprised, one.follow_up


CUT = "Cut here: this file holds {:,} rows at most, and there are more. Choose fewer days, or one department or person."
"""The last line of a file that is cut."""

SHEETS: dict[str, Sheet] = {
    "": (("figure", "detail", "value", "of"), _overview),
    "executives": (
        ("executive", "department", "visits", "visits pledged", "calls", "calls pledged", "pledge", "last customer contact"),
        _executives,
    ),
    "customers": (("customer", "segment", "tier", "owner", "days since seen"), _customers),
    "coverage": (("segment", "stage", "engagements", "executives"), _coverage),
    "commitments": (("commitment", "to", "owner", "made by", "due", "days overdue"), _commitments),
    "updates": (("update", "on", "reached", "recipients", "got it", "cannot", "questions", "recalled"), _updates),
    "journey": (("segment", "goal", "quarter", "held true", "of"), _journey),
    "executive": (("day", "kind", "customer", "executives", "met", "heard", "surprised"), _executive),
    "customer": (("day", "what", "title", "who", "heard", "surprised", "note"), _customer),
}
"""The columns of each page's file, and its rows from what the page is made of."""


def text(kind: str, page: dict[str, Any], settings: Settings, most: int) -> str:
    """A page's rows as CSV, with a mark by which spreadsheets know its letters; nothing in it is run as a formula.

    No more than `most`; where there are more, the last line says so.
    """
    columns, made = SHEETS[kind]
    rows = list(made(page))
    if len(rows) > most or page.get("more"):
        rows = [*rows[:most], (CUT.format(most), *("" for _ in columns[1:]))]
    form, file = dialect(settings.company.locale), io.StringIO()
    writer = csv.writer(file, delimiter=form.delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([safe(value, form) for value in row] for row in rows)
    return f"\ufeff{file.getvalue()}"
