"""Find the command, authorise, run it in one transaction, reply.

The platforms' listeners know `Dispatcher` and nothing of handlers or the database.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping

import structlog
from prometheus_client import Counter
from pydantic import TypeAdapter
from sqlmodel import Session

from bot.cards import Answers, Card, Form, Option, Reply
from bot.commands import Command, Inbound, Platform, Request, Sender
from bot.database import Database
from bot.domain import events, people
from bot.domain.errors import InvalidAnswers, Refusal
from bot.domain.people import Person
from bot.settings import Settings
from bot.views import access, refusals
from bot.views.forms import with_errors

_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
_FORM_ID = "form_id"

Source = Callable[[Request, str], tuple[Option, ...]]
"""Finds options: given a request (actor, session, settings, now) and what was typed so far."""

_log = structlog.get_logger(__name__)
_ANSWERS = Counter("outside_in_answers", "What people were answered", ("platform", "command", "outcome"))


class Dispatcher:
    """The one way in for everything people do, on every platform."""

    def __init__(
        self, database: Database, settings: Settings, commands: Mapping[str, Command], sources: Mapping[str, Source]
    ) -> None:
        self.commands = commands
        self._database = database
        self._settings = settings
        self._sources = sources

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer one event, in one transaction on a worker thread.

        Always answers with a card or form: an unknown sender gets a card on how to get access; a refusal a card that says what to do next;
        a form with mistakes comes back as a `Form` with `errors` and everything typed; an event seen before gets
        its first answer again with nothing done. Only a fault of the program or the database raises.
        """
        return await asyncio.to_thread(self.handle, inbound)

    def handle(self, inbound: Inbound) -> Reply:
        """The same, on this thread."""
        try:
            reply, outcome = self._once(inbound), "done"
        except InvalidAnswers as error:
            reply, outcome = self._form_again(inbound, error.fields), "mistakes"
        except Refusal as refusal:
            _log.info("refused", command=inbound.command, problem=str(refusal))
            reply, outcome = refusals.refusal(refusal), "refused"
        known = inbound.command if inbound.command in self.commands else ""
        _ANSWERS.labels(inbound.sender.platform.value, known, outcome).inc()
        return reply

    async def knows(self, sender: Sender) -> bool:
        """Whether this account is linked to a person already (when not, a listener looks up the email and passes it)."""
        return await asyncio.to_thread(self._knows, sender)

    async def first(self, platform: Platform, event_id: str) -> bool:
        """True exactly once for an event id of a platform, also after a restart."""
        return await asyncio.to_thread(self._first, platform, event_id)

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """The best at most 100 options of a `SearchField`'s source for what was typed so far; () for someone without the right."""
        return await asyncio.to_thread(self.find_options, sender, source, query)

    def _once(self, inbound: Inbound) -> Reply:
        """Claim the event (and the form's one-time id) in the transaction of the work itself."""
        claims = _claims(inbound)
        with self._database.session() as session:
            now = self._database.clock()
            for source, event_id in claims:
                if not events.claim(session, source, event_id, now):
                    return _answered(session, source, event_id)
            reply = self._answer(session, inbound)
            for source, event_id in claims:
                events.remember(session, source, event_id, reply.model_dump(mode="json"))
            return reply

    def _answer(self, session: Session, inbound: Inbound) -> Reply:
        actor = self._actor(session, inbound.sender)
        if actor is None:
            return access.no_access(self._settings, inbound.sender.email)
        session.info["actor_id"] = actor.key
        request = self._request(session, actor, inbound)
        command = self.commands.get(inbound.command, self.commands["help"])
        if not command.may(actor):
            return refusals.not_for_you(command, self._settings)
        if command.form is not None and inbound.form is None:
            return _numbered(command.form(request))
        return _numbered(command.run(request))

    def _request(self, session: Session, actor: Person, inbound: Inbound) -> Request:
        return Request(
            actor=actor,
            session=session,
            settings=self._settings,
            now=self._database.clock(),
            command=inbound.command,
            text=inbound.text,
            args=inbound.args,
            answers=inbound.form or {},
            place=inbound.place,
            commands=self.commands,
        )

    def _form_again(self, inbound: Inbound, problems: dict[str, str]) -> Reply:
        """The form that was filled in, with what was typed and what is wrong with it. Built in a transaction of its own: the first rolled back."""
        command = self.commands[inbound.command]
        with self._database.session() as session:
            actor = self._actor(session, inbound.sender)
            if actor is None or command.form is None:
                raise InvalidAnswers(problems)
            form = command.form(self._request(session, actor, inbound))
            if isinstance(form, Card):
                return form
            return with_errors(form, inbound.form or {}, problems, dict(inbound.args))

    def _actor(self, session: Session, sender: Sender) -> Person | None:
        """The person behind an account, linked by email when it's new; None when nobody (or nobody active) is known."""
        now = self._database.clock()
        account = people.account_of(session, sender.platform, sender.tenant, sender.user_id)
        person = (
            people.get(session, account.person_id) if account else people.by_email(session, sender.email) if sender.email else None
        )
        if person is None or not person.active:
            return None
        if account is None:
            account = person.link(sender.platform, sender.tenant, sender.user_id, now)
        account.seen_at = now
        account.conversation = sender.conversation or account.conversation
        return person

    def _knows(self, sender: Sender) -> bool:
        with self._database.session() as session:
            return people.account_of(session, sender.platform, sender.tenant, sender.user_id) is not None

    def _first(self, platform: Platform, event_id: str) -> bool:
        with self._database.session() as session:
            return events.claim(session, f"{platform}:first", event_id, self._database.clock())

    def find_options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """`options`, on this thread."""
        find = self._sources.get(source)
        with self._database.session() as session:
            actor = self._actor(session, sender)
            if actor is None or find is None:
                return ()
            return find(self._request(session, actor, Inbound(sender, "")), query)


def _claims(inbound: Inbound) -> list[tuple[str, str]]:
    claims = []
    if inbound.event_id:
        claims.append((str(inbound.sender.platform), inbound.event_id))
    if inbound.form is not None and inbound.args.get(_FORM_ID):
        claims.append(("form", inbound.args[_FORM_ID]))
    return claims


def _answered(session: Session, source: str, event_id: str) -> Reply:
    answer = events.answer_to(session, source, event_id)
    return _REPLY.validate_python(answer) if answer else refusals.already_done()


def _numbered(reply: Reply) -> Reply:
    """Give a form its one-time id, so that it is saved once however often it's sent."""
    if isinstance(reply, Form) and _FORM_ID not in reply.args:
        return reply.model_copy(update={"args": {**reply.args, _FORM_ID: secrets.token_urlsafe(12)}})
    return reply


__all__ = ["Answers", "Dispatcher", "Source"]
