"""Read what Slack posts: who, what, where, and the id by which an event that comes twice is known. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Place
from bot.slack.origin import Origin

Payload = Mapping[str, Any]


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
    )


def is_typed(event: Payload) -> bool:
    """Whether an event is a person typing to the bot: not an edit, a deletion, a file or another bot."""
    return (
        event.get("type") == "message"
        and event.get("channel_type") == "im"
        and not any(event.get(name) for name in ("subtype", "bot_id", "hidden"))
        and bool(event.get("user"))
        and bool(str(event.get("text") or "").strip())
    )


def is_retry(headers: Mapping[str, Sequence[str]]) -> bool:
    """Whether Slack delivers an event again. Over a socket every first delivery says "0"."""
    return headers.get("x-slack-retry-num", ["0"])[0] != "0"


def on_home(body: Payload) -> bool:
    """Whether something was pressed on the app's Home tab, which is no message and no modal."""
    return bool((body.get("view") or {}).get("type") == "home")


def hash_of(payload: Payload) -> str:
    """Give the hash of the view that a press or an opening was on; "" where there was none yet."""
    return str((payload.get("view") or {}).get("hash") or "")
