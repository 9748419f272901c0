"""People: who is known, what they are, where they can be reached and when they're out."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Optional, Self
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, enum_column
from bot.domain.errors import NotFound, Refusal
from bot.domain.people.checks import checked_days, checked_zone
from bot.domain.people.working_time import WorkWeek
from bot.domain.words.emails import checked_email, folded_email, is_same
from bot.domain.words.lookalikes import folded, tidy
from bot.domain.words.typed_text import plain
from bot.settings import Settings


class Platform(StrEnum):
    """A place where people talk to the bot: its name in the database, and what people call it.

    `real` is False where no account is behind who somebody says they are: anyone there may act as anyone.
    """

    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"
    CONSOLE = "console", "console", False

    label: str
    real: bool

    def __new__(cls, value: str, label: str = "", real: bool = True) -> Self:
        """A member, which is its value."""
        member = str.__new__(cls, value)
        member._value_, member.label, member.real = value, label, real
        return member


class Role(StrEnum):
    """What somebody is, which decides what they may do."""

    EXECUTIVE = "executive"
    DELEGATE = "delegate"
    CX_OFFICE = "cx_office"
    EMPLOYEE = "employee"
    ADMIN = "admin"


class Delegation(SQLModel, table=True):
    """`delegate` may log in the name of `executive`."""

    __tablename__ = "delegations"
    executive_id: int = Field(foreign_key="people.id", primary_key=True)
    delegate_id: int = Field(foreign_key="people.id", primary_key=True, index=True)


class Absence(SQLModel, table=True):
    """A span out of office: first and last day, both inclusive, in the person's own zone."""

    __tablename__ = "absences"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    first: date
    last: date
    reason: str = ""


class Account(SQLModel, table=True):
    """A person's account on one platform. `conversation` is what the platform's sender needs to write to them.

    `home_opened_at` is when they last opened their own page there; None when they never did, or it is no longer kept up.
    `vouched_at` is when the platform last said that it is the company's own; None for one linked before that was asked.
    """

    __tablename__ = "accounts"
    __table_args__ = (sa.UniqueConstraint("platform", "tenant", "user_id"),)
    __audited__ = True
    __unaudited__ = ("conversation", "seen_at", "home_opened_at", "vouched_at")  # these change with everything a person does
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    platform: Platform = Field(sa_type=enum_column(Platform))
    tenant: str = ""
    user_id: str
    conversation: str = ""
    seen_at: datetime = Field(sa_type=UtcDateTime)
    home_opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    vouched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Person(SQLModel, table=True):
    """Anyone known to the bot. Build with `Person.known`, which checks; the email, lower case, is the identity.

    `external_id` is who they are in the system that people come from (an Entra object id, an employee number), "" where it isn't known.
    `prefers` is the platform they'd rather be written to on ("" for the one used last); `picture` is a https
    address; `digest` says that they want the weekly digest.
    """

    __tablename__ = "people"
    __audited__ = True
    __audited_links__ = ("delegates",)
    __table_args__ = (sa.Index("uq_people_external_id", "external_id", unique=True, postgresql_where=sa.text("external_id <> ''")),)
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    external_id: str = ""
    name: str
    title: str = ""
    zone: str
    locale: str = "en"
    country: str = ""
    department: str = ""
    roles: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.Text))
    manager_id: int | None = Field(default=None, foreign_key="people.id")
    guest: bool = False
    active: bool = True
    prompts_paused: bool = False
    prefers: str = ""
    picture: str = ""
    digest: bool = False
    working_days: str = ""
    works_from: time | None = None
    works_until: time | None = None

    manager: Optional["Person"] = Relationship(sa_relationship_kwargs={"remote_side": "Person.id", "viewonly": True})
    absences: list[Absence] = Relationship(sa_relationship_kwargs={"order_by": "Absence.id"})
    accounts: list[Account] = Relationship(sa_relationship_kwargs={"order_by": "Account.id"})
    delegates: list["Person"] = Relationship(
        link_model=Delegation,
        sa_relationship_kwargs={
            "primaryjoin": "Person.id==Delegation.executive_id",
            "secondaryjoin": "Person.id==Delegation.delegate_id",
        },
    )
    executives: list["Person"] = Relationship(
        link_model=Delegation,
        sa_relationship_kwargs={
            "primaryjoin": "Person.id==Delegation.delegate_id",
            "secondaryjoin": "Person.id==Delegation.executive_id",
            "viewonly": True,
        },
    )

    @classmethod
    def known(cls, email: str, name: str, zone: str, roles: Iterable[Role] = (), **more: Any) -> "Person":
        """A checked person. Refusal when the email, name or zone can't be right."""
        email, name = checked_email(email), tidy(plain(name))
        if not folded(name):
            msg = f"{email} has no name"
            raise Refusal(msg, "Give every person a name.")
        return cls(email=email, name=name, zone=checked_zone(zone), roles=sorted({Role(role).value for role in roles}), **more)

    @property
    def key(self) -> int:
        """The id of a saved person."""
        if self.id is None:
            msg = f"{self.email} is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles that count, typed. Everyone active is an employee too; a guest and somebody who has left have no role, whatever is noted."""
        return frozenset({Role(role) for role in self.roles} | {Role.EMPLOYEE}) if self.works_here else frozenset()

    @property
    def works_here(self) -> bool:
        """Whether they are staff: active, and no guest."""
        return self.active and not self.guest

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of these roles."""
        return bool(self.role_set & set(roles))

    @property
    def principals(self) -> list["Person"]:
        """The executives they act for, by name: it takes the delegate's role, and an executive who is one and works here."""
        if not self.has(Role.DELEGATE):
            return []
        return sorted((boss for boss in self.executives if boss.has(Role.EXECUTIVE)), key=lambda boss: boss.name)

    def acts_for(self, executive_id: int) -> bool:
        """Whether what concerns this person is their own affair: it is themselves, or an executive they act for."""
        return self.works_here and (self.id == executive_id or any(boss.id == executive_id for boss in self.principals))

    def today(self, now: datetime) -> date:
        """The calendar day in the person's zone at the UTC instant `now`."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def start_of(self, day: date) -> datetime:
        """The UTC instant at which `day` of the person's own calendar begins."""
        return datetime.combine(day, time(0), ZoneInfo(self.zone)).astimezone(UTC)

    def is_away(self, day: date) -> bool:
        """Whether the person is out of office on `day` of their own calendar."""
        return any(absence.first <= day <= absence.last for absence in self.absences)

    def go_away(self, first: date, last: date, reason: str = "") -> None:
        """Record a span out of office; Refusal when it ends before it begins."""
        if last < first:
            msg = "That day is already past"
            raise Refusal(msg, "Choose today or a day to come.")
        self.absences.append(Absence(person_id=self.key, first=first, last=last, reason=reason))

    def link(self, platform: Platform, tenant: str, user_id: str, now: datetime) -> Account:
        """Add an account by which the person is known on a platform, which vouches for it."""
        account = Account(person_id=self.key, platform=platform, tenant=tenant, user_id=user_id, seen_at=now, vouched_at=now)
        self.accounts.append(account)
        return account

    def work_week(self, settings: Settings) -> WorkWeek:
        """Working days, hours, holidays and absences, from the person's own record or else from app.yaml."""
        usual = settings.working_time.for_country(self.country)
        return WorkWeek(
            days=checked_days(self.working_days or " ".join(usual.days)),
            start=self.works_from or usual.start,
            end=self.works_until or usual.end,
            zone=ZoneInfo(self.zone),
            country=self.country or None,
            holidays=frozenset(settings.working_time.company_holidays),
            away=tuple((absence.first, absence.last) for absence in self.absences),
        )


def by_email(session: Session, email: str) -> Person | None:
    """The person with this email, whatever its case; None when nobody has it."""
    return session.exec(select(Person).where(Person.email == folded_email(email))).first()


def by_vouched(session: Session, said: str) -> Person | None:
    """The person whose email an address is that a platform vouches for, as `emails.is_same` compares them; None when it is nobody's."""
    person = by_email(session, said)
    return person if person is not None and is_same(person.email, said) else None


def get(session: Session, person_id: int) -> Person:
    """The person with this id; NotFound when there is none."""
    person = session.get(Person, person_id)
    if person is None:
        msg = "That person is not known here any more"
        raise NotFound(msg)
    return person


def executives(session: Session) -> list[Person]:
    """All active executives, by name."""
    return with_role(session, Role.EXECUTIVE)


def with_role(session: Session, role: Role) -> list[Person]:
    """All who work here with a role, by name."""
    return list(session.exec(select(Person).where(holding(role)).order_by(Person.name)))


def holding(*roles: Role) -> sa.ColumnElement[bool]:
    """Having one of these roles, as a condition on `Person`: `Person.has` for many at once."""
    held = sa.or_(*(col(Person.roles).contains([role.value]) for role in roles))
    return sa.and_(col(Person.active), ~col(Person.guest), held)


def staff(session: Session) -> list[Person]:
    """Everyone active who works here, by name; no guests."""
    return list(session.exec(select(Person).where(col(Person.active), ~col(Person.guest)).order_by(Person.name)))


def not_staff(session: Session) -> list[Person]:
    """Everyone who has left, and the guests, by name."""
    return list(session.exec(select(Person).where(~col(Person.active) | col(Person.guest)).order_by(Person.name)))


def zones(session: Session) -> list[str]:
    """The time zones that active people live in."""
    return sorted(session.exec(select(Person.zone).where(col(Person.active)).distinct()))


def account_of(session: Session, platform: Platform, tenant: str, user_id: str) -> Account | None:
    """The account with the platform's own id, if somebody has it."""
    wanted = select(Account).where(Account.platform == platform, Account.tenant == tenant, Account.user_id == user_id)
    return session.exec(wanted).first()


def behind_account(session: Session, platform: Platform, tenant: str, user_id: str) -> tuple[Account, Person] | None:
    """The same with whose it is, in one statement: everything people do begins with it."""
    wanted = select(Account, Person).join(Person, col(Person.id) == col(Account.person_id))
    theirs = (Account.platform == platform, Account.tenant == tenant, Account.user_id == user_id)
    return session.exec(wanted.where(*theirs)).first()
