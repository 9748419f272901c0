"""Text in and out of Teams: undo its rewriting of what people type, measure and cut what we show. Pure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_MENTION = re.compile(r"<at\b[^>]*>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_SPACES = re.compile(r"[ \t]+")
MORE = "… more"


def typed(text: str | None, entities: Iterable[Mapping[str, Any]] = (), bot_id: str = "") -> str:
    """Give what the person typed: mentions of the bot taken out, of others turned into `@Name`, entities and spaces made plain.

    A mention is known by the activity's entities; a person who types `<at>` sends `&lt;at&gt;`, which stays text.
    """
    found = text or ""
    for entity in entities:
        mention = entity.get("text")
        mentioned = entity.get("mentioned")
        if entity.get("type") != "mention" or not isinstance(mention, str) or not mention or not isinstance(mentioned, dict):
            continue
        name = str(mentioned.get("name") or "")
        found = found.replace(mention, " " if mentioned.get("id") == bot_id else f"@{html.escape(name)}" if name else mention)
    found = _MENTION.sub(lambda match: f"@{match.group(1).strip()}" if match.group(1).strip() else " ", found)
    plain = html.unescape(found).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in plain.split("\n")).strip()


def whole(text: str) -> str:
    """Give `text` without halves of surrogate pairs, which JSON in UTF-8 can't carry."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line(text: str) -> str:
    """Give `text` in one line."""
    return " ".join(whole(text).split())


def dumps(value: object) -> str:
    """Write JSON as it's sent: compact, and every character as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def weight(value: object) -> int:
    """Count the bytes of `value` as JSON in UTF-16, as Teams measures a message."""
    return len(dumps(value).encode("utf-16-le", "surrogatepass"))


def cut(text: str, limit: int, mark: str = "…") -> str:
    """Give `text`, or as many of its characters as fit in `limit` with a visible `mark`."""
    return text if len(text) <= limit else text[: limit - len(mark)].rstrip() + mark
