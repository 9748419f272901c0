"""What somebody sees whom the bot doesn't know, and who hears of an account."""

from __future__ import annotations

import pytest

from bot.cards import Card, Form, Text
from bot.commands import Sender
from bot.domain.access.accounts import Recognised, Vouch
from bot.domain.people.people import Account, Person, Platform
from bot.settings import Settings
from bot.views import access
from tests.conftest import NOW, words


def ada() -> Person:
    """Ada, who is known."""
    person = Person.known("ada@firm.example", "Ada Lovell", "Europe/London")
    person.id = 7
    return person


def account(person_id: int = 7) -> Account:
    """A Slack account of hers."""
    return Account(person_id=person_id, platform=Platform.SLACK, tenant="T1", user_id="U-ADA", seen_at=NOW)


@pytest.mark.parametrize(("vouch", "named"), [(Vouch.OURS, True), (Vouch.NOT_OURS, False), (Vouch.UNKNOWN, False)])
def test_an_outsiders_card_says_nothing_of_the_address_it_claims(settings: Settings, vouch: Vouch, named: bool) -> None:
    """Whether somebody has it would be told by that; one the platform vouches for is said back."""
    card = access.for_stranger(settings, Sender(Platform.SLACK, "U9", "T1", "ada@firm.example", vouch=vouch))
    assert ("ada@firm.example" in words(card)) is named
    assert settings.company.access_contact in words(card)
    assert card.aside


def test_where_the_platform_does_not_answer_what_was_typed_is_not_lost(settings: Settings) -> None:
    """It says so, and gives the words back to be sent again."""
    sender = Sender(Platform.SLACK, "U9", "T1", "ada@firm.example", vouch=Vouch.UNSAID)
    card = access.for_stranger(settings, sender, {"heard": "They wait for us."})
    assert "They wait for us." in words(card)
    assert "Slack doesn't answer" in words(card)
    assert "I don't know you" not in words(card)


def test_an_answer_says_whose_account_this_is_now(settings: Settings) -> None:
    """Above a card's blocks, or a form's fields, with whom to tell where it isn't."""
    known = Recognised(ada(), account(), new=True, linked=True)
    card = access.linked_above(Card(title="Hello", blocks=(Text(text="There."),)), known, settings)
    form = access.linked_above(Form(title="A visit", command="logvisit", intro="Begin.", fields=()), known, settings)
    assert isinstance(card, Card)
    assert isinstance(form, Form)
    assert [one.text.partition(".")[0] for one in card.blocks if isinstance(one, Text)][1] == "There"
    for said in (words(card), form.intro):
        assert "linked to Ada Lovell (ada@firm.example)" in said
        assert "Not you? Tell" in said
    assert form.intro.endswith("Begin.")


def test_her_other_accounts_are_told_what_the_new_one_can_do(settings: Settings) -> None:
    """Until it is unlinked, or somebody else's."""
    told = words(access.account_linked(account(), ada(), settings))
    assert "U-ADA" in told
    assert "they can unlink it" in told
    for gone in (None, account(person_id=8)):
        card = access.account_linked(gone, ada(), settings)
        assert "U-ADA" not in words(card)
        assert "isn't any more" in card.title
