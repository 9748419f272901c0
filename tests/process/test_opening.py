"""What listens to a database's sessions is there because the database was opened, not because of what else was imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from sqlmodel import Session, select

from bot.database import Database, context
from bot.domain.people.people import Person
from bot.domain.records.audit import AuditEntry
from tests.places import ROOT
from tests.processes import new_database

_BARE = """
import json, sys
from datetime import UTC, date, datetime
from bot.process.opening import open_database
from sqlmodel import SQLModel, col, select
database = open_database(sys.argv[1], lambda: datetime(2026, 11, 25, 9, 30, tzinfo=UTC))
SQLModel.metadata.create_all(database.engine)
from bot.domain.people.people import Person, Role
from bot.domain.people.tenures import Tenure
from bot.domain.records.audit import AuditEntry
with database.session() as session:
    ada = Person.known("ada@firm.example", "Ada", "Europe/London", (Role.EXECUTIVE,), department="Sales")
    session.add(ada)
with database.session(actor_id=ada.id) as session:
    session.get_one(Person, ada.id).department = "Support"
with database.session() as session:
    entries = [
        {"at": one.at.isoformat(), "actor": one.actor_id, "before": one.before, "after": one.after}
        for one in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
    ]
    tenures = [one.department for one in session.exec(select(Tenure))]
database.close()
print(json.dumps({"entries": entries, "tenures": tenures, "migrated": sorted(one for one in sys.modules if "migrations" in one)}))
"""


def test_the_audit_trail_and_the_tenures_are_kept_where_nothing_was_migrated(database_url: str) -> None:
    """In a process that imports only what opens the database: a change writes who, when, before and after, and the department."""
    url = new_database(database_url, "bare")
    done = subprocess.run([sys.executable, "-c", _BARE, url], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["migrated"] == [], "the migrations were imported after all: this shows nothing"
    made, changed = found["entries"]
    assert (made["actor"], made["before"], made["after"]["department"]) == (None, None, "Sales")
    assert changed == {
        "at": "2026-11-25T09:30:00+00:00",
        "actor": 1,
        "before": {"department": "Sales"},
        "after": {"department": "Support"},
    }
    assert found["tenures"] == ["Support"], "what is put right on the first day was always so"


def test_a_database_is_never_opened_without_saying_what_listens() -> None:
    """Whoever opens one must say so, even if it is nothing."""
    with pytest.raises(TypeError, match="listeners"):
        Database("postgresql://nobody@localhost/none", lambda: None)  # type: ignore[call-arg,arg-type,return-value]


def test_a_session_of_no_database_has_no_clock_and_no_actor(database: Database) -> None:
    """It says so in words, instead of an entry without a time."""
    with Session(database.engine) as session, pytest.raises(LookupError, match=r"Database\.session"):
        context(session)


def test_what_is_noted_in_a_transaction_ends_with_it(database: Database) -> None:
    """Each has its own clock, actor and notes; a kind that was forgotten begins anew."""
    with database.session(actor_id=None) as session:
        bound = context(session)
        bound.notes(list).append("seen")
        assert bound.notes(list) == ["seen"]
        assert (bound.now, bound.actor_id) == (database.clock(), None)
        bound.forget(list)
        assert bound.notes(list) == []
        bound.notes(list).append("again")
    with database.session() as session:
        assert context(session).notes(list) == []


_ASKS = ("people/tenures.py", "records/audit.py", "records/secrets.py", "updates/readers.py")
"""The files of the domain that ask the transaction: listeners, what it holds or has made, and a right that is asked without a time."""


def test_only_one_file_knows_how_a_session_carries_its_context() -> None:
    """No key of a session's own is read or written anywhere else, and the domain's rules take the present as an argument."""
    texts = {one: one.read_text() for room in ("bot", "handlers", "schedules") for one in (ROOT / room).rglob("*.py")}
    assert [one.relative_to(ROOT).as_posix() for one, text in texts.items() if "session.info" in text] == ["bot/database.py"]
    domain = ROOT / "bot" / "domain"
    asks = {
        one.relative_to(domain).as_posix() for one, text in texts.items() if domain in one.parents and "context(session)" in text
    }
    assert asks == set(_ASKS)


def _fail_after_a_change(database: Database) -> None:
    with database.session() as session:
        session.add(Person.known("ada@firm.example", "Ada", "Europe/London"))
        session.flush()
        assert session.exec(select(AuditEntry)).all()
        _ = 1 / 0


def test_a_change_and_its_entry_stand_or_fall_together(database: Database) -> None:
    """What listeners write is in the change's own transaction."""
    with pytest.raises(ZeroDivisionError):
        _fail_after_a_change(database)
    with database.session() as session:
        assert not session.exec(select(AuditEntry)).all()
