"""The company lives: the real application on a moved clock, with senders that keep what arrives. What happened is a `Story`."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.cards import Answers, Button, Card, Form, Reply
from bot.commands import Inbound, Platform, Sender, read_command
from bot.delivery.senders import Capabilities, Destination, Sent
from bot.domain.access.accounts import Vouch
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.process.wiring import Application
from bot.scheduling.time_machine import TimeMachine
from tests.quarter.company import Company, Member

STEP = timedelta(hours=2)
"""How far the clock is moved at once where nobody does anything before."""

TABLES = (
    "deliveries",
    "broadcasts",
    "updates",
    "update_texts",
    "commitments",
    "commitment_events",
    "prompts",
    "engagements",
    "receipts",
    "questions",
)
"""What is read at the end, as rows: what can't be seen in messages."""

TENANTS = {"slack": "T1", "teams": "11111111-1111-1111-1111-111111111111", "console": ""}


@dataclass
class Message:
    """One message as somebody got it: its card as JSON, each later form of it, and when it was taken back."""

    number: int
    at: datetime
    email: str
    delivery: int
    card: dict[str, Any]
    edits: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    gone: datetime | None = None
    kind: str = ""
    subject: int = 0
    part: int = 0
    carries: list[tuple[str, int, int]] = field(default_factory=list)
    """What else came in it: kind, subject and part of each."""

    @property
    def now(self) -> dict[str, Any]:
        """What it shows in the end."""
        return self.edits[-1][1] if self.edits else self.card


@dataclass(frozen=True)
class Deed:
    """What somebody did: the command, what travelled with it, and what came back ("form" or "card", and its title)."""

    at: datetime
    email: str
    command: str
    args: dict[str, str]
    answers: dict[str, Any]
    reply: str
    title: str


@dataclass
class Story:
    """All that happened, for the checker and for the table: plain data."""

    company: Company
    messages: list[Message] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    emails: dict[int, str] = field(default_factory=dict)


@dataclass
class Post:
    """A platform on which everyone is reached; it keeps what arrives, and tells who has something new."""

    platform: Platform
    story: Story
    clock: Callable[[], datetime]
    arrived: Callable[[Message, Card], None]
    kept: dict[str, Message] = field(default_factory=dict)
    channels: dict[str, list[str]] = field(default_factory=dict)
    capabilities: Capabilities = field(default_factory=Capabilities)

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a card."""
        message = Message(len(self.story.messages), self.clock(), to.email, int(delivery_id), card.model_dump(mode="json"))
        self.story.messages.append(message)
        message_id = f"{self.platform.value}{message.number}"
        self.kept[message_id] = message
        self.arrived(message, card)
        return Sent(message_id, "talk", to.user_id or to.email)

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:  # noqa: ARG002 - what a sender is asked
        """Look a message up; nothing is ever in doubt here."""
        return None

    async def update(self, sent: Sent, card: Card) -> None:
        """Show another card in its place."""
        self.kept[sent.message_id].edits.append((self.clock(), card.model_dump(mode="json")))

    async def delete(self, sent: Sent) -> None:
        """Take it back."""
        self.kept[sent.message_id].gone = self.clock()

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:  # noqa: ARG002 - what a sender is asked
        """No channel is used."""
        msg = f"nothing goes to channels here, and this did: {channel}"
        raise AssertionError(msg)

    async def members(self, channel: str) -> list[str]:
        """Nobody."""
        return self.channels.get(channel, [])


class Behaviour:
    """What people do, of their own accord and when something arrives. See `behaviour.py`."""

    def day(self, life: Life, since: datetime) -> None:
        """Plan what people do by themselves in the 24 hours from an instant on."""

    def reacts(self, life: Life, member: Member, message: Message, card: Card) -> None:
        """Plan what somebody does about a message."""


class Life:
    """The company at work, from its first day to its last."""

    def __init__(self, company: Company, application: Application, machine: TimeMachine, behaviour: Behaviour, seed: int) -> None:
        self.story = Story(company)
        self._odds = {email: random.Random(f"{seed} {email}") for email in company.members}  # noqa: S311 - odds, no secrets
        self.application = application
        self._machine, self._behaviour = machine, behaviour
        self._planned: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = itertools.count()
        self._waiting: list[tuple[Message, Card]] = []
        for platform in Platform:
            application.senders[platform] = Post(
                platform, self.story, application.clock, lambda message, card: self._waiting.append((message, card))
            )

    @property
    def company(self) -> Company:
        """Who works there."""
        return self.story.company

    def now(self) -> datetime:
        """The present instant."""
        return self.application.clock()

    def odds(self, member: Member) -> random.Random:
        """Somebody's own odds, so that what one does changes nothing about another."""
        return self._odds[member.email]

    def plan(self, at: datetime, deed: Callable[[], object]) -> None:
        """Have something done at an instant."""
        heapq.heappush(self._planned, (at, next(self._numbers), deed))

    def plan_at_work(self, member: Member, after: timedelta, deed: Callable[[], object]) -> None:
        """Have somebody do something a while from now, once they are at work; those who left do nothing."""
        moment = member.calendar.next_work(self.now() + after)
        if moment is not None and (member.gone is None or moment < member.gone):
            self.plan(moment + timedelta(minutes=self.odds(member).randrange(3, 40)), deed)

    async def live(self) -> Story:
        """From the first day to the last."""
        self._hire()
        for count in range(self.company.weeks * 7):
            since = self.company.start + timedelta(days=count)
            self.plan(since, lambda since=since: self._behaviour.day(self, since))  # type: ignore[misc]
        while (now := self.now()) < self.company.end:
            first = self._planned[0][0] if self._planned else self.company.end
            await self._machine.advance_to(max(min(now + STEP, first, self.company.end), now))
            self._act()
        await self._machine.advance_to(self.now() + timedelta(seconds=1))
        self.story.tables = await asyncio.to_thread(self._read)
        self._name_kinds()
        return self.story

    def _act(self) -> None:
        waiting, self._waiting = self._waiting, []
        for message, card in sorted(waiting, key=lambda one: (one[0].email, one[1].title)):  # jobs run side by side: in any order
            self._behaviour.reacts(self, self.company.members[message.email], message, card)
        while self._planned and self._planned[0][0] <= self.now():
            heapq.heappop(self._planned)[2]()

    def does(
        self, member: Member, command: str, args: dict[str, str] | None = None, text: str = "", form: Answers | None = None
    ) -> Reply:
        """Somebody types, presses or saves something."""
        platform = Platform(member.platform)
        sender = Sender(platform, member.email, TENANTS[member.platform], email=member.email, vouch=Vouch.OURS)
        reply = self.application.dispatcher.handle(Inbound(sender, command, text, args=args or {}, form=form))
        what = "form" if isinstance(reply, Form) else "card"
        self.story.deeds.append(Deed(self.now(), member.email, command, dict(args or {}), dict(form or {}), what, reply.title))
        return reply

    def types(self, member: Member, text: str) -> Reply:
        """Somebody types a command."""
        command, rest = read_command(text, self.application.dispatcher.commands)
        return self.does(member, command, text=rest)

    def presses(self, member: Member, button: Button, **answers: str | list[str]) -> Reply:
        """Somebody presses a button, and fills in the form it opens."""
        return self.fills(member, self.does(member, button.command, button.args), **answers)

    def fills(self, member: Member, reply: Reply, **answers: str | list[str]) -> Reply:
        """Somebody saves a form with some of its fields filled in; a card is given back as it is."""
        if isinstance(reply, Card):
            return reply
        return self.does(member, reply.command, reply.args, form={**reply.answers, **answers})

    def key(self, email: str) -> int:
        """Somebody's number in the database."""
        return next(key for key, one in self.story.emails.items() if one == email)

    def change(self, email: str, **columns: object) -> None:
        """Change somebody's record, as an import does."""
        with self.application.database.session() as session:
            person = people.get(session, self.key(email))
            for name, value in columns.items():
                setattr(person, name, value)

    def leave(self, email: str, first: datetime, last: datetime) -> None:
        """Enter a leave."""
        with self.application.database.session() as session:
            people.get(session, self.key(email)).go_away(first, last)

    def _hire(self) -> None:
        roles = {"executive": [Role.EXECUTIVE], "delegate": [Role.DELEGATE], "cx_office": [Role.CX_OFFICE], "employee": []}
        by_email: dict[str, Person] = {}
        with self.application.database.session() as session:
            for one in self.company.members.values():
                person = _person(one, roles[one.kind])
                session.add(person)
                session.flush()
                account = person.link(Platform(one.platform), TENANTS[one.platform], one.email, self.company.start)
                account.vouched_at = self.company.start
                by_email[one.email] = person
                self.story.emails[person.key] = one.email
            for one in self.company.members.values():
                by_email[one.email].manager_id = by_email[one.manager].key if one.manager else None
                for boss in one.bosses:
                    by_email[boss].delegates.append(by_email[one.email])
            for name, owner, is_key in self.company.customers:
                tier = Tier.KEY if is_key else Tier.STANDARD
                session.add(Customer.named(name, tier=tier, owner_id=by_email[owner].key, segment="fleets"))
        self._plan_records()

    def _plan_records(self) -> None:
        """Leaves as they become known, other hours as they begin and end, and those who leave."""
        for one in self.company.members.values():
            for leave in list(one.calendar.leaves):
                self.plan(leave.known, lambda one=one, leave=leave: self.leave(one.email, leave.first, leave.last))  # type: ignore[misc]
            for hours in one.calendar.others:
                usual = (one.calendar.start, one.calendar.end)
                for day, (start, end) in ((hours.first, (hours.start, hours.end)), (hours.last + timedelta(days=1), usual)):
                    at = datetime(day.year, day.month, day.day, tzinfo=one.calendar.local(self.company.start).tzinfo)
                    self.plan(at, lambda one=one, start=start, end=end: self.change(one.email, works_from=start, works_until=end))  # type: ignore[misc]
            if one.gone is not None:
                self.plan(one.gone, lambda one=one: self.change(one.email, active=False))  # type: ignore[misc]

    def _read(self) -> dict[str, list[dict[str, Any]]]:
        with self.application.database.engine.connect() as connection:
            return {
                name: [dict(row) for row in connection.execute(sa.text(f"TABLE {name} ORDER BY 1")).mappings()] for name in TABLES
            }

    def _name_kinds(self) -> None:
        rows = {row["id"]: row for row in self.story.tables["deliveries"]}
        carried: dict[int, list[tuple[str, int, int]]] = {}
        for row in rows.values():
            carried.setdefault(row["carried_by_id"], []).append((row["subject"], row["subject_id"], row["part"]))
        for message in self.story.messages:
            row = rows[message.delivery]
            message.kind, message.subject, message.part = row["subject"], row["subject_id"], row["part"]
            message.carries = carried.get(message.delivery, [])


def _person(one: Member, roles: Sequence[Role]) -> Person:
    usual = frozenset({6, 0, 1, 2, 3} if one.calendar.country in {"SA", "IL", "EG", "NP"} else range(5))
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    days = "" if one.calendar.days == usual else " ".join(names[day] for day in sorted(one.calendar.days))
    more: dict[str, Any] = {"works_from": one.calendar.start, "works_until": one.calendar.end} if one.part_time else {}
    return Person.known(
        one.email,
        one.name,
        one.zone,
        roles,
        locale=one.locale,
        country=one.calendar.country,
        department=one.department,
        working_days=days,
        digest=one.digest,
        **more,
    )
