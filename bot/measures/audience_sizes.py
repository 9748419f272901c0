"""Whom an update would reach: how many people an audience means, and who is in the channels it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from bot.domain.people.people import Account, Person
from bot.domain.updates.audiences import Audience, ChannelMember, ChannelReading


@dataclass(frozen=True)
class Reach:
    """How many people an audience means, with a few of them, by name."""

    count: int
    examples: tuple[Person, ...]


def reach(session: Session, audience: Audience, examples: int = 10) -> Reach:
    """Whom it means as things stand."""
    condition = audience.condition()
    count = session.exec(select(func.count()).select_from(Person).where(condition)).one()
    some = session.exec(select(Person).where(condition).order_by(func.md5(col(Person.email))).limit(examples)).all()
    return Reach(count, tuple(sorted(some, key=lambda one: one.name)))


@dataclass(frozen=True)
class Inside:
    """Who is in a channel: how many people, how many of them aren't (surely) staff, and of those how many the platform couldn't name.

    `read_at` is None while nobody could look into it.
    """

    platform: str
    channel: str
    people: int
    outsiders: int
    unknown: int
    read_at: datetime | None


def inside(session: Session, audience: Audience) -> list[Inside]:
    """Who is in each of the channels an audience speaks of, when last read."""
    return [_inside(session, platform, channel) for platform, channel in audience.channels]


def _inside(session: Session, platform: str, channel: str) -> Inside:
    staff = sa.exists().where(
        sa.cast(col(Account.platform), sa.String) == platform,
        col(Account.user_id) == col(ChannelMember.user_id),
        col(Person.id) == col(Account.person_id),
        col(Person.active),
        ~col(Person.guest),
    )
    counted = select(func.count(), func.count().filter(~staff), func.count().filter(col(ChannelMember.unknown)))
    here = (col(ChannelMember.platform) == platform, col(ChannelMember.channel) == channel)
    number, others, unknown = session.exec(counted.select_from(ChannelMember).where(*here)).one()
    reading = session.get(ChannelReading, (platform, channel))
    return Inside(platform, channel, number, others, unknown, reading.read_at if reading else None)
