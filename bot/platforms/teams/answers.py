"""What an invoke is answered with: JSON of our own, whole, for the SDK's classes lose or break some of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bot.cards import Card, Form, Option, Reply
from bot.platforms.teams import limits
from bot.platforms.teams.adaptive import CONTENT_TYPE, activity, attachment, render_activity, render_card
from bot.platforms.teams.buttons import Json
from bot.platforms.teams.forms import choice, render_form
from bot.platforms.teams.text import cut, line

Answer = tuple[int, Json | None]

# https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
_MESSAGE = "application/vnd.microsoft.activity.message"
_ERROR = "application/vnd.microsoft.error"
# https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
_SEARCH = "application/vnd.microsoft.search.searchResponse"
CLOSED: Answer = (200, None)
"""Closes a dialog."""


def content(reply: Reply) -> Json:
    """Draw a reply for a message."""
    return render_card(reply) if isinstance(reply, Card) else render_form(reply, inline=True)


def message(reply: Reply) -> Json:
    """Make a message of a reply."""
    return render_activity(reply) if isinstance(reply, Card) else activity(content(reply), reply.title)


def spoken(reply: Reply) -> str:
    """Give a reply in one line."""
    return line(reply.spoken if isinstance(reply, Card) else reply.title)


def replacing(reply: Reply) -> Answer:
    """Put `reply` in the place of the card that was acted on."""
    return 200, {"statusCode": 200, "type": CONTENT_TYPE, "value": content(reply)}


def toast(text: str) -> Answer:
    """Say a line, and leave the card as it is."""
    return 200, {"statusCode": 200, "type": _MESSAGE, "value": cut(text, limits.SUMMARY) or "…"}


def odd_action() -> Answer:
    """Say that a button carries nothing we know: HTTP's own status would be shown as a fault of the bot."""
    error = {"code": "BadRequest", "message": "This button is out of date. Type help to start afresh."}
    return 200, {"statusCode": 400, "type": _ERROR, "value": error}


def odd(why: str) -> Answer:
    """Refuse what can't be read."""
    return 400, {"error": {"code": "BadRequest", "message": why}}


def refused(answer: Answer) -> str:
    """Why an invoke was refused as one that can't be read; "" when it wasn't."""
    status, body = answer
    if body is not None and status == 400:
        return str(body["error"]["message"])
    return "a button without a command of ours" if body is not None and body.get("statusCode") == 400 else ""


def dialog(reply: Reply, on: str = "") -> Answer:
    """Open a dialog, or put `reply` in the open one's place. `on`: the message whose card its confirmation will replace."""
    card = render_form(reply, inline=False, on=on) if isinstance(reply, Form) else render_card(reply)
    shown = {"title": cut(line(reply.title), limits.DIALOG_TITLE), "height": "large", "width": "medium", "card": attachment(card)}
    return 200, {"task": {"type": "continue", "value": shown}}


def offered(cards: Iterable[tuple[Option, Card]]) -> Answer:
    """List what was found from the message box: a line for each, and the card that goes into the message."""
    attachments = []
    for option, card in cards:
        words = {"title": cut(line(option.label), limits.DIALOG_TITLE), "text": cut(line(option.detail), limits.SUMMARY)}
        preview = {
            "contentType": "application/vnd.microsoft.card.thumbnail",
            "content": {name: escape(text) for name, text in words.items()},
        }
        attachments.append({**attachment(render_card(card)), "preview": preview})
    return 200, {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


def told(text: str) -> Answer:
    """Say a line in the message box."""
    return 200, {"composeExtension": {"type": "message", "text": text}}


def found(options: Iterable[Option]) -> Answer:
    """Offer what was found for what is being typed."""
    results = [choice(option) for option in options][: limits.CHOICES]
    return 200, {"statusCode": 200, "type": _SEARCH, "value": {"results": results}}
