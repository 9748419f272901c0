"""One look at a page: who looks, at whose figures, of which days; and addresses that keep what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from bot.domain.errors import NotFound
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.measures import scope
from bot.measures.scope import Window
from bot.settings import Settings
from bot.workflows.participation import Wanted, days, departments, own_person, require_office

PAGE = 50
"""Rows of a list shown at once."""

EXPORTED = 10_000
"""Rows of a list in a file."""

LATEST = 100_000
"""The furthest row a list goes to."""


@dataclass(frozen=True)
class Look:
    """What a page is made from. `query` is the address's own, with which a view can be shared."""

    session: Session
    viewer: Person
    settings: Settings
    now: datetime
    query: Mapping[str, str]
    wanted: Wanted

    @property
    def oversees(self) -> bool:
        """Whether everything may be seen."""
        return may(self.viewer, Action.OVERSEE)

    @property
    def exports(self) -> bool:
        """Whether the page is asked for as a file."""
        return self.query.get("export") == "csv"

    @property
    def size(self) -> int:
        """Rows of a list shown at once."""
        return EXPORTED if self.exports else PAGE

    @property
    def read(self) -> int:
        """Rows of a list read: one that isn't shown says that there are more."""
        return self.size + 1

    @property
    def selves(self) -> list[int]:
        """The viewer, and those they act for."""
        return [self.viewer.key, *(boss.key for boss in self.viewer.principals)]

    def meet(self, keys: Iterable[int | None]) -> list[Person]:
        """Load these people at once, so that a list needn't ask for each; hold on to them while it is made."""
        wanted = {one for one in keys if one is not None}
        return list(self.session.exec(select(Person).where(col(Person.id).in_(wanted)))) if wanted else []

    @property
    def offset(self) -> int:
        """The first row of a list's page; 0 when the address says nothing sensible."""
        text = self.query.get("from_row", "")
        return min(int(text), LATEST) if text.isdecimal() and len(text) <= 6 else 0

    def address(self, page: str, **changes: str | int | None) -> str:
        """A page's address with what is chosen here, and these changes; None takes one away."""
        kept = {name: value for name, value in self.query.items() if name in _KEPT}
        values = {name: str(value) for name, value in {**kept, **changes}.items() if value not in {None, ""}}
        return f"/dashboard/{page}{'?' if values else ''}{urlencode(values)}"


_KEPT = ("department", "person", "quarter", "first", "last", "tier", "segment")


def look(session: Session, viewer: Person, settings: Settings, now: datetime, query: Mapping[str, str]) -> Look:
    """Read an address's choices: `department` or `person` (an id), `quarter` (0 this, 1 the last, …) or `first` and `last` (ISO days).

    NotAllowed for what the viewer may not see, Refusal for what can't be read.
    """
    return Look(session, viewer, settings, now, query, _wanted(session, viewer, settings, now, query))


def _wanted(session: Session, viewer: Person, settings: Settings, now: datetime, query: Mapping[str, str]) -> Wanted:
    window = _window(settings, now, query)
    if key := query.get("person"):
        person = own_person(session, viewer, key)
        return Wanted(scope.of_person(person), window, person)
    if department := query.get("department"):
        require_office(viewer)
        if department not in departments(session):
            msg = "No executive is or was in a department of this name"
            raise NotFound(msg, "Choose one from the list.")
        return Wanted(scope.of_department(department), window)
    return Wanted(scope.COMPANY, window)


def _window(settings: Settings, now: datetime, query: Mapping[str, str]) -> Window:
    if query.get("first") and query.get("last"):
        return days(query["first"], query["last"], settings, now)
    back = query.get("quarter", "0")
    return scope.quarter(settings, now, min(int(back), 80) if back.isdecimal() and len(back) <= 3 else 0)
