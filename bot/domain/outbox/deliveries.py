"""Deliveries: one recipient's copy of something the bot sends by itself, and what became of it."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import Field, Relationship, Session, SQLModel, col, func, select

from bot.database import UtcDateTime, all_locked, enum_column, locked
from bot.domain.outbox.subjects import Subject, SubjectColumn
from bot.domain.people.people import Person, Platform
from bot.domain.records import traces

IN_DOUBT = "in doubt"
"""How the reason of a queued copy begins that may have arrived: it is looked up before it is sent again, or given up."""


class DeliveryState(StrEnum):
    """What became of a copy.

    QUEUED: not tried yet (a broadcast's stays so while it is `UnderWay`). SENDING: handed to the platform, its answer not recorded.
    UNCONFIRMED: it may have arrived; never sent again.
    DIGEST: told in the weekly digest, as wanted or over the week's limit. CANCELLED: its broadcast was called off before, or it wasn't theirs
    to see any more. RECALLED: taken back.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    DIGEST = "digest"
    CANCELLED = "cancelled"
    RECALLED = "recalled"


class Delivery(SQLModel, table=True):
    """One copy. The subject (`prompt`, its id) says what is shown; `part` tells a first message (0) from its reminder (1).

    A broadcast's also know their lane (`platform`, `tenant`) before they are sent, and: `not_before`, when they may go; `attempts`;
    `tried`, the platforms that couldn't reach this person; `shown`, the update's version they show; `to_change`, whether an edit or recall
    has yet to reach them; `change_reason`, why it can't; `told_in_id`, the digest that tells one held back (`sent_at`: when that
    arrived). The others wait for `not_before` as well, unless `exempt` says why they needn't (a key
    of `moments.EXCEPTIONS`); `requested_by_id` is whoever did what it tells of, None for the bot itself; `carried_by_id` the one whose message
    it stands in, where several came as one; `trace` the id of what caused it (`bot.domain.records.traces`).
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.UniqueConstraint("subject", "subject_id", "part", "person_id"),
        sa.Index(
            "ix_deliveries_lane",
            "platform",
            "tenant",
            "not_before",
            "id",
            postgresql_where=sa.text("state = 'queued' AND broadcast_id IS NOT NULL"),
        ),
        sa.Index("ix_deliveries_to_change", "platform", "tenant", "id", postgresql_where=sa.text("to_change")),
        sa.Index("ix_deliveries_broadcast", "broadcast_id", "state"),
        sa.Index(None, "told_in_id", postgresql_where=sa.text("told_in_id IS NOT NULL")),
        sa.Index(None, "carried_by_id", postgresql_where=sa.text("carried_by_id IS NOT NULL")),
        sa.Index("ix_deliveries_untold", "person_id", postgresql_where=sa.text("state = 'digest' AND told_in_id IS NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    subject: Subject = Field(sa_type=SubjectColumn)
    subject_id: int
    part: int = 0
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=enum_column(DeliveryState))
    reason: str = ""
    platform: Platform | None = Field(default=None, sa_type=enum_column(Platform))
    user_id: str = ""
    conversation: str = ""
    message_id: str = ""
    queued_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    broadcast_id: int | None = Field(default=None, foreign_key="broadcasts.id")
    tenant: str = ""
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    tried: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.Text))
    shown: int = 0
    to_change: bool = False
    change_reason: str = ""
    exempt: str = ""
    requested_by_id: int | None = None
    told_in_id: int | None = Field(default=None, foreign_key="deliveries.id")
    carried_by_id: int | None = Field(default=None, foreign_key="deliveries.id")
    trace: str = ""

    person: Person = Relationship()

    @property
    def key(self) -> int:
        """The id of a saved delivery."""
        if self.id is None:
            msg = "this delivery is not saved yet"
            raise ValueError(msg)
        return self.id


class LaneLease(SQLModel, table=True):
    """Whose turn it is on a lane: the number of the job that has it. One that went on after it was taken for dead learns it here."""

    __tablename__ = "lane_turns"
    platform: Platform = Field(primary_key=True, sa_type=enum_column(Platform))
    tenant: str = Field(primary_key=True)
    turn: int


class UnderWay(SQLModel, table=True):
    """Some of a broadcast's deliveries that were handed to the platform together, without what became of them being written yet."""

    __tablename__ = "under_way"
    id: int | None = Field(default=None, primary_key=True)
    platform: Platform = Field(sa_type=enum_column(Platform))
    tenant: str
    delivery_ids: list[int] = Field(sa_type=ARRAY(sa.Integer))


def arrived() -> sa.ColumnElement[bool]:
    """Whether a copy reached its person, by itself or in a digest; what was taken back afterwards had reached them."""
    told = sa.and_(col(Delivery.state) == DeliveryState.DIGEST, col(Delivery.sent_at).is_not(None))
    return sa.or_(col(Delivery.state).in_([DeliveryState.SENT, DeliveryState.RECALLED]), told)


def queue(session: Session, person: Person, subject: Subject, subject_id: int, now: datetime) -> Delivery:
    """A new delivery, saved, numbered after those this person has of the same subject.

    Two at once can't both be the next: the second is an IntegrityError.
    """
    mine = (Delivery.subject == subject, Delivery.subject_id == subject_id, Delivery.person_id == person.key)
    part = session.exec(select(func.count()).select_from(Delivery).where(*mine)).one()
    delivery = Delivery(person_id=person.key, person=person, subject=subject, subject_id=subject_id, part=part, queued_at=now)
    delivery.trace = traces.current()
    session.add(delivery)
    session.flush()
    return delivery


def came_since(session: Session, person: Person, subject: Subject, since: datetime) -> bool:
    """Whether anything about a kind of subject reached somebody since a UTC instant."""
    came = (Delivery.person_id == person.key, Delivery.subject == subject, col(Delivery.sent_at) >= since)
    return session.exec(select(Delivery.id).where(*came).limit(1)).first() is not None


def waiting_of(session: Session, subject: Subject, subject_id: int, requested_by: Person) -> list[Delivery]:
    """What somebody did that others are still to be told of a subject, locked until the transaction ends."""
    wanted = select(Delivery).where(
        Delivery.subject == subject,
        Delivery.subject_id == subject_id,
        Delivery.requested_by_id == requested_by.key,
        Delivery.state == DeliveryState.QUEUED,
        col(Delivery.broadcast_id).is_(None),
    )
    return all_locked(session, wanted.order_by(col(Delivery.id)))


def newer_waits(session: Session, delivery: Delivery, *, of_kind: bool) -> bool:
    """Whether a later one about the same waits for the same person, or is on its way; `of_kind`: or a later one of the same kind."""
    later = col(Delivery.id) > delivery.key if of_kind else col(Delivery.part) > delivery.part
    same = () if of_kind else (Delivery.subject_id == delivery.subject_id,)
    wanted = select(Delivery.id).where(
        Delivery.person_id == delivery.person_id,
        Delivery.subject == delivery.subject,
        col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING]),
        later,
        *same,
    )
    return session.exec(wanted.limit(1)).first() is not None


def copies(session: Session, subject: Subject, subject_id: int) -> list[Delivery]:
    """The copies of a subject, whatever became of them, oldest first."""
    wanted = select(Delivery).where(Delivery.subject == subject, Delivery.subject_id == subject_id)
    return list(session.exec(wanted.options(*with_readers()).order_by(col(Delivery.part), col(Delivery.id))))


def get(session: Session, delivery_id: int) -> Delivery | None:
    """The delivery with this id, locked until the transaction ends, with its reader; None when there is none."""
    return locked(session, Delivery, delivery_id, *with_readers())


def has_had(session: Session, person: Person, subject: Subject, subject_id: int) -> bool:
    """Whether there is a copy of a subject for somebody, whatever became of it."""
    wanted = select(Delivery.id).where(
        Delivery.subject == subject, Delivery.subject_id == subject_id, Delivery.person_id == person.key
    )
    return session.exec(wanted.limit(1)).first() is not None


def with_readers() -> tuple[ORMOption, ...]:
    """How deliveries are read with their people and those people's accounts: in two statements, however many they are."""
    person = joinedload(Delivery.person, innerjoin=True)  # type: ignore[arg-type]  # a relationship, at run time an attribute
    return (person.selectinload(Person.accounts),)  # type: ignore[arg-type]
