"""Bolt's listeners: every kind of payload to one `Inbound`, acknowledged before any work, and its answer brought back."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.cards import Card, Form, Reply, Text, Tone
from bot.commands import Inbound, Place, read_command
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.access.accounts import Vouch
from bot.domain.words.mistyped import meant_for
from bot.platforms.slack import inbound as read
from bot.platforms.slack.accounts import Accounts
from bot.platforms.slack.asking import ask_first
from bot.platforms.slack.buttons import Press, read_press
from bot.platforms.slack.edits import edited
from bot.platforms.slack.home import Homes
from bot.platforms.slack.modals import FORM, filled, read_answers, read_sent, render_form, render_notice
from bot.platforms.slack.offers import Again
from bot.platforms.slack.origin import Origin
from bot.platforms.slack.recent import Recent
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.running import Running
from bot.platforms.slack.searching import Searches
from bot.platforms.slack.shortcuts import ON_MESSAGES, Shortcuts
from bot.platforms.slack.submissions import Submissions
from bot.views import refusals
from bot.views.help import only_text

Ack = Callable[..., Awaitable[Any]]
Answered = Callable[[str, str, str], Awaitable[bool]]
Payload = Mapping[str, Any]
_ANY = re.compile("")
# Of a trigger's 3 s (https://docs.slack.dev/reference/methods/views.open) what a form may take before a stand-in opens.
FORM_BUDGET = 0.8
_LOADING = Card(title="One moment…", blocks=(Text(text="Getting it ready.", tone=Tone.MUTED),))
_FAULT = Card(
    title="Something went wrong on our side",
    tone=Tone.DANGER,
    blocks=(Text(text="Nothing was saved. It is in our log; please try again in a minute."),),
)
_log = structlog.get_logger(__name__)


class Listeners:
    """The listeners of one app. `register` them, and wait for what is `running` before closing.

    `answered` tells, by conversation, thread ("" for none) and event id, whether a message answers that event already.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        accounts: Accounts,
        shortcuts: Shortcuts,
        replies: Replies,
        homes: Homes,
        answered: Answered,
    ) -> None:
        self._dispatcher = dispatcher
        self._accounts = accounts
        self._shortcuts = shortcuts
        self._replies = replies
        self._homes = homes
        self._answered = answered
        self._recent = Recent()
        self.running = Running()
        self._submissions = Submissions(replies, self._recent)
        self._searches = Searches(dispatcher, accounts, self.running.start)
        self._names = {name for name, command in dispatcher.commands.items() if command.listed}

    def register(self, app: AsyncApp) -> None:
        """Register one listener a kind of payload. What isn't ours is acknowledged too: Slack counts what isn't as failures."""
        app.command(_ANY)(self.command)
        app.action(_ANY)(self.action)
        app.view(_ANY)(self.view)
        app.view_closed(_ANY)(self.view)
        app.options(_ANY)(self.options)
        app.event("app_home_opened")(self.home)
        app.event("user_change")(self.changed)
        app.event(_ANY)(self.event)
        app.shortcut(_ANY)(self.shortcut)
        app.error(self.fault)

    async def fault(self, error: Exception, body: Payload) -> None:
        """Log a fault of ours whole, and tell whoever waits for an answer where Slack still takes one."""
        _log.error("listener failed", exc_info=error)
        if body.get("response_url"):
            user_id = body.get("user_id") or body["user"]["id"]
            await self._replies.fault(Origin(user_id, response_url=body["response_url"]), _FAULT)

    async def command(self, ack: Ack, body: Payload) -> None:
        """Answer a slash command."""
        await ack()
        self.running.track()
        event_id = read.command_id(body)
        if not self._recent.first(event_id):
            return
        name = str(body["command"]).removeprefix("/").lower()
        known = name in self._names
        place = read.place_of(body["channel_id"])

        async def asked() -> Inbound:
            typed = body.get("text") or ""
            text = await self._accounts.typed(typed if known else f"{body['command']} {typed}".strip())
            sender = await self._accounts.sender(body["user_id"], body)
            return Inbound(sender, name if known else "", text=text, event_id=event_id, place=place)

        origin = Origin(body["user_id"], response_url=body.get("response_url") or "", channel=body["channel_id"], ephemeral=True)
        form = known and self._opens_form(name)
        await self._reply(self.running.start(asked()), origin, body["trigger_id"], form=form)

    async def shortcut(self, ack: Ack, body: Payload) -> None:
        """Answer a shortcut: on a message, or one of the workspace's own. Its callback_id names the command."""
        await ack()
        self.running.track()
        event_id = read.shortcut_id(body)
        if not self._recent.first(event_id):
            return
        name = str(body["callback_id"])
        name = name if self._opens_form(name) and (body["type"] == "shortcut" or name in ON_MESSAGES) else ""
        asked = self.running.start(self._shortcuts.asked(body, name, event_id))
        origin = Origin(body["user"]["id"], response_url=body.get("response_url") or "")
        await self._reply(asked, origin, body["trigger_id"], form=bool(name))

    async def event(self, body: Payload, request: AsyncBoltRequest) -> None:
        """Answer what is typed in the person's conversation with the bot (Bolt has acknowledged it)."""
        self.running.track()
        event = body["event"]
        event_id = f"event:{body['event_id']}"
        if source := edited(event):
            await self._dispatcher.source_edited(source)
            return
        if not read.is_typed(event) or not self._recent.first(event_id):
            return
        thread = read.thread_of(event)
        # One this process may know nothing of: another one, or an earlier life of this one, may have answered.
        again = read.is_retry(request.headers) or read.is_late(body, time.time())
        if again and await self._answered(event["channel"], thread, event_id):
            return
        origin = Origin(event["user"], channel=event["channel"], thread=thread)
        if not (said := read.said_in(event)) and not await self._is_outsider(body):
            await self._replies.card(origin, only_text(), event_id)
            return
        text = await self._accounts.typed(read.addressed(said, body))
        name, rest = read_command(text, self._names)

        async def work() -> Reply:
            sender = await self._accounts.sender(event["user"], body, conversation=event["channel"])
            return await self._dispatcher(Inbound(sender, name, text=rest, event_id=event_id, place=Place.PERSONAL))

        reply = await self._outcome(self.running.start(work()))
        if isinstance(reply, Card):
            await self._replies.card(origin, reply, event_id)
            return
        source = ":".join(filter(None, (event["channel"], event["ts"], thread)))
        said = rest if name else meant_for(rest, reply.command)
        await self._replies.offer(origin, reply, Again(name or reply.command, text=said, source=source), event_id)

    async def _is_outsider(self, body: Payload) -> bool:
        """Whether Slack says that whoever wrote is none of ours: they are told that alone, whatever they send."""
        sender = await self._accounts.sender(body["event"]["user"], body)
        return sender.vouch in {Vouch.NOT_OURS, Vouch.UNKNOWN}

    async def home(self, body: Payload) -> None:
        """Show somebody's own page, which they have just opened."""
        self.running.track()
        await self._homes.opened(body)

    async def changed(self, body: Payload) -> None:
        """Look again whose account one is that has changed."""
        self.running.track()
        await self._accounts.changed(body)

    async def action(self, ack: Ack, body: Payload) -> None:
        """Answer a press, on a message, in a modal, or on the Home tab: there in a modal over it, and the page is shown anew."""
        await ack()
        self.running.track()
        action = body["actions"][0]
        press = read_press(action)
        event_id = read.action_id(body, action)
        if press is None or not self._recent.first(event_id):
            return
        home = read.on_home(body)
        origin = read.pressed_on(body, replaces=press.replaces and not home)
        if not press.command:
            await self._beside(body, origin, refusals.outdated())
            return
        if press.confirm:
            await ask_first(self._replies, body, press, origin)
            return
        asked = self.running.start(self._pressed(body, press, event_id, origin))
        if home:
            await self._reply(asked, origin, body["trigger_id"], form=True, over=True)
            await self._homes.pressed(body)
        elif body.get("view"):
            await self._fill(body["view"]["id"], self.running.start(self._dispatched(asked)), origin)
        else:
            await self._reply(asked, origin, body["trigger_id"], form=press.opens_form, source=press.source)

    async def _beside(self, body: Payload, origin: Origin, card: Card) -> None:
        """Say something over a modal or page, or beside a message, without changing it."""
        if not (body.get("view") and await self._replies.open(body["trigger_id"], render_notice(card))):
            await self._replies.card(origin, card)

    async def _pressed(self, body: Payload, press: Press, event_id: str, origin: Origin) -> Inbound:
        text = press.text
        if press.source:
            typed = await self._accounts.typed(await self._replies.typed_in(press.source))
            name, rest = read_command(typed, self._names)
            text = rest if name else meant_for(rest, press.command)
        kept = origin.channel if origin.in_conversation else ""
        sender = await self._accounts.sender(body["user"]["id"], body, conversation=kept)
        place = read.place_of(origin.channel)
        return Inbound(sender, press.command, text=text, args=press.args, event_id=event_id, place=place)

    async def view(self, ack: Ack, body: Payload) -> None:
        """Answer a submitted form."""
        self.running.track()
        view = body["view"]
        if body["type"] != "view_submission" or view["callback_id"] != FORM:
            await ack()
            return
        event_id = read.submission_id(view)
        task = self.running.start(self._submitted(body, event_id))
        await self._submissions.answer(ack, body, event_id, self._outcome(task))

    async def _submitted(self, body: Payload, event_id: str) -> Reply:
        sent = read_sent(body["view"])
        if not sent.command or filled(body["view"]) is None:
            return refusals.outdated(read_answers(body["view"]))
        sender = await self._accounts.sender(body["user"]["id"], body)
        form = read_answers(body["view"])
        return await self._dispatcher(Inbound(sender, sent.command, args=sent.args, form=form, event_id=event_id))

    async def options(self, ack: Ack, body: Payload) -> None:
        """Answer a search."""
        self.running.track()
        await self._searches.answer(ack, body)

    async def _reply(
        self, asked: asyncio.Task[Inbound], origin: Origin, trigger_id: str, *, form: bool, source: str = "", over: bool = False
    ) -> None:
        """Answer what is asked: with a modal at once where a form is to come, filled when it's ready; with `over`, a card in one too."""
        task = self.running.start(self._dispatched(asked))
        if form and not (await asyncio.wait({task}, timeout=FORM_BUDGET))[0]:
            view_id = await self._replies.open(trigger_id, render_notice(_LOADING, close="Cancel"))
            if view_id:
                await self._fill(view_id, task, origin)
                return
        reply = await self._outcome(task)
        if isinstance(reply, Card):
            if not (over and await self._replies.open(trigger_id, render_notice(reply))):
                await self._replies.card(origin, reply)
        elif not await self._replies.open(trigger_id, render_form(reply, private=origin.packed())):
            again = asked.result()
            await self._replies.offer(origin, reply, Again(again.command, again.args, again.text, source))

    async def _dispatched(self, asked: asyncio.Task[Inbound]) -> Reply:
        return await self._dispatcher(await asked)

    async def _fill(self, view_id: str, task: asyncio.Task[Reply], origin: Origin) -> None:
        """Put the answer into an open modal; a card whose modal was closed meanwhile becomes a message."""
        reply = await self._outcome(task)
        view = render_form(reply, private=origin.packed()) if isinstance(reply, Form) else render_notice(reply)
        if not await self._replies.update(view_id, view) and isinstance(reply, Card):
            await self._replies.card(origin, reply)

    def _opens_form(self, name: str) -> bool:
        return name in self._names and self._dispatcher.commands[name].form is not None

    async def _outcome(self, task: asyncio.Task[Reply]) -> Reply:
        """Wait for an answer. A fault of ours is logged whole, and the person told that nothing was saved."""
        await asyncio.wait({task})
        fault = task.exception()
        if fault is None:
            return task.result()
        _log.error("answering failed", exc_info=fault)
        return _FAULT
