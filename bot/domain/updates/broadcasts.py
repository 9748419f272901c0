"""Broadcasts: one sending of an update, from the wish to send it until everybody has it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, enum_column, locked
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound, Refusal
from bot.domain.people.people import Person, Role
from bot.domain.updates import approvals, proposals
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcast_states import OVER, RUNNING, BroadcastState, When, first_instant
from bot.domain.updates.updates import Update
from bot.settings import Settings

__all__ = ["Broadcast", "BroadcastState", "When", "get", "new", "newest", "of_update", "waiting"]

UNKNOWN = "An update is changed by its author and the CX office; one that waits for someone else is theirs to see. See /updates for yours."
"""What is said beside "There is no such broadcast", also of one that isn't for whoever asks."""


class Broadcast(SQLModel, table=True):
    """One sending. Every change goes through a method; `version` counts them, so that an old button shows how things stand.

    `at` is an instant for AT, `day` a day of everyone's own calendar for MORNING. `approved_by_id` is the second person a large
    audience needs, `approved_version` the number of the words they read (`Update.worded`), `approved_size` how many it was to reach then.
    `held_from` is the state it goes on with once new words are approved, of one that had begun. An `urgent` one waits for nobody's work.
    """

    __tablename__ = "broadcasts"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="updates.id", index=True)
    rule: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    when: When = Field(default=When.NOW, sa_type=enum_column(When))
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    day: date | None = None
    urgent: bool = False
    state: BroadcastState = Field(default=BroadcastState.DRAFT, sa_type=enum_column(BroadcastState))
    reason: str = ""
    size: int = 0
    asked_by_id: int | None = Field(default=None, foreign_key="people.id")
    approved_by_id: int | None = Field(default=None, foreign_key="people.id")
    approved_version: int | None = None
    approved_size: int = 0
    held_from: BroadcastState | None = Field(default=None, sa_type=enum_column(BroadcastState, "held_from"))
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
        return self.state in RUNNING

    @property
    def starts_at(self) -> datetime | None:
        """When its recipients are looked up and the first may be reached; None for at once."""
        return first_instant(self.when, self.at, self.day)

    def aim(self, audience: Audience, actor: Person) -> None:
        """Say who is to receive it."""
        self._require_unsent(actor)
        if problems := audience.problems():
            raise InvalidAnswers(problems)
        self.rule = audience.model_dump(mode="json")
        self.state, self.approved_by, self.approved_by_id, self.approved_version = BroadcastState.DRAFT, None, None, None
        self.version += 1

    def ask(
        self, actor: Person, size: int, when: When, now: datetime, *, at: datetime | None = None, day: date | None = None
    ) -> None:
        """Ask for it to be sent to `size` people; what it still waits for is told by `missing`."""
        self._require_unsent(actor)
        approvals.require_sendable(self.update, actor, size, (when, at, day), now)
        self.when, self.at, self.day = when, at if when == When.AT else None, day if when == When.MORNING else None
        self.size, self.asked_by, self.asked_by_id, self.urgent = size, actor, actor.key, False
        self.state, self.reason, self.held_from = BroadcastState.WAITING, "", None
        self.version += 1

    def approve(self, actor: Person) -> None:
        """The second person a large audience needs: from the CX office or an executive, and not the one who asked."""
        if not actor.has(Role.EXECUTIVE, Role.CX_OFFICE, Role.ADMIN):
            msg = "A large broadcast is approved by the CX office or an executive"
            raise NotAllowed(msg, "Ask one of them.")
        if actor.id in {self.asked_by_id, self.update.author_id}:
            msg = "It takes a second pair of eyes: someone other than the one who wrote it and the one who asks"
            raise NotAllowed(msg, "Ask a colleague in the CX office.")
        if self.state != BroadcastState.WAITING:
            msg = f"It waits for nobody: it is {self.state.value}"
            raise Refusal(msg)
        self.approved_by, self.approved_by_id = actor, actor.key
        self.approved_version, self.approved_size = self.update.worded, self.size
        self.version += 1

    def send_back(self, note: str, actor: Person) -> None:
        """Whoever was asked to agree wants something changed: it's a draft again, with what they said."""
        if self.state != BroadcastState.WAITING:
            msg = f"It waits for nobody: it is {self.state.value}"
            raise Refusal(msg)
        if not note.strip():
            raise InvalidAnswers({"note": "Say what should be different."})
        self.reason = f"{actor.name} asks for a change: {note.strip()}"
        if self.started_at is None:
            self.state, self.held_from = BroadcastState.DRAFT, None
        self.version += 1

    def missing(self, settings: Settings) -> tuple[str, ...]:
        """What it still waits for: `speaker` (to stand behind the words), `second` (a second person's approval)."""
        return approvals.missing(self, settings)

    def pending(self, settings: Settings) -> tuple[str, ...]:
        """What it waits for now; nothing unless it was asked for and hasn't been answered."""
        return self.missing(settings) if self.state == BroadcastState.WAITING else ()

    def go(self, settings: Settings) -> bool:
        """Schedule it, or let it go on, when nothing is missing any more. Whether it did."""
        if self.state != BroadcastState.WAITING or self.missing(settings):
            return False
        self.state, self.held_from, self.reason = self.held_from or BroadcastState.SCHEDULED, None, ""
        self.version += 1
        return True

    def reconsider(self, settings: Settings) -> bool:
        """Its words were changed: it waits for those who agreed to others, before its time or on the way. Whether it does (as of now)."""
        unsent = self.started_at is None
        idle = {BroadcastState.DRAFT, BroadcastState.WAITING} | ({BroadcastState.CANCELLED} if unsent else set())
        if self.state in idle or not self.missing(settings):
            return False
        self.held_from = None if self.state == BroadcastState.SCHEDULED else self.state
        self.reason = "" if unsent else "Its words were changed. Readers see the approved ones until the new ones are approved."
        self.state = BroadcastState.WAITING
        self.version += 1
        return True

    def is_due(self, now: datetime) -> bool:
        """Whether its deliveries may be made; a second time, or of a cancelled or postponed one, they may not."""
        approved = self.state == BroadcastState.SCHEDULED and self.update.recalled_at is None
        return approved and (self.starts_at is None or now >= self.starts_at)

    def back_to_draft(self, reason: str) -> None:
        """It can't go out as it is: its author must change something first."""
        self.state, self.reason = BroadcastState.DRAFT, reason
        self.version += 1

    def start(self, size: int, settings: Settings, now: datetime) -> bool:
        """Its deliveries are made, `size` of them. Whether that is what was approved; else it waits again, and says why."""
        before, self.size = self.size, size
        self.version += 1
        if missing := self.missing(settings):
            self.state, self.reason = BroadcastState.WAITING, approvals.held_because(self, missing, before)
            return False
        self.state, self.started_at, self.reason = BroadcastState.SENDING, now, ""
        return True

    def finish(self, now: datetime) -> None:
        """Nothing is left to send."""
        if self.state == BroadcastState.SENDING:
            self.state, self.finished_at = BroadcastState.DONE, now
            self.version += 1

    def pause(self, actor: Person) -> None:
        """Stop for now, before its time or after; what is with the platform already still arrives."""
        self._require(actor, BroadcastState.SCHEDULED, BroadcastState.SENDING, BroadcastState.WAITING)
        if self.held_from == BroadcastState.SENDING:
            self.held_from = BroadcastState.PAUSED
        elif self.state != BroadcastState.WAITING:
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

    def require_more(self, actor: Person) -> None:
        """Refusal unless something more can be sent of it: those not reached tried again, those silent reminded."""
        self._require(actor, BroadcastState.SENDING, BroadcastState.DONE)

    def reopen(self) -> None:
        """There is something to send again: those not reached are tried once more."""
        if self.state == BroadcastState.DONE:
            self.state, self.finished_at = BroadcastState.SENDING, None
            self.version += 1

    def end_recalled(self) -> None:
        """Its update was taken back: there is nothing to send any more."""
        proposals.drop(self.update)
        if self.held_from in OVER:
            self._release()
        elif self.state not in OVER:
            self.state, self.reason, self.held_from = BroadcastState.CANCELLED, "", None
            self.version += 1

    def cancel(self, actor: Person) -> None:
        """Send it to nobody more; a draft is put away. Those who have it keep it: recalling the update takes it back."""
        self._require(actor, BroadcastState.DRAFT, BroadcastState.WAITING, *RUNNING)
        if self.held_from is not None and self.started_at is not None:
            self.discard(actor)
        self.state = self.state if self.state in OVER else BroadcastState.CANCELLED
        self.version += 1

    def discard(self, actor: Person) -> None:
        """Nothing comes of new words that wait for approval: it goes on with those its readers have."""
        self._require(actor, BroadcastState.WAITING)
        if self.started_at is None:
            msg = "No changed words wait for approval"
            raise Refusal(msg, "Its card shows how it stands.")
        proposals.drop(self.update)
        self.approved_version = self.update.worded if self.approved_version is not None else None
        self._release()

    def _release(self) -> None:
        self.state, self.held_from, self.reason = self.held_from or self.state, None, ""
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
        self.back_to_draft("")

    def _require_unsent(self, actor: Person) -> None:
        self._require(actor, BroadcastState.DRAFT, BroadcastState.WAITING)
        if self.started_at is not None:
            msg = "It has begun to go out, so its recipients and time are fixed"
            raise Refusal(msg, "Write a new one: /update.")

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
    found = locked(session, Broadcast, broadcast_id)
    if found is None:
        msg = "There is no such broadcast"
        raise NotFound(msg, UNKNOWN)
    return found


def newest(session: Session, limit: int) -> list[Broadcast]:
    """The newest broadcasts, of drafts too, with their updates."""
    return list(session.exec(select(Broadcast).order_by(col(Broadcast.id).desc()).limit(limit)))


def of_update(session: Session, update: Update) -> list[Broadcast]:
    """An update's broadcasts, oldest first."""
    return list(session.exec(select(Broadcast).where(Broadcast.update_id == update.key).order_by(col(Broadcast.id))))


def waiting(session: Session, limit: int | None = None) -> list[Broadcast]:
    """Those that wait for somebody's approval, the oldest first; `limit` of them."""
    wanted = select(Broadcast).where(Broadcast.state == BroadcastState.WAITING).order_by(col(Broadcast.id))
    return list(session.exec(wanted.limit(limit)))
