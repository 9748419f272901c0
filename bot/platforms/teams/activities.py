"""Answer what people do in Teams: type, press, fill in, search, add the bot."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.cards import Card, Form, Reply, Text, Tone
from bot.commands import Inbound, Place, read_command
from bot.delivery.shown.copies import LOOK_AGAIN
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.people.people import Platform
from bot.folding import question
from bot.platforms.teams import answers, extension
from bot.platforms.teams.accounts import Accounts
from bot.platforms.teams.answers import Answer
from bot.platforms.teams.buttons import Press
from bot.platforms.teams.incoming import Incoming, read_press
from bot.platforms.teams.replies import NO_CHAT, POINTER, Arrived, Replies
from bot.platforms.teams.text import cut, line
from bot.views import refusals
from bot.views.forms import with_errors
from bot.views.help import only_text

_LONGEST_NAME = 100
_OFFERED = 8
"""Results at once: each is looked up and drawn, and the client waits."""

_log = structlog.get_logger(__name__)

WELCOME = Card(
    title="Hello, I keep you close to customers",
    blocks=(Text(text="Mention me with a command, such as help. What is for you alone I answer in our own chat."),),
)


class Activities:
    """Turns activities into `Inbound` and answers into messages, dialogs and cards. An `Answering` for `bot.platforms.teams.sdk`."""

    def __init__(self, dispatcher: Dispatcher, accounts: Accounts, replies: Replies) -> None:
        self._dispatcher = dispatcher
        self._accounts = accounts
        self._replies = replies
        self._names = {name for name, command in dispatcher.commands.items() if command.listed}
        self._invokes: Mapping[str, Callable[[Incoming], Coroutine[Any, Any, Answer]]] = {
            "adaptiveCard/action": self._action,
            "task/fetch": self._fetch,
            "task/submit": self._submit,
            "application/search": self._search,
            "composeExtension/query": self._find,
            "composeExtension/fetchTask": self._extend,
            "composeExtension/submitAction": self._extended,
        }

    async def message(self, incoming: Incoming) -> None:
        """Answer what was typed, or a submit that a client sends as a message without text; once, however often it comes."""
        sender = await self._accounts.sender(incoming)
        if incoming.event_id and not await self._dispatcher.first(Platform.TEAMS, incoming.event_id, sender):
            return
        press = None if incoming.text else read_press(incoming.value)
        if press is not None:
            await self._pressed(incoming, press)
            return
        if not incoming.text and (incoming.files or incoming.value is not None) and await self._dispatcher.admits(sender):
            card = refusals.outdated() if incoming.value is not None else only_text()
            await self._replies.say(incoming, card, public=True)
            return
        name, rest = read_command(incoming.text, self._names)
        inbound = Inbound(sender, name, text=rest, place=incoming.place)
        await self._tell(incoming, inbound, await self._dispatcher(inbound))

    async def invoke(self, incoming: Incoming) -> Answer:
        """Answer what a client waits for; 501 for what isn't asked of this bot. What is refused leaves a line in the log, without its content."""
        asked = self._invokes.get(incoming.name)
        if asked is None:
            _log.info("invoke not known", name=cut(line(incoming.name), _LONGEST_NAME))
            return 501, {"error": {"code": "NotImplemented", "message": "this bot doesn't answer that"}}
        answer = await asked(incoming)
        if why := answers.refused(answer):
            _log.warning("invoke refused", name=incoming.name, reason=why)
        return answer

    async def greet(self, incoming: Incoming) -> None:
        """Say once what the bot can do, to somebody it knows: an install comes as two to four activities."""
        sender = await self._accounts.sender(incoming)
        if not await self._dispatcher.admits(sender):
            return
        if not await self._dispatcher.first(Platform.TEAMS, f"greet:{incoming.where.conversation}", sender):
            return
        if incoming.place is Place.SHARED:
            await self._replies.post(incoming.where, answers.message(WELCOME))
            return
        inbound = Inbound(sender, "help")
        await self._say(incoming, inbound, await self._dispatcher(inbound))

    async def _action(self, incoming: Incoming) -> Answer:
        """Answer a press on a card, or a form in one."""
        action = incoming.value.get("action") if isinstance(incoming.value, dict) else None
        press = read_press(action.get("data")) if isinstance(action, dict) else None
        if press is None:
            return answers.odd_action()
        if incoming.value.get("trigger") == "automatic":
            return await self._look_again(incoming, press)
        inbound, reply = await self._run(incoming, press)
        if self._in_place(incoming, press, reply):
            if incoming.reply_to:
                # The client shows the answer at once, but only until the chat is opened again: the message itself must change too.
                self._replies.later(self._replace(incoming, incoming.reply_to, reply))
            return answers.replacing(reply)
        arrived = await self._say(incoming, inbound, reply) if await self._fresh(inbound) else Arrived.HERE
        said = {Arrived.HERE: answers.spoken(reply), Arrived.CHAT: POINTER, Arrived.NOWHERE: NO_CHAT}
        return answers.toast(answers.spoken(reply) if self._open(incoming, press.command) else said[arrived])

    async def _look_again(self, incoming: Incoming, press: Press) -> Answer:
        """Show a card as it is now: nobody pressed anything, a client asks by itself. Where it may not be seen, the old one stays."""
        if press.command != LOOK_AGAIN:
            return answers.odd_action()
        reply = await self._dispatcher(Inbound(await self._accounts.sender(incoming), press.command, "", press.args))
        return answers.replacing(reply) if isinstance(reply, Card) and reply.refresh is not None else answers.odd_action()

    async def _fetch(self, incoming: Incoming) -> Answer:
        """Open the dialog a button asks for."""
        press = read_press(incoming.value.get("data")) if isinstance(incoming.value, dict) else None
        if press is None:
            return answers.odd("a button without a command of ours")
        _, reply = await self._run(incoming, press)
        return answers.dialog(reply, on=incoming.reply_to if press.replaces else "")

    async def _submit(self, incoming: Incoming) -> Answer:
        """Save what was filled in: mistakes stay in the dialog; what is saved closes it and is confirmed in the chat."""
        press = read_press(incoming.value.get("data")) if isinstance(incoming.value, dict) else None
        if press is None:
            return answers.odd("a form without a command of ours")
        inbound, reply = await self._run(incoming, press)
        if isinstance(reply, Form) or is_refusal(reply):
            return answers.dialog(reply, on=press.on)
        if await self._fresh(inbound):
            await self._confirm(incoming, inbound, press.on, reply)
        return answers.CLOSED

    async def _extend(self, incoming: Incoming) -> Answer:
        """Open the dialog that makes something of a message."""
        inbound = extension.asked(incoming, await self._accounts.sender(incoming))
        if inbound is None:
            return answers.odd("a message extension that isn't ours")
        return answers.dialog(await self._dispatcher(inbound))

    async def _extended(self, incoming: Incoming) -> Answer:
        """Save what was made of a message. The dialog, which its reader alone sees, confirms it: nothing is said where the message is."""
        press = read_press(incoming.value.get("data")) if isinstance(incoming.value, dict) else None
        if press is None:
            return answers.odd("a form without a command of ours")
        _, reply = await self._run(incoming, press)
        return answers.dialog(reply)

    async def edited(self, incoming: Incoming) -> None:
        """A message was edited: what was made from it says so."""
        if incoming.edited and (ref := extension.source_ref(incoming, incoming.id)):
            await self._dispatcher.source_edited(ref)

    async def _search(self, incoming: Incoming) -> Answer:
        """Offer what fits what is being typed."""
        asked = incoming.value if isinstance(incoming.value, dict) else {}
        source, query = asked.get("dataset"), asked.get("queryText", "")
        if not isinstance(source, str) or not isinstance(query, str):
            return answers.odd("a search without a list or words")
        sender = await self._accounts.sender(incoming)
        return answers.found(await self._dispatcher.options(sender, source, query))

    async def _find(self, incoming: Incoming) -> Answer:
        """Offer what fits what is typed in the message box; each as a card to be put into the message, which others will read."""
        asked = extension.searched(incoming)
        if asked is None:
            return answers.odd("a search that isn't ours")
        search, query = asked
        sender = await self._accounts.sender(incoming)
        options = [one for one in await self._dispatcher.options(sender, search.source, query) if one.value.isdecimal()][:_OFFERED]
        shown = [(one, await self._dispatcher(Inbound(sender, search.command, args={search.arg: one.value}))) for one in options]
        cards = [(one, reply) for one, reply in shown if isinstance(reply, Card) and not is_refusal(reply)]
        return answers.offered(cards) if cards else answers.told("Nothing that you may see fits.")

    async def _pressed(self, incoming: Incoming, press: Press) -> None:
        """Answer a submit that came as a message: the card it was on is replaced once a form is saved."""
        inbound, reply = await self._run(incoming, press)
        done = isinstance(reply, Card) and not is_refusal(reply)
        if done and (press.form is not None or press.replaces):
            await self._confirm(incoming, inbound, press.on or incoming.reply_to, reply)
        else:
            await self._tell(incoming, inbound, reply)

    async def _run(self, incoming: Incoming, press: Press) -> tuple[Inbound, Reply]:
        """Dispatch a press. A form that was refused comes back with the refusal above what was typed: nothing typed is lost."""
        sender = await self._accounts.sender(incoming)
        inbound = Inbound(sender, press.command, "", press.args, press.form, incoming.event_id, incoming.place)
        if press.confirm and press.form is None:
            return inbound, question(press.label or press.command, press.confirm, press.command, press.args)
        reply = await self._dispatcher(inbound)
        command = self._dispatcher.commands.get(press.command)
        if press.form is None or not is_refusal(reply) or command is None or command.form is None:
            return inbound, reply
        form = await self._dispatcher(replace(inbound, form=None, event_id=""))
        if isinstance(form, Card):
            return inbound, reply
        return inbound, with_errors(form, press.form, {"": _words(reply)}, press.args)

    def _in_place(self, incoming: Incoming, press: Press, reply: Reply) -> bool:
        """Whether an answer takes the place of the card acted on."""
        if press.form is not None:
            return self._open(incoming, press.command) and not (isinstance(reply, Card) and reply.aside)
        return press.replaces and self._open(incoming, press.command) and isinstance(reply, Card) and not is_refusal(reply)

    def _open(self, incoming: Incoming, command: str) -> bool:
        """Whether a command's answer may be shown where it was asked: in a message that whoever asked sees alone, any may."""
        found = self._dispatcher.commands.get(command)
        return incoming.place is Place.PERSONAL or incoming.targeted or (found is not None and found.public)

    async def _fresh(self, inbound: Inbound) -> bool:
        """Whether an answer is still to be posted: a client that asks again is given the same answer, not a second message."""
        return not inbound.event_id or await self._dispatcher.first(Platform.TEAMS, f"said:{inbound.event_id}", inbound.sender)

    async def _replace(self, incoming: Incoming, message_id: str, reply: Reply) -> bool:
        return await self._replies.replace(incoming.where, message_id, reply, targeted=incoming.targeted)

    async def _say(self, incoming: Incoming, inbound: Inbound, reply: Reply) -> Arrived:
        """Post an answer where it may be read; a form is always for whoever asked alone."""
        public = self._open(incoming, inbound.command) and isinstance(reply, Card)
        return await self._replies.say(incoming, reply, public=public)

    async def _tell(self, incoming: Incoming, inbound: Inbound, reply: Reply) -> None:
        """Post an answer, and where it was asked among others, for all to see, say that it went elsewhere."""
        arrived = await self._say(incoming, inbound, reply)
        here = arrived is Arrived.HERE or (self._open(incoming, inbound.command) and isinstance(reply, Card))
        if incoming.place is Place.SHARED and not here and not incoming.targeted:
            said = POINTER if arrived is Arrived.CHAT else NO_CHAT
            await self._replies.post(incoming.where, {"type": "message", "text": said})

    async def _confirm(self, incoming: Incoming, inbound: Inbound, on: str, reply: Reply) -> None:
        """Put a confirmation in the place of the message `on`, so that it can't be done twice; else post it."""
        if on and self._open(incoming, inbound.command) and await self._replace(incoming, on, reply):
            return
        await self._say(incoming, inbound, reply)


def is_refusal(reply: Reply) -> bool:
    """Whether a card says that something was not done: it's marked a warning or a danger."""
    return isinstance(reply, Card) and reply.tone in {Tone.WARNING, Tone.DANGER}


def _words(reply: Reply) -> str:
    """Give a refusal's words in one paragraph."""
    blocks = reply.blocks if isinstance(reply, Card) else ()
    return " ".join([reply.title.rstrip(".") + ".", *(block.text for block in blocks if isinstance(block, Text))])
