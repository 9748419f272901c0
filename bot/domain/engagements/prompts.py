"""Prompts: one ask to an executive to log, from due to answered, snoozed, skipped or expired."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, all_locked, enum_column, locked
from bot.domain.engagements.engagements import Engagement
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.outbox import moments
from bot.domain.people.people import Person, Role
from bot.domain.people.working_time import add_working_days, is_working_moment
from bot.domain.rights import Action, may
from bot.settings import Settings

Reasons = Callable[[Session, Person, Settings, datetime, int, Sequence[str]], list[str]]
"""Gives the reasons to ask somebody at a UTC instant: they are made of figures. Beside these it is told the id of the prompt (0: a new one), whose
own words on record don't count as said, and what it was put off with."""


class PromptState(StrEnum):
    """Where a prompt stands. DUE, SENT and SNOOZED are open; the others are final."""

    DUE = "due"
    SENT = "sent"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"


ANSWER_WITHIN = 2
"""Working days in which an answer counts as prompt."""

NOTHING_TO_LOG = "nothing to log"
"""Why somebody asked put it aside: an answer, too. Every other reason is the bot's own."""

OPEN = (PromptState.DUE, PromptState.SENT, PromptState.SNOOZED)


class Step(StrEnum):
    """What waking a prompt calls for."""

    NOTHING = "nothing"
    SEND = "send"
    REMIND = "remind"
    CLOSE = "close"


class Prompt(SQLModel, table=True):
    """One ask. `reasons` says why it asks, in the words shown; `wakes_at` when it is next looked at (None: never).

    `answer_by` is two working days after it was sent, by the calendar of whoever was asked.
    """

    __tablename__ = "prompts"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    state: PromptState = Field(default=PromptState.DUE, sa_type=enum_column(PromptState))
    reasons: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.Text))
    created_at: datetime = Field(sa_type=UtcDateTime)
    wakes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    answer_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    skip_reason: str = ""
    engagement_id: int | None = Field(default=None, foreign_key="engagements.id")

    person: Person = Relationship()
    engagement: Engagement | None = Relationship()

    __table_args__ = (
        sa.Index(
            "uq_prompts_one_open_a_person",
            "person_id",
            unique=True,
            postgresql_where=sa.text("state IN ('due', 'sent', 'snoozed')"),
        ),
    )

    @property
    def key(self) -> int:
        """The id of a saved prompt."""
        if self.id is None:
            msg = "this prompt is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in OPEN

    def is_to_come(self, now: datetime) -> bool:
        """Whether it is sent, or sent again, on this day of theirs: one that was repeated only closes."""
        waits = self.is_open and self.reminded_at is None and self.wakes_at is not None
        return waits and self.person.today(self.wakes_at or now) == self.person.today(now)

    def _close(self, state: PromptState, now: datetime, reason: str = "") -> None:
        self.state = state
        self.closed_at = now
        self.wakes_at = None
        self.skip_reason = reason

    def answer(self, engagement: Engagement, now: datetime) -> None:
        """Close it by what was logged. An answer that comes after it expired still counts as one."""
        self._close(PromptState.ANSWERED, now)
        self.engagement = engagement
        self.engagement_id = engagement.key

    def skip(self, reason: str, now: datetime) -> None:
        """Close it without an engagement, for a reason."""
        self._require_open()
        self._close(PromptState.SKIPPED, now, reason)

    def snooze(self, settings: Settings, now: datetime) -> None:
        """Ask again at the next working moment from tomorrow on."""
        self._require_open()
        tomorrow = self.person.start_of(self.person.today(now) + timedelta(days=1))
        self.state = PromptState.SNOOZED
        self.wakes_at = moments.next_moment(self.person, settings, tomorrow)
        self.reminded_at = None

    def wake(self, session: Session, settings: Settings, now: datetime, reasons: Reasons) -> Step:
        """Look whether it's time to send, remind or expire, and take that step in its state.

        Everything is looked at anew, since much may have changed since the timer was set: asked too early (it was snoozed meanwhile) is
        NOTHING; a person who is away, paused or gone is not asked; a pledge met meanwhile needs no asking.
        """
        if not self.is_open or self.wakes_at is None or now < self.wakes_at:
            return Step.NOTHING
        if reason := _not_to_be_asked(self.person, now):
            self._close(PromptState.SKIPPED, now, reason)
            return Step.CLOSE
        if not is_working_moment(self.person.work_week(settings), now):
            self.wakes_at = moments.next_moment(self.person, settings, now)
            return Step.NOTHING
        return self._step(session, settings, now, reasons)

    def _step(self, session: Session, settings: Settings, now: datetime, reasons: Reasons) -> Step:
        if self.state == PromptState.SENT and self.reminded_at is not None:
            self._close(PromptState.EXPIRED, now)
            return Step.CLOSE
        put_off = self.reasons if self.state == PromptState.SNOOZED else []  # others on record would be said anew within two weeks
        why = reasons(session, self.person, settings, now, self.id or 0, put_off)
        if not why:
            self._close(PromptState.SKIPPED, now, "nothing left to ask for")
            return Step.CLOSE
        week = self.person.work_week(settings)
        if self.state == PromptState.SENT:  # what it said then stays on record, so that the next one says something else
            self.reminded_at = now
            self.wakes_at = add_working_days(week, now, settings.prompts.expire_after)
            return Step.REMIND
        self.state, self.reasons = PromptState.SENT, why
        self.sent_at = now
        self.answer_by = add_working_days(week, now, ANSWER_WITHIN)
        self.wakes_at = add_working_days(week, now, settings.prompts.remind_after)
        return Step.SEND

    def _require_open(self) -> None:
        if not self.is_open:
            said = {PromptState.ANSWERED: "answered", PromptState.EXPIRED: "closed, since it went unanswered"}
            msg = f"This was already {said.get(self.state, 'put aside')}"
            raise Refusal(msg, "You can log a visit or call at any time.")


def _not_to_be_asked(person: Person, now: datetime) -> str:
    if not person.active:
        return "left the company"
    if not person.has(Role.EXECUTIVE):
        return "no executive any more"
    if person.prompts_paused:
        return "prompts are paused"
    if person.is_away(person.today(now)):
        return "out of office"
    return ""


ASK_WITHIN = timedelta(days=7)
"""A prompt that could only be sent later than this (a long holiday) is left to the next firing."""

APART = timedelta(days=6)
"""At least so long lies between two asks: one that a holiday moved to Monday isn't followed by another on Thursday."""


def ask(session: Session, person: Person, settings: Settings, now: datetime, reasons: Reasons) -> Prompt | None:
    """Make a prompt for this executive, due at their next working moment; None when they're not to be asked now.

    At most one prompt a person is open: the row is locked, so two at once make one. Whoever is away, and not back within the week, isn't asked.
    """
    session.exec(select(Person.id).where(Person.id == person.key).with_for_update()).one()
    moment = moments.next_moment(person, settings, now)
    if moment is None or not _may_be_asked(session, person, moment, now):
        return None
    why = reasons(session, person, settings, moment, 0, ())
    if not why:
        return None
    prompt = Prompt(person_id=person.key, person=person, reasons=why, created_at=now, wakes_at=moment)
    session.add(prompt)
    session.flush()
    return prompt


def _may_be_asked(session: Session, person: Person, moment: datetime, now: datetime) -> bool:
    """Whether they may be asked at a moment: in the week after `now`, not while another prompt is open or was sent just before."""
    back_this_week = person.today(moment).isocalendar()[:2] == person.today(now).isocalendar()[:2]
    if _not_to_be_asked(person, moment) or (person.is_away(person.today(now)) and not back_this_week):
        return False
    if moment - now >= ASK_WITHIN:
        return False
    is_open = sa.func.coalesce(sa.func.bool_or(col(Prompt.state).in_(OPEN)), sa.false())
    asked, last = session.exec(select(is_open, sa.func.max(Prompt.sent_at)).where(Prompt.person_id == person.key)).one()
    return not asked and (last is None or moment - last >= APART)


def open_prompt(session: Session, person: Person) -> Prompt | None:
    """The prompt that waits for this person's answer, if there is one."""
    return session.exec(select(Prompt).where(Prompt.person_id == person.key, col(Prompt.state).in_(OPEN))).first()


def open_prompts(session: Session, people: Sequence[Person]) -> dict[int, Prompt]:
    """`open_prompt` of some people, by their id, read at once."""
    keys = [person.key for person in people]
    wanted = select(Prompt).where(col(Prompt.person_id).in_(keys), col(Prompt.state).in_(OPEN))
    return {one.person_id: one for one in session.exec(wanted)} if keys else {}


def wakes_later_today(session: Session, woken: Prompt, now: datetime) -> bool:
    """Whether another prompt of the same person than the one just woken has its time on this day of theirs."""
    other = None if woken.is_open else open_prompt(session, woken.person)  # at most one of a person's is open
    return other is not None and other.is_to_come(now)


def get(session: Session, prompt_id: int) -> Prompt:
    """The prompt with this id, locked until the transaction ends; NotFound when there is none."""
    prompt = locked(session, Prompt, prompt_id)
    if prompt is None:
        msg = "This prompt is not known here any more"
        raise NotFound(msg)
    return prompt


def get_for(session: Session, prompt_id: int, actor: Person) -> Prompt:
    """`get`, for the one asked, their delegates and the CX office only; one that isn't there was for somebody else, too."""
    prompt = locked(session, Prompt, prompt_id)
    if prompt is None or not may(actor, Action.ANSWER_PROMPT, prompt):
        msg = "This prompt was for someone else, or is not known here any more"
        raise NotAllowed(msg)
    return prompt


def answered_by(session: Session, engagement: Engagement, now: datetime) -> list[Prompt]:
    """Close the open prompts of every executive who was there; returns them. Locked: one that is put aside or wakes meanwhile is waited for."""
    there = [person.key for person in engagement.executives]
    waiting = select(Prompt).where(col(Prompt.person_id).in_(there), col(Prompt.state).in_(OPEN)).order_by(col(Prompt.id))
    prompts = all_locked(session, waiting)
    for prompt in prompts:
        prompt.answer(engagement, now)
    return prompts


def closed_by(session: Session, engagement: Engagement) -> list[Prompt]:
    """The prompts that this engagement answered."""
    return list(session.exec(select(Prompt).where(Prompt.engagement_id == engagement.key)))


def be_away(session: Session, prompt: Prompt, last: date, now: datetime) -> None:
    """The person is out until `last`, that day included: recorded, and the prompt put aside without counting."""
    prompt._require_open()
    prompt.person.go_away(prompt.person.today(now), last)
    session.flush()
    prompt.skip("out of office", now)
