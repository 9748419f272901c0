"""What someone sees whom the bot doesn't know, and what somebody it does hears of their accounts."""

from __future__ import annotations

from bot.cards import Answers, Card, Facts, Form, Reply, Text, Tone
from bot.commands import Sender
from bot.domain.access.accounts import Recognised, Vouch
from bot.domain.people.people import Account, Person, Platform
from bot.settings import Settings
from bot.views import refusals


def for_stranger(settings: Settings, sender: Sender, typed: Answers | None = None) -> Card:
    """The card for an account that is nobody's. An outsider's says nothing of the address it claims, known or not."""
    if sender.claim.vouch is Vouch.UNSAID:
        return refusals.with_typed(unsure(sender.platform), typed)
    return no_access(settings, sender.email if sender.claim.vouch is Vouch.OURS else "")


def no_access(settings: Settings, email: str) -> Card:
    """How to get access; nothing of anyone's is shown."""
    known_as = (Facts(items=(("Your email here", email),)),) if email else ()
    return Card(
        title="I don't know you yet",
        tone=Tone.WARNING,
        aside=True,
        blocks=(
            Text(text=f"Only people on {settings.company.name}'s list can use this. Nothing of what you typed was kept."),
            *known_as,
            Text(text=f"To get access, ask {settings.company.access_contact} to add your email address.", strong=True),
        ),
    )


def unsure(platform: Platform) -> Card:
    """The platform doesn't answer who this is."""
    return Card(
        title="I can't check who you are right now",
        tone=Tone.WARNING,
        aside=True,
        blocks=(Text(text=f"{platform.label} doesn't answer. Nothing was done. Please try again in a minute."),),
    )


def linked_above(reply: Reply, known: Recognised, settings: Settings) -> Reply:
    """An answer, with a line that says whose account this is now."""
    words = f"This {known.account.platform.label} account is now linked to {known.person.name} ({known.person.email})."
    words += f" Not you? Tell {settings.company.access_contact}."
    if isinstance(reply, Form):
        return reply.model_copy(update={"intro": f"{words}\n{reply.intro}".strip()})
    return reply.model_copy(update={"blocks": (Text(text=words, tone=Tone.MUTED), *reply.blocks)})


def account_linked(account: Account | None, person: Person, settings: Settings) -> Card:
    """What a person's other accounts are told when one more is linked to them. `account` is None once it was unlinked again."""
    if account is None or account.person_id != person.key:
        return Card(title="An account was linked to you, and isn't any more", tone=Tone.MUTED)
    name = account.platform.label
    return Card(
        title=f"A {name} account is now linked to you",
        blocks=(
            Text(text=f"It can do here what you can, and gets your messages. {name} says that its address is {person.email}."),
            Facts(items=(("Account", account.user_id),)),
            Text(text=f"Not yours? Tell {settings.company.access_contact} at once: they can unlink it.", strong=True),
        ),
    )
