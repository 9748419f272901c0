"""What has happened to a commitment, each thing once and for good."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Relationship, SQLModel

from bot.database import UtcDateTime, enum_column
from bot.domain.people.people import Person


class Happening(StrEnum):
    """What can happen to a commitment."""

    MADE = "made"
    ACCEPTED = "accepted"
    HANDED_ON = "handed_on"
    DATE_PROPOSED = "date_proposed"
    DATE_KEPT = "date_kept"
    DATE_CHANGED = "date_changed"
    DONE = "done"
    TOLD = "told"
    REOPENED = "reopened"
    GIVEN_UP = "given_up"


class CommitmentEvent(SQLModel, table=True):
    """One thing that happened. A change of date keeps the old one and the reason; a handing on, from whom to whom."""

    __tablename__ = "commitment_events"
    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="commitments.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int = Field(foreign_key="people.id")
    kind: Happening = Field(sa_type=enum_column(Happening))
    note: str = ""
    link: str = ""
    old_due: date | None = None
    new_due: date | None = None
    old_owner_id: int | None = Field(default=None, foreign_key="people.id")
    new_owner_id: int | None = Field(default=None, foreign_key="people.id")

    actor: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "CommitmentEvent.actor_id"})
