"""Tables for a spreadsheet: CSV and XLSX, in which nothing anyone typed is ever run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from sqlmodel import Session, col, select

from bot.domain import recipients
from bot.domain.commitment_events import Happening
from bot.domain.commitments import Commitment
from bot.domain.deliveries import Delivery
from bot.domain.people import Person
from bot.domain.receipts import Answer, Receipt
from bot.domain.updates import Update, UpdateText

Value = str | int | bool | date | datetime | None
Table = tuple[Sequence[str], Iterable[Sequence[Value]]]

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""

COLUMNS = (
    "id",
    "promise",
    "customer",
    "promised by",
    "kept by",
    "department that promised",
    "department that keeps",
    "crosses departments",
    "state",
    "stage",
    "target",
    "heard on",
    "made at",
    "first due",
    "due",
    "times moved",
    "accepted at",
    "done at",
    "told at",
    "kept on first date",
    "kept on last date",
    "days from heard to promised",
    "days from promised to done",
    "days from done to told",
    "days from heard to told",
    "what was done",
    "link",
)


def commitments(session: Session) -> Table:
    """Every commitment, the oldest first, with its dates, its age at each hop, and whether it was kept on the first and the last date."""
    found = session.exec(select(Commitment).order_by(col(Commitment.id)))
    return COLUMNS, (_row(one) for one in found)


def _row(one: Commitment) -> Sequence[Value]:
    on_first, on_last = one.kept_on_time()
    kept, ages = one.done_at is not None, one.ages()
    return (
        one.id,
        one.what,
        one.customer.name if one.customer else "",
        one.promised_by.name,
        one.owner.name,
        one.promised_by.department,
        one.owner.department,
        one.crosses_departments,
        one.state.value,
        one.stage,
        one.target,
        one.heard_on,
        one.made_at,
        one.first_due,
        one.due,
        sum(event.kind == Happening.DATE_CHANGED for event in one.events),
        one.accepted_at,
        one.done_at,
        one.told_at,
        on_first if kept else None,
        on_last if kept else None,
        ages.to_promised,
        ages.to_done,
        ages.to_told,
        ages.heard_to_told,
        one.done_note,
        one.link,
    )


RECIPIENT_COLUMNS = (
    "update",
    "name",
    "email",
    "department",
    "state",
    "reason",
    "sent at",
    "answer",
    "answered at",
    "note",
)


def deliveries(session: Session) -> Table:
    """Every recipient of every update, the oldest update first: whether it reached them, and what they answered."""
    answered = sa.and_(col(Receipt.update_id) == col(Delivery.subject_id), col(Receipt.person_id) == col(Delivery.person_id))
    titled = sa.and_(col(UpdateText.update_id) == col(Update.id), col(UpdateText.locale) == col(Update.locale))
    who = (col(Person.name), col(Person.email), col(Person.department))
    reached = (col(Delivery.state), col(Delivery.reason), col(Delivery.sent_at))
    wanted = (
        sa.select(col(UpdateText.title), *who, *reached, col(Receipt.answer), col(Receipt.at), col(Receipt.note))
        .select_from(Delivery)
        .join(Person, col(Person.id) == col(Delivery.person_id))
        .join(Update, col(Update.id) == col(Delivery.subject_id))
        .join(UpdateText, titled)
        .outerjoin(Receipt, answered)
        .where(col(Delivery.subject) == recipients.SUBJECT)
        .order_by(col(Update.id), col(Person.name), col(Delivery.id))
    )
    return RECIPIENT_COLUMNS, (_recipient(tuple(row)) for row in session.execute(wanted))


def _recipient(row: Sequence[Any]) -> Sequence[Value]:
    title, name, email, department, state, reason, sent_at, answer, at, note = row
    said = {Answer.GOT_IT: "got it", Answer.CANNOT: "can't"}.get(answer, "")
    return title, name, email, department, state.value, reason, sent_at, said, at, note or ""


def write(table: Table, path: Path, tick: Callable[[], None] = lambda: None) -> int:
    """Write a table as `.csv` or `.xlsx`, by the file's name; returns how many rows. ValueError for another ending."""
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if path.suffix.lower() not in writers:
        msg = f"{path.name} must end in .csv or .xlsx"
        raise ValueError(msg)
    return writers[path.suffix.lower()](table, path, tick)


def safe(value: Value) -> str:
    """A value as a CSV cell; text that a spreadsheet would run begins with an apostrophe, which it takes for a sign of text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, str) and value.startswith(_RUNS):
        return f"'{value}"
    return "" if value is None else "yes" if value is True else "no" if value is False else str(value)


def _write_csv(table: Table, path: Path, tick: Callable[[], None]) -> int:
    columns, rows = table
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([safe(value) for value in row])
            count += 1
            tick()
    return count


def _write_xlsx(table: Table, path: Path, tick: Callable[[], None]) -> int:
    """One sheet, its first line bold and kept in sight. Text is written as text, whatever it begins with."""
    columns, rows = table
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Outside In")
    sheet.freeze_panes = "A2"

    def cell(value: Value, *, bold: bool = False) -> Cell:
        made: Cell = WriteOnlyCell(sheet)
        made.value = _plain(value)
        if isinstance(value, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in columns])
    count = 0
    for row in rows:
        sheet.append([cell(value) for value in row])
        count += 1
        tick()
    book.save(path)
    return count


def _plain(value: Value) -> Value:
    """What a sheet can hold: its times have no zone, so they are UTC; control characters can't be in it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, str):
        return "".join(sign for sign in value if sign in "\t\n\r" or sign >= " ")
    return value
