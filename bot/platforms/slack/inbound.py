"""Read what Slack posts: who, what, where, and the id by which an event that comes twice is known. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Place
from bot.domain.words.typed_text import begun
from bot.platforms.slack.origin import Origin

Payload = Mapping[str, Any]

_PEOPLES = ("", "file_share", "me_message", "thread_broadcast")
"""Kinds of message that a person writes: https://docs.slack.dev/reference/events/message#subtypes"""


def team_of(body: Payload) -> str:
    """Give the workspace; in an organisation-wide install an interaction's `team` is null and the person's own stands in."""
    team = body.get("team") or {}
    return str(body.get("team_id") or team.get("id") or (body.get("user") or {}).get("team_id") or "")


def place_of(channel: str) -> Place:
    """Tell a direct message (`D…`, or none: a modal) from a channel."""
    return Place.PERSONAL if not channel or channel.startswith("D") else Place.SHARED


def command_id(body: Payload) -> str:
    """Identify a slash command: its trigger is made for one use."""
    return f"command:{body['trigger_id']}"


def action_id(body: Payload, action: Payload) -> str:
    """Identify a press."""
    return f"action:{body['user']['id']}:{action.get('action_ts') or body.get('trigger_id')}:{action['action_id']}"


def shortcut_id(body: Payload) -> str:
    """Identify the use of a shortcut."""
    return f"action:{body['user']['id']}:{body['action_ts']}:{body['callback_id']}"


def submission_id(view: Payload) -> str:
    """Identify a submission by its view and what was filled in.

    The view's hash alone won't do: after field errors the same view is submitted again, corrected, with its hash unchanged.
    """
    typed = json.dumps(view.get("state"), sort_keys=True).encode()
    return f"view:{view['id']}:{hash_of({'view': view})}:{hashlib.sha256(typed).hexdigest()[:16]}"


def pressed_on(body: Payload, *, replaces: bool) -> Origin:
    """Give the origin of a press on a message."""
    container = body.get("container") or {}
    return Origin(
        user_id=body["user"]["id"],
        response_url=body.get("response_url") or "",
        channel=container.get("channel_id") or (body.get("channel") or {}).get("id") or "",
        message=container.get("message_ts") or "",
        ephemeral=bool(container.get("is_ephemeral")),
        replaces=replaces,
        thread=thread_of(container) or thread_of(body.get("message") or {}),
    )


def is_typed(event: Payload) -> bool:
    """Whether an event is a person typing to the bot, or sending it a file: not an edit, a deletion or another bot."""
    return (
        event.get("type") == "message"
        and event.get("channel_type") == "im"
        and (event.get("subtype") or "") in _PEOPLES
        and not any(event.get(name) for name in ("bot_id", "hidden"))
        and all(isinstance(event.get(name), str) for name in ("user", "channel", "ts"))
        and bool(said_in(event) or event.get("files"))
    )


def said_in(event: Payload) -> str:
    """What is typed in an event; "" for a file alone."""
    text = event.get("text")
    return begun(text) if isinstance(text, str) else ""


def addressed(text: str, body: Payload) -> str:
    """`text` without the bot's own name before it, which isn't needed in its conversation but is typed all the same."""
    installed = body.get("authorizations")
    for one in installed if isinstance(installed, list) else ():
        mention = f"<@{one.get('user_id')}>" if isinstance(one, dict) else ""
        if mention and text.startswith(mention):
            return begun(text.removeprefix(mention))
    return text


def thread_of(message: Payload) -> str:
    """The message that one stands below; "" for one that stands by itself."""
    thread = message.get("thread_ts")
    return thread if isinstance(thread, str) and thread != message.get("ts", message.get("message_ts")) else ""


def is_retry(headers: Mapping[str, Sequence[str]]) -> bool:
    """Whether Slack delivers an event again. Over a socket every first delivery says "0"."""
    return headers.get("x-slack-retry-num", ["0"])[0] != "0"


_LATE = 120
"""Seconds after which an event comes late: Slack's own retry is a minute later."""


def is_late(body: Payload, now: float) -> bool:
    """Whether an event happened some time before `now` (Unix time): after an outage Slack delivers again, and not as a retry.

    https://docs.slack.dev/apis/events-api/#event_fields
    """
    at = body.get("event_time")
    return isinstance(at, int | float) and now - at > _LATE


def on_home(body: Payload) -> bool:
    """Whether something was pressed on the app's Home tab, which is no message and no modal."""
    return bool((body.get("view") or {}).get("type") == "home")


def hash_of(payload: Payload) -> str:
    """Give the hash of the view that a press or an opening was on; "" where there was none yet."""
    return str((payload.get("view") or {}).get("hash") or "")
