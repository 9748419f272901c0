"""A prompt's card in each of its states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.engagements.prompts import Prompt, PromptState
from bot.domain.people.people import Person
from bot.views.prompts import prompt_card
from tests.conftest import NOW, words

DAY = timedelta(days=1)


def prompt(state: PromptState = PromptState.SENT, **more: Any) -> Prompt:
    """One for Ada, with a reason."""
    ada = Person.known("ada@firm.example", "Ada Lovell", "Pacific/Auckland")
    said: dict[str, Any] = {
        "id": 3,
        "person_id": 1,
        "person": ada,
        "state": state,
        "reasons": ["Two visits to go."],
        "created_at": NOW,
    }
    return Prompt(**said | more)


def test_it_asks_with_its_reasons_and_six_ways_on() -> None:
    """Each carries which prompt it answers; a promise answers none."""
    card = prompt_card(prompt(wakes_at=NOW))
    assert card.title.startswith("Ada: which customers have you spoken with")
    assert "Two visits to go." in words(card)
    by_command = {one.command: one.args for one in card.buttons}
    assert by_command.pop("commit") == {}
    assert set(by_command) == {"logvisit", "logcall", "nothing-to-log", "remind-tomorrow", "out-until"}
    assert all(args == {"prompt": "3"} for args in by_command.values())


def test_a_reminder_says_when_it_asked_and_when_it_closes() -> None:
    """On the reader's own calendar: Thursday already in Auckland; its reasons stand in the first message."""
    card = prompt_card(prompt(sent_at=NOW + DAY / 2, reminded_at=NOW, wakes_at=NOW + 2 * DAY))
    assert card.title.startswith("A short reminder, Ada")
    assert "I asked on Thu 26 Nov 2026" in words(card)
    assert "This closes on Fri 27 Nov 2026" in words(card)
    assert "Two visits" not in words(card)


def test_one_put_off_says_until_when_and_then_that_it_was() -> None:
    """The reasons are the same."""
    later = prompt(PromptState.SNOOZED, wakes_at=NOW + DAY, sent_at=NOW)
    assert prompt_card(later).title == "I'll ask again on Thu 26 Nov 2026"
    assert not prompt_card(later).buttons
    again = prompt_card(prompt(wakes_at=NOW + 3 * DAY, sent_at=NOW), again=True)
    assert "You asked to be reminded on Wed 25 Nov 2026." in words(again)
    assert "Two visits to go." in words(again)


def test_an_older_copy_of_an_open_one_only_points_below() -> None:
    """Two with buttons would be two questions; one that is closed says what became of it."""
    assert not prompt_card(prompt(wakes_at=NOW), latest=False).buttons
    assert prompt_card(prompt(wakes_at=NOW), latest=False).title == "I have asked again below"
    assert prompt_card(prompt(PromptState.EXPIRED), latest=False).title == "This question has closed"


@pytest.mark.parametrize("deleted", [False, True])
def test_what_answered_it(deleted: bool) -> None:
    """By name, until that was deleted."""
    visit = Engagement(kind=Kind.VISIT, happened_on=NOW.date(), logged_at=NOW, logged_by_id=1, heard="x")
    visit.deleted_at = NOW if deleted else None
    card = prompt_card(prompt(PromptState.ANSWERED, engagement=visit))
    assert card.title == ("Answered, and what was logged was deleted since" if deleted else "Thank you: visit is logged")
    assert not card.buttons


def test_one_put_aside_says_why_and_one_that_closed_takes_a_visit_still() -> None:
    """Neither asks any more."""
    aside = prompt_card(prompt(PromptState.SKIPPED, skip_reason="out of office"))
    assert "Put aside: out of office." in words(aside)
    assert not aside.buttons
    assert [(one.command, one.args) for one in prompt_card(prompt(PromptState.EXPIRED)).buttons] == [("logvisit", {})]
