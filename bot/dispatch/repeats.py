"""What comes twice is done once: an event, a form. Its first answer is kept, without any secret, and given again to the same person."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from bot.cards import Card, Form, Reply
from bot.commands import Inbound, Sender
from bot.domain.people.people import Person
from bot.domain.records import events
from bot.domain.records.secrets import made_in
from bot.views import refusals

_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
_FORM_ID = "form_id"


@dataclass(frozen=True)
class Once:
    """Claims what somebody sends by an account, in the transaction of the work itself."""

    session: Session
    person: Person
    sender: Sender
    now: datetime

    def event(self, inbound: Inbound, work: Callable[[], Reply]) -> Reply:
        """Do the work of an event once."""
        return self._claimed(str(inbound.sender.platform), inbound.event_id, work)

    def form(self, inbound: Inbound, work: Callable[[], Reply]) -> Reply:
        """Save a form once, however often it's sent: by the id that `numbered` gave it."""
        return self._claimed("form", inbound.args.get(_FORM_ID, "") if inbound.form is not None else "", work)

    def _claimed(self, source: str, event_id: str, work: Callable[[], Reply]) -> Reply:
        if not event_id:
            return work()
        key = self._key(event_id)
        if not events.claim(self.session, source, key, self.now):
            answer = events.answer_to(self.session, source, key)
            return _REPLY.validate_python(answer) if answer else refusals.already_done()
        reply = work()
        events.remember(self.session, source, key, _to_keep(self.session, reply).model_dump(mode="json"))
        return reply

    def _key(self, event_id: str) -> str:
        """An event of one sender, of any length, as a key: whoever repeats or guesses somebody else's id has one of their own.

        So has an account that has become another person's: what was answered before was for whoever had it then.
        """
        sender = self.sender
        named = "\n".join((sender.platform, sender.tenant, sender.user_id, str(self.person.key), event_id))
        return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


def _to_keep(session: Session, reply: Reply) -> Reply:
    """What is stored of an answer. One with a secret in it is remembered as given, whether it says so itself (`once`) or not."""
    advice = reply.once if isinstance(reply, Card) else ""
    if not advice:
        written = reply.model_dump_json()
        if not any(secret in written for secret in made_in(session)):
            return reply
    return refusals.answered_already(advice)


def numbered(reply: Reply) -> Reply:
    """Give a form its one-time id, so that it is saved once however often it's sent."""
    if isinstance(reply, Form) and _FORM_ID not in reply.args:
        return reply.model_copy(update={"args": {**reply.args, _FORM_ID: secrets.token_urlsafe(12)}})
    return reply
