"""Who was at an engagement: the executives, and the contacts met."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class EngagementExecutive(SQLModel, table=True):
    """An executive who was there, beside what figures ask of the engagement: the database itself copies it, at every change.

    `counts` is False once the engagement was deleted.
    """

    __tablename__ = "engagement_executives"
    __table_args__ = (
        sa.Index("ix_engagement_executives_days", "happened_on", "person_id", "kind", "stage", "customer_id", "counts"),
        sa.Index("ix_engagement_executives_person", "person_id", "happened_on"),
    )
    engagement_id: int = Field(foreign_key="engagements.id", primary_key=True)
    person_id: int = Field(foreign_key="people.id", primary_key=True)
    happened_on: date = Field(nullable=False)
    kind: str
    stage: str
    customer_id: int | None = None
    counts: bool


class EngagementMonth(SQLModel, table=True):
    """An executive's visits and calls in one month, `month` being its first day; the database counts along with every change.

    A call is a call; every other kind is a visit. What was deleted doesn't count.
    """

    __tablename__ = "engagement_months"
    month: date = Field(primary_key=True)
    person_id: int = Field(foreign_key="people.id", primary_key=True)
    visits: int
    calls: int


class EngagementContact(SQLModel, table=True):
    """A contact who was met."""

    __tablename__ = "engagement_contacts"
    engagement_id: int = Field(foreign_key="engagements.id", primary_key=True)
    contact_id: int = Field(foreign_key="contacts.id", primary_key=True, index=True)
