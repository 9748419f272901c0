"""What is wrong, and what to do next, with nothing typed lost."""

from __future__ import annotations

from bot.cards import Card, Quote, Text
from bot.domain.errors import Refusal
from bot.views import refusals
from bot.views.customers import NEW


def quoted(card: Card) -> dict[str, str]:
    """What is given back, by the name of its field."""
    return {block.source: block.text for block in card.blocks if isinstance(block, Quote)}


def test_a_refusal_is_its_words_and_its_advice() -> None:
    """Beside what it answers, which stays as it is."""
    card = refusals.refusal(Refusal("That can't be done.", advice="Do this instead."))
    assert card.title == "That can't be done."
    assert [block.text for block in card.blocks if isinstance(block, Text)] == ["Do this instead."]
    assert card.aside


def test_what_was_typed_is_given_back_to_be_copied() -> None:
    """Words, not what was only chosen: numbers of things, lists, blanks."""
    typed: dict[str, str | list[str]] = {
        "heard": " They wait. ",
        "customer": f"{NEW}Globex",
        "stage": "12",
        "people": ["1"],
        "x": " ",
    }
    for card in (refusals.refusal(Refusal("No."), typed), refusals.outdated(typed)):
        assert quoted(card) == {"Heard": "They wait.", "Customer": "Globex"}
    assert quoted(refusals.outdated()) == {}


def test_how_it_stands_is_below_the_note() -> None:
    """The card itself is left as it is."""
    truth = Card(title="A commitment", blocks=(Text(text="open"),))
    assert [block.text for block in refusals.noted("Changed.", truth).blocks if isinstance(block, Text)] == ["Changed.", "open"]
    assert refusals.noted("", truth) == truth
