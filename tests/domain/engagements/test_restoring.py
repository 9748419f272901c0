"""Undoing a deletion, for ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.engagements.restoring import WITHIN, restore, undo_until
from bot.domain.errors import Refusal
from bot.domain.people.people import Person, Role
from tests.conftest import NOW

OFFICE = Person.known("cleo@firm.example", "Cleo", "Europe/London", (Role.CX_OFFICE,))


def deleted() -> Engagement:
    """One that was deleted just now."""
    found = Engagement(kind=Kind.VISIT, happened_on=NOW.date(), logged_at=NOW, logged_by_id=1, heard="x")
    found.deleted_at = NOW
    return found


def test_it_can_be_had_back_until_ten_minutes_are_over() -> None:
    """The last instant included; pressed twice it stays there."""
    found = deleted()
    assert undo_until(found, NOW) == NOW + WITHIN
    restore(Session(), found, OFFICE, NOW + WITHIN)
    restore(Session(), found, OFFICE, NOW + timedelta(days=1))
    assert found.deleted_at is None
    assert undo_until(found, NOW) is None


def test_later_it_stays_deleted_and_says_how_to_log_it_anew() -> None:
    """Nothing is changed."""
    found, late = deleted(), NOW + WITHIN + timedelta(seconds=1)
    assert undo_until(found, late) is None
    with pytest.raises(Refusal, match="more than ten minutes ago"):
        restore(Session(), found, OFFICE, late)
    assert found.deleted_at == NOW
