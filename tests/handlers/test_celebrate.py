"""Celebrate: a kept promise, thanked for in a channel, once, when its executive asks."""

from __future__ import annotations

import pytest

from bot.cards import Button, Card, Form
from bot.delivery.senders import Unreachable
from bot.domain.engagements.customers import Customer
from bot.domain.people.people import Platform
from bot.process.wiring import build
from bot.settings import Channel, Channels, Platforms, Settings, SlackSettings, TeamsSettings
from tests.conftest import Life, Outbox, World, button, words

CHANNEL = "C0123ABCDEF"
LINE = "/commit @Emil to send Acme Corp the outage report by next Friday"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The company of the tests, on Slack, with a channel for celebrations."""
    channels = Channels(celebrations=Channel(slack=CHANNEL, teams="19:0a1b@thread.tacv2"))
    return settings.model_copy(update={"channels": channels, "platforms": Platforms(slack=SlackSettings())})


@pytest.fixture
def slack(life: Life) -> Outbox:
    """The company's Slack."""
    slack = Outbox(Platform.SLACK)
    life.world.application.senders[Platform.SLACK] = slack
    return slack


def press(world: World, card: Card, label: str, actor: str, **answers: str) -> Card:
    """Press a button of a card, and fill in its form when there is one."""
    reply = world.press(button(card, label), actor)
    if isinstance(reply, Form):
        reply = world.fill(reply, actor, **answers)
    assert isinstance(reply, Card), reply
    return reply


def listed(world: World, actor: str) -> Card:
    """Their commitments."""
    card = world.say("/commitments", actor)
    assert isinstance(card, Card)
    return card


def done(world: World, line: str = LINE, note: str = "Acme has it, with what went wrong") -> Card:
    """Have Ada promise something, and Emil keep it; the card he sees."""
    world.fill(world.say(line, "ada"), "ada")
    return press(world, listed(world, "emil"), "Done", "emil", note=note)


def told(world: World, actor: str = "ada") -> Card:
    """Have it kept, and the customer told of it; the card that whoever told them sees."""
    done(world)
    return press(world, listed(world, "ada"), "Customer told", actor)


def celebrate(card: Card) -> Button:
    """The button to celebrate."""
    return button(card, "Celebrate")


def offers(card: Card) -> bool:
    """Whether it may be celebrated from this card."""
    return "Celebrate" in {one.label for one in card.buttons}


async def test_thanked_in_the_channel_once(life: Life, slack: Outbox) -> None:
    """One press asks, posts, names whom to thank and no customer; the copies of the promise say who celebrated."""
    card = told(life.world)
    assert celebrate(card).confirm.startswith("Post this in the celebrations channel?")
    await life.settle()
    assert CHANNEL not in slack.sent_to
    after = life.world.press(celebrate(card), "ada")
    assert "Celebrated by Ada Lovell" in words(after)
    await life.settle()
    assert slack.sent_to.count(CHANNEL) == 1
    (post,) = slack.cards[slack.ids["post-1"]]
    assert post.title == "Commitment kept. Thank you, Emil Novak!"
    assert "Send the customer the outage report" in words(post)
    assert "Made to a customer by Ada Lovell, delivered by Emil Novak on Wed 25 Nov 2026." in words(post)
    assert "acme" not in words(post).lower()


async def test_never_twice(life: Life, slack: Outbox) -> None:
    """Whoever presses later, from an older card, is told who did; and so is who presses twice."""
    card = told(life.world)
    life.world.press(celebrate(card), "dele")
    for actor in ("ada", "cleo", "dele"):
        assert "Dele Okoro has celebrated this already" in words(life.world.press(celebrate(card), actor))
    await life.settle()
    assert slack.sent_to.count(CHANNEL) == 1
    assert "Dele Okoro has celebrated this already" in words(life.world.press(celebrate(card), "ada"))


async def test_only_success_is_offered(life: Life, slack: Outbox) -> None:
    """Not while it is open, nor kept and untold within one department; the owner is thanked by others, so isn't asked."""
    emil = done(life.world)
    assert not offers(emil)
    assert not offers(listed(life.world, "ada"))
    await life.settle()
    assert not any(offers(cards[-1]) for cards in life.outbox.cards.values())
    assert offers(press(life.world, listed(life.world, "ada"), "Customer told", "cleo"))
    assert slack.sent_to == []


async def test_kept_across_departments_needs_no_telling_first(life: Life, slack: Outbox) -> None:
    """What one department promised and another kept is a success by itself: the copy Ada is sent offers it, and the post says so."""
    life.change("ada", department="Sales")
    life.change("emil", department="Laboratory")
    done(life.world)
    await life.settle()
    copy = next(cards[-1] for cards in life.outbox.cards.values() if offers(cards[-1]))
    life.world.press(celebrate(copy), "ada")
    await life.settle()
    assert "Sales and Laboratory worked together on this" in words(slack.cards[slack.ids["post-1"]][0])


async def test_not_for_others_and_not_for_what_failed(life: Life, slack: Outbox) -> None:
    """The owner can't have themselves thanked, a stranger sees nothing, and a promise opened again isn't celebrated."""
    card = told(life.world)
    stale = celebrate(card)
    assert "executive who made it" in words(life.world.press(stale, "emil"))
    assert "isn't yours to see" in words(life.world.press(stale, "bruno"))
    press(life.world, card, "Customer not satisfied", "ada", note="Too late", due="2026-12-01")
    assert "Only a kept commitment" in words(life.world.press(stale, "ada"))
    await life.settle()
    assert CHANNEL not in slack.sent_to


async def test_opened_again_before_its_turn(life: Life, slack: Outbox) -> None:
    """A promise that is no longer kept when its post is due isn't posted, and whoever asked is told."""
    card = told(life.world)
    life.world.press(celebrate(card), "ada")
    press(life.world, card, "Customer not satisfied", "ada", note="Too late", due="2026-12-01")
    await life.settle()
    assert CHANNEL not in slack.sent_to
    assert "Nothing was posted" in {cards[-1].title for cards in life.outbox.cards.values()}


async def test_a_channel_that_fails_is_told_and_may_be_tried_again(life: Life, slack: Outbox) -> None:
    """The bot isn't in the channel: whoever asked learns what to do, and a second press posts it, once."""
    card = told(life.world)
    await life.settle()
    slack.fault = Unreachable("channel_archived", "is_archived")
    life.world.press(celebrate(card), "ada")
    await life.settle()
    notice = next(cards[-1] for cards in life.outbox.cards.values() if cards[-1].title == "It couldn't be posted")
    assert "the channel is archived" in words(notice)
    life.world.press(button(notice, "Try again"), "ada")
    await life.settle()
    assert slack.sent_to.count(CHANNEL) == 1
    assert "Ada Lovell has celebrated this already" in words(life.world.press(celebrate(card), "ada"))


class TestNames:
    """What is written of customers in a promise, and what of it everybody may read."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """The same, with customers named."""
        channels = settings.channels.model_copy(update={"customer_names": True})
        return settings.model_copy(update={"channels": channels})

    async def test_a_customer_is_named_where_the_company_says_so(self, life: Life, slack: Outbox) -> None:
        """With `customer_names` on, the post says to whom it was promised."""
        life.world.press(celebrate(told(life.world)), "ada")
        await life.settle()
        assert "Made to Acme Corp by Ada Lovell" in words(slack.cards[slack.ids["post-1"]][0])


async def test_no_name_slips_through(life: Life, slack: Outbox) -> None:
    """Names in the promise and in what was done go: the customer's, short or long, its alias, its people, another customer's."""
    with life.world.database.session() as session:
        acme = session.get_one(Customer, 1)
        acme.aliases = ["The Anvil Co"]
        acme.contact("Wile Coyote")
    note = "acme  corp's Wile Coyote has it; ACME's board and Anvil thank Globex. The report is good"
    done(life.world, note=note)
    card = press(life.world, listed(life.world, "ada"), "Customer told", "ada")
    life.world.press(celebrate(card), "ada")
    await life.settle()
    said = words(slack.cards[slack.ids["post-1"]][0])
    assert "the customer's our contact has it; the customer's board and the customer thank the customer. The report is good" in said


def test_no_channel_no_button(world: World) -> None:
    """Where the platform of the channel isn't on, nothing is offered, and an old button says why."""
    old = celebrate(told(world))
    off = world.application.settings.model_copy(update={"platforms": Platforms()})
    later = World(build(off, world.database), world.clock, world.ids)
    assert "There is no channel for celebrations" in words(later.press(old, "ada"))
    assert not offers(told(later))


class TestBothPlatforms:
    """A company on Slack and Teams, with a channel on each."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """The same, with Teams on too."""
        return settings.model_copy(update={"platforms": Platforms(slack=SlackSettings(), teams=TeamsSettings())})

    async def test_only_what_failed_is_tried_again(self, life: Life, slack: Outbox) -> None:
        """Slack takes it and Teams doesn't: trying again posts it on Teams alone, and then it is celebrated for good."""
        teams = Outbox(Platform.TEAMS)
        life.world.application.senders[Platform.TEAMS] = teams
        card = told(life.world)
        await life.settle()
        teams.fault = Unreachable("bot_not_installed", "BotNotInConversationRoster")
        life.world.press(celebrate(card), "ada")
        await life.settle()
        notice = next(cards[-1] for cards in life.outbox.cards.values() if cards[-1].title == "It couldn't be posted")
        life.world.press(button(notice, "Try again"), "ada")
        await life.settle()
        assert (slack.sent_to.count(CHANNEL), teams.sent_to.count("19:0a1b@thread.tacv2")) == (1, 1)
        assert "Ada Lovell has celebrated this already" in words(life.world.press(button(notice, "Try again"), "ada"))

    async def test_not_again_on_a_platform_switched_on_since(self, life: Life, slack: Outbox) -> None:
        """Celebrated while Slack alone was on, it isn't celebrated once more when Teams is there too."""
        both = life.world.application.settings
        alone = both.model_copy(update={"platforms": Platforms(slack=SlackSettings())})
        before = World(build(alone, life.world.database), life.world.clock, life.world.ids)
        card = told(before)
        before.press(celebrate(card), "ada")
        assert "Ada Lovell has celebrated this already" in words(life.world.press(celebrate(card), "ada"))
        await life.settle()
        assert slack.sent_to.count(CHANNEL) == 1
