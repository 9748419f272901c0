"""Decisions taken for customers: what, why, by whom, for which need."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, Relationship, Session, SQLModel, col, func, select

from bot.database import UtcDateTime, locked
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound
from bot.domain.people.people import Person
from bot.domain.plans.roadmap import LIMIT, RoadmapItem, tie_problems, title_problems
from bot.domain.rights import Action, may
from bot.settings import Settings

_ENGLISH_AND_PLAIN = (
    "to_tsvector('english', title || ' ' || why || ' ' || need) || to_tsvector('simple', title || ' ' || why || ' ' || need)"
)


class Decision(SQLModel, table=True):
    """What was decided (`title`), why, by whom, on which day, for which customers' `need`. An empty target says that it serves none."""

    __tablename__ = "decisions"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    title: str
    why: str
    need: str = ""
    decided_by_id: int = Field(foreign_key="people.id", index=True)
    decided_on: date = Field(index=True)
    stage: str
    target: str = ""
    item_id: int | None = Field(default=None, foreign_key="roadmap_items.id", index=True)
    recorded_by_id: int = Field(foreign_key="people.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 0
    words: str | None = Field(default=None, sa_column=sa.Column(TSVECTOR, sa.Computed(_ENGLISH_AND_PLAIN, persisted=True)))

    decided_by: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Decision.decided_by_id"})
    recorded_by: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Decision.recorded_by_id"})
    item: RoadmapItem | None = Relationship()

    __table_args__ = (sa.Index("ix_decisions_words", "words", postgresql_using="gin"),)

    @property
    def key(self) -> int:
        """The id of a saved decision."""
        if self.id is None:
            msg = "this decision is not saved yet"
            raise ValueError(msg)
        return self.id

    def require_change(self, actor: Person) -> None:
        """NotAllowed for somebody who may not correct it."""
        if not may(actor, Action.CHANGE_DECISION, self):
            msg = "A decision is corrected by whoever took it or wrote it down, and the CX office"
            raise NotAllowed(msg, f"Ask {self.decided_by.name}.")

    def change(self, ruling: "Ruling", actor: Person, settings: Settings, now: datetime) -> None:
        """Replace what it says by a checked ruling."""
        self.require_change(actor)
        ruling.check(actor, settings, now)
        for name, value in _values(ruling).items():
            setattr(self, name, value)
        self.version += 1


@dataclass(frozen=True)
class Ruling:
    """What a person says of a decision, before it is checked."""

    title: str
    why: str
    stage: str
    decided_by: Person | None
    decided_on: date | None
    need: str = ""
    target: str = ""
    item: RoadmapItem | None = None

    def check(self, actor: Person, settings: Settings, now: datetime) -> None:
        """InvalidAnswers by field when it can't be right."""
        found = title_problems(self.title) | tie_problems(self.stage, self.target, settings)
        if not self.why.strip():
            found["why"] = "Say why: it is what lets people decide the same way themselves."
        for name, value in (("why", self.why), ("need", self.need)):
            if len(value) > LIMIT:
                found[name] = f"That is {len(value):,} characters; {LIMIT:,} fit. Please shorten it."
        if self.decided_by is None:
            found["decided_by"] = "Choose who decided it."
        if self.decided_on is None:
            found["decided_on"] = "Choose the day it was decided."
        elif self.decided_on > actor.today(now):
            found["decided_on"] = "That day is still to come. Choose the day it was decided."
        if found:
            raise InvalidAnswers(found)


def _values(ruling: Ruling) -> dict[str, Any]:
    """A checked ruling as the columns and links of a decision."""
    return {
        "title": ruling.title.strip(),
        "why": ruling.why.strip(),
        "need": ruling.need.strip(),
        "stage": ruling.stage,
        "target": ruling.target,
        "decided_by": ruling.decided_by,
        "decided_by_id": ruling.decided_by.key if ruling.decided_by else None,
        "decided_on": ruling.decided_on,
        "item": ruling.item,
        "item_id": ruling.item.key if ruling.item else None,
    }


def record(session: Session, ruling: Ruling, actor: Person, settings: Settings, now: datetime) -> Decision:
    """Store a checked decision; InvalidAnswers when it can't be right."""
    ruling.check(actor, settings, now)
    decision = Decision(**_values(ruling), recorded_by_id=actor.key, recorded_by=actor, recorded_at=now)
    session.add(decision)
    session.flush()
    return decision


def get(session: Session, decision_id: int, *, lock: bool = False) -> Decision:
    """The decision with this id, with `lock` locked until the transaction ends; NotFound when there is none."""
    found = locked(session, Decision, decision_id) if lock else session.get(Decision, decision_id)
    if found is None:
        msg = "There is no such decision"
        raise NotFound(msg, "See /decision for those there are.")
    return found


def search(session: Session, words: str, limit: int) -> list[Decision]:
    """The newest decisions, with these words when some are given."""
    wanted = select(Decision)
    if words.strip():
        query = func.websearch_to_tsquery("english", words).op("||")(func.websearch_to_tsquery("simple", words))
        wanted = wanted.where(col(Decision.words).op("@@")(query))
    return list(session.exec(wanted.order_by(col(Decision.decided_on).desc(), col(Decision.id).desc()).limit(limit)))


def untargeted(session: Session, settings: Settings) -> list[Decision]:
    """The decisions tied to no target (or to one app.yaml no longer has), newest first, for the CX office to question."""
    return [one for one in search(session, "", 1_000) if settings.target(one.target) is None]
