"""Signing in on the web: a link from the bot, personal and for once, then a session."""

from datetime import datetime, timedelta

from sqlmodel import Field, Relationship, Session, SQLModel, col, delete

from bot.database import UtcDateTime, locked
from bot.domain.people.people import Person
from bot.domain.records.secrets import digest, fresh, fresh_in
from bot.domain.rights import Action, may

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)


class SignInLink(SQLModel, table=True):
    """A link for one person, to be used once within ten minutes."""

    __tablename__ = "sign_in_links"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def opens(self, now: datetime) -> bool:
        """Whether it is good at the UTC instant `now`."""
        return self.used_at is None and self.made_at <= now < self.made_at + LINK_LASTS


class WebSession(SQLModel, table=True):
    """One browser signed in. `form_key` is what its forms carry, so that no other site can post in its name."""

    __tablename__ = "web_sessions"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    form_key: str
    made_at: datetime = Field(sa_type=UtcDateTime)

    person: Person = Relationship()


def link_for(session: Session, person: Person, now: datetime) -> str:
    """The secret of a new link for this person; those they didn't use are void."""
    session.exec(delete(SignInLink).where(col(SignInLink.person_id) == person.key))
    secret = fresh_in(session)
    session.add(SignInLink(token_hash=digest(secret), person_id=person.key, made_at=now))
    return secret


def whose(session: Session, secret: str, now: datetime) -> Person | None:
    """Whom a link signs in, without using it; None when it is unknown, used, older than ten minutes, or theirs to use no more."""
    link = session.get(SignInLink, digest(secret))
    person = session.get(Person, link.person_id) if link is not None and link.opens(now) else None
    return person if person is not None and may(person, Action.OPEN_DASHBOARD) else None


def enter(session: Session, secret: str, now: datetime) -> str | None:
    """Use a link: the secret of a new session, or None for one by which `whose` finds nobody. Two at once: one enters."""
    link = locked(session, SignInLink, digest(secret))
    if link is None or whose(session, secret, now) is None:
        return None
    link.used_at = now
    return begin(session, link.person_id, now)


def begin(session: Session, person_id: int, now: datetime) -> str:
    """The secret of a new session, for somebody who has shown who they are; those that are over are forgotten."""
    session.exec(delete(WebSession).where(col(WebSession.made_at) <= now - SESSION_LASTS))
    cookie = fresh_in(session)
    session.add(WebSession(token_hash=digest(cookie), person_id=person_id, form_key=fresh(), made_at=now))
    return cookie


def session_of(session: Session, cookie: str, now: datetime) -> WebSession | None:
    """Whose browser this is; None when the session is unknown or over, or the person has left."""
    found = session.get(WebSession, digest(cookie)) if cookie else None
    if found is None or not found.made_at <= now < found.made_at + SESSION_LASTS or not found.person.active:
        return None
    return found


def leave(session: Session, cookie: str) -> None:
    """Sign this browser out."""
    session.exec(delete(WebSession).where(col(WebSession.token_hash) == digest(cookie)))


def end_all(session: Session, person_id: int) -> None:
    """Sign somebody out of every browser, and void the links they have."""
    session.exec(delete(WebSession).where(col(WebSession.person_id) == person_id))
    session.exec(delete(SignInLink).where(col(SignInLink.person_id) == person_id))
