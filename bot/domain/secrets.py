"""Secrets handed to people: only their hashes are kept, so that whoever reads the database can't use them."""

import hashlib
import secrets


def fresh() -> str:
    """A new secret, 43 characters fit for an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of it. Its 256 random bits can't be guessed, so one round without salt is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
