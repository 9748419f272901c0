"""The roadmap: planned changes of the customer's experience, each tied to a stage and to the target it serves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, enum_column, locked
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.settings import Settings

TITLE_LIMIT, LIMIT = 150, 3_000
"""Characters of a title, and of what a change is."""


class Status(StrEnum):
    """Where an item stands. NOW is being worked on; STOPPED won't be done."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The status in words."""
        return self.value.capitalize()


class RoadmapItem(SQLModel, table=True):
    """A planned change. `stage` and `target` are keys in app.yaml; an empty target says that it serves none, for the CX office to question.

    `version` counts the changes: a button made before the last one does nothing but show how things stand.
    """

    __tablename__ = "roadmap_items"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    title: str
    what: str = ""
    stage: str
    target: str = ""
    owner_id: int = Field(foreign_key="people.id", index=True)
    status: Status = Field(default=Status.NEXT, sa_type=enum_column(Status))
    added_by_id: int = Field(foreign_key="people.id")
    added_at: datetime = Field(sa_type=UtcDateTime)
    status_since: datetime = Field(sa_type=UtcDateTime)
    version: int = 0

    owner: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "RoadmapItem.owner_id"})

    @property
    def key(self) -> int:
        """The id of a saved item."""
        if self.id is None:
            msg = "this roadmap item is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def is_open(self) -> bool:
        """Whether it is still to come: neither done nor stopped."""
        return self.status in {Status.NOW, Status.NEXT, Status.LATER}

    def move(self, status: Status, actor: Person, now: datetime) -> None:
        """Give it another status; NotAllowed for somebody without the right."""
        self.require_change(actor)
        if status == self.status:
            return
        self.status, self.status_since = status, now
        self.version += 1

    def change(self, plan: "Plan", actor: Person, settings: Settings, now: datetime) -> None:
        """Replace what it says by a checked plan."""
        self.require_change(actor)
        plan.check(settings)
        self.title, self.what, self.stage, self.target = plan.title.strip(), plan.what.strip(), plan.stage, plan.target
        if plan.owner is not None:
            self.owner, self.owner_id = plan.owner, plan.owner.key
        self.version += 1
        self.move(plan.status, actor, now)

    def require_change(self, actor: Person) -> None:
        """NotAllowed for somebody who may not change it."""
        if not may(actor, Action.CHANGE_ROADMAP_ITEM, self):
            msg = "A roadmap item is changed by its owner and the CX office"
            raise NotAllowed(msg, f"Ask {self.owner.name}.")


@dataclass(frozen=True)
class Plan:
    """What a person says of an item, before it is checked. `owner` None leaves it as it is (a new one: whoever adds it)."""

    title: str
    stage: str
    what: str = ""
    target: str = ""
    status: Status = Status.NEXT
    owner: Person | None = None

    def check(self, settings: Settings) -> None:
        """InvalidAnswers by field when it can't be right."""
        found = title_problems(self.title) | tie_problems(self.stage, self.target, settings)
        if len(self.what) > LIMIT:
            found["what"] = f"That is {len(self.what):,} characters; {LIMIT:,} fit. Please shorten it."
        if self.owner is not None and (not self.owner.works_here):
            found["owner"] = f"{self.owner.name} can't own it. Choose someone who works here."
        if found:
            raise InvalidAnswers(found)


def title_problems(title: str) -> dict[str, str]:
    """What is wrong with a title, by field."""
    if not title.strip():
        return {"title": "Give it a title people will recognise."}
    if len(title) > TITLE_LIMIT:
        return {"title": f"That is {len(title)} characters; {TITLE_LIMIT} fit. Put the rest below."}
    return {}


def tie_problems(stage: str, target: str, settings: Settings) -> dict[str, str]:
    """What is wrong with the stage and target something is tied to, by field."""
    found = {}
    if settings.stage(stage) is None:
        found["stage"] = "Choose the stage of the journey that it changes."
    if target and settings.target(target) is None:
        found["target"] = "Choose one from the list. “No target” is an answer, too."
    return found


def add(session: Session, plan: Plan, actor: Person, settings: Settings, now: datetime) -> RoadmapItem:
    """Store a checked item; InvalidAnswers when it can't be right."""
    plan.check(settings)
    owner = plan.owner or actor
    item = RoadmapItem(
        title=plan.title.strip(),
        what=plan.what.strip(),
        stage=plan.stage,
        target=plan.target,
        owner_id=owner.key,
        owner=owner,
        status=plan.status,
        added_by_id=actor.key,
        added_at=now,
        status_since=now,
    )
    session.add(item)
    session.flush()
    return item


def get(session: Session, item_id: int) -> RoadmapItem:
    """The item with this id, locked until the transaction ends; NotFound when there is none."""
    found = locked(session, RoadmapItem, item_id)
    if found is None:
        msg = "There is no such roadmap item"
        raise NotFound(msg, "See /roadmap for those there are.")
    return found


def items(session: Session, *, stage: str = "", status: Status | None = None) -> list[RoadmapItem]:
    """The items, of one stage or status when given: now first, then next, later, done, stopped; in each, the oldest first."""
    wanted = select(RoadmapItem)
    if stage:
        wanted = wanted.where(RoadmapItem.stage == stage)
    if status is not None:
        wanted = wanted.where(RoadmapItem.status == status)
    rank = sa.case({one.value: number for number, one in enumerate(Status)}, value=sa.cast(col(RoadmapItem.status), sa.String))
    return list(session.exec(wanted.order_by(rank, col(RoadmapItem.status_since), col(RoadmapItem.id))))


def untargeted(session: Session, settings: Settings) -> list[RoadmapItem]:
    """The open items that serve no target (or one app.yaml no longer has), for the CX office to question."""
    return [one for one in items(session) if one.is_open and settings.target(one.target) is None]


def unserved(session: Session, settings: Settings) -> list[str]:
    """The keys of the targets that no item serves; a stopped item serves none."""
    served = {one.target for one in items(session) if one.status != Status.STOPPED}
    return [target.key for segment in settings.segments for target in segment.targets if target.key not in served]
