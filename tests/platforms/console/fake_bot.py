"""A small bot to talk to, in place of the real dispatcher and its database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bot.cards import (
    Actions,
    Button,
    ButtonStyle,
    Card,
    ChoiceField,
    DateField,
    Divider,
    Facts,
    Form,
    Heading,
    Option,
    Quote,
    Reply,
    SearchField,
    Text,
    TextField,
    Tone,
)
from bot.commands import Inbound, Sender
from bot.platforms.console.contract import ConsolePerson, Guide, Start
from bot.platforms.console.platform import ConsolePlatform, build
from bot.views import refusals

NOW = datetime(2026, 11, 25, 8, 12, tzinfo=UTC)
"""A Wednesday morning, 09:12 in Copenhagen."""

MARA = ConsolePerson("mara@brightwater.example", "Mara Lindqvist", ("executive",), "Executive board", "Europe/Copenhagen")
OMAR = ConsolePerson("omar@brightwater.example", "עומר Haddad", ("cx_office",), "Customer Office", "Pacific/Auckland")
PEOPLE = [
    MARA,
    ConsolePerson("jonas@brightwater.example", "Jonas Okafor", ("executive",), "Operations", "Europe/London"),
    ConsolePerson("priya@brightwater.example", "Priya Raman", ("executive", "admin"), "Finance", "Asia/Kolkata"),
    ConsolePerson("sofie@brightwater.example", "Sofie Dam", ("delegate",), "Executive board", "Europe/Copenhagen"),
    OMAR,
    ConsolePerson("lena@brightwater.example", "Lena Brandt", (), "Field service", "Europe/Berlin"),
]

CUSTOMERS = tuple(Option(value=str(number), label=f"Customer {number}") for number in range(150))
CLINIC = Option(value="clinic", label="Nordhavn Dialysis", detail="Dialysis clinics · key customer")
BREWERY = Option(value="brewery", label="Two Rivers Brewery", detail="Independent breweries")

HELP = Card(
    title="Hello Mara. I keep us close to customers.",
    blocks=(
        Facts(
            items=(
                ("/logvisit", "Log a visit: who you met and what you heard"),
                ("/logcall", "Log a call with a customer"),
                ("/engagements", "Look through what was logged, newest first"),
                ("/customer", "What we know of a customer"),
                ("/journey", "The stages of our customers' journey"),
            )
        ),
        Actions(
            buttons=(
                Button(label="Log a visit", command="logvisit", opens_form=True, style=ButtonStyle.PRIMARY),
                Button(label="My engagements", command="engagements"),
                Button(label="The journey", command="journey"),
            )
        ),
    ),
)

PROMPT = Card(
    title="Mara: which customers have you spoken with lately?",
    blocks=(
        Text(text="2 of 3 visits this quarter, with five weeks to go."),
        Text(text="Nordhavn Dialysis has not been seen for 94 days."),
        Actions(
            buttons=(
                Button(label="Log a visit", command="logvisit", args={"prompt": "7"}, opens_form=True, style=ButtonStyle.PRIMARY),
                Button(label="Nothing this week", command="nothing", args={"prompt": "7"}, replaces=True),
                Button(label="Remind me tomorrow", command="nothing", args={"prompt": "7"}, replaces=True),
            )
        ),
    ),
)


def visit_form(text: str = "", **errors: str) -> Form:
    """The form of a visit, filled in with `text`."""
    return Form(
        title="Log a visit",
        command="logvisit",
        args={"form_id": "f1"},
        intro="This is what I understood. Nothing is saved until you press Save." if text else "",
        errors=errors,
        fields=(
            SearchField(
                name="customer",
                label="Customer",
                source="customers",
                required=True,
                query="" if errors else text.split(maxsplit=1)[0] if text else "",
                suggestions=(CLINIC, BREWERY, *CUSTOMERS[:98]),
                values=(CLINIC,) if errors else (),
            ),
            TextField(
                name="heard",
                label="What you heard",
                value=text,
                multiline=True,
                required=True,
                placeholder="In their words",
                max_length=400,
            ),
            DateField(name="happened_on", label="When", value=date(2026, 11, 24), required=True),
            ChoiceField(
                name="kind",
                label="Kind",
                required=True,
                value="visit",
                options=(
                    Option(value="visit", label="Visit"),
                    Option(value="call", label="Call"),
                    Option(value="briefing", label="Briefing"),
                ),
            ),
            SearchField(name="with", label="Who was there", source="customers", multiple=True, help="Choose as many as there were"),
            ChoiceField(
                name="stage",
                label="Stage of their journey",
                options=tuple(Option(value=f"s{n}", label=f"Stage {n}") for n in range(6)),
            ),
        ),
    )


def logged(heard: str, customer: str = CLINIC.label) -> Card:
    """The confirmation of a visit."""
    return Card(
        title=f"Logged: visit with {customer}",
        tone=Tone.GOOD,
        blocks=(
            Facts(
                items=(("Who", "Mara Lindqvist"), ("Met", "Head nurse, CFO"), ("When", "Tue 24 Nov 2026"), ("Stage", "First water"))
            ),
            Quote(text=heard),
            Quote(text="They keep a notebook of their own samples.", source="What surprised"),
            Text(text="That makes 3 of 3 visits this quarter. Pledge kept, thank you.", tone=Tone.GOOD),
            Actions(
                buttons=(
                    Button(label="Edit", command="logvisit", opens_form=True),
                    Button(
                        label="Delete", command="delete", style=ButtonStyle.DANGER, confirm="Delete this engagement?", replaces=True
                    ),
                )
            ),
        ),
    )


JOURNEY = Card(
    title="What our customers go through",
    blocks=(
        Heading(text="Something is wrong"),
        Text(text="Within two working days we know what could be done and what each way costs."),
        Divider(),
        Heading(text="First water"),
        Text(text="Water was released to us on the date we'd told our own people."),
    ),
)


@dataclass
class FakeDispatcher:
    """Answers a handful of commands, and remembers what it was asked."""

    asked: list[Inbound] = field(default_factory=list)
    failing: bool = False
    slow: float = 0.0
    commands: Mapping[str, object] = field(
        default_factory=lambda: dict.fromkeys(("help", "logvisit", "logcall", "journey", "engagements", "delete", "nothing"))
    )

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer, or fail when told to."""
        self.asked.append(inbound)
        await asyncio.sleep(self.slow)
        if self.failing:
            msg = "the database is gone"
            raise ConnectionError(msg)
        return self._answer(inbound)

    def _answer(self, inbound: Inbound) -> Reply:
        if inbound.command in {"logvisit", "logcall"}:
            return self._visit(inbound)
        cards = {
            "journey": JOURNEY,
            "delete": Card(title="Deleted", blocks=(Text(text="It is out of every list.", tone=Tone.MUTED),)),
            "tick-off": refusals.outdated(inbound.form),
            "nothing": Card(title="I won't ask again about this."),
        }
        return cards.get(inbound.command, HELP)

    def _visit(self, inbound: Inbound) -> Reply:
        if inbound.form is None:
            return visit_form(inbound.text)
        heard = inbound.form["heard"]
        assert isinstance(heard, str)
        if not heard:
            return visit_form("", heard="Say what you heard: a sentence is enough.")
        return logged(heard)

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """Find among 152 customers."""
        assert sender.email
        assert source == "customers"
        return tuple(one for one in (CLINIC, BREWERY, *CUSTOMERS) if query.lower() in one.label.lower())[:100]


@dataclass
class FakeClock:
    """Stands until it is moved."""

    instant: datetime = NOW
    platform: ConsolePlatform | None = None
    moves: list[datetime] = field(default_factory=list)
    until: asyncio.Event | None = None
    on_its_way: asyncio.Event = field(default_factory=asyncio.Event)

    async def now(self) -> datetime:
        """The present instant."""
        return self.instant

    async def advance_to(self, instant: datetime) -> list[str]:
        """Move there, once `until` is set where there is one; nothing else happens."""
        self.on_its_way.set()
        if self.until is not None:
            await self.until.wait()
            self.until.clear()
        self.moves.append(instant)
        self.instant = instant
        return ["Thu 26 Nov 09:00 in Europe/Copenhagen: Asks executives whom they have listened to"]


async def people() -> list[ConsolePerson]:
    """Everybody."""
    return PEOPLE


async def completions(email: str) -> list[tuple[str, str, str]]:
    """What may be typed."""
    assert email
    return [
        ("logvisit", "[customer, when: what you heard]", "Log a visit: who you met and what you heard"),
        ("logcall", "[customer, when: what you heard]", "Log a call with a customer"),
        ("engagements", "[name or customer]", "Look through what was logged, newest first"),
        ("journey", "", "The stages of our customers' journey"),
        ("help", "", "What I can do"),
    ]


async def starts() -> list[Start]:
    """Who to begin as."""
    return [Start(MARA, "the chief executive", "Log a visit from one line", "/logvisit Nordhavn: six weeks & more")]


async def asked(after: datetime, until: datetime) -> list[ConsolePerson]:
    """Mara and Omar at 15:00 UTC of the Thursday, nobody else ever."""
    return [MARA, OMAR] if after < datetime(2026, 11, 26, 15, tzinfo=UTC) <= until else []


def dumped(reply: Card | Form) -> dict[str, Any]:
    """A preview: the reply's own JSON."""
    return reply.model_dump(mode="json")


def platform(dispatcher: FakeDispatcher, clock: FakeClock, *, sample: bool = True) -> ConsolePlatform:
    """The console, on the small bot."""
    return build(
        dispatcher,
        people=people,
        completions=completions,
        previews={"slack": dumped, "teams": dumped},
        clock=clock,
        sample=sample,
        company="Brightwater",
        guide=Guide("Europe/Copenhagen", starts, asked),
    )
