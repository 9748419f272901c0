"""Who gets a broadcast, on which platform, and from which moment on: all its deliveries, made in one statement."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on, insert
from sqlmodel import Session, SQLModel, col, func, select

from bot.database import UtcDateTime
from bot.domain.outbox import moments
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Absence, Account, Person, Platform
from bot.domain.updates import limits
from bot.domain.updates.broadcasts import Broadcast, When
from bot.domain.updates.recipients import untried
from bot.settings import Settings


def expand(session: Session, broadcast: Broadcast, settings: Settings, platforms: Sequence[Platform], now: datetime) -> int:
    """Make a delivery for everyone the audience means now, each person once; how many there are new.

    Somebody reachable on several of `platforms` is written to on the one they prefer, else use; somebody without any account on the
    first that may know them by email. Whoever wants the digest, or has the week's share of updates, gets it there.
    """
    limits.one_at_a_time(session)
    when = _when(_moments(session, broadcast, settings, now))
    account = _accounts(platforms)
    home, tenant = _default_lane(session, platforms)
    columns = untried(Subject.UPDATE, now) | {
        "person_id": col(Person.id),
        "subject_id": sa.literal(broadcast.update_id),
        "broadcast_id": sa.literal(broadcast.key),
        "platform": func.coalesce(sa.cast(account.c.platform, sa.String), home.value),
        "tenant": func.coalesce(account.c.tenant, tenant),
        "user_id": func.coalesce(account.c.user_id, ""),
        "not_before": when.c.moment,
    }
    rows = (
        sa.select(*columns.values())
        .select_from(Person)
        .join(when, when.c.key == _KEY)
        .outerjoin(account, account.c.person_id == col(Person.id))
        .where(broadcast.audience.condition())
        .order_by(when.c.moment, col(Person.id))
    )
    add = insert(SQLModel.metadata.tables["deliveries"]).from_select(list(columns), rows).on_conflict_do_nothing()
    made = session.execute(add, execution_options={"preserve_rowcount": True})
    _wait_for_return(session, broadcast, settings, now)
    limits.hold_back(session, broadcast, settings, now)
    return int(made.rowcount)  # type: ignore[attr-defined]  # an INSERT's result has it


_KEY = func.concat_ws(
    "|", col(Person.zone), col(Person.country), col(Person.working_days), col(Person.works_from), "-", col(Person.works_until)
)
"""What decides when somebody may be reached, absences aside."""


def _when(moments: dict[str, datetime]) -> sa.Subquery:
    """The moments by key, as a table to join."""
    keys = sa.bindparam("keys", list(moments), ARRAY(sa.Text))
    values = sa.bindparam("moments", list(moments.values()), ARRAY(UtcDateTime))
    return sa.select(func.unnest(keys).label("key"), func.unnest(values).label("moment")).subquery()


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


def _default_lane(session: Session, platforms: Sequence[Platform]) -> tuple[Platform, str]:
    """Where somebody without an account is tried: the first platform, in the tenant most people are in."""
    home = platforms[0]
    most = (
        select(Account.tenant).where(col(Account.platform) == home).group_by(Account.tenant).order_by(func.count().desc()).limit(1)
    )
    return home, session.exec(most).first() or ""


def _moments(session: Session, broadcast: Broadcast, settings: Settings, now: datetime) -> dict[str, datetime]:
    """When people may be reached, by what decides it: there are few such, however many people."""
    ways = (Person.zone, Person.country, Person.working_days, Person.works_from, Person.works_until)
    wanted = sa.select(_KEY, *ways).where(broadcast.audience.condition()).distinct()  # type: ignore[call-overload]  # columns, at run time
    return {key: moment(broadcast, _somebody(*way), settings, now) for key, *way in session.execute(wanted).all()}


def _somebody(zone: str, country: str, working_days: str, works_from: time | None, works_until: time | None) -> Person:
    """Somebody who works like that, and isn't away."""
    someone = Person(email="", name="", zone=zone, country=country, working_days=working_days)
    someone.works_from, someone.works_until = works_from, works_until
    return someone


def moment(broadcast: Broadcast, person: Person, settings: Settings, now: datetime) -> datetime:
    """The UTC instant from which somebody may be reached: at their work, unless it is urgent; in the morning, from nine on the day chosen.

    Whoever has no working day in sight is looked at again in a week.
    """
    earliest, morning = max(now, broadcast.at or now), broadcast.when == When.MORNING and broadcast.day is not None
    if broadcast.urgent:
        return earliest
    if morning and broadcast.day is not None:
        earliest = max(now, person.start_of(broadcast.day))
    return moments.next_moment_for_update(person, settings, earliest, morning=morning) or earliest + moments.LOOK_AGAIN


def _wait_for_return(session: Session, broadcast: Broadcast, settings: Settings, now: datetime) -> None:
    """Those who are away get it when they are back."""
    ours = (
        select(Delivery).join(Person, col(Person.id) == col(Delivery.person_id)).where(col(Delivery.broadcast_id) == broadcast.key)
    )
    day = (now - timedelta(days=1)).date()
    away = ours.where(col(Person.id).in_(select(Absence.person_id).where(col(Absence.last) >= day)))
    for delivery in session.exec(away):
        delivery.not_before = moment(broadcast, people.get(session, delivery.person_id), settings, now)
