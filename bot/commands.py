"""What a command is, what it is given and what it may answer: the contract between handlers and platforms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from sqlmodel import Session

from bot.cards import Answers, Card, Form, Option, Reply
from bot.domain.access.accounts import Claim, Vouch
from bot.domain.errors import Refusal
from bot.domain.people.people import Person, Platform
from bot.domain.rights import Action, may_ever
from bot.domain.words.answers import Filled, whole
from bot.domain.words.suggestions import Question, Suggestion
from bot.domain.words.typed_text import begun, seen
from bot.settings import Settings

__all__ = [
    "Action",
    "Command",
    "Firing",
    "Inbound",
    "Place",
    "Platform",
    "Reply",
    "Request",
    "Schedule",
    "Sender",
    "Source",
    "read_command",
]


class Place(StrEnum):
    """Where a command was typed: a chat with the bot alone, or somewhere others can read."""

    PERSONAL = "personal"
    SHARED = "shared"


@dataclass(frozen=True)
class Sender:
    """The platform's own account of whoever typed or pressed.

    `user_id` is Slack's `U…`, the Teams user's AAD object id, or the person's email on the console. `tenant` is the Slack team id or the
    Microsoft tenant id, empty on the console. `vouch` is what the platform says of the account, and `email` the address it vouches for
    (Teams and Slack after a look-up): only an account that is surely one of the company's own is linked to whoever has that address.
    `conversation` is what the platform's sender needs to write to this person later (Slack: the DM's channel id or "";
    Teams: the conversation reference as JSON); when not empty it is stored with the account, replacing the older one.
    """

    platform: Platform
    user_id: str
    tenant: str = ""
    email: str = ""
    conversation: str = ""
    vouch: Vouch = Vouch.UNSAID

    @property
    def claim(self) -> Claim:
        """What is known of the account. Where accounts aren't real ones, everybody is vouched for: no real account is beside them."""
        vouch = self.vouch if self.platform.real else Vouch.OURS
        return Claim(self.platform, self.tenant, self.user_id, self.email, vouch)


@dataclass(frozen=True)
class Inbound:
    """One thing a person did, as a platform's listener passes it to `bot.dispatch.dispatcher`.

    `command` is without slash, lower case ("logvisit"); when nothing was recognised it is "" and `text` is all that was typed.
    `text` is what followed the command. `args` are a button's or form's own; `form` is None unless a form was submitted.
    `event_id` identifies the event for de-duplication ("" when the platform has none): the second event with the same id changes
    nothing and is given the first one's answer. `suggestion` is the dispatcher's own: a listener leaves it out.
    """

    sender: Sender
    command: str
    text: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    form: Answers | None = None
    event_id: str = ""
    place: Place = Place.PERSONAL
    suggestion: Suggestion | None = None


@dataclass(frozen=True)
class Request:
    """What a handler is given: who asks, for what, when, and the transaction it happens in.

    `now` is UTC-aware. The transaction commits when the handler returns and rolls back when it raises. `suggestion` is what a language model
    says of `text`, where the company has one and it answered in time: nothing to be believed unchecked.
    """

    actor: Person
    session: Session
    settings: Settings
    now: datetime
    command: str
    text: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    place: Place = Place.PERSONAL
    commands: Mapping[str, Command] = field(default_factory=dict)
    suggestion: Suggestion | None = None

    @cached_property
    def filled(self) -> Filled:
        """What the form was filled in with, read field by field; nothing in it where none was."""
        return Filled(self.answers)

    def number(self, name: str, usual: int | None = None) -> int:
        """The id or number a button or form carries under `name`, `usual` without any; Refusal when it carries none, as an old card may."""
        value = self.args.get(name, "")
        found = usual if usual is not None and not value else whole(value)
        if found is None:
            msg = "This button is out of date"
            raise Refusal(msg, "Type /help to start afresh.")
        return found


@dataclass(frozen=True)
class Command:
    """A thing people can ask the bot to do.

    - `name`: what is typed after the slash, lower case.
    - `help`: one line, under 100 characters, that says what it does (Teams shows up to 128 characters, Slack 100 comfortably).
    - `usage`: the hint of what may follow, such as `[customer, when: what you heard]`; empty when nothing may.
    - `action`: what it does, which `bot.domain.rights` says who may do; one without a line in its table, or none at all, is refused to everybody.
    - `form`: builds the form. When set, the command first answers with it, and `run` gets what was filled in.
    - `run`: does the work and answers.
    - `question`: what a language model is asked about the typed text before the form is made, where the company has one; None for nothing.
    - `listed`: False for what is only reached by a button.
    - `public`: True when the answer may be shown where others read it; otherwise a platform answers in private.
    - `label`: the words on this command's button in the help card; empty when it has none.
    - `order`: its place in help and menus; lower first.
    """

    name: str
    help: str
    run: Callable[[Request], Reply]
    action: Action | None = None
    usage: str = ""
    form: Callable[[Request], Form | Card] | None = None
    question: Callable[[Request], Question | None] | None = None
    listed: bool = True
    public: bool = False
    label: str = ""
    order: int = 100

    def open_to(self, person: Person) -> bool:
        """Whether `person` may use it at all; to what, is asked once it is known what it is about."""
        return may_ever(person, self.action)


@dataclass(frozen=True)
class Source:
    """A list that a `SearchField` can search in: `find` is given what was typed; () for whoever may not do `action` at all."""

    action: Action
    find: Callable[[Request, str], tuple[Option, ...]]


@dataclass(frozen=True)
class Firing:
    """One firing of a schedule in one time zone, inside the transaction that records it.

    `now` is UTC-aware; `zone` an IANA name; `local` the naive wall time in `zone` the schedule was due at.
    """

    session: Session
    settings: Settings
    now: datetime
    zone: str
    local: datetime


@dataclass(frozen=True)
class Schedule:
    """Work done at set times, in every time zone that people live in.

    - `name`: the key under `schedules:` in app.yaml.
    - `help`: one line that says what it does.
    - `cron`: default time, five fields, day names only (`0 15 * * thu`), wall time in each zone.
    - `run`: does the work for the people of one zone. It must only write to the database and defer jobs: it runs inside the
      transaction that makes the firing happen exactly once.
    - `grace`: how late, in seconds, a firing missed while nothing ran is still caught up; later it is recorded as missed.
    """

    name: str
    help: str
    cron: str
    run: Callable[[Firing], None]
    grace: int = 4 * 3600


TYPED = "typed"
"""What a button carries, among its args, of text that was typed: the command it runs is given it as if it followed its name."""

_LONGEST_NAME = 100


def read_command(text: str, names: Collection[str]) -> tuple[str, str]:
    """Split typed text into a command's name and what follows it; the name is "" when none of `names` is meant.

    The slash may be left out, case doesn't matter, and any white space (a non-breaking space too) ends the name; marks that nobody sees
    (zero-width space, byte order mark, text direction) don't count. The rest is returned as typed, stripped.
    """
    stripped = begun(text)
    first, *rest = stripped.split(maxsplit=1) or [""]
    name = seen(first[:_LONGEST_NAME]).removeprefix("/").lower() if len(first) <= _LONGEST_NAME else ""
    if name in names:
        return name, (begun(rest[0]) if rest else "")
    return "", stripped
