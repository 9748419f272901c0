"""What a delivered copy shows, by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import structlog
from sqlmodel import Session

from bot.cards import Button, Card
from bot.delivery.digest_cards import digest_card
from bot.delivery.linking import SUBJECT as LINKED
from bot.delivery.posting import SUBJECT as POST
from bot.delivery.working import WATCHED
from bot.domain import (
    agendas,
    broadcasts,
    celebrations,
    deliveries,
    outages,
    posts,
    promises,
    prompts,
    receipts,
    standings,
    updates,
)
from bot.domain.broadcasts import BroadcastState
from bot.domain.deliveries import Delivery
from bot.domain.people import Account
from bot.measures.letter import letter, may_read, month_of
from bot.measures.weekly import week_of, weekly
from bot.settings import Settings
from bot.views import access, commitments, questions
from bot.views import broadcasts as broadcast_views
from bot.views import celebrations as celebration_views
from bot.views import outages as outage_views
from bot.views import reports as report_views
from bot.views import updates as update_views
from bot.views.prompts import prompt_card

_log = structlog.get_logger(__name__)

Show = Callable[[Session, Delivery, Settings, datetime], Card]


LOOK_AGAIN = "look-again"
"""The command that gives a copy as it is now."""


def card_for(session: Session, copy: Delivery, settings: Settings, now: datetime, *, latest: bool = True) -> Card:
    """What a copy shows as things stand. `latest` is False for a copy that a newer one of the same subject has followed."""
    again = Button(label="Show as it is now", command=LOOK_AGAIN, args={"delivery": str(copy.key)}, replaces=True)
    return _card_for(session, copy, settings, now, latest=latest).model_copy(update={"refresh": again})


def needless(session: Session, copy: Delivery, now: datetime) -> str:
    """Why a copy that has waited needn't be sent any more; empty when it is to be."""
    if not copy.person.active:
        return "left"
    if copy.subject == agendas.SUBJECT and copy.subject_id != copy.person.today(now).toordinal():
        return "another day by now"
    if copy.subject in _REPEATED and deliveries.newer_waits(session, copy):
        return "a newer one follows"
    return "" if _NEEDED.get(copy.subject, _always)(session, copy) else "nothing to do any more"


_REPEATED = frozenset({"weekly_report", "monthly_letter"})
"""Of these only the newest is of use to somebody who comes back."""


def _always(_session: Session, _copy: Delivery) -> bool:
    return True


def _must_act(session: Session, copy: Delivery) -> bool:
    person = promises.to_act(promises.get(session, copy.subject_id))
    return person is not None and person.key == copy.person_id


_NEEDED: Mapping[str, Callable[[Session, Delivery], bool]] = {
    "commitment": _must_act,
    "approval": lambda session, copy: broadcasts.get(session, copy.subject_id).state == BroadcastState.WAITING,
    "question": lambda session, copy: receipts.question(session, copy.subject_id).answered_at is None,
    "prompt": lambda session, copy: prompts.get(session, copy.subject_id).is_open,
    outages.SUBJECT: lambda session, copy: outages.get(session, copy.subject_id).ended_at is None,
}
"""Whether a subject still calls for somebody, who may have seen it elsewhere and acted."""


def _card_for(session: Session, copy: Delivery, settings: Settings, now: datetime, *, latest: bool) -> Card:
    if copy.subject == "prompt":
        return prompt_card(prompts.get(session, copy.subject_id), latest=latest)
    if copy.subject == "commitment" and not latest:
        return commitments.newer_below(promises.get(session, copy.subject_id))
    return _SHOWN[copy.subject](session, copy, settings, now)


def _commitment(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    commitment = promises.get(session, copy.subject_id)
    card = commitments.card(commitment, copy.person, now)
    asked = posts.of(session, celebrations.SUBJECT, commitment.key)
    return celebration_views.offered(card, commitment, copy.person, settings, asked)


def _post(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return celebration_views.not_posted(posts.get(session, copy.subject_id))


def _agenda(session: Session, copy: Delivery, _settings: Settings, now: datetime) -> Card:
    return commitments.agenda([item.commitment for item in agendas.on(session, copy)], copy.person, now)


def _broadcast(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    standing = standings.of(session, broadcasts.get(session, copy.subject_id), settings, now)
    return broadcast_views.card(standing, copy.person)


def _approval(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    standing = standings.of(session, broadcasts.get(session, copy.subject_id), settings, now)
    return broadcast_views.approval(standing, copy.person)


def _test(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return update_views.test(updates.get(session, copy.subject_id), copy.person.locale)


def _reworded(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return update_views.reworded(updates.get(session, copy.subject_id), copy.person.locale)


def _question(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return questions.card(receipts.question(session, copy.subject_id))


def _answer(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return questions.answer(receipts.question(session, copy.subject_id))


def _digest(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return digest_card(session, copy)


def _weekly(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    monday = date.fromordinal(copy.subject_id)
    return report_views.weekly_card(weekly(session, week_of(monday, settings, now), settings, now))


def _letter(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    if not may_read(copy.person):
        _log.warning("letter_refused", emails=[copy.person.email], reason="may no longer read it")
        return report_views.letter_withheld()
    month = month_of(date.fromordinal(copy.subject_id), settings, now)
    return report_views.letter_card(letter(session, month, settings, now), settings, copy.person)


def _linked(session: Session, copy: Delivery, settings: Settings, _now: datetime) -> Card:
    return access.account_linked(session.get(Account, copy.subject_id), copy.person, settings)


def _outage(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return outage_views.card(outages.get(session, copy.subject_id))


_SHOWN: Mapping[str, Show] = {
    LINKED: _linked,
    outages.SUBJECT: _outage,
    "commitment": _commitment,
    "agenda": _agenda,
    WATCHED: _broadcast,
    "approval": _approval,
    "reworded": _reworded,
    "update_test": _test,
    "question": _question,
    "answer": _answer,
    "digest": _digest,
    "weekly_report": _weekly,
    "monthly_letter": _letter,
    POST: _post,
}
