"""What is in the database, and what app.yaml names that isn't there: for `check`, and for the log when a process starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.database import Database
from bot.domain.people.people import Person, Role
from bot.measures import headcount
from bot.measures.letter import may_read
from bot.schema import head, revision
from bot.settings import Settings, closest

_NEXT = "docs/who-is-who.md says how"


@dataclass(frozen=True)
class Findings:
    """What was counted, in a sentence; what is missing or can't be right; and what may be meant so, but is worth a look."""

    counted: str
    wrong: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


def look(database: Database, settings: Settings) -> Findings:
    """Look at a database, and change nothing in it. sqlalchemy's OperationalError when it doesn't answer."""
    at = revision(database)
    if at is None:
        return Findings("The database is empty: `run` and `migrate` make it ready.")
    if at != head():
        return Findings(
            f"The database is at revision {at}, and this version's is {head()}: `run` and `migrate` bring it there.",
            () if at < head() else (f"The database is at revision {at}, which this version doesn't know: install a newer one",),
        )
    with database.session() as session:
        everybody = list(session.exec(select(Person)).all())
        return _found(session, everybody, settings, at)


def _found(session: Session, everybody: list[Person], settings: Settings, at: str) -> Findings:
    here = [one for one in everybody if one.active]
    roles = headcount.roles(here)
    counted = (
        f"The database has {_many(len(here), 'person', 'people')}, {_many(roles[Role.EXECUTIVE], 'executive')}, "
        f"{roles[Role.CX_OFFICE]} in the CX office, {_many(roles[Role.ADMIN], 'administrator')} and "
        f"{_many(headcount.customers(session), 'customer')}; its schema is at revision {at}."
    )
    if not everybody and settings.company.sample:
        return Findings(f"{counted} `run` fills it with the sample company.")
    return Findings(
        counted,
        (*_roles(roles), *_pledges(everybody, settings), *_letter(everybody, settings)),
        (*_channels(settings), *_segments(session, settings)),
    )


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def _roles(roles: Counter[Role]) -> Iterator[str]:
    for role, what in ((Role.CX_OFFICE, "in the CX office"), (Role.ADMIN, "an administrator"), (Role.EXECUTIVE, "an executive")):
        if not roles[role]:
            yield f"Nobody is {what}. Give someone the role {role.value}: outside-in import people, column roles ({_NEXT})"


def _pledges(everybody: list[Person], settings: Settings) -> Iterator[str]:
    for email in settings.pledges.people:
        person = _of(everybody, email)
        if person is None:
            near = _near(email, (one for one in everybody if one.active and one.has(Role.EXECUTIVE)))
            yield f"pledges.people: nobody has the email {email}.{near} Until then that pledge is nobody's, and they have the default"
        elif not person.active:
            yield f"pledges.people: {email} has left. Take the line out"
        elif not person.has(Role.EXECUTIVE):
            yield f"pledges.people: {email} is no executive, so nothing is asked of them. Give them the role executive, or take the line out"


def _letter(everybody: list[Person], settings: Settings) -> Iterator[str]:
    for email in settings.reports.letter_to:
        person = _of(everybody, email)
        if person is None:
            near = _near(email, (one for one in everybody if may_read(one)))
            yield f"reports.letter_to: nobody has the email {email}.{near} Until then they get no monthly letter"
        elif not may_read(person):
            yield f"reports.letter_to: {email} may not read the monthly letter: they have left, are a guest, or have no role that may"


def _of(everybody: list[Person], email: str) -> Person | None:
    return next((one for one in everybody if one.email == email.strip().lower()), None)


def _near(email: str, people: Iterable[Person]) -> str:
    """The email that was probably meant: what stands before the @ tells more than what stands after it."""
    named = {one.email: one for one in people}
    local = {address.partition("@")[0]: address for address in named}
    near = closest(email, tuple(named), cutoff=85) or closest(email.partition("@")[0], tuple(local), cutoff=80)
    return f" Did you mean {local.get(near[0], near[0])}?" if near else ""


def _channels(settings: Settings) -> Iterator[str]:
    """Channels that are on platforms which aren't switched on, so that nothing is ever posted there."""
    for name in ("celebrations", "questions"):
        channel = getattr(settings.channels, name)
        if channel is not None and settings.platforms.has_accounts and not channel.on(settings.platforms):
            yield f"channels.{name} names a channel only on a platform that isn't switched on: nothing is posted there"


def _segments(session: Session, settings: Settings) -> Iterator[str]:
    """Keys in the data that app.yaml doesn't have (any more): of the segments that customers are in."""
    known = tuple(one.key for one in settings.segments)
    for key, count in headcount.customers_by_segment(session):
        if key not in known:
            near = closest(key, known)
            hint = f" Did you mean {near[0]}?" if near else ""
            yield f"{_many(count, 'customer')} with the segment “{key}”, which app.yaml doesn't have.{hint}"
