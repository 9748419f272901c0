"""Commitments: a promise to a customer or to staff, with an owner, a date and a history that loses nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Relationship, SQLModel, col

from bot.database import UtcDateTime, enum_column
from bot.domain.engagements.customers import Customer
from bot.domain.errors import InvalidAnswers, NotAllowed, Refusal
from bot.domain.people.people import Person
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises.commitment_events import CommitmentEvent, Happening
from bot.domain.rights import Action, may
from bot.domain.words.addresses import is_address

LIMIT = 2_000
"""Characters of a promise, and of a note on it."""


class CommitmentState(StrEnum):
    """OPEN until KEPT or given up: WITHDRAWN while there was time, MISSED once its date had passed."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Ages:
    """Whole days of each hop, in the calendar of whoever promised; None where it isn't reached yet."""

    to_promised: int
    to_done: int | None
    to_told: int | None
    heard_to_told: int | None


class Commitment(SQLModel, table=True):
    """A promise. Build with `promises.promise`, which checks. Every change goes through a method, which writes the event that tells of it.

    `first_due` is the first date agreed, `due` the one that holds now, `proposed_due` one the owner asks for. `item_id` is
    the roadmap item that mends the cause. `source_link` and `source_text` are the chat message it was made from, as that was then;
    `source_ref` says which one it is ("slack:C1:123.45"), `source_edited_at` that it was edited since. `heard_on` is the day
    the need was heard; `stage` and `target` are keys of the journey and of a segment's target. `version` counts the changes: a
    button made before the last one does nothing but show how things stand.
    """

    __tablename__ = "commitments"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    what: str
    customer_id: int | None = Field(default=None, foreign_key="customers.id", index=True)
    promised_by_id: int = Field(foreign_key="people.id", index=True)
    owner_id: int = Field(foreign_key="people.id", index=True)
    engagement_id: int | None = Field(default=None, foreign_key="engagements.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="roadmap_items.id", index=True)
    source_link: str = ""
    source_text: str = ""
    source_ref: str = Field(default="", index=True)
    source_edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    heard_on: date
    stage: str = ""
    target: str = ""
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    first_due: date
    due: date = Field(index=True)
    proposed_due: date | None = None
    state: CommitmentState = Field(default=CommitmentState.OPEN, sa_type=enum_column(CommitmentState))
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_on: date | None = Field(default=None, index=True)
    done_note: str = ""
    link: str = ""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 0

    customer: Customer | None = Relationship()
    item: RoadmapItem | None = Relationship()
    owner: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Commitment.owner_id"})
    promised_by: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Commitment.promised_by_id"})
    events: list[CommitmentEvent] = Relationship(sa_relationship_kwargs={"order_by": "CommitmentEvent.id"})

    __table_args__ = (sa.Index("ix_commitments_open_due", "due", postgresql_where=sa.text("state = 'open'")),)

    @property
    def key(self) -> int:
        """The id of a saved commitment."""
        if self.id is None:
            msg = "this commitment is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.state == CommitmentState.OPEN

    @property
    def to_be_told(self) -> bool:
        """Whether it is kept, and the customer doesn't know yet."""
        return self.state == CommitmentState.KEPT and self.told_at is None and self.customer_id is not None

    @property
    def crosses_departments(self) -> bool:
        """Whether one department keeps what another promised."""
        return self.promised_by.department != self.owner.department

    def is_late(self, today: date) -> bool:
        """Whether its date has passed while it is open."""
        return self.is_open and self.due < today

    @classmethod
    def late_on(cls, today: date) -> sa.ColumnElement[bool]:
        """The same as a condition of SQL."""
        return sa.and_(col(cls.state) == CommitmentState.OPEN, col(cls.due) < today)

    def kept_on_time(self) -> tuple[bool, bool]:
        """For a kept one: on the first date agreed, and on the last. (False, False) while it isn't kept."""
        if self.state != CommitmentState.KEPT or self.done_on is None:
            return (False, False)
        return (self.done_on <= self.first_due, self.done_on <= self.due)

    def ages(self) -> Ages:
        """How long it took from hearing of the need to promising, from there to done, and from done to telling the customer."""
        made, done, told = (at and self.promised_by.today(at) for at in (self.made_at, self.done_at, self.told_at))
        hops = (_days(self.heard_on, made), _days(made, done), _days(done, told), _days(self.heard_on, told))
        return Ages(hops[0] or 0, *hops[1:])

    @property
    def left_behind(self) -> bool:
        """Whether it is open and its owner has left."""
        return self.is_open and not self.owner.active

    @property
    def successor(self) -> Person | None:
        """Who is proposed to keep it once its owner has left: their manager, else the executive who promised it."""
        if not self.left_behind:
            return None
        fit = (one for one in (self.owner.manager, self.promised_by) if one and one.active and not one.guest)
        return next((one for one in fit if one.id != self.owner_id), None)

    def accept(self, actor: Person, now: datetime) -> None:
        """The owner takes it on."""
        self._require(may(actor, Action.KEEP_COMMITMENT, self), open_=True)
        self.accepted_at = now
        self.happened(Happening.ACCEPTED, actor, now)

    def hand_on(self, to: Person, note: str, actor: Person, now: datetime) -> None:
        """It is somebody else's to keep, who has yet to accept it; who takes it on themselves has accepted it."""
        self._require(may(actor, Action.HANDLE_COMMITMENT, self), open_=True)
        if to.id == self.owner_id:
            raise InvalidAnswers({"owner": f"{to.name} has it already. Choose someone else."})
        if not to.active or to.guest:
            raise InvalidAnswers({"owner": f"{to.name} can't take it on. Choose someone who works here."})
        self.happened(Happening.HANDED_ON, actor, now, note=note, old_owner_id=self.owner_id, new_owner_id=to.key)
        self.owner, self.owner_id, self.accepted_at, self.proposed_due = to, to.key, None, None
        if to.id == actor.id:
            self.accept(actor, now)

    def hand_over(self, to: Person, actor: Person, now: datetime) -> None:
        """Its owner has left, and it is handed to somebody who hasn't."""
        if self.is_open and self.owner.active:
            msg = f"{self.owner.name} is here to keep it"
            raise Refusal(msg, "See /commitments for how things stand.")
        self.hand_on(to, f"{self.owner.name} has left.", actor, now)

    def propose(self, due: date, reason: str, actor: Person, now: datetime) -> None:
        """The owner asks for another date. Whoever may decide needs nobody's leave: for them it changes at once."""
        self._require(may(actor, Action.HANDLE_COMMITMENT, self), open_=True)
        if due < actor.today(now):
            raise InvalidAnswers({"due": "That day is past. Choose today or a day to come."})
        if due == self.due:
            raise InvalidAnswers({"due": "That is the date it has already."})
        if not reason.strip():
            raise InvalidAnswers({"note": "Say why, in a few words: the customer counts on the date."})
        if may(actor, Action.DECIDE_COMMITMENT, self):
            self._change_date(due, reason, actor, now)
            return
        self.proposed_due = due
        self.happened(Happening.DATE_PROPOSED, actor, now, note=reason, old_due=self.due, new_due=due)

    def answer_proposal(self, *, agree: bool, actor: Person, now: datetime) -> None:
        """The executive agrees to the date asked for, or keeps the one promised."""
        self._require(may(actor, Action.DECIDE_COMMITMENT, self), open_=True)
        if self.proposed_due is None:
            msg = "Nobody is asking for a new date any more"
            raise Refusal(msg)
        if agree:
            self._change_date(self.proposed_due, self._last_note(Happening.DATE_PROPOSED), actor, now)
            return
        self.happened(Happening.DATE_KEPT, actor, now, old_due=self.due, new_due=self.proposed_due)
        self.proposed_due = None

    def _change_date(self, due: date, reason: str, actor: Person, now: datetime) -> None:
        self.happened(Happening.DATE_CHANGED, actor, now, note=reason, old_due=self.due, new_due=due)
        self.due, self.proposed_due = due, None

    def complete(self, note: str, link: str, actor: Person, now: datetime) -> None:
        """Done: what was done, and perhaps where it can be seen. The day is the owner's own."""
        self._require(may(actor, Action.KEEP_COMMITMENT, self), open_=True)
        if not note.strip():
            raise InvalidAnswers({"note": "Say in a sentence what was done: it is what the customer will be told."})
        if link.strip() and not is_address(link.strip()):
            raise InvalidAnswers({"link": "Give a web address that starts with https://, or leave it empty."})
        self.state, self.done_at, self.done_on = CommitmentState.KEPT, now, self.owner.today(now)
        self.done_note, self.link, self.proposed_due = note.strip(), link.strip(), None
        self.accepted_at = self.accepted_at or now
        self.happened(Happening.DONE, actor, now, note=note, link=link)

    def tell(self, actor: Person, now: datetime) -> None:
        """The customer knows: the loop is closed."""
        self._require(may(actor, Action.DECIDE_COMMITMENT, self), open_=False)
        if not self.to_be_told:
            msg = "They were told already" if self.told_at else "There is nothing to tell here"
            raise Refusal(msg)
        self.told_at = now
        self.happened(Happening.TOLD, actor, now)

    def reopen(self, note: str, due: date, actor: Person, now: datetime) -> None:
        """The customer was told, or heard of it, and is not satisfied: it's open again, with what they said and a new date."""
        self._require(may(actor, Action.DECIDE_COMMITMENT, self), open_=False)
        if self.state != CommitmentState.KEPT:
            msg = "Only what was done can be opened again"
            raise Refusal(msg)
        if not note.strip():
            raise InvalidAnswers({"note": "Say what they were not satisfied with."})
        if due < actor.today(now):
            raise InvalidAnswers({"due": "That day is past. Choose today or a day to come."})
        self.happened(Happening.REOPENED, actor, now, note=note, old_due=self.due, new_due=due)
        self.state, self.due = CommitmentState.OPEN, due
        self.done_at, self.done_on, self.told_at, self.accepted_at = None, None, None, None

    def give_up(self, reason: str, actor: Person, now: datetime) -> None:
        """It won't be kept: withdrawn while there is time, missed once its date has passed."""
        self._require(may(actor, Action.DECIDE_COMMITMENT, self), open_=True)
        if not reason.strip():
            raise InvalidAnswers({"note": "Say why: someone is waiting for it."})
        late = self.is_late(actor.today(now))
        self.state = CommitmentState.MISSED if late else CommitmentState.WITHDRAWN
        self.proposed_due = None
        self.happened(Happening.GIVEN_UP, actor, now, note=reason)

    def _require(self, allowed: bool, *, open_: bool) -> None:
        if not allowed:
            msg = "This is for its owner, the executive who promised it, their delegates and the CX office"
            raise NotAllowed(msg, "Ask one of them.")
        if open_ and not self.is_open:
            msg = f"It is {self.state.value} already"
            raise Refusal(msg, "See /commitments for how things stand.")

    def _last_note(self, kind: Happening) -> str:
        return next((event.note for event in reversed(self.events) if event.kind == kind), "")

    def happened(self, kind: Happening, actor: Person, now: datetime, **details: Any) -> None:
        """Write down what happened; `details` are the event's other columns. Times only move forward."""
        if self.events and now < self.events[-1].at:
            msg = f"{now.isoformat()} lies before the last change of this commitment"
            raise ValueError(msg)
        note = str(details.get("note", ""))
        if len(note) > LIMIT:
            raise InvalidAnswers({"note": f"That is {len(note):,} characters; {LIMIT:,} fit. Please shorten it."})
        self.version += 1
        details = {name: value.strip() if isinstance(value, str) else value for name, value in details.items()}
        event = CommitmentEvent(commitment_id=self.key, at=now, actor_id=actor.key, actor=actor, kind=kind, **details)
        self.events.append(event)


def _days(start: date | None, end: date | None) -> int | None:
    """Days from one to the other; a day's difference between two time zones is none."""
    return max((end - start).days, 0) if start and end else None
