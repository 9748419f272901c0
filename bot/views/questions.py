"""Questions about an update, as the CX office and the one who asked see them."""

from __future__ import annotations

from bot.cards import Actions, Button, ButtonStyle, Card, Quote, Text, Tone
from bot.domain.updates.receipts import Question
from bot.views.engagements import day_words


def below(question: Question) -> Card:
    """The answer, below the question in its channel."""
    who = question.answered_by.name if question.answered_by else ""
    return Card(title=f"Answered by {who}", blocks=(Quote(text=question.answer),), tone=Tone.GOOD)


def card(question: Question) -> Card:
    """The question; answered, with who answered it, else with a button."""
    title = f"{question.asker.name} asks about {_about(question)}"
    asked = Quote(text=question.text, source=f"{question.asker.name}, {day_words(question.asked_at.date())}")
    if question.answered_at is None:
        answer = Button(
            label="Answer",
            command="answer-question",
            args={"question": str(question.key)},
            style=ButtonStyle.PRIMARY,
            opens_form=True,
            replaces=True,
        )
        return Card(title=title, blocks=(asked, Actions(buttons=(answer,))))
    who = question.answered_by.name if question.answered_by else ""
    where = "It stands in the update, for everybody." if question.published else f"It went to {question.asker.name} alone."
    return Card(
        title=title, blocks=(asked, Quote(text=question.answer, source=who), Text(text=where, tone=Tone.MUTED)), tone=Tone.GOOD
    )


def answer(question: Question) -> Card:
    """What the one who asked is told."""
    who = question.answered_by.name if question.answered_by else ""
    recalled = question.update.recalled_at is not None
    again = Button(label="Ask another", command="ask", args={"update": str(question.update_id)}, opens_form=True)
    blocks = (Quote(text=question.text, label="You asked"), Quote(text=question.answer, source=who))
    more = () if recalled else (Actions(buttons=(again,)),)
    return Card(title=f"Your question about {_about(question)}", blocks=(*blocks, *more))


def _about(question: Question) -> str:
    """What it is about; of a recalled update not even the title."""
    return "an update that was recalled" if question.update.recalled_at else f"“{question.update.default.title}”"
