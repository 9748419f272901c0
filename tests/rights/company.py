"""A company with somebody of every role, and something secret of Ada's behind every number; whatever is tried there is undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, func, select

from bot.cards import Reply
from bot.commands import Inbound
from bot.database import Database
from bot.domain.engagements import customers, engagements
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Draft, Kind
from bot.domain.engagements.prompts import Prompt, PromptState
from bot.domain.outbox import deliveries
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Delegation, Person, Role
from bot.domain.plans import decisions, roadmap
from bot.domain.plans.decisions import Ruling
from bot.domain.plans.roadmap import Plan
from bot.domain.promises import promises
from bot.domain.promises.promises import Promise
from bot.domain.records.audit import AuditEntry
from bot.domain.updates import broadcasts, receipts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import Broadcast, BroadcastState, When
from bot.domain.updates.receipts import Answer
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.process.opening import LISTENERS, open_database
from bot.process.wiring import build
from bot.settings import Settings
from tests.conftest import NOW, World

ROLES = ("ada", "bruno", "dele", "dora", "rowan", "cleo", "adam", "emil", "gus", "rex", "lea", "stranger@elsewhere.example")
"""Ada, to whom all belongs; another executive; her delegate; a delegate of nobody; one named as her delegate without the role; the CX office;
an administrator; an employee; a guest; a guest with every role; a leaver with every role; somebody unknown."""

ADAS = {"ada", "dele", "cleo", "adam"}
"""Who may see what is Ada's, and change it."""

LOGGERS = ADAS | {"bruno"}
STAFF = LOGGERS | {"dora", "rowan", "emil"}

SECRETS = {
    "XHEARD": LOGGERS,
    "XPROMISE": ADAS,
    "XITEM": STAFF,
    "XDECISION": STAFF,
    "XDRAFT": ADAS,
    "XWAITING": ADAS,
    "XUPDATE": ADAS,
    "XREASON": ADAS,
    "XQUESTION": ADAS,
}
"""What is written in Ada's things, and who may ever read it."""

_ALL = (Role.EXECUTIVE, Role.DELEGATE, Role.CX_OFFICE, Role.ADMIN)


class _Undone(Exception):
    """So that nothing is kept."""


class Trial(Database):
    """A database in which nothing is kept. `changed` are the nouns of Ada's things (`kept`) that the last transaction would have changed."""

    def __init__(self, url: str, world: World) -> None:
        super().__init__(url, world.clock, LISTENERS)
        self.changed: set[str] = set()
        with super().session() as session:
            found = session.exec(select(AuditEntry.noun, AuditEntry.noun_id)).all()
        self.kept = {(noun, key) for noun, key in found if noun not in {"people", "accounts"}}

    @contextmanager
    def session(self, actor_id: int | None = None) -> Iterator[Session]:
        """A transaction that is rolled back at its end."""
        with suppress(_Undone), super().session(actor_id) as session:
            before = session.exec(select(func.coalesce(func.max(AuditEntry.id), 0))).one()
            yield session
            session.flush()
            new = select(AuditEntry.noun, AuditEntry.noun_id).where(col(AuditEntry.id) > before)
            self.changed = {noun for noun, key in session.exec(new) if (noun, key) in self.kept}
            raise _Undone


@dataclass
class Company:
    """The company, and a way to try anything there."""

    world: World
    trial: Trial
    things: dict[str, int] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def attempt(self, actor: str, command: str, text: str = "", args: dict[str, str] | None = None, *, fill: bool = False) -> Reply:
        """Do something as somebody, and undo it."""
        form = self.answers() if fill else None
        inbound = Inbound(self.world.sender(actor), command, text, args=args or {}, form=form)
        return self.world.application.dispatcher.handle(inbound)

    def args(self, broadcast: str = "sent", version: str = "") -> dict[str, str]:
        """What a button about every one of Ada's things would carry."""
        names = ("engagement", "commitment", "question", "prompt", "customer", "item", "decision", "delivery")
        found = {name: str(self.things[name]) for name in names}
        found |= {"broadcast": str(self.things[broadcast]), "update": str(self.things[f"{broadcast}_update"])}
        return found | {
            "version": version,
            "person": str(self.world.ids["emil"]),
            "subject": "commitment",
            "id": found["commitment"],
        }

    def answers(self) -> dict[str, str | list[str]]:
        """What fits the fields of every form."""
        ada, emil = str(self.world.ids["ada"]), str(self.world.ids["emil"])
        words = ("note", "heard", "question", "answer", "what", "title", "changed", "means", "why")
        return {
            **dict.fromkeys(words, "typed words"),
            "owner": emil,
            "speaker": ada,
            "executives": [ada],
            "promised_by": ada,
            "decided_by": ada,
            "due": "2026-12-20",
            "last": "2026-12-01",
            "happened_on": "2026-11-24",
            "decided_on": "2026-11-24",
            "who": ["everyone"],
            "when": "now",
            "to": "all",
            "status": "done",
            "stage": "choose",
            "target": "none",
            "kind": "visit",
            "customer": str(self.things["customer"]),
            "locale": "de",
        }


def empty(database: Database) -> None:
    """Take everything out."""
    with database.engine.begin() as connection:
        tables = ", ".join(f'"{one}"' for one in SQLModel.metadata.tables)
        connection.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


def populate(world: World) -> dict[str, int]:
    """People of every role, and Ada's things; their ids by name."""
    with world.database.session() as session:
        for first, roles, more in (
            ("ada", (Role.EXECUTIVE,), {}),
            ("bruno", (Role.EXECUTIVE,), {}),
            ("dele", (Role.DELEGATE,), {}),
            ("dora", (Role.DELEGATE,), {}),
            ("rowan", (), {}),
            ("cleo", (Role.CX_OFFICE,), {}),
            ("adam", (Role.ADMIN,), {}),
            ("emil", (), {}),
            ("gus", (), {"guest": True}),
            ("rex", _ALL, {"guest": True}),
            ("lea", _ALL, {"active": False}),
        ):
            person = Person.known(f"{first}@firm.example", f"{first.title()} Xname", "Europe/London", roles, **more)
            session.add(person)
            session.flush()
            world.ids[first] = person.key
        for delegate in ("dele", "rowan", "rex", "lea"):
            session.add(Delegation(executive_id=world.ids["ada"], delegate_id=world.ids[delegate]))
        session.flush()
        return _things(session, world, people.get(session, world.ids["ada"]), people.get(session, world.ids["cleo"]))


def _things(session: Session, world: World, ada: Person, cleo: Person) -> dict[str, int]:
    settings, day = world.application.settings, date(2026, 11, 24)
    customer = Customer.named("Secretcorp", owner_id=ada.key, segment="fleets")
    session.add(customer)
    session.flush()
    visit = Draft(Kind.VISIT, day, "XHEARD", (ada,), customer=customer)
    engagement = engagements.log(session, visit, ada, settings, NOW)
    pledge = Promise("XPROMISE", day + timedelta(days=30), ada, ada, customer=customer)
    commitment = promises.promise(session, pledge, ada, NOW)
    item = roadmap.add(session, Plan("XITEM", "choose", owner=ada), ada, settings, NOW)
    decision = decisions.record(session, Ruling("Call back", "XDECISION", "choose", ada, day), ada, settings, NOW)
    prompt = Prompt(person_id=ada.key, state=PromptState.SENT, created_at=NOW, sent_at=NOW)
    session.add(prompt)
    session.flush()
    found = {
        "customer": customers.named(session, "Secretcorp").key,  # type: ignore[union-attr]  # it was just added
        "engagement": engagement.key,
        "commitment": commitment.key,
        "item": item.key,
        "decision": decision.key,
        "prompt": prompt.key,
    }
    for name, state in (("draft", BroadcastState.DRAFT), ("waiting", BroadcastState.WAITING), ("sent", BroadcastState.DONE)):
        broadcast = _broadcast(session, name, ada, cleo)
        broadcast.state, broadcast.asked_by_id, broadcast.size = state, cleo.key, 1
        broadcast.started_at = NOW if name == "sent" else None
        found |= {name: broadcast.key, f"{name}_update": broadcast.update_id}
    return found | _answered(session, ada, updates.get(session, found["sent_update"]), found["sent"])


def _broadcast(session: Session, name: str, ada: Person, cleo: Person) -> Broadcast:
    mark = {"sent": "XUPDATE"}.get(name, f"X{name.upper()}")
    update = updates.write(session, UpdateDraft(Wording("en", mark, mark, mark), ada), cleo, NOW)
    broadcast = broadcasts.new(session, update)
    broadcast.rule = Audience(who=(f"person:{ada.key}",)).model_dump(mode="json")
    broadcast.when = When.NOW
    return broadcast


def _answered(session: Session, ada: Person, update: updates.Update, broadcast_id: int) -> dict[str, int]:
    copy = deliveries.queue(session, ada, Subject.UPDATE, update.key, NOW)
    copy.state, copy.broadcast_id = DeliveryState.SENT, broadcast_id
    receipts.give(session, update, ada, Answer.CANNOT, NOW, "XREASON")
    question = receipts.ask(session, update, ada, "XQUESTION", NOW)
    asked = deliveries.queue(session, ada, Subject.QUESTION, question.key, NOW)
    asked.state = DeliveryState.SENT
    session.flush()
    return {"question": question.key, "delivery": asked.key}


def founded(url: str, settings: Settings, clock: object) -> Company:
    """The company, on an empty database."""
    database = open_database(url, clock)  # type: ignore[arg-type]  # a test's clock is one
    empty(database)
    world = World(build(settings, database), clock)  # type: ignore[arg-type]
    things = populate(world)
    for one in ROLES:
        if "@" not in one:
            world.say("/help", one)
    database.close()
    trial = Trial(url, world)
    return Company(World(build(settings, trial), world.clock, world.ids), trial, things)


def delivered(session: Session, person: Person, subject: str, subject_id: int) -> Delivery:
    """A copy that somebody got while they might."""
    copy = deliveries.queue(session, person, Subject(subject), subject_id, NOW)
    copy.state = DeliveryState.SENT
    return copy
