"""Celebrations: a kept promise told to everybody, when the executive who made it asks for that."""

import re
from collections.abc import Iterable

from sqlmodel import Session

from bot.domain.engagements import customers
from bot.domain.outbox import posts
from bot.domain.people.people import Person, Platform
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.domain.rights import Action, may
from bot.settings import Settings

_NO_NAMES = {"the", "der", "die", "das", "les", "los", "las", "and", "und"}


def is_success(commitment: Commitment) -> bool:
    """Whether it may be celebrated: kept, and the customer knows or two departments did it together. Nothing else is ever posted."""
    return commitment.state == CommitmentState.KEPT and (commitment.told_at is not None or commitment.crosses_departments)


def may_ask(commitment: Commitment, actor: Person) -> bool:
    """Whether it may be celebrated, and `actor` is one to ask for that: who promised, their delegates, the CX office."""
    return is_success(commitment) and may(actor, Action.DECIDE_COMMITMENT, commitment)


def places(settings: Settings) -> list[tuple[Platform, str]]:
    """The channels for it, on the platforms that are switched on."""
    return posts.places(settings, settings.channels.celebrations)


def unnamed(session: Session, commitment: Commitment, text: str) -> str:
    """A text about it with no customer named: people write names into what they promise.

    Every customer's name and alias goes, also the first word alone of its own customer's, and the people there.
    """
    every = {name for one in customers.candidates(session) for name in (one.name, *one.aliases)}
    own = commitment.customer
    if own is not None:
        every |= {first for name in (own.name, *own.aliases) if (first := _first_word(name))}
        text = _replaced(text, (one.name for one in own.contacts), "our contact")
    return _replaced(text, every, "the customer")


def _first_word(name: str) -> str:
    return next((word for word in re.findall(r"\w+", name) if len(word) > 2 and word.casefold() not in _NO_NAMES), "")


def _replaced(text: str, names: Iterable[str], by: str) -> str:
    ranked = sorted((name.split() for name in names if name.strip()), key=lambda words: -len(" ".join(words)))
    if not ranked:
        return text
    any_of = "|".join(r"\s+".join(re.escape(word) for word in words) for words in ranked)
    return re.sub(rf"(?<!\w)(?:{any_of})(?!\w)", by, text, flags=re.IGNORECASE)
