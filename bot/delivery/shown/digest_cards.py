"""A digest as it is now: with the words that stand, and without what was recalled."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.cards import Card
from bot.database import context
from bot.domain.outbox.deliveries import Delivery
from bot.domain.updates import digests, readers
from bot.views.digests import digest_of
from bot.views.engagements import day_words

_WEEK = timedelta(days=8)


def digest_card(session: Session, digest: Delivery) -> Card:
    """A digest as its updates are now: with the words that stand, and without those recalled or no longer its reader's to read."""
    found = [one for one in digests.told(session, digest) if readers.may_read(session, one, digest.person)]
    return digest_of(found, digest.person.locale, _span(session, digest))


def _span(session: Session, digest: Delivery) -> str:
    """`This week`, or since when, for who was away or had a digest that failed."""
    oldest, now = digests.since(session, digest), digest.sent_at or context(session).now
    if oldest is None or oldest > now - _WEEK:
        return "This week"
    return f"Since {day_words(oldest.astimezone(ZoneInfo(digest.person.zone)).date())}"
