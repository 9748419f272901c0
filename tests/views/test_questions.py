"""A question about an update, to those who answer it and to who asked."""

from __future__ import annotations

import pytest

from bot.domain.people.people import Person
from bot.domain.updates.receipts import Question
from bot.domain.updates.updates import Update, UpdateText
from bot.views import questions
from tests.conftest import NOW, words


def question(*, answered: bool = False, published: bool = False, recalled: bool = False) -> Question:
    """Emil's about the night line, which Cleo answers."""
    emil, cleo = (Person.known(f"{name}@firm.example", name, "Europe/London") for name in ("Emil", "Cleo"))
    text = UpdateText(update_id=1, locale="en", title="Night line", changed="One number.", means="Give it.", may="")
    update = Update(id=1, author_id=1, speaker_id=1, made_at=NOW, locale="en", texts=[text])
    update.recalled_at = NOW if recalled else None
    found = Question(id=5, update_id=1, update=update, asker_id=2, asker=emil, text="From when?", asked_at=NOW)
    if answered:
        found.answer, found.answered_by, found.answered_at, found.published = "From Monday.", cleo, NOW, published
    return found


def test_one_without_an_answer_has_a_button_and_loses_it_with_the_answer() -> None:
    """Where it went is said: to all, or to who asked alone."""
    card = questions.card(question())
    assert [(one.command, one.args) for one in card.buttons] == [("answer-question", {"question": "5"})]
    assert "From when?" in words(card)
    for published, where in ((True, "for everybody"), (False, "to Emil alone")):
        done = questions.card(question(answered=True, published=published))
        assert not done.buttons
        assert where in words(done)
        assert "From Monday." in words(done)


@pytest.mark.parametrize("recalled", [False, True])
def test_of_a_recalled_update_not_even_the_title(recalled: bool) -> None:
    """And nothing more is asked about it."""
    asked = question(answered=True, recalled=recalled)
    for card in (questions.card(asked), questions.answer(asked)):
        assert ("Night line" in words(card)) is not recalled
    assert [one.command for one in questions.answer(asked).buttons] == ([] if recalled else ["ask"])


def test_below_it_in_a_channel_stands_the_answer_and_whose_it_is() -> None:
    """Without the question, which is above."""
    said = words(questions.below(question(answered=True)))
    assert "From Monday." in said
    assert "Answered by Cleo" in said
    assert "From when?" not in said
