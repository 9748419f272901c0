"""Making promises, and finding them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from bot.database import all_locked, locked
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Engagement
from bot.domain.errors import InvalidAnswers, NotFound
from bot.domain.people.people import Person, Platform
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises.commitment_events import Happening
from bot.domain.promises.commitments import LIMIT, Commitment, CommitmentState
from bot.domain.rights import Action, may
from bot.domain.words.addresses import is_address

SOURCE_TEXT = 1_500
"""Characters kept of the message a promise was made from."""

_SOURCE_REF = 600


def checked_source(link: str, text: str, ref: str) -> tuple[str, str, str]:
    """The message a promise was made from, as a client sent it back: no link that isn't one, no more text than is kept, no odd reference."""
    shown = text if len(text) <= SOURCE_TEXT else text[: SOURCE_TEXT - 1].rstrip() + "…"
    known = ref.startswith(tuple(f"{one.value}:" for one in Platform if one.real)) and len(ref) <= _SOURCE_REF
    return link if is_address(link) else "", shown, ref if known else ""


@dataclass(frozen=True)
class Promise:
    """What is promised, before it is checked. What an engagement says of stage and target holds, unless it says nothing."""

    what: str
    due: date | None
    owner: Person | None
    promised_by: Person | None
    customer: Customer | None = None
    engagement: Engagement | None = None
    item: RoadmapItem | None = None
    source_link: str = ""
    source_text: str = ""
    source_ref: str = ""
    stage: str = ""
    target: str = ""

    def problems(self, now: datetime) -> dict[str, str]:
        """What is wrong with it at the UTC instant `now`, by field."""
        found = {}
        if not self.what.strip():
            found["what"] = "Say what is promised."
        elif len(self.what) > LIMIT:
            found["what"] = f"That is {len(self.what):,} characters; {LIMIT:,} fit. Please shorten it."
        if self.due is None:
            found["due"] = "Choose the day it is due."
        elif self.promised_by and self.due < self.promised_by.today(now):
            found["due"] = "That day is past. Choose today or a day to come."
        if self.owner is None:
            found["owner"] = "Choose who will keep it."
        elif self.owner.guest or not self.owner.active:
            found["owner"] = f"{self.owner.name} can't take it on. Choose someone who works here."
        if self.promised_by is None:
            found["promised_by"] = "Choose in whose name it is promised."
        return found

    def commitment(self, now: datetime) -> Commitment:
        """The commitment it makes; InvalidAnswers by field when it can't be right."""
        if problems := self.problems(now):
            raise InvalidAnswers(problems)
        source_link, source_text, source_ref = checked_source(self.source_link, self.source_text, self.source_ref)
        owner, promised_by, due, visit = self.owner, self.promised_by, self.due, self.engagement
        assert owner and promised_by and due  # noqa: S101, PT018 - just checked
        return Commitment(
            what=self.what.strip(),
            customer_id=self.customer.key if self.customer else None,
            customer=self.customer,
            promised_by_id=promised_by.key,
            promised_by=promised_by,
            owner_id=owner.key,
            owner=owner,
            engagement_id=visit.key if visit else None,
            item_id=self.item.key if self.item else None,
            item=self.item,
            source_link=source_link,
            source_text=source_text,
            source_ref=source_ref,
            heard_on=visit.happened_on if visit else promised_by.today(now),
            stage=(visit.stage if visit else "") or self.stage,
            target=(visit.evidence_target if visit else "") or self.target,
            made_at=now,
            first_due=due,
            due=due,
        )


def promise(session: Session, pledge: Promise, actor: Person, now: datetime) -> Commitment:
    """Store a checked promise; InvalidAnswers when it can't be right. One's own needs no accepting."""
    commitment = pledge.commitment(now)
    session.add(commitment)
    session.flush()
    commitment.happened(Happening.MADE, actor, now, new_due=commitment.due, new_owner_id=commitment.owner_id)
    if commitment.owner_id == actor.id:
        commitment.accept(actor, now)
    session.flush()
    return commitment


def get_for(session: Session, commitment_id: int, actor: Person) -> Commitment:
    """The commitment with this id, locked until the transaction ends, for somebody who may see it; NotFound for anybody else."""
    found = locked(session, Commitment, commitment_id)
    if found is None or not may(actor, Action.SEE_COMMITMENT, found):
        msg = "There is no such commitment, or it isn't yours to see"
        raise NotFound(msg, "See /commitments for yours.")
    return found


def get(session: Session, commitment_id: int) -> Commitment:
    """The commitment with this id; NotFound when there is none."""
    found = session.get(Commitment, commitment_id)
    if found is None:
        msg = "There is no such commitment"
        raise NotFound(msg)
    return found


def follow(session: Session, engagement: Engagement, was_with: int | None) -> list[Commitment]:
    """What was promised there keeps up with an engagement that is corrected: the day it was heard, stage, target and customer.

    `was_with` is the customer it was with until then: what was promised there to another stays so. Returns all that was promised there.
    """
    found = all_locked(session, select(Commitment).where(Commitment.engagement_id == engagement.key))
    for one in found:
        one.heard_on = engagement.happened_on
        one.stage, one.target = engagement.stage or one.stage, engagement.evidence_target or one.target
        if one.customer_id == was_with:
            one.customer, one.customer_id = engagement.customer, engagement.customer_id
    session.flush()
    return found


def source_edited(session: Session, source_ref: str, now: datetime) -> list[Commitment]:
    """Note that the chat message they were made from was edited; returns those made from it. What was promised stays as it is."""
    if not source_ref:
        return []
    found = all_locked(session, select(Commitment).where(Commitment.source_ref == source_ref).order_by(col(Commitment.id)))
    for one in found:
        one.source_edited_at = now
    session.flush()
    return found


def mine(session: Session, person: Person) -> list[Commitment]:
    """The open ones to keep, and those promised that are open or still to be told; the earliest due first.

    A person's own, and those of the executives they're a delegate of.
    """
    keys = [person.key, *(boss.key for boss in person.principals)]
    promised = sa.and_(col(Commitment.promised_by_id).in_(keys), or_(col(Commitment.state) == CommitmentState.OPEN, _untold()))
    kept = sa.and_(col(Commitment.owner_id).in_(keys), col(Commitment.state) == CommitmentState.OPEN)
    return _in_order(session, or_(promised, kept))


def _untold() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Commitment.state) == CommitmentState.KEPT, col(Commitment.told_at).is_(None), col(Commitment.customer_id).is_not(None)
    )


def at_customer(session: Session, customer: Customer) -> list[Commitment]:
    """Every commitment to a customer, the open ones first."""
    return sorted(_in_order(session, col(Commitment.customer_id) == customer.key), key=lambda one: not one.is_open)


def to_customers(session: Session) -> list[Commitment]:
    """Every commitment to any customer, open or not, the earliest due first."""
    return _in_order(session, col(Commitment.customer_id).is_not(None))


def every_open(session: Session) -> list[Commitment]:
    """All that are open or still to be told, the earliest due first: the CX office's view."""
    return _in_order(session, still_open())


def still_open() -> sa.ColumnElement[bool]:
    """The condition on a commitment that it is open or still to be told."""
    return or_(col(Commitment.state) == CommitmentState.OPEN, _untold())


def _in_order(session: Session, wanted: sa.ColumnElement[bool]) -> list[Commitment]:
    return list(session.exec(select(Commitment).where(wanted).order_by(col(Commitment.due), col(Commitment.id))))


def visible(commitments: Iterable[Commitment], actor: Person) -> list[Commitment]:
    """Those that `actor` may see."""
    return [one for one in commitments if may(actor, Action.SEE_COMMITMENT, one)]


_OWNER_ACTS = {
    Happening.MADE,
    Happening.HANDED_ON,
    Happening.REOPENED,
    Happening.DATE_CHANGED,
    Happening.DATE_KEPT,
    Happening.GIVEN_UP,
}


def to_act(commitment: Commitment) -> Person | None:
    """Whoever must act on (or hear of) what happened to it last."""
    latest = commitment.events[-1].kind
    if latest in _OWNER_ACTS:
        return commitment.owner
    asks = latest == Happening.DATE_PROPOSED or (latest == Happening.DONE and commitment.to_be_told)
    return commitment.promised_by if asks else None
