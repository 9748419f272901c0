"""Whose figures, of which days: read from what was typed, or from a page's address; the same rights for both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.people import names, people
from bot.domain.people.people import Person
from bot.domain.people.tenures import Tenure
from bot.domain.rights import Action, may
from bot.domain.words.answers import whole
from bot.domain.words.matching import decide
from bot.measures import scope
from bot.measures.scope import Scope, Window
from bot.settings import Settings

_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*+(?:to|until|-|–|\.\.)?+\s*+(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_LAST = re.compile(r"\b(this|last)(\s+quarter)?\b", re.IGNORECASE)
_EVERYBODY = {"", "company", "the company", "everyone", "all"}


@dataclass(frozen=True)
class Wanted:
    """Whose figures and of which days; `person` when they are one person's."""

    scope: Scope
    window: Window
    person: Person | None = None


def read(text: str, session: Session, actor: Person, settings: Settings, now: datetime) -> Wanted:
    """What `/participation …` asks for: a person, a department or the company; this quarter, the last, or two days.

    NotAllowed for what the actor may not see, Refusal for what nobody understands.
    """
    window, rest = _window(text, settings, now)
    name = " ".join(rest.split()).strip(" ,:")
    if name.casefold() in _EVERYBODY:
        return Wanted(scope.COMPANY, window)
    if may(actor, Action.OVERSEE):
        if department := next((one for one in departments(session) if one.casefold() == name.casefold()), None):
            return Wanted(scope.of_department(department), window)
        person = _named(name, people.executives(session))
    else:
        person = _own(name, session, actor)
    return Wanted(scope.of_person(person), window, person)


def _window(text: str, settings: Settings, now: datetime) -> tuple[Window, str]:
    if found := _RANGE.search(text):
        return days(found[1], found[2], settings, now), text[: found.start()] + text[found.end() :]
    found = _LAST.search(text)
    back = 1 if found and found[1].lower() == "last" else 0
    return scope.quarter(settings, now, back), _LAST.sub("", text, count=1)


def days(first: str, last: str, settings: Settings, now: datetime) -> Window:
    """The window between two ISO days; Refusal when they are none, the wrong way round, or over twenty years apart."""
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        msg = f"“{first} to {last}” are not two days of the calendar"
        raise Refusal(msg, "Write them like 2026-07-01 to 2026-09-30.") from error
    if not start <= end or (end - start).days > 20 * 366 or not 1990 <= start.year <= end.year <= 2200:
        msg = f"{first} to {last} is no span that can be looked at"
        raise Refusal(msg, "Write the earlier day first, and at most twenty years.")
    return scope.window(start, end, settings, now)


def _own(name: str, session: Session, actor: Person) -> Person:
    """Somebody whose figures are the actor's to see; NotAllowed for any other name alike, known or not."""
    mine = {one.key: one for one in (actor, *people.executives(session)) if may(actor, Action.SEE_FIGURES_OF, one)}
    winner = decide(name, names.candidates(mine.values())).winner
    if winner is None:
        require_office(actor)
        raise AssertionError  # pragma: no cover - whoever oversees is never asked here
    return mine[int(winner.candidate.id)]


def _named(name: str, everyone: list[Person]) -> Person:
    decision = decide(name, names.candidates(everyone))
    if decision.winner is not None:
        return next(one for one in everyone if one.key == decision.winner.candidate.id)
    near = ", ".join(one.candidate.name for one in decision.choices[:3])
    msg = f"No executive or department is called “{name[:80]}”"
    raise Refusal(msg, f"Did you mean {near}?" if near else "Write a name, a department, “company”, or nothing for your own.")


def departments(session: Session) -> list[str]:
    """Every department that an executive is or was in."""
    wanted = select(Tenure.department).where(col(Tenure.executive), Tenure.department != "").distinct()
    return sorted(session.exec(wanted))


def require_office(actor: Person) -> None:
    """NotAllowed for anybody but the CX office: others see their own and the company's totals."""
    if not may(actor, Action.OVERSEE):
        msg = "The CX office sees departments and other people; you see your own and the company's totals"
        raise NotAllowed(msg, "Type /participation for yours, or /participation company.")


def own_person(session: Session, actor: Person, key: str) -> Person:
    """The person with this id, whose figures are the actor's to see; for others it is NotAllowed alike whether or not there is one."""
    number = whole(key)
    person = session.get(Person, number) if number is not None else None
    if person is None or not may(actor, Action.SEE_FIGURES_OF, person):
        require_office(actor)
    if person is None:
        msg = "There is no such person"
        raise NotFound(msg, "Choose one from the list of executives.")
    return person
