"""Who gets a broadcast, on which platform, and from which moment on: all its deliveries, made in one statement."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on, insert
from sqlmodel import Session, SQLModel, col, func, select

from bot.database import UtcDateTime
from bot.domain import people
from bot.domain.broadcasts import Broadcast, When
from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.people import Absence, Account, Person, Platform
from bot.domain.recipients import SUBJECT
from bot.domain.working_time import WorkWeek, next_working_moment
from bot.settings import Settings

MORNING = time(9)
"""When a morning broadcast arrives, on each recipient's own clock."""

_WEEK = timedelta(days=7)
_COUNTED = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCONFIRMED)


def expand(session: Session, broadcast: Broadcast, settings: Settings, platforms: Sequence[Platform], now: datetime) -> int:
    """Make a delivery for everyone the audience means now, each person once; how many there are new.

    Somebody reachable on several of `platforms` is written to on the one they prefer, else use; somebody without any account on the
    first that may know them by email. Whoever has had the week's share of updates gets it in the digest.
    """
    key = col(Person.zone) + "|" + col(Person.country) + "|" + col(Person.working_days)
    moments = _moments(session, broadcast, settings, now)
    when = sa.select(
        func.unnest(sa.bindparam("keys", list(moments), ARRAY(sa.Text))).label("key"),
        func.unnest(sa.bindparam("moments", list(moments.values()), ARRAY(UtcDateTime))).label("moment"),
    ).subquery()
    account, recent = _accounts(platforms), _recent(now)
    home, tenant = _default_lane(session, platforms)
    state = sa.case(
        (func.coalesce(recent.c.number, 0) >= settings.updates.weekly_limit, DeliveryState.DIGEST.value),
        else_=DeliveryState.QUEUED.value,
    )
    rows = (
        sa.select(
            col(Person.id),
            *(sa.literal(value) for value in (SUBJECT, broadcast.update_id, 0)),
            state,
            sa.literal(""),
            func.coalesce(sa.cast(account.c.platform, sa.String), home.value),
            func.coalesce(account.c.user_id, ""),
            func.coalesce(account.c.tenant, tenant),
            *(sa.literal("") for _ in ("conversation", "message_id")),
            sa.literal(now, UtcDateTime),
            sa.literal(broadcast.key),
            when.c.moment,
            *(sa.literal(0) for _ in ("attempts", "shown")),
            sa.literal([], ARRAY(sa.Text)),
            sa.literal(""),
            sa.false(),
        )
        .select_from(Person)
        .join(when, when.c.key == key)
        .outerjoin(account, account.c.person_id == col(Person.id))
        .outerjoin(recent, recent.c.person_id == col(Person.id))
        .where(broadcast.audience.condition())
        .order_by(when.c.moment, col(Person.id))
    )
    add = insert(SQLModel.metadata.tables["deliveries"]).from_select(_COLUMNS, rows).on_conflict_do_nothing()
    made = session.execute(add, execution_options={"preserve_rowcount": True})
    if broadcast.when == When.MORNING:
        _wait_for_return(session, broadcast, settings, now)
    return int(made.rowcount)  # type: ignore[attr-defined]  # an INSERT's result has it


_COLUMNS = [
    "person_id",
    "subject",
    "subject_id",
    "part",
    "state",
    "reason",
    "platform",
    "user_id",
    "tenant",
    "conversation",
    "message_id",
    "queued_at",
    "broadcast_id",
    "not_before",
    "attempts",
    "shown",
    "tried",
    "change_reason",
    "to_change",
]


def _accounts(platforms: Sequence[Platform]) -> sa.Subquery:
    """The account each person is written to: on the platform they prefer, else the one used last."""
    return (
        sa.select(col(Account.person_id), col(Account.platform), col(Account.tenant), col(Account.user_id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(Account.platform).in_(platforms))
        .ext(distinct_on(col(Account.person_id)))
        .order_by(
            col(Account.person_id),
            (sa.cast(col(Account.platform), sa.String) == col(Person.prefers)).desc(),
            col(Account.seen_at).desc(),
            col(Account.id),
        )
        .subquery()
    )


def _recent(now: datetime) -> sa.Subquery:
    """How many updates each person had in the last seven days."""
    return (
        sa.select(col(Delivery.person_id), func.count().label("number"))
        .where(col(Delivery.subject) == SUBJECT, col(Delivery.state).in_(_COUNTED), col(Delivery.queued_at) > now - _WEEK)
        .group_by(col(Delivery.person_id))
        .subquery()
    )


def _default_lane(session: Session, platforms: Sequence[Platform]) -> tuple[Platform, str]:
    """Where somebody without an account is tried: the first platform, in the tenant most people are in."""
    home = platforms[0]
    most = (
        select(Account.tenant).where(col(Account.platform) == home).group_by(Account.tenant).order_by(func.count().desc()).limit(1)
    )
    return home, session.exec(most).first() or ""


def _moments(session: Session, broadcast: Broadcast, settings: Settings, now: datetime) -> dict[str, datetime]:
    """When people may be reached, by zone, country and working days: there are few such, however many people."""
    wanted = select(Person.zone, Person.country, Person.working_days).where(broadcast.audience.condition()).distinct()
    return {
        f"{zone}|{country}|{days}": moment(
            broadcast, Person(email="", name="", zone=zone, country=country, working_days=days), settings, now
        )
        for zone, country, days in session.exec(wanted).all()
    }


def moment(broadcast: Broadcast, person: Person, settings: Settings, now: datetime) -> datetime:
    """The UTC instant from which somebody may be reached: within the hours of updates; in the morning, on a day they work."""
    zone, hours = ZoneInfo(person.zone), settings.updates.hours
    any_day = WorkWeek(days=frozenset(range(7)), start=hours.start, end=hours.end, zone=zone)
    earliest = max(now, broadcast.at or now)
    if broadcast.when == When.MORNING and broadcast.day is not None:
        week = person.work_week(settings)
        own = WorkWeek(week.days, MORNING, max(hours.end, time(10)), zone, week.country, week.holidays, week.away)
        earliest = max(now, datetime.combine(broadcast.day, MORNING, zone))
        if found := next_working_moment(own, earliest):
            return found
    return next_working_moment(any_day, earliest) or earliest


def _wait_for_return(session: Session, broadcast: Broadcast, settings: Settings, now: datetime) -> None:
    """Those who are away that morning get it on the morning they are back."""
    ours = (
        select(Delivery).join(Person, col(Person.id) == col(Delivery.person_id)).where(col(Delivery.broadcast_id) == broadcast.key)
    )
    away = ours.where(col(Person.id).in_(select(Absence.person_id).where(col(Absence.last) >= broadcast.day)))
    for delivery in session.exec(away):
        delivery.not_before = moment(broadcast, people.get(session, delivery.person_id), settings, now)
