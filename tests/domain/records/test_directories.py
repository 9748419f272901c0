"""Names are indexed once, and again when they have changed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.engagements.customers import Customer
from bot.domain.people import names as staff
from bot.domain.people.people import Person
from bot.domain.records import directories
from bot.domain.words.line import entries
from bot.domain.words.line.tokens import spellings
from bot.process.opening import open_database
from tests.conftest import TestClock
from tests.statements import statements


def names(session: Session) -> set[str]:
    """Every customer's name in the directory."""
    return {one.name for one in customers.directory(session)}


def fill(session: Session, first: str, many: int) -> None:
    """So many customers, of two words each."""
    session.execute(
        sa.text(
            "INSERT INTO customers (name, folded_name, aliases, segment, tier, unchecked) SELECT :first || ' Cranes' || n,"
            " lower(:first) || ' cranes' || n, '{}', '', 'standard', false FROM generate_series(0, :many - 1) n"
        ),
        {"first": first, "many": many},
    )


@contextmanager
def fetched(session: Session) -> Iterator[list[int]]:
    """One of each row that statements of a session gave meanwhile."""
    rows: list[int] = []

    def after(_connection: object, cursor: sa.engine.interfaces.DBAPICursor, *_more: object) -> None:
        rows.extend(range(cursor.rowcount))

    engine = session.get_bind()
    sa.event.listen(engine, "after_cursor_execute", after)
    try:
        yield rows
    finally:
        sa.event.remove(engine, "after_cursor_execute", after)


def test_a_directory_is_kept_until_a_name_changes(database: Database) -> None:
    """Asked again it is the very same; after a name is added, changed, aliased or gone it isn't, and holds what is there now."""
    with database.session() as session:
        session.add(Customer.named("Zenith Cranes"))
    with database.session() as session:
        first = customers.directory(session)
        assert customers.directory(session) is first
    for change in ("renamed", "aliased", "deleted"):
        with database.session() as session:
            found = session.exec(select(Customer).where(Customer.folded_name == "zenith cranes")).one()
            if change == "renamed":
                found.name = "Zenith Cranes Ltd"
            elif change == "aliased":
                found.aliases = ["ZC"]
            else:
                session.delete(found)
        with database.session() as session:
            again = customers.directory(session)
            assert again is not first, change
            first = again
    with database.session() as session:
        assert not names(session) & {"Zenith Cranes", "Zenith Cranes Ltd"}


def test_what_is_rolled_back_was_never_there(database: Database) -> None:
    """A transaction sees its own names, and nobody else sees them unless it is committed."""
    with database.session() as session:
        session.add(Customer.named("Never Saved"))
        session.flush()
        assert "Never Saved" in names(session)
        session.rollback()
    with database.session() as session:
        assert "Never Saved" not in names(session)


def test_whoever_leaves_is_found_no_more(database: Database) -> None:
    """The directory of people holds who works here."""
    with database.session() as session:
        session.add(Person.known("zoe@firm.example", "Zoë Quill", "UTC", ()))
    with database.session() as session:
        assert any(one.name == "Zoë Quill" for one in staff.directory(session))
        session.exec(select(Person).where(Person.email == "zoe@firm.example")).one().active = False
    with database.session() as session:
        assert not any(one.name == "Zoë Quill" for one in staff.directory(session))


def test_after_a_change_only_names_that_changed_are_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the customers: as many names indexed, and rows of one block of ids fetched."""
    read: list[str] = []

    def counted(name: str) -> tuple[tuple[str, ...], ...]:
        read.append(name)
        return spellings(name)

    monkeypatch.setattr(entries, "spellings", counted)
    cost = {}
    for many in (200, 2_000):
        with database.session() as session:
            session.execute(sa.text("DELETE FROM customers"))
            fill(session, f"Zenith{many}", many)
            customers.directory(session)
            session.exec(select(Customer).limit(1).offset(many // 2)).one().name = "Zenith Renamed"
            read.clear()
            with statements(database) as sent, fetched(session) as rows:
                assert "Zenith Renamed" in names(session)
            cost[many] = (len(read), len([one for one in sent if one.startswith("SELECT")]), len(rows))
    assert cost[2_000][:2] == cost[200][:2] == (2, 2)
    assert cost[2_000][2] <= directories.BLOCK + 2_000 // directories.BLOCK + 4


def test_two_processes_and_two_threads_see_what_is_there(database: Database, clock: TestClock) -> None:
    """Another process's change is seen at the next asking; threads that ask while names change get whole directories."""
    with database.session() as session:
        fill(session, "Zenith", 300)
    other = open_database(database.engine.url.render_as_string(hide_password=False), clock)
    try:
        with database.session() as session:
            before = customers.directory(session)
        with other.session() as session:
            session.exec(select(Customer).where(Customer.name == "Zenith Cranes7")).one().aliases = ["Quillon"]
            assert customers.directory(session).whole("quillon")
        assert not before.whole("quillon")

        def look(round_: int) -> int:
            with (database if round_ % 2 else other).session() as session:
                if round_ % 3 == 0:
                    session.add(Customer.named(f"Yonder{round_}"))
                    session.flush()
                found = customers.directory(session)
                (number,) = found.whole("quillon")
                assert found.numbered(number).name == "Zenith Cranes7"
                assert all(found.whole(f"zenithcranes{one}") for one in range(300))
                return len(found)

        with ThreadPoolExecutor(4) as threads:
            assert min(threads.map(look, range(24))) >= 300
        with database.session() as session:
            assert len(customers.directory(session)) == 308
    finally:
        other.close()


def test_a_name_changed_and_changed_back_is_what_it_was(database: Database) -> None:
    """What a transaction saw of its own is not kept for others."""
    with database.session() as session:
        fill(session, "Zenith", 300)
    for _ in range(3):
        with database.session() as session:
            session.exec(select(Customer).where(Customer.name == "Zenith Cranes7")).one().name = "Quillon"
            assert "Quillon" in names(session)
            session.rollback()
        with database.session() as session:
            assert {"Zenith Cranes7"} <= names(session)
            assert "Quillon" not in names(session)
            assert not customers.directory(session).whole("quillon")


def test_somebody_without_a_name_stops_nobody(database: Database) -> None:
    """All names are indexed before the first request: one that is empty must not keep the process from beginning."""
    with database.session() as session:
        session.add(Person.known("nameless@firm.example", "Nameless", "UTC", ()))
        session.flush()
        session.execute(sa.text("UPDATE people SET name = '' WHERE email = 'nameless@firm.example'"))
        assert ("nameless@firm.example",) in {one.aliases for one in staff.directory(session)}
