"""How long the figures take over eight quarters of a large company, and how that grows from 100,000 engagements to a million.

    python -m tests.benchmarks.figures [engagements]

The database is the embedded one. Figures depend on the machine: compare those of one run. The baseline is what a figure costs
without the columns kept for it: a join of the notes themselves.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, select

from bot.clock import MovableClock, utc_now
from bot.database import Database
from bot.domain.access import sign_ins
from bot.domain.people.people import Person, Role
from bot.measures import report, scope
from bot.measures.scorecard import scorecard
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.schema import migrate
from bot.settings import Settings, load
from bot.spreadsheets.exporting import TABLES, Span, write
from bot.web.dashboard.site import Dashboard
from tests.places import APP

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
EXECUTIVES, CUSTOMERS = 2_000, 20_000
PAGES = ("", "executives", "customers", "coverage", "commitments", "updates", "journey", "executives/5")

_FILL = """
INSERT INTO people (email, name, title, zone, locale, country, department, roles, guest, active, prompts_paused, prefers, picture, digest,
                    working_days, external_id)
SELECT 'p' || n || '@firm.example', 'Person ' || n, '', (ARRAY['Europe/Copenhagen', 'America/New_York', 'Asia/Tokyo'])[1 + n % 3], 'en', '',
       'Department ' || n % 20, ARRAY['executive'], false, true, false, '', '', false, '', '' FROM generate_series(1, :executives) n;
INSERT INTO tenures (person_id, department, executive, first, until, noted_on)
SELECT id, department, 'executive' = ANY(roles), DATE '0001-01-01', DATE '9999-12-31', DATE '2024-01-01' FROM people WHERE email LIKE 'p%';
INSERT INTO customers (name, folded_name, aliases, segment, tier, owner_id, unchecked)
SELECT 'Customer ' || n, 'customer ' || n, '{}', (ARRAY[:segments])[1 + n % array_length(ARRAY[:segments], 1)],
       CASE WHEN n % 20 = 0 THEN 'key' ELSE 'standard' END, (SELECT min(id) FROM people) + n % :executives, false
FROM generate_series(1, :customers) n;
INSERT INTO engagements (kind, customer_id, happened_on, logged_at, logged_by_id, stage, heard, surprised, follow_up, evidence_target,
                         evidence_holds)
SELECT (ARRAY['visit', 'call', 'briefing', 'listening_session', 'frontline_day'])[1 + n % 5], (n::bigint * 7919) % :customers + 1, day,
       day + interval '20 hours' + interval '1 day' * (n % 4), (n::bigint * 104729) % :executives + 1,
       (ARRAY[:stages])[1 + n % array_length(ARRAY[:stages], 1)],
       repeat('They told us how a week goes by and where it is lost. ', 4), '', '',
       CASE WHEN n % 10 = 0 THEN (ARRAY[:targets])[1 + n / 10 % array_length(ARRAY[:targets], 1)] ELSE '' END,
       CASE WHEN n % 10 = 0 THEN n % 3 <> 0 END
FROM (SELECT n, DATE '2026-11-25' - (n::bigint * 65537 % :days)::int AS day FROM generate_series(1, :engagements) n) made;
INSERT INTO engagement_executives (engagement_id, person_id, happened_on, kind, stage, customer_id, counts)
SELECT id, logged_by_id, happened_on, kind, stage, customer_id, true FROM engagements
UNION ALL SELECT id, logged_by_id % :executives + 1, happened_on, kind, stage, customer_id, true FROM engagements WHERE id % 5 = 0;
INSERT INTO engagement_months (person_id, month, visits, calls)
SELECT person_id, date_trunc('month', happened_on)::date, count(*) FILTER (WHERE kind <> 'call'), count(*) FILTER (WHERE kind = 'call')
FROM engagement_executives GROUP BY 1, 2;
INSERT INTO commitments (what, customer_id, promised_by_id, owner_id, source_link, source_text, source_ref, heard_on, stage, target, made_at,
                         first_due, due, state, done_on, done_at, told_at, done_note, link, version)
SELECT 'Something promised', customer_id, logged_by_id, (logged_by_id + id % 40) % :executives + 1, '', '', '', happened_on, '', '', logged_at,
       happened_on + 30, happened_on + 30, CASE WHEN id % 80 = 0 THEN 'open' ELSE 'kept' END, happened_on + 25, logged_at, logged_at, '', '', 0
FROM engagements WHERE id % 20 = 0;
INSERT INTO prompts (person_id, state, reasons, created_at, sent_at, answer_by, closed_at, skip_reason)
SELECT p.id, 'answered', '{}', sent, sent, sent + interval '4 days', sent + interval '1 day' * (p.id % 6), ''
FROM people p, generate_series(timestamptz '2024-12-05', timestamptz '2026-11-19', interval '7 days') sent WHERE email LIKE 'p%';
"""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - what a benchmark is for


def fill(database: Database, settings: Settings, engagements: int) -> None:
    """Two years of a company with so many engagements, in an empty database; and somebody of the CX office."""
    values = {
        "executives": EXECUTIVES,
        "customers": CUSTOMERS,
        "engagements": engagements,
        "days": 728,
        "segments": [segment.key for segment in settings.segments],
        "stages": [stage.key for stage in settings.journey],
        "targets": [target.key for segment in settings.segments for target in segment.targets],
    }
    with database.engine.begin() as connection:
        # What the triggers do for each row is done for all at once here.
        connection.exec_driver_sql("ALTER TABLE engagement_executives DISABLE TRIGGER USER")
        for statement in filter(str.strip, _FILL.split(";\n")):
            connection.execute(_bound(statement, values))
        connection.exec_driver_sql("ALTER TABLE engagement_executives ENABLE TRIGGER USER")
    with database.session() as session:
        session.add(Person.known("office@firm.example", "Office", "UTC", [Role.CX_OFFICE]))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _bound(statement: str, values: dict[str, object]) -> sa.TextClause:
    for name, value in values.items():
        if isinstance(value, list):
            statement = statement.replace(f":{name}", ", ".join(f"'{one}'" for one in value))
    return sa.text(statement).bindparams(**{name: value for name, value in values.items() if f":{name}" in statement})


def best(what: Callable[[], object], times: int = 3) -> float:
    """The milliseconds of the fastest of several."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        took.append(time.perf_counter() - start)
    return min(took) * 1000


def in_session(database: Database, what: Callable[[Session], object]) -> Callable[[], object]:
    """Something done in a transaction of its own."""

    def done() -> object:
        with database.session() as session:
            return what(session)

    return done


def baseline(session: Session) -> object:
    """Visits and calls by executive in the running quarter, from the notes themselves."""
    first = date(2026, 10, 1)
    wanted = sa.text(
        "SELECT l.person_id, e.kind, count(*) FROM engagement_executives l JOIN engagements e ON e.id = l.engagement_id "
        "WHERE e.deleted_at IS NULL AND e.happened_on BETWEEN :first AND :last GROUP BY 1, 2"
    )
    return session.execute(wanted.bindparams(first=first, last=first + timedelta(days=91))).all()


def measure(database: Database, settings: Settings) -> dict[str, float]:
    """Milliseconds of each, by name."""
    window = scope.quarter(settings, NOW)

    def participation(session: Session) -> object:
        return report.with_trend(session, scope.COMPANY, window, settings, NOW)

    def one_person(session: Session) -> object:
        person = session.exec(select(Person).where(Person.email == "p5@firm.example")).one()
        return scorecard(session, person, settings, NOW)

    found = {
        "a bare join of the notes, one quarter": best(in_session(database, baseline)),
        "the company's participation, with its trend": best(in_session(database, participation)),
        "one person's": best(in_session(database, one_person)),
    }
    with database.session() as session:
        office = session.exec(select(Person).where(Person.email == "office@firm.example")).one()
        cookie = sign_ins.enter(session, sign_ins.link_for(session, office, NOW), NOW)
    assert cookie is not None
    dashboard = Dashboard(database, settings)
    for page in PAGES:
        assert dashboard.shown(cookie, page, {}).status == 200
        found[f"page: {page or 'overview'}"] = best(lambda page=page: dashboard.shown(cookie, page, {}))  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quarter.xlsx"
        span = Span(window.first, window.last)
        found[EXPORT] = best(in_session(database, lambda session: write(TABLES["engagements"](session, span), path)), 1)
    return found


EXPORT = "export of a quarter as .xlsx"
AIMS = {"the company's participation, with its trend": 300, "one person's": 30, EXPORT: 10_000}


def main() -> None:
    """Everything, printed."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    settings = load(APP)
    found: dict[int, dict[str, float]] = {}
    for size in (number // 10, number):
        with tempfile.TemporaryDirectory(prefix="outside-in-bench-", ignore_cleanup_errors=True) as folder:
            database = open_database(embedded_server(Path(folder)), MovableClock(NOW - utc_now()))
            migrate(database)
            start = time.perf_counter()
            fill(database, settings, size)
            say(f"{size:,} engagements made in {time.perf_counter() - start:.0f} s")
            found[size] = measure(database, settings)
            database.close()
    for name, took in found[number].items():
        small = found[number // 10][name]
        aim = AIMS.get(name, 500 if name.startswith("page") else None)
        aimed = f" (aim: {aim})" if aim else ""
        say(f"{name}: {took:.0f} ms{aimed}; {small:.0f} ms with a tenth of it: {took / small:.1f} times as long")


if __name__ == "__main__":
    main()
