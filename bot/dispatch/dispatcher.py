"""Find the command, authorise, run it in one transaction, reply.

The platforms' listeners know `Dispatcher` and nothing of handlers or the database.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import structlog
from prometheus_client import Counter
from sqlmodel import Session

from bot.cards import Answers, Card, Form, Option, Reply
from bot.commands import TYPED, Command, Inbound, Platform, Request, Sender, Source
from bot.database import Database, context
from bot.delivery.linking import tell_linked
from bot.delivery.notifying import waiting_here
from bot.delivery.queue import refresh
from bot.delivery.showing import show_later
from bot.delivery.shown.copies import LOOK_AGAIN
from bot.dispatch.cleaning import cleaned
from bot.dispatch.patience import patiently
from bot.dispatch.repeats import Once, numbered
from bot.domain.access import accounts
from bot.domain.access.accounts import Recognised
from bot.domain.errors import InvalidAnswers, Refusal
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Account, Person
from bot.domain.promises import promises
from bot.domain.records import events, traces
from bot.domain.rights import may_ever
from bot.domain.words.suggestions import Question, Understanding
from bot.domain.words.typed_text import plain
from bot.settings import Settings
from bot.views import access, refusals
from bot.views.forms import with_errors
from bot.views.waiting import with_waiting

_LONGEST_QUERY = 200
"""Characters of what is typed into a search that are looked at: as many as a customer's name has."""

_log = structlog.get_logger(__name__)
_ANSWERS = Counter("outside_in_answers", "What people were answered", ("platform", "command", "outcome"))


class Dispatcher:
    """The one way in for everything people do, on every platform."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        commands: Mapping[str, Command],
        sources: Mapping[str, Source],
        understanding: Understanding | None = None,
    ) -> None:
        self.commands = commands
        self._database = database
        self._settings = settings
        self._sources = sources
        self._understanding = understanding

    async def __call__(self, inbound: Inbound) -> Reply:
        """Answer one event, in one transaction on a worker thread.

        Always answers with a card or form: an unknown sender gets a card on how to get access, and nothing of it is kept; a refusal a card
        that says what to do next;
        a form with mistakes comes back as a `Form` with `errors` and everything typed; an event seen before gets
        its first answer again with nothing done. Only a fault of the program or the database raises.
        """
        if self._understanding is not None and (asked := await asyncio.to_thread(self._question, cleaned(inbound))):
            # no thread and no transaction waits meanwhile
            inbound = replace(inbound, suggestion=await self._understanding.ask(asked))
        return await asyncio.to_thread(self.handle, inbound)

    def handle(self, inbound: Inbound) -> Reply:
        """The same, on this thread; under a trace id of its own, which all that comes of it has."""
        with traces.following():
            return self._handle(cleaned(inbound))

    def _handle(self, inbound: Inbound) -> Reply:
        try:
            reply, outcome = patiently(lambda: self._once(inbound)), "done"
        except InvalidAnswers as error:
            mistakes = error
            reply, outcome = patiently(lambda: self._form_again(inbound, mistakes)), "mistakes"
        except Refusal as refusal:
            _log.info("refused", command=inbound.command, problem=str(refusal))
            reply, outcome = refusals.refusal(refusal, inbound.form), "refused"
        known = inbound.command if inbound.command in self.commands else ""
        _ANSWERS.labels(inbound.sender.platform.value, known, outcome).inc()
        _log.info("answered", command=known, platform=inbound.sender.platform.value, outcome=outcome)
        return reply

    def _question(self, inbound: Inbound) -> Question | None:
        """What the company's language model is to be asked, for whoever may use the command; nothing looked up for it is kept."""
        command = self.commands.get(inbound.command or "help")
        if command is None or command.question is None or inbound.form is not None:
            return None
        with self._database.session() as session:
            actor = self._actor(session, inbound.sender)
            found = command.question(self._request(session, actor, inbound)) if actor and command.open_to(actor) else None
            session.rollback()
            return found

    async def knows(self, sender: Sender) -> bool:
        """Whether the platform vouched for this account within the last hour (when not, a listener asks it and passes what it says)."""
        return await asyncio.to_thread(self._knows, sender)

    async def admits(self, sender: Sender) -> bool:
        """Whether somebody active that we know is behind an account; nothing is kept."""
        return await asyncio.to_thread(self._admits, sender)

    def _admits(self, sender: Sender) -> bool:
        with self._database.session() as session:
            return accounts.admits(session, sender.claim, self._database.clock())

    async def first(self, platform: Platform, event_id: str, sender: Sender | None = None) -> bool:
        """True exactly once for an event id of a platform, also after a restart. Always for a sender nobody knows: nothing of it is kept."""
        return await asyncio.to_thread(self._first, platform, event_id, sender)

    async def account_changed(self, sender: Sender) -> None:
        """A platform tells that an account has changed: it is unlinked where it isn't its person's any more. No account is linked by it."""
        await asyncio.to_thread(self._account_changed, sender)

    def _account_changed(self, sender: Sender) -> None:
        with traces.following(), self._database.session() as session:
            if _account(session, sender) is not None:
                self._recognised(session, sender)

    async def source_edited(self, source_ref: str) -> None:
        """A chat message was edited: what was made from it says so, in every copy. Nothing when nothing was."""
        await asyncio.to_thread(self._source_edited, source_ref)

    def _source_edited(self, source_ref: str) -> None:
        with traces.following(), self._database.session() as session:
            for one in promises.source_edited(session, plain(source_ref), self._database.clock()):
                refresh(session, Subject.COMMITMENT, one.key)

    async def home_opened(self, sender: Sender) -> None:
        """Somebody looks at their own page on a platform: it is kept up from now on. Nothing for somebody unknown."""
        await asyncio.to_thread(self._home_opened, sender)

    def _home_opened(self, sender: Sender) -> None:
        with self._database.session() as session:
            if self._actor(session, sender) is not None and (account := _account(session, sender)):
                account.home_opened_at = self._database.clock()

    async def home_later(self, sender: Sender, after: float | None) -> None:
        """The platform can't show somebody's page now: have it shown in `after` seconds (None: soon), even after a restart."""
        await asyncio.to_thread(self._home_later, sender, after)

    def _home_later(self, sender: Sender, after: float | None) -> None:
        with self._database.session() as session:
            if self._actor(session, sender) is not None and (account := _account(session, sender)):
                show_later(session, account, None if after is None else timedelta(seconds=after))

    async def options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """The best at most 100 options of a `SearchField`'s source for what was typed so far; () for someone without the right."""
        return await asyncio.to_thread(self.find_options, sender, source, query)

    def _once(self, inbound: Inbound) -> Reply:
        """Claim the event in the transaction of the work itself, once it is clear who asks: nothing is kept of anybody else."""
        with self._database.session() as session:
            known = self._recognised(session, inbound.sender)
            if known is None:
                return access.for_stranger(self._settings, inbound.sender, inbound.form)
            once = Once(session, known.person, inbound.sender, self._database.clock())
            return once.event(inbound, lambda: self._answer(session, known, inbound))

    def _answer(self, session: Session, known: Recognised, inbound: Inbound) -> Reply:
        reply = self._reply(session, known.person, inbound)
        told = known.new and known.account.platform.real and inbound.command != LOOK_AGAIN
        return access.linked_above(reply, known, self._settings) if told else reply

    def _reply(self, session: Session, actor: Person, inbound: Inbound) -> Reply:
        request = self._request(session, actor, inbound)
        command = self.commands.get(inbound.command or "help")
        if command is None:
            return refusals.outdated(inbound.form)
        if not command.open_to(actor):
            return refusals.not_for_you(command, self._settings, inbound.form)
        if command.form is not None and inbound.form is None:
            return numbered(command.form(request))
        once = Once(session, actor, inbound.sender, request.now)
        return once.form(inbound, lambda: numbered(_told(command, request)))

    def _request(self, session: Session, actor: Person, inbound: Inbound) -> Request:
        return Request(
            actor=actor,
            session=session,
            settings=self._settings,
            now=self._database.clock(),
            command=inbound.command,
            text=inbound.text or ("" if inbound.form is not None else inbound.args.get(TYPED, "")),
            args=inbound.args,
            answers=inbound.form or {},
            place=inbound.place,
            commands=self.commands,
            suggestion=inbound.suggestion,
        )

    def _form_again(self, inbound: Inbound, mistakes: InvalidAnswers) -> Reply:
        """The form that was filled in, with what was typed and what is wrong with it. Built in a transaction of its own: the first rolled back.

        Where there is no such form any more, what was typed comes back in a card.
        """
        try:
            form = self._empty_form(inbound)
        except Refusal as refusal:
            return refusals.refusal(refusal, inbound.form)
        if form is None:
            return refusals.refusal(mistakes, inbound.form)
        if isinstance(form, Card):
            return refusals.with_typed(form, inbound.form)
        return with_errors(form, inbound.form or {}, mistakes.fields, dict(inbound.args))

    def _empty_form(self, inbound: Inbound) -> Form | Card | None:
        command = self.commands.get(inbound.command, self.commands["help"])
        with self._database.session() as session:
            actor = self._actor(session, inbound.sender)
            if actor is None or command.form is None or not command.open_to(actor):
                return None
            return command.form(self._request(session, actor, inbound))

    def _actor(self, session: Session, sender: Sender) -> Person | None:
        """The person behind an account; None when nobody (or nobody active) is known."""
        known = self._recognised(session, sender)
        return known.person if known else None

    def _recognised(self, session: Session, sender: Sender) -> Recognised | None:
        """The same, with the account, kept up to date; who has just got an account hears so in those they had."""
        now = self._database.clock()
        known = accounts.recognise(session, sender.claim, now)
        if known is None:
            return None
        context(session).actor_id = known.person.key
        known.account.seen_at = now
        known.account.conversation = sender.conversation or known.account.conversation
        if known.linked and known.account.platform.real:
            tell_linked(session, known.person, known.account, self._settings, now)
        return known

    def _knows(self, sender: Sender) -> bool:
        with self._database.session() as session:
            account = _account(session, sender)
            return account is not None and accounts.is_fresh(account, self._database.clock())

    def _first(self, platform: Platform, event_id: str, sender: Sender | None) -> bool:
        with self._database.session() as session:
            if sender is not None and not accounts.admits(session, sender.claim, self._database.clock()):
                return True
            key = hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()
            return events.claim(session, f"{platform}:first", key, self._database.clock())

    def find_options(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        """`options`, on this thread."""
        asked = cleaned(Inbound(sender, "", query))
        return patiently(lambda: self._found(asked.sender, source, asked.text[:_LONGEST_QUERY]))

    def _found(self, sender: Sender, source: str, query: str) -> tuple[Option, ...]:
        found = self._sources.get(source)
        with self._database.session() as session:
            actor = self._actor(session, sender)
            if actor is None or found is None or not may_ever(actor, found.action):
                return ()
            return found.find(self._request(session, actor, Inbound(sender, "")), query)


def _account(session: Session, sender: Sender) -> Account | None:
    return people.account_of(session, sender.platform, sender.tenant, sender.user_id)


def _told(command: Command, request: Request) -> Reply:
    """What the command answers; and, where others get something later because their work hasn't begun, that they do.

    InvalidAnswers when something that was filled in couldn't be read, whatever the command made of it.
    """
    try:
        reply = command.run(request)
    except InvalidAnswers as error:
        request.filled.check(error.fields)
        raise
    request.filled.check()
    waiting = waiting_here(request.session)
    return with_waiting(reply, waiting, request.settings, request.now) if waiting and isinstance(reply, Card) else reply


__all__ = ["Answers", "Dispatcher"]
