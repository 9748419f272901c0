"""The question before what was chosen in a menu: Slack asks one before a button, none before an entry of a menu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.cards import Actions, Button, Card
from bot.folding import question
from bot.platforms.slack.buttons import Press
from bot.platforms.slack.modals import render_form
from bot.platforms.slack.origin import Origin
from bot.platforms.slack.replies import Replies


async def ask_first(replies: Replies, body: Mapping[str, Any], press: Press, origin: Origin) -> None:
    """Ask in a modal, whose submission does it; where none opens any more, beside the message, with a button that asks by itself."""
    view = render_form(question(press.label, press.confirm, press.command, press.args), private=origin.packed())
    there = body.get("view") or {}
    modal = there.get("type") == "modal"
    if await (replies.update(there["id"], view) if modal else replies.open(body["trigger_id"], view)):
        return
    button = Button(label=press.label, command=press.command, args=dict(press.args), replaces=press.replaces, confirm=press.confirm)
    await replies.card(replace(origin, replaces=False), Card(title=press.confirm, blocks=(Actions(buttons=(button,)),)))
