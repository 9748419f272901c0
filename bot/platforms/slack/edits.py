"""Messages that were edited, as events tell of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def source_ref(channel: object, ts: object) -> str:
    """How a message is known again when it's edited; "" when either is missing."""
    return f"slack:{channel}:{ts}" if channel and ts else ""


def edited(event: Mapping[str, Any]) -> str:
    """The message whose words an event says were changed; "" for any other event, and for one whose link was only unfurled.

    https://docs.slack.dev/reference/events/message/message_changed
    """
    if event.get("type") != "message" or event.get("subtype") != "message_changed":
        return ""
    after, before = event.get("message"), event.get("previous_message")
    if not isinstance(after, dict) or not isinstance(before, dict) or after.get("text") == before.get("text"):
        return ""
    return source_ref(event.get("channel"), after.get("ts"))
