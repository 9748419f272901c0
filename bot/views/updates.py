"""An update as its readers get it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot.cards import Actions, Block, Button, ButtonStyle, Byline, Card, Facts, Heading, Link, Picture, Quote, Text, Tone
from bot.domain.receipts import Question
from bot.domain.updates import Update


def copy(update: Update, locale: str, questions: Sequence[Question] = (), *, buttons: bool = True) -> Card:
    """What somebody with this locale reads: what changed, what it means for them, what they may now do; and the ways to answer."""
    text = update.text_for(locale)
    blocks = tuple(_blocks(update, locale, questions))
    actions = (Actions(buttons=_answers(update)),) if buttons else ()
    return Card(title=text.title, blocks=(*blocks, *actions))


def _blocks(update: Update, locale: str, questions: Sequence[Question]) -> Iterator[Block]:
    text = update.text_for(locale)
    yield Byline(name=update.speaker.name, role=update.speaker.title, picture=update.speaker.picture)
    if update.picture:
        yield Picture(url=update.picture, alt=text.title)
    yield Text(text=text.changed)
    yield Facts(items=tuple(pair for pair in _parts(update, locale) if pair[1]))
    if update.link:
        yield Link(label=f"Read more on {urlsplit(update.link).hostname}", url=update.link)
    if questions:
        yield Heading(text="Questions answered")
    for question in questions:
        yield Text(text=question.text, strong=True)
        yield Quote(text=question.answer, source=question.answered_by.name if question.answered_by else "")


def _parts(update: Update, locale: str) -> tuple[tuple[str, str], ...]:
    text = update.text_for(locale)
    return (
        ("What it means for you", text.means),
        ("What you may now do without asking", text.may),
        ("How we'd like to act", text.behaviour),
    )


def _answers(update: Update) -> tuple[Button, ...]:
    args = {"update": str(update.key)}
    return (
        Button(label="Got it", command="got-it", args=args, style=ButtonStyle.PRIMARY),
        Button(label="I can't, because…", command="cannot", args=args, opens_form=True),
        Button(label="Ask a question", command="ask", args=args, opens_form=True),
    )


def recalled(update: Update) -> Card:
    """What stands where a platform can't take a message away."""
    return Card(title="This update was taken back", blocks=(Text(text=update.default.title, tone=Tone.MUTED),), tone=Tone.MUTED)


def again(card: Card) -> Card:
    """The same once more, to somebody who hasn't answered."""
    lead = Text(text="You haven't answered this one yet: did it reach you?", tone=Tone.MUTED)
    return card.model_copy(update={"blocks": (lead, *card.blocks)})
