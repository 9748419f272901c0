"""Refusals: what is wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Actions, Block, Button, Card, Quote, Text, Tone
from bot.commands import Command
from bot.domain.errors import Refusal
from bot.domain.rights import who
from bot.settings import Settings
from bot.views.customers import NEW

_Typed = Mapping[str, str | list[str]] | None


def refusal(error: Refusal, typed: _Typed = None) -> Card:
    """A domain error as a card; `typed` is what a refused form was filled in with, which is given back."""
    advice = (Text(text=error.advice),) if error.advice else ()
    return with_typed(Card(title=str(error), tone=Tone.WARNING, blocks=advice, aside=True), typed)


def not_for_you(command: Command, settings: Settings, typed: _Typed = None) -> Card:
    """A command the person has no right to."""
    card = Card(
        title=f"/{command.name} is for {who(command.action)}",
        tone=Tone.WARNING,
        aside=True,
        blocks=(
            Text(text=f"If that should include you, ask {settings.company.access_contact}."),
            Actions(buttons=(Button(label="What I can do here", command="help"),)),
        ),
    )
    return with_typed(card, typed)


def outdated(typed: _Typed = None) -> Card:
    """A button or form that nothing here answers any more, or not yet: another version of the bot made it."""
    done = "saved" if typed is not None else "done"
    card = Card(
        title="This card is from an older version",
        tone=Tone.WARNING,
        aside=True,
        blocks=(
            Text(text=f"Nothing was {done}. Type /help and start again from there."),
            Actions(buttons=(Button(label="What I can do here", command="help"),)),
        ),
    )
    return with_typed(card, typed)


def with_typed(card: Card, typed: _Typed) -> Card:
    """`card`, with what was typed into a form below it, to be copied: nobody writes it twice. What was only chosen has no words."""
    texts = {name: value.strip() for name, value in (typed or {}).items() if isinstance(value, str)}
    quotes = tuple(
        Quote(text=value.removeprefix(NEW), source=name.replace("_", " ").capitalize())
        for name, value in texts.items()
        if value and not value.isdecimal()
    )
    lead: tuple[Block, ...] = (Text(text="What you typed, to copy it from here:", tone=Tone.MUTED),) if quotes else ()
    return card.model_copy(update={"blocks": (*card.blocks, *lead, *quotes)})


def withheld() -> Card:
    """In a message's place, to whoever has lost the right to it since it was sent: nothing of what it is about."""
    advice = "Your tasks have changed, or someone else has it now. Type /help for what you can do here."
    return Card(title="This message is no longer yours to see", tone=Tone.MUTED, blocks=(Text(text=advice),))


def already_done() -> Card:
    """Something sent twice, whose first answer is gone."""
    return Card(title="That was done already", blocks=(Text(text="Nothing was changed a second time."),))


def answered_already(advice: str) -> Card:
    """What stands for an answer that was shown once and isn't kept; `advice` says how to get another."""
    text = advice or "It is shown once. Please ask for it again."
    return Card(title="This was answered already", blocks=(Text(text=text),))


def changed_since(truth: Card) -> Card:
    """How something stands, to whoever pressed a button made before its last change."""
    return noted("This has changed since. Nothing was done; here is how it stands.", truth)


def noted(note: str, truth: Card) -> Card:
    """How something stands, below a sentence about what was asked; without one, just as it stands."""
    lead = (Text(text=note, strong=True),) if note else ()
    return truth.model_copy(update={"blocks": (*lead, *truth.blocks)})
