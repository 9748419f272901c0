"""Broadcasts: one sending of an update, from the wish to send it until everybody has it."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, enum_column
from bot.domain.audiences import Audience
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound, Refusal
from bot.domain.people import Person, Role
from bot.domain.updates import Update
from bot.settings import Settings

EARLIEST_ZONE = timedelta(hours=14)
"""How far ahead of UTC the first place on earth begins a day."""


class When(StrEnum):
    """NOW: as soon as it is approved. AT: at one instant for all. MORNING: at nine on a day, in each one's own zone and working days."""

    NOW = "now"
    AT = "at"
    MORNING = "morning"


class BroadcastState(StrEnum):
    """DRAFT: not asked for. WAITING: for those who must agree. SCHEDULED: approved, its time is to come. DONE: nothing is left to send."""

    DRAFT = "draft"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


_RUNNING = {BroadcastState.SCHEDULED, BroadcastState.SENDING, BroadcastState.PAUSED}


class Broadcast(SQLModel, table=True):
    """One sending. Every change goes through a method; `version` counts them, so that an old button shows how things stand.

    `at` is an instant for AT, `day` a day of everyone's own calendar for MORNING. `approved_by_id` is the second person a large
    audience needs, `approved_version` the update's version they read. `paused_from` is the state it goes on with.
    """

    __tablename__ = "broadcasts"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="updates.id", index=True)
    rule: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    when: When = Field(default=When.NOW, sa_type=enum_column(When))
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    day: date | None = None
    state: BroadcastState = Field(default=BroadcastState.DRAFT, sa_type=enum_column(BroadcastState))
    reason: str = ""
    size: int = 0
    asked_by_id: int | None = Field(default=None, foreign_key="people.id")
    approved_by_id: int | None = Field(default=None, foreign_key="people.id")
    approved_version: int | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 0

    update: Update = Relationship()
    asked_by: Person | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Broadcast.asked_by_id"})
    approved_by: Person | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Broadcast.approved_by_id"})

    @property
    def key(self) -> int:
        """The id of a saved broadcast."""
        if self.id is None:
            msg = "this broadcast is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def audience(self) -> Audience:
        """Who receives it."""
        return Audience.model_validate(self.rule)

    @property
    def is_running(self) -> bool:
        """Whether it is approved and not over."""
        return self.state in _RUNNING

    @property
    def starts_at(self) -> datetime | None:
        """When its recipients are looked up and the first may be reached; None for at once."""
        if self.when == When.MORNING and self.day is not None:
            return datetime.combine(self.day, time(0), UTC) - EARLIEST_ZONE
        return self.at if self.when == When.AT else None

    def aim(self, audience: Audience, actor: Person) -> None:
        """Say who is to receive it."""
        self._require(actor, BroadcastState.DRAFT, BroadcastState.WAITING)
        if problems := audience.problems():
            raise InvalidAnswers(problems)
        self.rule = audience.model_dump(mode="json")
        self.state, self.approved_by, self.approved_by_id, self.approved_version = BroadcastState.DRAFT, None, None, None
        self.version += 1

    def ask(
        self, actor: Person, size: int, when: When, now: datetime, *, at: datetime | None = None, day: date | None = None
    ) -> None:
        """Ask for it to be sent to `size` people; what it still waits for is told by `missing`."""
        self._require(actor, BroadcastState.DRAFT, BroadcastState.WAITING)
        if not size:
            raise InvalidAnswers({"": "Nobody fits this audience as it is. Choose who receives it first."})
        if not (self.update.speaker.active and self.update.speaker.has(Role.EXECUTIVE)):
            name = self.update.speaker.name
            raise InvalidAnswers({"": f"{name} isn't an executive here any more. Press Edit and choose in whose name it is said."})
        if when == When.AT and (at is None or at < now):
            raise InvalidAnswers({"at": "That moment is past. Choose one to come, such as 2026-12-01 14:00."})
        if when == When.MORNING and (day is None or day < actor.today(now)):
            raise InvalidAnswers({"day": "Choose today or a day to come."})
        self.when, self.at, self.day = when, at if when == When.AT else None, day if when == When.MORNING else None
        self.size, self.asked_by, self.asked_by_id = size, actor, actor.key
        self.state, self.reason = BroadcastState.WAITING, ""
        self.version += 1

    def approve(self, actor: Person) -> None:
        """The second person a large audience needs: from the CX office or an executive, and not the one who asked."""
        if not (actor.oversees or actor.has(Role.EXECUTIVE)):
            msg = "A large broadcast is approved by the CX office or an executive"
            raise NotAllowed(msg, "Ask one of them.")
        if actor.id in {self.asked_by_id, self.update.author_id}:
            msg = "It takes a second pair of eyes: somebody other than the one who wrote it and the one who asks"
            raise NotAllowed(msg, "Ask a colleague in the CX office.")
        if self.state != BroadcastState.WAITING:
            msg = f"It waits for nobody: it is {self.state.value}"
            raise Refusal(msg)
        self.approved_by, self.approved_by_id, self.approved_version = actor, actor.key, self.update.version
        self.version += 1

    def may_approve(self, actor: Person) -> bool:
        """Whether somebody can be that second person."""
        concerned = actor.id in {self.asked_by_id, self.update.author_id}
        return not concerned and (actor.oversees or actor.has(Role.EXECUTIVE))

    def send_back(self, note: str, actor: Person) -> None:
        """Whoever was asked to agree wants something changed: it's a draft again, with what they said."""
        if self.state != BroadcastState.WAITING:
            msg = f"It waits for nobody: it is {self.state.value}"
            raise Refusal(msg)
        if not note.strip():
            raise InvalidAnswers({"note": "Say what should be different."})
        self.state, self.reason = BroadcastState.DRAFT, f"{actor.name} asks for a change: {note.strip()}"
        self.version += 1

    def missing(self, settings: Settings) -> tuple[str, ...]:
        """What it still waits for: `speaker` (to stand behind the words), `second` (a second person's approval)."""
        found = [] if self.update.agreed else ["speaker"]
        if self.size > settings.updates.second_person_above and self.approved_version != self.update.version:
            found.append("second")
        return tuple(found)

    def go(self, settings: Settings) -> bool:
        """Schedule it when nothing is missing any more. Whether it did."""
        if self.state != BroadcastState.WAITING or self.missing(settings):
            return False
        self.state = BroadcastState.SCHEDULED
        self.version += 1
        return True

    def reconsider(self, settings: Settings) -> bool:
        """Its words were changed before its time: it waits anew for those who agreed to others. Whether it does."""
        if self.state != BroadcastState.SCHEDULED or not self.missing(settings):
            return False
        self.state = BroadcastState.WAITING
        self.version += 1
        return True

    def start(self, now: datetime) -> bool:
        """Its time has come: its deliveries may be made. Whether it is so; a second call, a cancelled or a postponed one is False.

        One in the name of somebody who has left meanwhile is a draft again, and says why.
        """
        if self.state != BroadcastState.SCHEDULED or self.update.recalled_at is not None:
            return False
        if self.starts_at is not None and now < self.starts_at:
            return False
        if not self.update.speaker.active:
            self.state, self.reason = BroadcastState.DRAFT, f"{self.update.speaker.name} has left: choose in whose name it is said."
            self.version += 1
            return False
        self.state, self.started_at = BroadcastState.SENDING, now
        self.version += 1
        return True

    def finish(self, now: datetime) -> None:
        """Nothing is left to send."""
        if self.state == BroadcastState.SENDING:
            self.state, self.finished_at = BroadcastState.DONE, now
            self.version += 1

    def pause(self, actor: Person) -> None:
        """Stop for now, before its time or after; what is with the platform already still arrives."""
        self._require(actor, BroadcastState.SCHEDULED, BroadcastState.SENDING)
        self.state, self.reason = BroadcastState.PAUSED, ""
        self.version += 1

    def halt(self, reason: str) -> None:
        """Stop for now because of something: a platform that refuses the bot. One that has stopped already only says so."""
        self.state = BroadcastState.PAUSED if self.state == BroadcastState.SENDING else self.state
        self.reason = reason
        self.version += 1

    def resume(self, actor: Person) -> None:
        """Go on; one that was paused before its time waits for that."""
        self._require(actor, BroadcastState.PAUSED)
        self.state, self.reason = BroadcastState.SENDING if self.started_at else BroadcastState.SCHEDULED, ""
        self.version += 1

    def reopen(self) -> None:
        """There is something to send again: those not reached are tried once more."""
        if self.state == BroadcastState.DONE:
            self.state, self.finished_at = BroadcastState.SENDING, None
            self.version += 1

    def end_recalled(self) -> None:
        """Its update was taken back: there is nothing to send any more."""
        if self.state in {BroadcastState.DRAFT, BroadcastState.WAITING, *_RUNNING}:
            self.state, self.reason = BroadcastState.CANCELLED, ""
            self.version += 1

    def cancel(self, actor: Person) -> None:
        """Send it to nobody more; a draft is put away. Those who have it keep it: recalling the update takes it back."""
        self._require(actor, BroadcastState.DRAFT, BroadcastState.WAITING, *_RUNNING)
        self.state = BroadcastState.CANCELLED
        self.version += 1

    @property
    def put_away(self) -> bool:
        """Whether it was called off before anybody had it: it can be made a draft again, and is in nobody's way."""
        return self.state == BroadcastState.CANCELLED and self.started_at is None

    def redraft(self, actor: Person) -> None:
        """Called off before anybody had it, it's a draft again."""
        self._require(actor, BroadcastState.CANCELLED)
        if self.started_at is not None:
            msg = "Some have it already, so it can't be a draft again"
            raise Refusal(msg, "Write a new one: /update.")
        self.state = BroadcastState.DRAFT
        self.version += 1

    def _require(self, actor: Person, *states: BroadcastState) -> None:
        self.update.require_change(actor)
        if self.state not in states:
            msg = f"This can't be done now: the broadcast is {self.state.value}"
            raise Refusal(msg, "Its card shows how it stands.")


def new(session: Session, update: Update) -> Broadcast:
    """A broadcast of an update, for nobody yet."""
    broadcast = Broadcast(update_id=update.key, update=update)
    session.add(broadcast)
    session.flush()
    return broadcast


def get(session: Session, broadcast_id: int) -> Broadcast:
    """The broadcast with this id, locked until the transaction ends; NotFound when there is none."""
    found = session.get(Broadcast, broadcast_id, with_for_update=True)
    if found is None:
        msg = "There is no such broadcast"
        raise NotFound(msg, "See /update for those there are.")
    return found


def newest(session: Session, limit: int) -> list[Broadcast]:
    """The newest broadcasts, of drafts too, with their updates."""
    return list(session.exec(select(Broadcast).order_by(col(Broadcast.id).desc()).limit(limit)))


def of_update(session: Session, update: Update) -> list[Broadcast]:
    """An update's broadcasts, oldest first."""
    return list(session.exec(select(Broadcast).where(Broadcast.update_id == update.key).order_by(col(Broadcast.id))))


def waiting(session: Session) -> list[Broadcast]:
    """Those that wait for somebody's approval, the oldest first."""
    return list(session.exec(select(Broadcast).where(Broadcast.state == BroadcastState.WAITING).order_by(col(Broadcast.id))))
