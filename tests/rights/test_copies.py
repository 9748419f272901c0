"""Messages sent while somebody might see them: none is shown anew, or looked at again, once they no longer may."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.commands import Inbound
from bot.delivery.shown.copies import _KINDS, LOOK_AGAIN, card_for, still_theirs
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Role
from tests.conftest import NOW, words
from tests.rights.company import ADAS, ROLES, SECRETS, STAFF, Company, delivered

EVERYBODY = STAFF | {"gus", "rex"}

THEIRS = {
    "prompt": ADAS,
    "commitment": ADAS,
    Subject.AGENDA: STAFF,
    Subject.BROADCAST: ADAS,
    Subject.APPROVAL: ADAS,
    "reworded": {"ada", "dele"},
    "update_test": ADAS,
    "question": ADAS,
    "answer": {"ada"},
    Subject.DIGEST: EVERYBODY,
    "weekly_report": {"cleo", "adam"},
    "monthly_letter": STAFF,
    Subject.ACCOUNT_LINKED: EVERYBODY,
    Subject.OUTAGE: {"cleo", "adam"},
    Subject.POST: set[str](),
}
"""Who is shown something new where Ada's things are sent to them. The letter says to staff that it isn't theirs."""

THINGS = {
    Subject.BROADCAST: "sent",
    Subject.APPROVAL: "waiting",
    "reworded": "sent_update",
    "update_test": "sent_update",
    "answer": "question",
}


def subject_id(company: Company, subject: str) -> int:
    """The number of Ada's thing, or of a day."""
    days = {Subject.AGENDA, Subject.DIGEST, "weekly_report", "monthly_letter"}
    if subject in days:
        return date(2026, 11, 23).toordinal()
    return company.things.get(THINGS.get(subject, subject), 1)


@pytest.mark.parametrize("subject", sorted(set(_KINDS) - {Subject.ACCOUNT_LINKED, Subject.OUTAGE, Subject.POST}))
def test_a_copy_shows_what_its_reader_may_see_now(company: Company, subject: str) -> None:
    """Whoever it was sent to once."""
    settings = company.world.application.settings
    for actor in (one for one in ROLES if "@" not in one):
        with company.trial.session() as session:
            copy = delivered(session, people.get(session, company.world.ids[actor]), subject, subject_id(company, subject))
            shown, said = still_theirs(session, copy, settings, NOW), words(card_for(session, copy, settings, NOW))
            assert (shown is not None) == (actor in THEIRS[subject]), (actor, said)
            assert all(actor in who for mark, who in SECRETS.items() if mark in said), (actor, said)
            assert (shown is None) == ("no longer yours to see" in said)


def test_every_kind_of_copy_is_written_down_here() -> None:
    """A new one needs its readers here."""
    assert set(THEIRS) == set(_KINDS)


@pytest.mark.parametrize("change", [{"roles": []}, {"guest": True}, {"roles": [], "guest": True}])
def test_looking_again_after_a_role_was_lost(company: Company, change: dict[str, Any]) -> None:
    """Adam, who was an administrator: nothing of Ada's question, nor by anybody else's number."""
    with company.trial.session() as session:
        adam = people.get(session, company.world.ids["adam"])
        copy = delivered(session, adam, Subject.QUESTION, company.things["question"])
        for name, value in change.items():
            setattr(adam, name, value)
        settings = company.world.application.settings
        assert still_theirs(session, copy, settings, NOW) is None
        assert "XQUESTION" not in words(card_for(session, copy, settings, NOW))
        adam.guest, adam.roles = False, [Role.ADMIN.value]
        assert "XQUESTION" in words(card_for(session, copy, settings, NOW))


def test_a_copy_of_somebody_elses_is_one_that_is_not_there(company: Company) -> None:
    """The same words, whatever the number."""
    dispatcher = company.world.application.dispatcher
    for actor in ("bruno", "cleo", "gus"):
        said = [
            words(dispatcher.handle(Inbound(company.world.sender(actor), LOOK_AGAIN, args={"delivery": one})))
            for one in (str(company.things["delivery"]), "99999", "x")
        ]
        assert len(set(said)) == 1
        assert "XQUESTION" not in said[0]
