"""Audiences: the rule that says who receives an update, and the people it means."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from sqlmodel import Field, Session, SQLModel, col, func, select

from bot.database import UtcDateTime
from bot.domain.engagements.customers import Customer
from bot.domain.people.people import Account, Person, Role
from bot.domain.updates.audience_parts import GUESTS, KINDS, is_part
from bot.domain.words.answers import whole
from bot.settings import Settings

__all__ = [
    "GUESTS",
    "KINDS",
    "Audience",
    "ChannelMember",
    "ChannelReading",
    "includes",
    "remember_members",
    "strangers",
    "vanished",
]


class ChannelMember(SQLModel, table=True):
    """Somebody who was in a channel when it was last read; `channel` and `user_id` are the platform's own ids.

    `unknown`: the platform couldn't say who it is.
    """

    __tablename__ = "channel_members"
    platform: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    unknown: bool = False


class ChannelReading(SQLModel, table=True):
    """When the members of a channel were last read: an empty channel and one that nobody could look into are two things."""

    __tablename__ = "channel_readings"
    platform: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    read_at: datetime = Field(sa_type=UtcDateTime)


class Audience(BaseModel):
    """Everyone whom any of `who` fits, and any of `also` (when there is one), and none of `never`, surely.

    A part is a kind and a value, as text: `everyone`, `guests`, `role:executive`, `department:Service`, `country:DE`, `zone:Europe/Berlin`,
    `serves:dialysis` (owns a customer of that segment), `team:12` (all who report to person 12, at any depth), `person:12`,
    `channel:slack:C123`, `platform:teams` (has an account there).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """The channels it speaks of, as platform and id."""
        parts = (*self.who, *self.also, *self.never)
        found = [part.split(":", 2) for part in parts if part.startswith("channel:") and part.count(":") >= 2]
        return tuple(dict.fromkeys((platform, channel) for _, platform, channel in found))

    def problems(self) -> dict[str, str]:
        """What is wrong with it, by field. A part that isn't understood fits nobody, and so would leave nobody out."""
        found = {} if self.who else {"who": "Choose who receives it."}
        for name in ("who", "also", "never"):
            if strange := [part for part in getattr(self, name) if not is_part(part)]:
                found[name] = f"“{strange[0]}” isn't known. Choose from the list."
        return found

    def condition(self) -> sa.ColumnElement[bool]:
        """It as a condition on `Person`. Only the active are meant, and guests only where they are named."""
        wanted = [col(Person.active), _any(self.who)]
        if self.also:
            wanted.append(_any(self.also))
        if self.never:
            wanted.append(sa.not_(sa.or_(_any(self.never), *_doubts(self.never))))
        if GUESTS not in self.who:
            named = [_person(part.removeprefix("person:")) for part in self.who if part.startswith("person:")]
            wanted.append(sa.or_(sa.not_(col(Person.guest)), *named))
        return sa.and_(*wanted)


def _any(parts: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(_condition(part) for part in parts))


def _condition(part: str) -> sa.ColumnElement[bool]:
    kind, _, value = part.partition(":")
    condition = _CONDITIONS.get(kind)
    return condition(value) if condition else sa.false()


def _role(value: str) -> sa.ColumnElement[bool]:
    return sa.not_(col(Person.guest)) if value == Role.EMPLOYEE else col(Person.roles).contains([value])


def _department(value: str) -> sa.ColumnElement[bool]:
    return func.lower(col(Person.department)) == value.lower()


def _serves(value: str) -> sa.ColumnElement[bool]:
    return col(Person.id).in_(select(Customer.owner_id).where(Customer.segment == value, col(Customer.owner_id).is_not(None)))


def _team(value: str) -> sa.ColumnElement[bool]:
    """All who report to somebody; a circle of managers ends by itself, for a union holds each person once."""
    if (key := whole(value)) is None:
        return sa.false()
    team = select(col(Person.id).label("id")).where(Person.manager_id == key).cte("team", recursive=True)
    team = team.union(select(col(Person.id)).join(team, col(Person.manager_id) == team.c.id))
    return col(Person.id).in_(select(team.c.id))


def _person(value: str) -> sa.ColumnElement[bool]:
    key = whole(value)
    return col(Person.id) == key if key is not None else sa.false()


def _channel(value: str) -> sa.ColumnElement[bool]:
    platform, _, channel = value.partition(":")
    inside = select(Account.person_id).join(
        ChannelMember,
        sa.and_(
            sa.cast(col(Account.platform), sa.String) == col(ChannelMember.platform),
            col(Account.user_id) == col(ChannelMember.user_id),
        ),
    )
    return col(Person.id).in_(inside.where(ChannelMember.platform == platform, ChannelMember.channel == channel))


def _country(value: str) -> sa.ColumnElement[bool]:
    """A country with all its parts: DE is also DE-BY."""
    return sa.or_(col(Person.country) == value.upper(), col(Person.country).startswith(f"{value.upper()}-", autoescape=True))


def _doubts(never: tuple[str, ...]) -> list[sa.ColumnElement[bool]]:
    """Who may be in a channel whose members are never to get it.

    That is everybody while it wasn't read, and whoever has no account there while it has a member that the platform couldn't name.
    """
    found = []
    for platform, _, channel in (part.removeprefix("channel:").partition(":") for part in never if part.startswith("channel:")):
        read = sa.exists().where(col(ChannelReading.platform) == platform, col(ChannelReading.channel) == channel)
        unknown = sa.exists().where(
            col(ChannelMember.platform) == platform, col(ChannelMember.channel) == channel, col(ChannelMember.unknown)
        )
        found.append(sa.or_(sa.not_(read), sa.and_(unknown, sa.not_(_platform(platform)))))
    return found


def _platform(value: str) -> sa.ColumnElement[bool]:
    return col(Person.id).in_(select(Account.person_id).where(sa.cast(col(Account.platform), sa.String) == value))


_CONDITIONS: dict[str, Callable[[str], sa.ColumnElement[bool]]] = {
    "everyone": lambda _: sa.true(),
    GUESTS: lambda _: col(Person.guest).is_(True),
    "role": _role,
    "department": _department,
    "country": _country,
    "zone": lambda value: col(Person.zone) == value,
    "serves": _serves,
    "team": _team,
    "person": _person,
    "channel": _channel,
    "platform": _platform,
}


def vanished(session: Session, audience: Audience, settings: Settings) -> dict[str, str]:
    """What is wrong with those it leaves out, by field: a person, department or segment that isn't there (any more) leaves nobody out.

    Where such a one is to receive it, the number of recipients says so.
    """
    gone = [part for part in audience.never if not _is_there(session, part, settings)]
    return {"never": f"“{gone[0].partition(':')[2]}” isn't here any more. Choose from the list."} if gone else {}


def _is_there(session: Session, part: str, settings: Settings) -> bool:
    kind, _, value = part.partition(":")
    if kind == "serves":
        return settings.segment(value) is not None
    if kind not in {"person", "team", "department"}:
        return True
    meant = _department(value) if kind == "department" else _person(value)
    return session.exec(select(Person.id).where(meant)).first() is not None


def includes(session: Session, audience: Audience, person: Person) -> bool:
    """Whether somebody is meant by it now."""
    return session.exec(select(Person.id).where(audience.condition(), Person.id == person.key)).first() is not None


def remember_members(
    session: Session, platform: str, channel: str, user_ids: Iterable[str], now: datetime, unknown: Collection[str] = ()
) -> None:
    """Who is in a channel now, in place of who was there; `unknown` are those the platform couldn't name."""
    session.execute(sa.delete(ChannelMember).where(col(ChannelMember.platform) == platform, col(ChannelMember.channel) == channel))
    session.add_all(
        ChannelMember(platform=platform, channel=channel, user_id=one, unknown=one in unknown) for one in dict.fromkeys(user_ids)
    )
    session.merge(ChannelReading(platform=platform, channel=channel, read_at=now))
    session.flush()


def strangers(session: Session, platform: str, user_ids: Collection[str]) -> list[str]:
    """Those of some accounts of a platform that are nobody's."""
    theirs = select(Account.user_id).where(
        sa.cast(col(Account.platform), sa.String) == platform, col(Account.user_id).in_(user_ids)
    )
    known = set(session.exec(theirs))
    return [one for one in user_ids if one not in known]
