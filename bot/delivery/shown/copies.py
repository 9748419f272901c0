"""What a delivered copy shows, by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlmodel import Session

from bot.cards import Button, Card
from bot.database import context
from bot.delivery.shown.digest_cards import digest_card
from bot.domain.engagements import prompts
from bot.domain.outbox import deliveries, outages, posts
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Account
from bot.domain.promises import agendas, promises
from bot.domain.rights import Action, may
from bot.domain.updates import approvers, broadcasts, readers, receipts, updates
from bot.domain.updates.broadcasts import BroadcastState
from bot.measures import standings
from bot.measures.letter import letter, may_read, month_of
from bot.measures.next_steps import next_steps
from bot.measures.standings import Standing
from bot.measures.weekly import week_of, weekly
from bot.settings import Settings
from bot.views import access, commitments, questions, refusals
from bot.views import broadcasts as broadcast_views
from bot.views import celebrations as celebration_views
from bot.views import outages as outage_views
from bot.views import reports as report_views
from bot.views import updates as update_views
from bot.views.prompts import prompt_card

_log = structlog.get_logger(__name__)

LOOK_AGAIN = "look-again"
"""The command that gives a copy as it is now."""


@dataclass(frozen=True)
class Kind:
    """What is sent about one subject: whether its reader may see it as things stand, and what it shows them then."""

    allowed: Callable[[Session, Delivery, Settings], bool]
    show: Callable[[Session, Delivery, Settings, datetime], Card]


def card_for(session: Session, copy: Delivery, settings: Settings, now: datetime, *, latest: bool = True) -> Card:
    """What a copy shows as things stand. `latest` is False for a copy that a newer one of the same subject has followed.

    Nothing of its subject to somebody who may not see it any more.
    """
    shown = still_theirs(session, copy, settings, now, latest=latest)
    return refusals.withheld() if shown is None else shown


def still_theirs(session: Session, copy: Delivery, settings: Settings, now: datetime, *, latest: bool = True) -> Card | None:
    """The same; None for somebody who may not see it any more, whose copy is to be left as it is."""
    kind = _KINDS[copy.subject]
    if not kind.allowed(session, copy, settings):
        _log.info("copy_withheld", delivery=copy.key, subject=copy.subject)
        return None
    again = Button(label="Show as it is now", command=LOOK_AGAIN, args={"delivery": str(copy.key)}, replaces=True)
    if copy.subject == Subject.PROMPT:
        card = prompt_card(prompts.get(session, copy.subject_id), latest=latest, again=copy.part > 0)
    elif copy.subject == Subject.COMMITMENT and not latest:
        card = commitments.newer_below(promises.get(session, copy.subject_id))
    else:
        card = kind.show(session, copy, settings, now)
    return card.model_copy(update={"refresh": again})


def needless(session: Session, copy: Delivery, settings: Settings, now: datetime) -> str:
    """Why a copy that has waited needn't be sent any more; empty when it is to be."""
    if not copy.person.active:
        return "left"
    if copy.subject == Subject.AGENDA and copy.subject_id != copy.person.today(now).toordinal():
        return "another day by now"
    if deliveries.newer_waits(session, copy, of_kind=copy.subject in _REPEATED):
        return "a newer one follows"
    if not _KINDS[copy.subject].allowed(session, copy, settings):
        return "no longer theirs to see"
    return "" if _NEEDED.get(copy.subject, _always)(session, copy) else "nothing to do any more"


_REPEATED = frozenset({Subject.WEEKLY_REPORT, Subject.MONTHLY_LETTER})
"""Of these only the newest is of use to somebody who comes back."""


def _always(_session: Session, _copy: Delivery) -> bool:
    return True


def _must_act(session: Session, copy: Delivery) -> bool:
    person = promises.to_act(promises.get(session, copy.subject_id))
    return person is not None and person.key == copy.person_id


_NEEDED: Mapping[Subject, Callable[[Session, Delivery], bool]] = {
    Subject.COMMITMENT: _must_act,
    Subject.APPROVAL: lambda session, copy: broadcasts.get(session, copy.subject_id).state == BroadcastState.WAITING,
    Subject.QUESTION: lambda session, copy: receipts.question(session, copy.subject_id).answered_at is None,
    Subject.PROMPT: lambda session, copy: prompts.get(session, copy.subject_id).is_open,
    Subject.OUTAGE: lambda session, copy: outages.get(session, copy.subject_id).ended_at is None,
}
"""Whether a subject still calls for somebody, who may have seen it elsewhere and acted."""


def _about(action: Action, get: Callable[[Session, int], object]) -> Callable[[Session, Delivery, Settings], bool]:
    """Whether the reader may do something to the thing a copy is about."""
    return lambda session, copy, _: may(copy.person, action, get(session, copy.subject_id))


def _at_all(action: Action) -> Callable[[Session, Delivery, Settings], bool]:
    """Whether the reader may do something that is about no single thing."""
    return lambda _session, copy, _settings: may(copy.person, action)


def _may_approve(session: Session, copy: Delivery, settings: Settings) -> bool:
    broadcast = broadcasts.get(session, copy.subject_id)
    return may(copy.person, Action.APPROVE_UPDATE, approvers.asked(session, broadcast, settings))


def _follows_approval(session: Session, copy: Delivery, settings: Settings) -> bool:
    broadcast = broadcasts.get(session, copy.subject_id)
    return may(copy.person, Action.SEE_BROADCAST, broadcast) or _may_approve(session, copy, settings)


def _hears_answer(session: Session, copy: Delivery, _settings: Settings) -> bool:
    question = receipts.question(session, copy.subject_id)
    return may(copy.person, Action.HEAR_ANSWER, question) and readers.may_read(session, question.update, copy.person)


def _prompt(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return prompt_card(prompts.get(session, copy.subject_id))


def _commitment(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    commitment = promises.get(session, copy.subject_id)
    card = commitments.card(commitment, copy.person, now)
    asked = posts.of(session, Subject.CELEBRATION, commitment.key)
    return celebration_views.offered(card, commitment, copy.person, settings, asked)


def _post(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return celebration_views.not_posted(posts.get(session, copy.subject_id))


def _agenda(session: Session, copy: Delivery, _settings: Settings, now: datetime) -> Card:
    theirs = [item for item in agendas.on(session, copy) if may(copy.person, Action.HEAR_OF_COMMITMENT, item.commitment)]
    return commitments.agenda(theirs, copy.person, now)


@dataclass
class _Kept:
    """How broadcasts stand, by id, while many copies are shown; None while nothing is kept."""

    standings: dict[int, Standing] | None = None


@contextmanager
def standings_kept(session: Session) -> Iterator[None]:
    """Find out once how a broadcast stands for all copies shown meanwhile, in which nothing may change."""
    kept = context(session).notes(_Kept)
    kept.standings = {}
    try:
        yield
    finally:
        kept.standings = None


def _standing(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Standing:
    kept = context(session).notes(_Kept).standings
    if kept is None or copy.subject_id not in kept:
        found = standings.of(session, broadcasts.get(session, copy.subject_id), settings, now)
        if kept is None:
            return found
        kept[copy.subject_id] = found
    return kept[copy.subject_id]


def _broadcast(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    standing = _standing(session, copy, settings, now)
    return broadcast_views.card(standing, copy.person)


def _approval(session: Session, copy: Delivery, settings: Settings, now: datetime) -> Card:
    standing = _standing(session, copy, settings, now)
    seen = broadcast_views.approval if _may_approve(session, copy, settings) else broadcast_views.card
    return seen(standing, copy.person)


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
    found = letter(session, month, settings, now)
    return report_views.letter_card(found, settings, copy.person, next_steps(session, found, copy.person, settings, now))


def _linked(session: Session, copy: Delivery, settings: Settings, _now: datetime) -> Card:
    return access.account_linked(session.get(Account, copy.subject_id), copy.person, settings)


def _outage(session: Session, copy: Delivery, _settings: Settings, _now: datetime) -> Card:
    return outage_views.card(outages.get(session, copy.subject_id))


_KINDS: Mapping[Subject, Kind] = {
    Subject.ACCOUNT_LINKED: Kind(_at_all(Action.HEAR_OF_ACCOUNT), _linked),
    Subject.OUTAGE: Kind(_at_all(Action.HEAR_OF_OUTAGE), _outage),
    Subject.PROMPT: Kind(_about(Action.ANSWER_PROMPT, prompts.get), _prompt),
    Subject.COMMITMENT: Kind(_about(Action.SEE_COMMITMENT, promises.get), _commitment),
    Subject.AGENDA: Kind(_at_all(Action.LIST_COMMITMENTS), _agenda),
    Subject.BROADCAST: Kind(_about(Action.SEE_BROADCAST, broadcasts.get), _broadcast),
    Subject.APPROVAL: Kind(_follows_approval, _approval),
    Subject.REWORDED: Kind(_about(Action.SEE_REWORDED, updates.get), _reworded),
    Subject.UPDATE_TEST: Kind(_about(Action.PREVIEW_UPDATE, updates.get), _test),
    Subject.QUESTION: Kind(_about(Action.ANSWER_QUESTION, receipts.question), _question),
    Subject.ANSWER: Kind(_hears_answer, _answer),
    Subject.DIGEST: Kind(_at_all(Action.LIST_UPDATES), _digest),
    Subject.WEEKLY_REPORT: Kind(_at_all(Action.SEE_REPORTS), _weekly),
    # The letter says itself that it isn't theirs any more: somebody named in app.yaml waits for it.
    Subject.MONTHLY_LETTER: Kind(_at_all(Action.LIST_COMMITMENTS), _letter),
    Subject.POST: Kind(_about(Action.HEAR_OF_POST, posts.get), _post),
}
"""By the subject of a delivery. A broadcast's copies are shown by its lane, under the same rights."""
