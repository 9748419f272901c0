"""The company the tests live in, on a real PostgreSQL."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from sqlmodel import col, select
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.cards import Answers, Button, Card, Form, Reply
from bot.clock import Clock, MovableClock, utc_now
from bot.commands import Inbound, Place, Platform, Sender, read_command
from bot.database import Database
from bot.delivery.context import WorkerContext
from bot.delivery.senders import Capabilities, Destination, Sent, Uncertain, Unreachable
from bot.domain.access.accounts import Vouch
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.engagements.prompts import Prompt
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.tables import AuditEntry
from bot.process import logs
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.process.wiring import Application, build
from bot.process.worker import run_due_jobs, worker_app
from bot.scheduling.time_machine import TimeMachine
from bot.schema import migrate
from bot.settings import Settings, load
from tests import slow
from tests.places import COMPANY, ROOT
from tests.processes import unhurried

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
"""A Wednesday morning."""


@dataclass
class TestClock:
    """A clock that stands until it is moved."""

    instant: datetime = NOW
    __test__ = False

    def __call__(self) -> datetime:
        """The present instant."""
        return self.instant

    def forward(self, **step: float) -> None:
        """Move by a timedelta's arguments."""
        self.instant += timedelta(**step)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out."""
    for item in items:
        if slow.is_slow(item.path.relative_to(ROOT / "tests").as_posix(), getattr(item, "originalname", item.name)):
            item.add_marker(pytest.mark.slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What a browser is waited for is waited for longer than Playwright's five seconds: the limit only ends a test that would never end."""
    if item.get_closest_marker("browser"):
        from playwright import async_api, sync_api  # noqa: PLC0415 - most runs need no browser

        for one in (async_api, sync_api):
            one.expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """A command of the command line says how it logs, for its process alone: the next test logs as this one did."""
    before, root, end = structlog.get_config(), logging.getLogger(), sys.excepthook
    handlers = list(root.handlers)
    yield
    structlog.configure(**before)
    root.handlers, sys.excepthook = [one for one in root.handlers if one in handlers], end
    logs.forget()


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    """Every line the bot writes to its log during the test: `event`, `log_level` and what is told with it."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A PostgreSQL of the tests' own; each of several pytest processes has one.

    Not under pytest's own temporary folder: every other pytest that starts closes that one to the server's user.
    """
    with tempfile.TemporaryDirectory(prefix="outside-in-", ignore_cleanup_errors=True) as folder:
        yield unhurried(embedded_server(Path(folder)))


@pytest.fixture(scope="session")
def migrated(database_url: str) -> str:
    """The same, with the schema in it."""
    database = open_database(database_url, lambda: NOW)
    migrate(database)
    database.close()
    return database_url


@pytest.fixture
def clock() -> TestClock:
    """Wednesday, 25 November 2026, 09:30 UTC."""
    return TestClock()


_EMPTY = sa.text("""
    DO $$ DECLARE one text; BEGIN
        SET LOCAL session_replication_role = replica;  -- no triggers, and no order among the tables
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('DELETE FROM %I', one);
        END LOOP;
        FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
            EXECUTE format('ALTER SEQUENCE %I RESTART', one);
        END LOOP;
    END $$""")
"""All rows gone, and numbers from 1 again. TRUNCATE takes fifty times as long: it makes a new file for every table and index."""


@pytest.fixture(scope="session")
def kept_open(migrated: str) -> Iterator[Database]:
    """The database with its connections, kept from test to test: on a new one PostgreSQL reads its catalog anew, which costs more than most tests."""
    database = open_database(migrated, lambda: NOW)
    yield database
    database.close()


def emptied(database: Database, clock: Clock) -> Database:
    """The same without a row, at a clock's time. Whoever had it before has given back every connection."""
    assert not database.engine.pool.checkedout(), "a connection was not given back"  # type: ignore[attr-defined] # this pool has it
    database.clock = clock
    with database.engine.begin() as connection:
        connection.execute(_EMPTY)
    return database


@pytest.fixture
def database(kept_open: Database, clock: TestClock) -> Database:
    """An empty database."""
    return emptied(kept_open, clock)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The company of the tests."""
    return load(COMPANY)


@dataclass
class World:
    """The company at work: its people, and a way to speak as each of them."""

    application: Application
    clock: TestClock
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The database it lives in."""
        return self.application.database

    def person(self, first_name: str) -> Person:
        """Somebody as they are now."""
        with self.database.session() as session:
            person = people.get(session, self.ids[first_name])
            _ = person.absences, person.accounts, person.delegates, person.executives
            return person

    def sender(self, actor: str, platform: Platform = Platform.CONSOLE) -> Sender:
        """The account of somebody, by first name; an email of nobody known when it holds an @."""
        email = actor if "@" in actor else f"{actor}@firm.example"
        return Sender(platform, email, email=email, vouch=Vouch.OURS)

    def say(self, text: str, actor: str, *, event_id: str = "", place: Place = Place.PERSONAL) -> Reply:
        """Type something."""
        command, rest = read_command(text, self.application.dispatcher.commands)
        return self.application.dispatcher.handle(Inbound(self.sender(actor), command, rest, event_id=event_id, place=place))

    def press(self, button: Button, actor: str, *, event_id: str = "") -> Reply:
        """Press a button."""
        return self.application.dispatcher.handle(Inbound(self.sender(actor), button.command, args=button.args, event_id=event_id))

    def fill(self, form: Reply, actor: str, **answers: str | list[str]) -> Reply:
        """Fill in some fields of a form over what is in it, and save."""
        assert isinstance(form, Form), form
        filled: Answers = {**form.answers, **answers}
        return self.application.dispatcher.handle(Inbound(self.sender(actor), form.command, args=form.args, form=filled))

    def history(self, noun: str) -> list[AuditEntry]:
        """The audit trail of one noun, oldest first."""
        with self.database.session() as session:
            return [one for one in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))) if one.noun == noun]


def button(reply: Reply, label: str) -> Button:
    """The first button of this label."""
    assert isinstance(reply, Card), reply
    found = [one for one in reply.buttons if one.label == label]
    assert found, f"no “{label}” among {[one.label for one in reply.buttons]}"
    return found[0]


def words(reply: Reply) -> str:
    """Everything a reply says, as JSON, for looking words up in it."""
    return reply.model_dump_json()


PEOPLE = (
    ("ada", "Ada Lovell", "Europe/London", "en-GB", "GB", (Role.EXECUTIVE,)),
    ("bruno", "Bruno Kraus", "Europe/Berlin", "de-DE", "DE", (Role.EXECUTIVE,)),
    ("aroha", "Aroha Ngata", "Pacific/Auckland", "en-NZ", "NZ", (Role.EXECUTIVE,)),
    ("dele", "Dele Okoro", "Europe/London", "en-GB", "GB", (Role.DELEGATE,)),
    ("cleo", "Cleo Marsh", "Europe/London", "en-GB", "GB", (Role.CX_OFFICE,)),
    ("emil", "Emil Novak", "Europe/Prague", "en", "CZ", ()),
)


@pytest.fixture
def world(database: Database, settings: Settings, clock: TestClock) -> World:
    """Three executives, a delegate of Ada's, the CX office, an employee; and four customers."""
    world = World(build(settings, database), clock)
    populate(world)
    return world


def populate(world: World) -> None:
    """Put people and customers into an empty database."""
    with world.database.session() as session:
        known = {
            first: Person.known(f"{first}@firm.example", name, zone, roles, locale=locale, country=country)
            for first, name, zone, locale, country, roles in PEOPLE
        }
        session.add_all(known.values())
        session.flush()
        world.ids |= {first: person.key for first, person in known.items()}
        ada = people.get(session, world.ids["ada"])
        ada.delegates.append(people.get(session, world.ids["dele"]))
        for name, tier, owner in (
            ("Acme Corp", Tier.KEY, "ada"),
            ("Acme Health", Tier.STANDARD, "bruno"),
            ("Globex", Tier.STANDARD, "emil"),
            ("Initech", Tier.STANDARD, "bruno"),
        ):
            session.add(Customer.named(name, tier=tier, owner_id=world.ids[owner], segment="fleets"))


@dataclass
class Outbox:
    """A platform on which everyone is reached, until told otherwise: what was sent, by message id, and what it shows now."""

    platform: Platform = Platform.CONSOLE
    cards: dict[str, list[Card]] = field(default_factory=dict)
    sent_to: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    fault: BaseException | None = None
    after_sending: BaseException | None = None
    can_look_up: bool = True
    looking_fault: BaseException | None = None
    channels: dict[str, list[str]] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)

    @property
    def capabilities(self) -> Capabilities:
        """What it can be asked."""
        return Capabilities(can_look_up=self.can_look_up)

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a card, unless a fault is set; `after_sending` is raised once the card has arrived."""
        if to.email in self.strangers or not (to.email or to.user_id):
            raise Unreachable("no_account", to.email or "neither an account nor an email is known")
        return Sent(self._take(to.email, card, delivery_id), "talk", to.user_id or to.email)

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:
        """Take a card for a channel, likewise; it's sent to “channel thread”."""
        return Sent(self._take(f"{channel} {thread}".strip(), card, delivery_id), channel, "")

    def _take(self, to: str, card: Card, delivery_id: str) -> str:
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
        message_id = f"m{len(self.sent_to) + 1}"
        self.sent_to.append(to)
        self.cards[message_id] = [card]
        self.ids[delivery_id] = message_id
        late, self.after_sending = self.after_sending, None
        if late is not None:
            raise late
        return message_id

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Look a message up by the id it was sent with, unless a fault is set."""
        fault, self.looking_fault = self.looking_fault, None
        if fault is not None:
            raise fault
        if not self.can_look_up:
            raise Uncertain("this platform can't say")
        found = self.ids.get(delivery_id)
        return Sent(found, "talk", to.user_id or to.email) if found else None

    async def update(self, sent: Sent, card: Card) -> None:
        """Show another card in its place."""
        self.cards[sent.message_id].append(card)

    async def delete(self, sent: Sent) -> None:
        """Take a card back."""
        self.cards.pop(sent.message_id, None)

    async def members(self, channel: str) -> list[str]:
        """Who is in a channel; nobody, unless set."""
        return self.channels.get(channel, [])


@dataclass
class Life:
    """The company as time goes by: schedules fire, timers go off, messages arrive."""

    world: World
    machine: TimeMachine
    outbox: Outbox
    worker_context: WorkerContext

    async def until(self, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> None:
        """Live until an instant, in UTC."""
        await self.machine.advance_to(datetime(year, month, day, hour, minute, tzinfo=UTC))

    async def settle(self) -> None:
        """Run what is due now."""
        await self.machine.advance_to(await self.machine.now() + timedelta(seconds=1))

    def states(self) -> list[str]:
        """The prompts' states, oldest first."""
        with self.world.database.session() as session:
            return [str(one.state) for one in session.exec(select(Prompt).order_by(col(Prompt.id)))]

    def change(self, first_name: str, **columns: object) -> None:
        """Change somebody's record."""
        with self.world.database.session() as session:
            person = people.get(session, self.world.ids[first_name])
            for name, value in columns.items():
                setattr(person, name, value)


@pytest.fixture
async def life(kept_open: Database, settings: Settings) -> AsyncIterator[Life]:
    """The same company as `world`'s, on a clock that can be moved, with a worker and an outbox."""
    clock = MovableClock(NOW - utc_now())
    application = build(settings, emptied(kept_open, clock))
    world = World(application, TestClock())
    populate(world)
    outbox = Outbox()
    application.senders[Platform.CONSOLE] = outbox
    worker_context = application.worker_context
    async with worker_app(kept_open).open_async() as worker:
        yield Life(
            world,
            TimeMachine(kept_open, clock, application.timetable, lambda: run_due_jobs(application, worker, worker_context)),
            outbox,
            worker_context,
        )
