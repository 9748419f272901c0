"""Lines as executives type or dictate them, each with what a careful assistant would fill in. README.md tells the format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
TODAY = date(2026, 11, 25)
"""The day all lines are typed on, a Wednesday."""

COLUMNS = (
    *("id", "locale", "known_customers", "line", "customer", "customer_is_new", "date"),
    *("contacts", "note_must_contain", "promises", "remark"),
)
MYSELF = "me"
"""The owner of a promise that the writer will keep."""


class BadLine(ValueError):
    """A line of a file that isn't in the format: which, and what is wrong with it."""


@dataclass(frozen=True)
class Promise:
    """Who will do what by when; `due` is None where no day is said."""

    owner: str
    what: str
    due: date | None


@dataclass(frozen=True)
class Row:
    """A line and its right answers.

    `customer` is "" where the form must ask, `day` is None where it must ask; without a word for a day in the line it is today.
    """

    id: str
    locale: str
    known: tuple[str, ...]
    line: str
    customer: str
    new: bool
    day: date | None
    contacts: tuple[str, ...]
    note: tuple[str, ...]
    promises: tuple[Promise, ...]
    remark: str

    @property
    def language(self) -> str:
        """The locale's language: en of en-GB."""
        return self.locale.partition("-")[0]


def half(name: str) -> list[Path]:
    """The files of a half, `tuning` or `held-out`, or of the `further` lines."""
    return sorted(HERE.glob(f"{name}-*.tsv"))


def read(path: Path) -> list[Row]:
    """All rows of a file, with or without a heading. BadLine names the first that isn't in the format."""
    rows = []
    for number, text in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        cells = text.rstrip("\r").split("\t")
        if text.strip() and cells[0] != COLUMNS[0]:
            try:
                rows.append(_row(cells))
            except ValueError as error:
                raise BadLine(f"{path.name}, line {number}: {error}") from error
    return rows


def read_all(paths: Iterable[Path]) -> list[Row]:
    """All rows of some files."""
    return [row for path in paths for row in read(path)]


def _row(cells: list[str]) -> Row:
    if not len(COLUMNS) - 1 <= len(cells) <= len(COLUMNS):
        raise BadLine(f"{len(cells)} cells where {len(COLUMNS)} belong: {', '.join(COLUMNS)}")
    found = dict(zip(COLUMNS, [*cells, ""], strict=False))
    if found["customer_is_new"] not in {"yes", "no"}:
        raise BadLine(f"customer_is_new is yes or no, not “{found['customer_is_new']}”")
    return Row(
        found["id"],
        found["locale"],
        _parts(found["known_customers"]),
        found["line"],
        found["customer"],
        found["customer_is_new"] == "yes",
        _day(found["date"]),
        _parts(found["contacts"]),
        _parts(found["note_must_contain"]),
        tuple(map(_promise, _parts(found["promises"]))),
        found["remark"],
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for one in cell.split("|") if (part := one.strip()))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell.strip()) if cell.strip() else None


def _promise(cell: str) -> Promise:
    owner, *rest = cell.split(">")
    if len(rest) != 2:
        raise BadLine(f"a promise is owner>what>due, not “{cell}”")
    return Promise(owner.strip(), rest[0].strip(), _day(rest[1]))
