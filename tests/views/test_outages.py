"""What administrators are shown of a platform that refuses the bot."""

from __future__ import annotations

from bot.cards import Tone
from bot.domain.outbox.outages import PlatformOutage
from bot.domain.people.people import Platform
from bot.views import outages
from tests.conftest import NOW, words


def test_an_outage_says_why_and_its_end_that_it_is_over() -> None:
    """The reason stands in both; only the first is a warning."""
    outage = PlatformOutage(platform=Platform.SLACK, reason="The token was revoked.", began_at=NOW)
    card = outages.card(outage)
    assert (card.tone, card.title) == (Tone.WARNING, "Slack refuses the bot")
    assert outage.reason in words(card)
    outage.ended_at = NOW
    assert outages.card(outage).tone == Tone.GOOD
    assert outage.reason in words(outages.card(outage))
