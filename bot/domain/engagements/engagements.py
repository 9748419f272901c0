"""Engagements: a call, visit, briefing, listening session or day with frontline staff, and what was heard there."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, Relationship, Session, SQLModel, col, func, or_, select

from bot.database import UtcDateTime, enum_column
from bot.domain.engagements.attendance import EngagementContact, EngagementExecutive
from bot.domain.engagements.customers import Contact, Customer
from bot.domain.engagements.fields import CONTACTS_LIMIT, FIELDS, LIMIT, NAME_LIMIT, TYPED, in_settings
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound
from bot.domain.people.people import Person
from bot.domain.rights import Action, Logged, may
from bot.settings import Settings


class Kind(StrEnum):
    """The ways of being close to customers, and to those who serve them."""

    VISIT = "visit"
    CALL = "call"
    BRIEFING = "briefing"
    LISTENING_SESSION = "listening_session"
    FRONTLINE_DAY = "frontline_day"

    @property
    def label(self) -> str:
        """The kind in words: `Listening session`."""
        return self.value.replace("_", " ").capitalize()


_ENGLISH_AND_PLAIN = (
    "to_tsvector('english', heard || ' ' || surprised || ' ' || follow_up)"
    " || to_tsvector('simple', heard || ' ' || surprised || ' ' || follow_up)"
)


class Engagement(SQLModel, table=True):
    """One engagement. `happened_on` is the day in the logger's calendar, `logged_at` when it was written down.

    `evidence_target` is a target's key in app.yaml that this speaks to, `evidence_holds` whether what was heard shows it holding. A
    deleted engagement stays as a row, out of every list.
    """

    __tablename__ = "engagements"
    __audited__ = True
    __audited_links__ = ("executives", "contacts")
    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=enum_column(Kind))
    customer_id: int | None = Field(default=None, foreign_key="customers.id")
    happened_on: date
    logged_at: datetime = Field(sa_type=UtcDateTime)
    logged_by_id: int = Field(foreign_key="people.id")
    stage: str = ""
    heard: str
    surprised: str = ""
    follow_up: str = ""
    evidence_target: str = ""
    evidence_holds: bool | None = None
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    words: str | None = Field(default=None, sa_column=sa.Column(TSVECTOR, sa.Computed(_ENGLISH_AND_PLAIN, persisted=True)))

    customer: Customer | None = Relationship()
    logged_by: Person = Relationship()
    executives: list[Person] = Relationship(link_model=EngagementExecutive, sa_relationship_kwargs={"order_by": "Person.name"})
    contacts: list[Contact] = Relationship(link_model=EngagementContact, sa_relationship_kwargs={"order_by": "Contact.name"})

    __table_args__ = (
        sa.Index("ix_engagements_words", "words", postgresql_using="gin"),
        sa.Index(
            "ix_engagements_days",
            *("happened_on", "kind", "stage", "customer_id"),
            postgresql_include=["logged_at", "logged_by_id"],
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
        sa.Index("ix_engagements_customer", "customer_id", "happened_on", postgresql_where=sa.text("deleted_at IS NULL")),
        sa.Index(
            "ix_engagements_evidence",
            *("happened_on", "evidence_target", "evidence_holds"),
            postgresql_where=sa.text("evidence_target <> '' AND deleted_at IS NULL"),
        ),
    )

    @property
    def key(self) -> int:
        """The id of a saved engagement."""
        if self.id is None:
            msg = "this engagement is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def name(self) -> str:
        """What it was, in words: `Visit with Acme`, or `Frontline day` where no customer was met."""
        return f"{self.kind.label} with {self.customer.name}" if self.customer else self.kind.label

    def logged(self, settings: Settings, now: datetime) -> Logged:
        """It, with whether its own people may still correct it: for the days app.yaml allows."""
        return Logged(self, now - self.logged_at <= timedelta(days=settings.engagements.editable_days))

    def require_change(self, actor: Person, settings: Settings, now: datetime, *, deleted: bool = False) -> None:
        """NotAllowed when `actor` may not change it (any more); NotFound when it was deleted, unless it may be (`deleted`)."""
        if not may(actor, Action.CHANGE_ENGAGEMENT, Logged(self, editable=True)):
            raise _not_yours(settings)
        if not may(actor, Action.CHANGE_ENGAGEMENT, self.logged(settings, now)):
            raise NotAllowed(_limit(settings), "Ask the CX office to change this one.")
        if self.deleted_at is not None and not deleted:
            msg = "This engagement was deleted"
            raise NotFound(msg, "Log it again with /logvisit if that was a mistake.")

    def delete(self, actor: Person, settings: Settings, now: datetime) -> None:
        """Take it out of every list and figure; the audit trail keeps what it said."""
        self.require_change(actor, settings, now)
        self.deleted_at = now

    def correct(self, draft: "Draft", actor: Person, settings: Settings, now: datetime) -> None:
        """Replace what it says with a checked draft."""
        self.require_change(actor, settings, now)
        _fill(self, draft)


@dataclass(frozen=True)
class Draft:
    """What a person says of an engagement, before it is checked."""

    kind: Kind
    happened_on: date
    heard: str
    executives: tuple[Person, ...]
    customer: Customer | None = None
    contacts: tuple[str, ...] = ()
    stage: str = ""
    surprised: str = ""
    follow_up: str = ""
    evidence_target: str = ""
    evidence_holds: bool | None = None
    problems: dict[str, str] = field(default_factory=dict)

    def check(self, actor: Person, settings: Settings, now: datetime, before: Engagement | None = None) -> None:
        """InvalidAnswers naming every field that is wrong. What stands in `before`, the one to be corrected, was right in its day."""
        found = (self._date_problem(actor, settings, now, before), self._content_problems(), self._contact_problem())
        choices = self._choice_problems(settings, before)
        problems = {name: problem for some in (*found, choices, self.problems) for name, problem in some.items()}
        if problems:
            raise InvalidAnswers(problems)

    def _date_problem(self, actor: Person, settings: Settings, now: datetime, before: Engagement | None) -> dict[str, str]:
        today = actor.today(now)
        if before is not None and before.happened_on == self.happened_on:
            return {}
        if self.happened_on > today:
            return {"happened_on": f"{self.happened_on:%-d %B %Y} hasn't come yet. Log it once it has happened."}
        if self.happened_on < today - timedelta(days=settings.engagements.oldest_days):
            days = settings.engagements.oldest_days
            return {"happened_on": f"{self.happened_on:%-d %B %Y} is more than {days} days ago. Check the year."}
        return {}

    def _content_problems(self) -> dict[str, str]:
        problems = {}
        if not self.heard.strip():
            problems["heard"] = "Write a sentence on what you heard."
        if self.customer is None and self.kind != Kind.FRONTLINE_DAY:
            problems["customer"] = "Choose the customer, or add a new one."
        if not self.executives:
            problems["executives"] = "Say which executive was there."
        for one in TYPED:
            size = len(getattr(self, one.name))
            if size > LIMIT:
                problems[one.name] = (
                    f"That is {size:,} characters; {LIMIT:,} fit. Shorten it, or log the rest as a second engagement."
                )
        return problems

    def _choice_problems(self, settings: Settings, before: Engagement | None) -> dict[str, str]:
        problems = {}
        for one in FIELDS:
            value = getattr(self, one.name)
            if not in_settings(one, value, settings) and (before is None or getattr(before, one.name) != value):
                problems[one.name] = "Choose one from the list."
        if self.evidence_target and self.evidence_holds is None:
            problems["evidence_holds"] = "Say whether what you heard shows it holding."
        if self.evidence_holds is not None and not self.evidence_target:
            problems["evidence_target"] = "Choose what it is evidence for, or leave both empty."
        return problems

    def _contact_problem(self) -> dict[str, str]:
        if self.contacts and self.customer is None and self.kind == Kind.FRONTLINE_DAY:
            return {"contacts": "Choose the customer they work for, or write of them in what you heard."}
        longest = max((len(name) for name in self.contacts), default=0)
        if longest > NAME_LIMIT:
            return {
                "contacts": f"One name is {longest} characters; {NAME_LIMIT} fit. Put commas between names, and the rest below."
            }
        if len(", ".join(self.contacts)) > CONTACTS_LIMIT:
            return {"contacts": f"That is over {CONTACTS_LIMIT:,} characters. Name those who matter most."}
        return {}


def _fill(engagement: Engagement, draft: Draft) -> None:
    engagement.kind, engagement.happened_on = draft.kind, draft.happened_on
    for one in FIELDS:
        value = getattr(draft, one.name)
        setattr(engagement, one.name, value.strip() if isinstance(value, str) else value)
    engagement.evidence_holds = draft.evidence_holds if draft.evidence_target else None
    engagement.customer = draft.customer
    engagement.customer_id = draft.customer.key if draft.customer else None
    engagement.executives = list(draft.executives)
    met = [draft.customer.contact(name) for name in draft.contacts] if draft.customer else []
    engagement.contacts = list({contact.name: contact for contact in met}.values())


def log(session: Session, draft: Draft, actor: Person, settings: Settings, now: datetime) -> Engagement:
    """Store a checked engagement; InvalidAnswers when it can't be right."""
    draft.check(actor, settings, now)
    engagement = Engagement(
        kind=draft.kind, happened_on=draft.happened_on, logged_at=now, logged_by_id=actor.key, logged_by=actor, heard=draft.heard
    )
    with session.no_autoflush:
        _fill(engagement, draft)
    session.add(engagement)
    session.flush()
    return engagement


def get_for(
    session: Session, engagement_id: int, actor: Person, settings: Settings, now: datetime, *, deleted: bool = False
) -> Engagement:
    """The engagement with this id, for somebody who may change it; one that isn't there is answered like somebody else's."""
    found = session.get(Engagement, engagement_id)
    if found is None:
        raise _not_yours(settings)
    found.require_change(actor, settings, now, deleted=deleted)
    return found


def _not_yours(settings: Settings) -> NotAllowed:
    return NotAllowed(
        "There is no such engagement, or it isn't yours to change", f"{_limit(settings)}. Ask the CX office to change another."
    )


def _limit(settings: Settings) -> str:
    return f"You can change your own engagements for {settings.engagements.editable_days} days after logging them"


@dataclass(frozen=True)
class Wanted:
    """Which engagements: of one executive, at one customer, with certain words; None leaves a condition out."""

    executive: Person | None = None
    logged_by: Person | None = None
    customer: Customer | None = None
    words: str = ""


def matching(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """The engagements as wanted, as conditions; `bot.measures.listed` gives them by pages."""
    conditions: list[sa.ColumnElement[bool]] = [col(Engagement.deleted_at).is_(None)]
    if wanted.executive is not None:
        present = select(EngagementExecutive.engagement_id).where(EngagementExecutive.person_id == wanted.executive.key)
        mine = col(Engagement.id).in_(present)
        logger = wanted.logged_by
        conditions.append(mine if logger is None else or_(mine, Engagement.logged_by_id == logger.key))
    if wanted.customer is not None:
        conditions.append(col(Engagement.customer_id) == wanted.customer.key)
    if wanted.words:
        query = func.websearch_to_tsquery("english", wanted.words).op("||")(func.websearch_to_tsquery("simple", wanted.words))
        conditions.append(col(Engagement.words).op("@@")(query))
    return conditions
