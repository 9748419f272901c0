"""A body of a request that Slack has signed: read once, and refused where it can't be what Slack sends. Pure.

Bolt and our listeners take the names below for granted, and would fail where they are missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.web.bodies import FORM, Unreadable, fields, text

Payload = Mapping[str, Any]
JSON = "application/json"

# https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
_COMMAND = ("command", "user_id", "channel_id", "trigger_id")
# https://docs.slack.dev/reference/interaction-payloads
_INTERACTIONS: Mapping[str, tuple[str, ...]] = {
    "block_actions": ("user.id", "trigger_id"),
    "block_suggestion": ("user.id", "action_id"),
    "message_action": ("user.id", "trigger_id", "callback_id", "action_ts", "channel.id", "message.ts"),
    "shortcut": ("user.id", "trigger_id", "callback_id", "action_ts"),
    "view_submission": ("user.id", "view.id", "view.type", "view.callback_id"),
    "view_closed": ("user.id", "view.id", "view.type", "view.callback_id"),
}
_OBJECTS = ("user", "team", "enterprise", "channel", "container", "message", "view")
"""What is an object wherever it stands in an interaction, or null."""
# https://docs.slack.dev/apis/events-api/#event-type-structure
_EVENT = ("event_id", "event.type")
_EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": ("event.user",),
    "link_shared": ("event.channel", "event.message_ts"),
}


def read(raw: bytes) -> tuple[str, str]:
    """A body as text, and its kind: `JSON` or `FORM`, whatever its header says. Unreadable when it can't be what Slack sends."""
    body = text(raw)
    if body.lstrip().startswith(("{", "[")):
        _check_event(_object(body))
        return body, JSON
    form = fields(body)
    if "payload" in form:
        _check_interaction(_object(form["payload"]))
    elif "ssl_check" not in form:
        _need(form, *_COMMAND)
    return body, FORM


def _object(raw: str) -> Payload:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:  # no JSON; deeper, or with longer numbers, than Python takes
        raise Unreadable("this is no JSON") from error
    if not isinstance(found, dict):
        raise Unreadable("this is no JSON object")
    return found


def _check_event(body: Payload) -> None:
    if body.get("type") == "event_callback":
        _need(body, *_EVENT)
        _need(body, *_EVENTS.get(body["event"]["type"], ()))
        _check_parts(body["event"])


def _check_parts(event: Payload) -> None:
    if event["type"] == "app_home_opened":
        _may_be(event, dict, "view")
        _may_be(event, str, "channel")
    links = event.get("links", [])
    if event["type"] == "link_shared" and not (isinstance(links, list) and all(isinstance(one, dict) for one in links)):
        raise Unreadable("a link is none")


def _check_interaction(body: Payload) -> None:
    kind = _at(body, "type")
    if not isinstance(kind, str):
        raise Unreadable("an interaction has a type")
    _may_be(body, dict, *_OBJECTS)
    _need(body, *_INTERACTIONS.get(kind, ()))
    actions = body.get("actions")
    if kind == "block_actions" and not (isinstance(actions, list) and actions and isinstance(actions[0], dict)):
        raise Unreadable("a press says what was pressed")
    if kind == "block_actions":
        _need(body["actions"][0], "action_id")


def _need(body: Payload, *names: str) -> None:
    """Unreadable where one of the names, a.b for b inside of a, isn't a text."""
    for name in names:
        if not isinstance(_at(body, name), str):
            raise Unreadable(f"{name} is missing")


def _may_be(body: Payload, kind: type, *names: str) -> None:
    """Unreadable where one of the names is something, and not of this kind."""
    for name in names:
        if body.get(name) is not None and not isinstance(body[name], kind):
            raise Unreadable(f"{name} is none")


def _at(body: Payload, name: str) -> object:
    found: object = body
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found
