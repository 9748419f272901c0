"""The command line's `why`: the whole story of a message, or of somebody's latest, in words."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from bot.delivery import story
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.posts import ChannelPost
from bot.domain.people import people

_POST = "post-"


def told(session: Session, what: str, number: int) -> Iterator[str]:
    """The stories of what is asked for, line by line: a delivery's id, `post-` and a post's, or an email: somebody's newest `number`.

    LookupError, with words, when there is none.
    """
    if "@" in what:
        yield from _latest(session, what, number)
        return
    key = what.removeprefix(_POST)
    if not key.isascii() or not key.isdigit() or len(key) > 9:
        msg = f"“{what}” is neither a delivery's number, nor post- and a number, nor an email"
        raise LookupError(msg)
    if what.startswith(_POST) and (post := session.get(ChannelPost, int(key))):
        yield from story.of_post(session, post)
    elif not what.startswith(_POST) and (copy := session.get(Delivery, int(key))):
        yield from story.of_copy(session, copy)
    else:
        msg = f"There is no {'post' if what.startswith(_POST) else 'delivery'} {key}. For somebody's latest: outside-in why EMAIL"
        raise LookupError(msg)


def _latest(session: Session, email: str, number: int) -> Iterator[str]:
    person = people.by_email(session, email.strip().lower())
    if person is None:
        msg = f"Nobody has the email {email}"
        raise LookupError(msg)
    found = story.latest_of(session, person, number)
    if not found:
        yield f"Nothing was ever queued for {person.name} <{person.email}>."
    for position, copy in enumerate(found):
        yield from ("", *story.of_copy(session, copy)) if position else story.of_copy(session, copy)
