"""A conversation on the terminal: type, press, fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.cards import Card, Form, Option, Reply, SearchField
from bot.commands import Inbound, Platform, Sender, read_command
from bot.dispatch.dispatcher import Dispatcher
from bot.platforms.console.text import render_text
from bot.platforms.previews import PREVIEWS


class Lost(Exception):
    """What was to be pressed or filled in isn't there; says what is."""


class Conversation:
    """What one person says to the bot, and its latest reply."""

    def __init__(self, dispatcher: Dispatcher, email: str) -> None:
        self._dispatcher = dispatcher
        self._sender = Sender(Platform.CONSOLE, email.strip().lower(), email=email)
        self.reply: Reply = Card(title="")

    def type(self, text: str) -> None:
        """Type a line."""
        command, rest = read_command(text, self._dispatcher.commands)
        self.reply = self._dispatcher.handle(Inbound(self._sender, command, rest))

    def press(self, label: str) -> None:
        """Press the button of this label, whatever its case; Lost when the reply has none such."""
        buttons = self.reply.buttons if isinstance(self.reply, Card) else ()
        for button in buttons:
            if button.label.casefold() == label.casefold():
                self.reply = self._dispatcher.handle(Inbound(self._sender, button.command, args=button.args))
                return
        there = ", ".join(button.label for button in buttons) or "none"
        msg = f"There is no button “{label}”. Buttons there: {there}."
        raise Lost(msg)

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill in some fields over what is there, and save; Lost when the reply is no form or has no such field."""
        form = self.reply
        if not isinstance(form, Form):
            msg = f"There is no form to fill in. The answer was: {form.title}"
            raise Lost(msg)
        answers = form.answers
        for name, value in values.items():
            answers[name] = self._answer(form, name, value)
        self.reply = self._dispatcher.handle(Inbound(self._sender, form.command, args=form.args, form=answers))

    def _answer(self, form: Form, name: str, value: str) -> str | list[str]:
        field = next((one for one in form.fields if one.name == name), None)
        if field is None:
            msg = f"There is no field “{name}”. Fields: {', '.join(one.name for one in form.fields)}."
            raise Lost(msg)
        if not isinstance(field, SearchField):
            return value
        chosen = [self._found(field, part.strip()) for part in (value.split(",") if field.multiple else [value])]
        return [one.value for one in chosen] if field.multiple else chosen[0].value

    def _found(self, field: SearchField, typed: str) -> Option:
        options = self._dispatcher.find_options(self._sender, field.source, typed)
        if not options:
            msg = f"Nothing fits “{typed}” in {field.label}."
            raise Lost(msg)
        return options[0]


def shown(reply: Reply, platform: str | None) -> str:
    """The reply as text for a terminal, or as the JSON a platform would get."""
    if platform is None:
        return render_text(reply)
    return json.dumps(PREVIEWS[platform](reply), indent=2, ensure_ascii=False)
