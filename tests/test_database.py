"""Instants, addresses and locks."""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session, col, select

from bot.clock import MovableClock
from bot.commands import Request
from bot.database import Database, all_locked, aware, connection_url, locked
from bot.domain.access.sign_ins import SignInLink
from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.records.events import InboundEvent
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.broadcasts import BroadcastState
from bot.domain.updates.updates import Update
from bot.settings import Settings
from bot.workflows.broadcasts import taken
from tests.conftest import NOW, World
from tests.places import ROOT
from tests.statements import statements


def test_a_naive_instant_is_refused(database: Database) -> None:
    """Without a zone it isn't known when it was."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault itself
    with pytest.raises(StatementError, match="no time zone"), database.session() as session:
        session.add(InboundEvent(source="x", event_id="1", received_at=naive))


def test_a_date_as_text_is_refused() -> None:
    """Text is no instant."""
    with pytest.raises(TypeError, match="expected an aware datetime"):
        aware("2026-01-01")


def test_an_instant_comes_back_in_utc(database: Database) -> None:
    """Whatever zone it was given in."""
    with database.session() as session:
        session.add(InboundEvent(source="x", event_id="1", received_at=datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))))
    with database.session() as session:
        event = session.exec(select(InboundEvent)).one()
        assert event.received_at == datetime(2026, 7, 1, 3, tzinfo=UTC)
        assert event.received_at.tzinfo == UTC


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_addresses_as_people_write_them(url: str) -> None:
    """All three forms lead to the same driver."""
    assert connection_url(url) == "postgresql+psycopg://u@h/d"


def test_another_engine_is_refused() -> None:
    """One dialect, and a clear word on it."""
    with pytest.raises(ValueError, match="must start with postgresql://"):
        connection_url("sqlite:///x.db")


def test_the_clock_only_moves_forward() -> None:
    """Back in time is an error."""
    clock = MovableClock(real=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    clock.forward(datetime(2026, 1, 2, tzinfo=UTC))
    assert clock() == datetime(2026, 1, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="already past"):
        clock.forward(datetime(2026, 1, 1, tzinfo=UTC))


LOCKING: dict[str, Callable[[Session, int], Person | None]] = {
    "by its id": lambda session, key: locked(session, Person, key),
    "by a statement": lambda session, key: all_locked(session, select(Person).where(col(Person.id) == key))[0],
}


@pytest.mark.parametrize("lock", LOCKING.values(), ids=LOCKING)
def test_a_locked_row_is_as_it_is_now(world: World, lock: Callable[[Session, int], Person | None]) -> None:
    """Somebody else changed it after it was loaded, and before it was locked; what was to be saved here is kept."""
    key = world.ids["ada"]
    with world.database.session() as session:
        loaded = people.get(session, key)
        with world.database.session() as other:
            people.get(other, key).name = "Ada Changed"
        loaded.zone = "Asia/Tokyo"
        assert lock(session, key) is loaded
        assert (loaded.name, loaded.zone) == ("Ada Changed", "Asia/Tokyo")
    assert (world.person("ada").name, world.person("ada").zone) == ("Ada Changed", "Asia/Tokyo")


@pytest.mark.parametrize("lock", LOCKING.values(), ids=LOCKING)
def test_a_row_is_locked_once(world: World, lock: Callable[[Session, int], Person | None]) -> None:
    """Nobody else can change it any more: neither the lock nor the row is asked for again, and what changed here stays."""
    key = world.ids["ada"]
    with world.database.session() as session:
        found = lock(session, key)
        assert found is not None
        found.name = "Ada Again"
        with statements(world.database) as sent:
            assert locked(session, Person, key) is found
        assert (sent, found.name) == ([], "Ada Again")


def test_a_lock_ends_with_its_transaction(world: World) -> None:
    """The next one locks and reads anew. Meanwhile nobody else has it."""
    key = world.ids["ada"]
    with world.database.session() as session:
        locked(session, Person, key)
        waiting = select(Person.id).where(col(Person.id) == key).with_for_update(skip_locked=True)
        with world.database.session() as other:
            assert other.exec(waiting).all() == []
    with world.database.session() as other, statements(world.database) as sent:
        assert locked(other, Person, key) is not None
        assert [one for one in sent if "FOR UPDATE OF people" in one]


def test_a_row_taken_away_is_not_locked(world: World) -> None:
    """Neither where there is none, nor where this transaction has taken it away."""
    with world.database.session() as session:
        session.add(link := SignInLink(token_hash="x", person_id=world.ids["ada"], made_at=NOW))
        assert locked(session, SignInLink, "x") is link
        session.delete(link)
        session.flush()
        assert locked(session, SignInLink, "x") is None


def test_a_delivery_is_as_it_is_now(world: World) -> None:
    """Cancelled by somebody else after it was loaded, it isn't sent."""
    with world.database.session() as session:
        key = deliveries.queue(session, people.get(session, world.ids["ada"]), Subject.PROMPT, 1, NOW).key
    with world.database.session() as session:
        loaded = session.get_one(Delivery, key)
        with world.database.session() as other:
            other.get_one(Delivery, key).state = DeliveryState.CANCELLED
        assert deliveries.get(session, key) is loaded
        assert loaded.state == DeliveryState.CANCELLED


def test_a_broadcast_is_taken_as_it_is_now(world: World, settings: Settings) -> None:
    """And its update with it: both were loaded before somebody else recalled the one and called off the other."""
    with world.database.session() as session:
        update = Update(author_id=world.ids["cleo"], speaker_id=world.ids["ada"], locale="en", made_at=NOW)
        session.add(update)
        session.flush()
        update_id, key = update.key, broadcasts.new(session, update).key
    with world.database.session() as session:
        loaded = broadcasts.newest(session, 1)[0]
        assert (loaded.update.recalled_at, loaded.state) == (None, BroadcastState.DRAFT)
        with world.database.session() as other:
            updates.get(other, update_id).recalled_at = NOW
            broadcasts.get(other, key).state = BroadcastState.CANCELLED
        press = Request(people.get(session, world.ids["cleo"]), session, settings, NOW, "broadcast", args={"broadcast": str(key)})
        assert taken(press) is loaded
        assert (loaded.update.recalled_at, loaded.state) == (NOW, BroadcastState.CANCELLED)


LOCK_OTHERWISE = {
    "bot/domain/engagements/prompts.py": "keeps two prompts from being made at once; what counts is then read anew, as columns",
    "bot/domain/updates/digests.py": "shared, and of ids alone: the version is then read anew, as a column",
}
"""Files that lock without `locked` and `all_locked`, since they load no object by it. SQL as text gives rows, which nothing keeps."""


def locks(source: str) -> Iterator[int]:
    """The lines of a module that ask SQLAlchemy for a row lock: of a statement, in `get` or in `refresh`."""
    for one in ast.walk(ast.parse(source)):
        match one:
            case ast.Attribute(attr="with_for_update") | ast.keyword(arg="with_for_update") | ast.Constant(value="with_for_update"):
                yield one.lineno
            case ast.Name(id="ForUpdateArg") | ast.alias(name="ForUpdateArg"):
                yield one.lineno


def test_all_lock_alike() -> None:
    """A row that was loaded before its lock is old, unless it is read anew: `locked` and `all_locked` do. Whoever doesn't says why here."""
    paths = (path.relative_to(ROOT).as_posix() for top in ("bot", "handlers", "schedules") for path in (ROOT / top).rglob("*.py"))
    found = {path: len(list(locks((ROOT / path).read_text()))) for path in paths if path != "bot/database.py"}
    assert {path: lines for path, lines in found.items() if lines} == dict.fromkeys(LOCK_OTHERWISE, 1)
    assert len(list(locks((ROOT / "bot/database.py").read_text()))) == len(LOCKING)


@pytest.mark.parametrize(
    "line",
    [
        "x.with_for_update()",
        "s.get(A, 1, with_for_update=True)",
        "s.refresh(a, with_for_update={'read': True})",
        "f(**{'with_for_update': 1})",
    ],
)
def test_each_way_to_lock_is_seen(line: str) -> None:
    """A statement's, a session's."""
    assert list(locks(line))
