"""Brightwater, the made-up company that app.yaml describes: its people and customers, and what was heard in half a year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import as_file, files

import sqlalchemy as sa
from sqlmodel import Session, select

from bot.database import Database
from bot.domain.engagements import customers, engagements
from bot.domain.engagements.engagements import Draft, Kind
from bot.domain.errors import NotFound
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.people.working_time import is_working_day
from bot.sample.plans import DECISION_COLUMNS, ROADMAP_COLUMNS, load_plans
from bot.sample.promised import COMMITMENT_COLUMNS, load_promises
from bot.settings import Settings
from bot.spreadsheets.importing import CUSTOMER_COLUMNS, PEOPLE_COLUMNS, Row, Rows, import_customers, import_people, read_rows

ENGAGEMENT_COLUMNS = {
    "kind": "visit, call, briefing, listening_session or frontline_day",
    "customer": "the customer's name; empty for a frontline_day",
    "executives": "emails of those who were there, with spaces",
    "days_ago": "how many days before loading; moved back to a day on which the first of the executives works",
    "logged_days_later": "how many days after it was written down; fewer than days_ago",
    "logged_by": "email of who wrote it down",
    "contacts": "names, with semicolons",
    "stage": "a stage's key in app.yaml",
    "heard": "needed",
    "surprised": "what surprised",
    "follow_up": "what is to follow",
    "evidence_target": "a target's key in app.yaml",
    "evidence_holds": "yes or no: whether it shows the target holding; empty without a target",
}

_LOGGED = timedelta(hours=17, minutes=40)
"""The time of day, on the logger's wall clock, at which the past was written down: on the way home."""


def load_sample(database: Database, settings: Settings) -> bool:
    """Load the sample company into an empty database, in one transaction; False, with nothing touched, when anyone is known there.

    All dates count back from the database's clock. What app.yaml no longer has (somebody may be halfway through making it their own)
    is left out: a customer then has no segment, an engagement no stage or target.
    """
    with database.session() as session:
        # Two that start at once would both find nobody; the second waits here, then finds the first one's people.
        session.connection().execute(sa.text("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE"))
        if session.exec(select(Person.id).limit(1)).first() is not None:
            return False
        import_people(session, settings, _rows("people.csv", PEOPLE_COLUMNS, "email"))
        rows = _rows("customers.csv", CUSTOMER_COLUMNS, "name")
        import_customers(session, settings, [(line, _known(row, settings)) for line, row in rows])
        for logged_at, logger, draft in sorted(_past(session, settings, database.clock()), key=lambda one: one[0]):
            engagements.log(session, draft, logger, settings, logged_at)
        planned = [_known(row, settings) for _, row in _rows("roadmap.csv", ROADMAP_COLUMNS, "title")]
        ruled = [_known(row, settings) for _, row in _rows("decisions.csv", DECISION_COLUMNS, "title")]
        load_plans(session, settings, planned, ruled, database.clock())
        load_promises(session, [row for _, row in _rows("commitments.csv", COMMITMENT_COLUMNS, "what")], database.clock())
        return True


def _rows(name: str, columns: dict[str, str], needed: str) -> Rows:
    with as_file(files(__name__) / name) as path:
        return read_rows(path, columns, needed)


def _known(row: Row, settings: Settings) -> Row:
    lookups = {"segment": settings.segment, "stage": settings.stage, "target": settings.target, "evidence_target": settings.target}
    return {name: "" if name in lookups and lookups[name](value) is None else value for name, value in row.items()}


def _past(session: Session, settings: Settings, now: datetime) -> list[tuple[datetime, Person, Draft]]:
    rows = _rows("engagements.csv", ENGAGEMENT_COLUMNS, "heard")
    return [_logged(session, settings, _known(row, settings), now) for _, row in rows]


def _logged(session: Session, settings: Settings, row: Row, now: datetime) -> tuple[datetime, Person, Draft]:
    present = tuple(_person(session, email) for email in row["executives"].split())
    logger = _person(session, row["logged_by"])
    day = _working_day(present[0], settings, present[0].today(now) - timedelta(days=int(row["days_ago"])))
    draft = Draft(
        kind=Kind(row["kind"]),
        happened_on=day,
        heard=row["heard"],
        executives=present,
        customer=customers.named(session, row["customer"]),
        contacts=tuple(name.strip() for name in row["contacts"].split(";") if name.strip()),
        stage=row["stage"],
        surprised=row["surprised"],
        follow_up=row["follow_up"],
        evidence_target=row["evidence_target"],
        evidence_holds=row["evidence_holds"] == "yes" if row["evidence_target"] else None,
    )
    return logger.start_of(day + timedelta(days=int(row["logged_days_later"]))) + _LOGGED, logger, draft


def _person(session: Session, email: str) -> Person:
    person = people.by_email(session, email)
    if person is None:
        msg = f"{email} is not among the sample's people"
        raise NotFound(msg)
    return person


def _working_day(person: Person, settings: Settings, day: date) -> date:
    week = person.work_week(settings)
    while not is_working_day(week, day):
        day -= timedelta(days=1)
    return day
