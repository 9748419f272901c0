"""Tokens with which other programs read the figures."""

from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

from bot.database import UtcDateTime
from bot.domain.errors import NotFound, Refusal
from bot.domain.records.secrets import digest, fresh_in

PREFIX = "oi_"
"""What every token starts with, so that a leaked one is recognised."""

NAME_LIMIT = 80
LONGEST = 3_660
"""Days a token lasts at most."""


class ApiToken(SQLModel, table=True):
    """One token. What it opens is read only: every figure, and no note anybody typed unless `notes` says so."""

    __tablename__ = "api_tokens"
    __audited__ = True
    __unaudited__ = ("used_at", "token_hash")
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    token_hash: str = Field(unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    notes: bool = False

    def opens(self, now: datetime) -> bool:
        """Whether it is good at the UTC instant `now`."""
        return self.revoked_at is None and now < self.expires_at


def make(session: Session, name: str, days: int, now: datetime, *, notes: bool = False) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown once; Refusal when the name is taken or empty, or the days are out of range."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LIMIT:
        msg = f"A token's name has 1 to {NAME_LIMIT} characters"
        raise Refusal(msg, "Name the program that will use it.")
    if not 1 <= days <= LONGEST:
        msg = f"A token lasts 1 to {LONGEST:,} days"
        raise Refusal(msg)
    if session.exec(select(ApiToken).where(ApiToken.name == name)).first() is not None:
        msg = f"There is a token “{name}” already"
        raise Refusal(msg, "Choose another name: one that was revoked keeps its own.")
    secret = PREFIX + fresh_in(session)
    token = ApiToken(name=name, token_hash=digest(secret), made_at=now, expires_at=now + timedelta(days=days), notes=notes)
    session.add(token)
    session.flush()
    return token, secret


def find(session: Session, secret: str, now: datetime) -> ApiToken | None:
    """The token with this secret, when it is good."""
    found = session.exec(select(ApiToken).where(ApiToken.token_hash == digest(secret))).first()
    return found if found is not None and found.opens(now) else None


def everyone(session: Session) -> list[ApiToken]:
    """Every token there ever was, the newest first."""
    return list(session.exec(select(ApiToken).order_by(col(ApiToken.id).desc())))


def revoke(session: Session, name: str, now: datetime) -> ApiToken:
    """Make a token useless at once; NotFound when there is none of this name."""
    found = session.exec(select(ApiToken).where(ApiToken.name == name)).first()
    if found is None:
        msg = f"There is no token “{name}”"
        raise NotFound(msg)
    found.revoked_at = found.revoked_at or now
    return found
