"""What a person's own page shows, looked up as things stand: nothing that they couldn't ask for by a command."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.cards import Card
from bot.domain.engagements import prompts
from bot.domain.people.people import Person, Role
from bot.domain.rights import Action, may
from bot.domain.updates import broadcasts, readers, receipts
from bot.domain.updates.updates import Update
from bot.measures import pledged, promised, scope, waiting
from bot.measures.report import with_trend
from bot.measures.scorecard import scorecard
from bot.settings import Settings
from bot.views.home import SHOWN, SHOWN_OFFICE, Home, Office, card


def home_card(session: Session, person: Person, settings: Settings, now: datetime) -> Card:
    """Somebody's page at the UTC instant `now`: an executive's part or the reader's, then the CX office's."""
    whose = _executives(person)
    one = whose[0] if len(whose) == 1 else None
    office = _office(session, settings, now) if may(person, Action.OVERSEE) else None
    home = Home(
        viewer=person,
        now=now,
        scorecard=scorecard(session, one, settings, now) if one else None,
        prompt=prompts.open_prompt(session, one) if one else None,
        executives=whose if len(whose) > 1 else (),
        owed=promised.owed(session, person, person.today(now), SHOWN),
        updates=None if whose or office else _updates(session, person),
        office=office,
    )
    return card(home, settings)


def _executives(person: Person) -> list[Person]:
    """Whose scorecard it is: an executive's own, else those of the executives they act for."""
    if person.has(Role.EXECUTIVE):
        return [person]
    return person.principals


def _updates(session: Session, person: Person) -> list[Update]:
    found = {one.update_id: one.update for one in readers.readable(session, person)}
    return list(found.values())[:SHOWN]


def _office(session: Session, settings: Settings, now: datetime) -> Office:
    window = scope.quarter(settings, now)
    found, points = with_trend(session, scope.COMPANY, window, settings, now)
    return Office(
        figures=found,
        points=points,
        silent=pledged.not_out_yet(session, scope.COMPANY, window, settings, now),
        counts=waiting.waiting(session, window, settings),
        late=promised.latest(session, window, limit=SHOWN_OFFICE),
        questions=receipts.unanswered(session, limit=SHOWN_OFFICE),
        waiting=broadcasts.waiting(session, limit=SHOWN_OFFICE),
    )
