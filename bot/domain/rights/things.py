"""What a rule must know of a thing to decide about it. The tables fit by having it; the rules know no table but people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.people.people import Person


class ApiToken(Protocol):
    """A program's token: whether it was made for notes."""

    @property
    def notes(self) -> bool: ...


class Update(Protocol):
    """An update: who wrote it, in whose name its words are, in whose those will be that are proposed, and how often they changed."""

    @property
    def author_id(self) -> int: ...

    @property
    def speaker_id(self) -> int: ...

    @property
    def speaks_for_id(self) -> int: ...

    @property
    def worded(self) -> int: ...


class Broadcast(Protocol):
    """A sending of an update: who asked for it, and who approved which of its words."""

    @property
    def update(self) -> Update: ...

    @property
    def asked_by_id(self) -> int | None: ...

    @property
    def approved_by_id(self) -> int | None: ...

    @property
    def approved_version(self) -> int | None: ...


class Handover(Protocol):
    """What has happened to a commitment: who owned it before, where it was handed on."""

    @property
    def old_owner_id(self) -> int | None: ...


class Commitment(Protocol):
    """A commitment: who promised it, who owns it now, and what has happened to it."""

    @property
    def promised_by_id(self) -> int: ...

    @property
    def owner_id(self) -> int: ...

    @property
    def owner(self) -> Person: ...

    @property
    def events(self) -> Iterable[Handover]: ...


class Engagement(Protocol):
    """An engagement: who logged it, and who was there."""

    @property
    def logged_by_id(self) -> int: ...

    @property
    def executives(self) -> Iterable[Person]: ...


class Owned(Protocol):
    """What has an owner."""

    @property
    def owner(self) -> Person: ...


class Customer(Protocol):
    """A customer, who need not have an owner."""

    @property
    def owner_id(self) -> int | None: ...


class Decided(Protocol):
    """A decision: who took it, and who wrote it down."""

    @property
    def decided_by(self) -> Person: ...

    @property
    def recorded_by_id(self) -> int: ...


class Prompt(Protocol):
    """What an executive is asked."""

    @property
    def person(self) -> Person: ...


class Question(Protocol):
    """A question about an update."""

    @property
    def update(self) -> Update: ...

    @property
    def asker_id(self) -> int: ...


class Sent(Protocol):
    """What was sent to somebody."""

    @property
    def person_id(self) -> int: ...


class Requested(Protocol):
    """What somebody caused to be sent or posted; None: the bot did, by itself."""

    @property
    def requested_by_id(self) -> int | None: ...


@dataclass(frozen=True)
class Reading:
    """An update that somebody wants to read. `had`: it was sent to them; `meant`: it has gone out to such as they are now."""

    update: Update
    had: bool
    meant: bool


@dataclass(frozen=True)
class Asked:
    """A broadcast that waits for approval: `missing` is what it waits for, `seconds` the ids of those who may be its second person."""

    broadcast: Broadcast
    missing: tuple[str, ...]
    seconds: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Logged:
    """An engagement; `editable` while its own people may still correct it."""

    engagement: Engagement
    editable: bool
