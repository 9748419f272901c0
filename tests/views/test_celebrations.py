"""A kept promise as everybody sees it, and as who may celebrate it is offered that."""

from __future__ import annotations

import pytest

from bot.cards import Card
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.domain.promises import promises
from bot.settings import Channel, Channels, Platforms, Settings, SlackSettings
from bot.views import celebrations
from tests.conftest import NOW, World, button, words
from tests.handlers.test_celebrate import told


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The company of the tests, on Slack, with a channel for celebrations."""
    channels = Channels(celebrations=Channel(slack="C0123ABCDEF"))
    return settings.model_copy(update={"channels": channels, "platforms": Platforms(slack=SlackSettings())})


def post(state: DeliveryState, reason: str = "", subject: Subject = Subject.CELEBRATION) -> ChannelPost:
    """What became of one."""
    made = ChannelPost(subject=subject, subject_id=1, platform=Platform.SLACK, channel="C1", queued_at=NOW, requested_by_id=1)
    made.state, made.reason = state, reason
    return made


def test_it_thanks_by_name_and_names_a_customer_only_where_it_may(world: World) -> None:
    """In the words given, which are fit for everybody."""
    told(world)
    with world.database.session() as session:
        commitment = promises.get(session, 1)
        unnamed = celebrations.card(commitment, "send the report", "It is sent.")
        named = celebrations.card(commitment, "send the report", "", customer="Acme Corp")
    assert unnamed.title == "Commitment kept. Thank you, Emil Novak!"
    assert "Made to a customer by Ada Lovell, delivered by Emil Novak" in words(unnamed)
    assert "Acme" not in words(unnamed)
    assert "Made to Acme Corp" in words(named)


def test_it_is_offered_once_and_to_those_who_may(world: World) -> None:
    """Then says who asked; one that failed may be asked for again."""
    told(world)
    settings, plain = world.application.settings, Card(title="Done")
    with world.database.session() as session:
        commitment = promises.get(session, 1)
        ada, bruno = (people.get(session, world.ids[name]) for name in ("ada", "bruno"))
        assert button(celebrations.offered(plain, commitment, ada, settings, []), "Celebrate").confirm
        assert celebrations.offered(plain, commitment, bruno, settings, []) == plain
        off = settings.model_copy(update={"channels": Channels()})
        assert celebrations.offered(plain, commitment, ada, off, []) == plain
        sent, failed = post(DeliveryState.SENT), post(DeliveryState.FAILED)
        sent.requested_by = ada
        assert "Celebrated by Ada Lovell" in words(celebrations.offered(plain, commitment, ada, settings, [sent]))
        assert celebrations.offered(plain, commitment, ada, settings, [failed]).buttons


@pytest.mark.parametrize(
    ("state", "reason", "said", "again"),
    [
        (DeliveryState.UNCONFIRMED, "", "it won't be sent twice", False),
        (DeliveryState.CANCELLED, "", "no longer kept, or the customer not told", False),
        (DeliveryState.FAILED, "bot_not_installed: not_in_channel", "Invite it there", True),
        (DeliveryState.FAILED, "hologram", "Slack said: hologram", True),
    ],
)
def test_who_asked_hears_what_became_of_it(state: DeliveryState, reason: str, said: str, again: bool) -> None:
    """And tries again only what surely isn't there."""
    card = celebrations.not_posted(post(state, reason))
    assert said in words(card)
    assert [one.command for one in card.buttons] == (["celebrate"] if again else [])


def test_another_post_than_a_celebration_has_no_such_button() -> None:
    """A question's is asked again by itself."""
    assert not celebrations.not_posted(post(DeliveryState.FAILED, "x", Subject.QUESTION)).buttons
