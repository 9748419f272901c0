"""Secrets handed to people: only their hashes are kept, so that whoever reads the database can't use them."""

import hashlib
import secrets
from collections.abc import Collection

from sqlmodel import Session

from bot.database import context


class _Made(set[str]):
    """The secrets handed out in a transaction."""


def fresh() -> str:
    """A new secret, 43 characters fit for an address."""
    return secrets.token_urlsafe(32)


def fresh_in(session: Session) -> str:
    """The same for a secret that is handed out within a transaction: `made_in` tells of it, so that nothing stores it by mistake."""
    secret = fresh()
    context(session).notes(_Made).add(secret)
    return secret


def made_in(session: Session) -> Collection[str]:
    """The secrets handed out in a transaction."""
    return frozenset(context(session).notes(_Made))


def digest(secret: str) -> str:
    """What is kept of it. Its 256 random bits can't be guessed, so one round without salt is enough.

    It takes anything that somebody may send for a secret, also what is no text.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
