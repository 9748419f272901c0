"""Text in and out of Teams: undo its rewriting of what people type, measure and cut what we show. Pure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

_TAG = re.compile(r"<at\b[^<>]{0,500}>(?P<name>[^<]{0,1000})</at>|<quoted\b[^<>]{0,500}(?:/>|>[^<]*+</quoted>)", re.IGNORECASE)
"""A mention, and what an answer to a message begins with.
https://learn.microsoft.com/dotnet/api/microsoft.teams.apps.schema.entities.quotedreplyentity
"""
_MOST_MENTIONS = 100
_SPACES = re.compile(r"[ \t]+")
_TOO_LONG = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{8,}+);?")
MORE = "… more"


def typed(text: str | None, entities: Iterable[Mapping[str, Any]] = (), bot_id: str = "") -> str:
    """Give what the person typed: mentions of the bot taken out, of others turned into `@Name`, entities and spaces made plain.

    A mention is known by the activity's entities; a person who types `<at>` sends `&lt;at&gt;`, which stays text. What is quoted before an
    answer (`<quoted …/>`) is taken out. Every step reads the text once, however it is made up.
    """
    found = text or ""
    named = dict(_mentions(entities, bot_id))
    for mention in [one for one in named if not one.startswith("<at")]:
        found = found.replace(mention, named.pop(mention))
    plain = unescaped(_TAG.sub(lambda tag: _shown(tag, named), found))
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in plain.split("\n")).strip()


def _mentions(entities: Iterable[Mapping[str, Any]], bot_id: str) -> Iterator[tuple[str, str]]:
    """What stands in the text for each mention, and what it becomes. Where it is no tag, the bot's alone is of interest."""
    for entity in islice(entities, _MOST_MENTIONS):
        mention, mentioned = entity.get("text"), entity.get("mentioned")
        if entity.get("type") != "mention" or not isinstance(mention, str) or not mention or not isinstance(mentioned, dict):
            continue
        name = str(mentioned.get("name") or "")
        if mentioned.get("id") == bot_id:
            yield mention, " "
        elif mention.startswith("<at") and name:
            yield mention, f"@{html.escape(name)}"


def _shown(tag: re.Match[str], named: Mapping[str, str]) -> str:
    """What is read where a tag of Teams' own stands: a mention's name, nothing for what is quoted."""
    name = (tag["name"] or "").strip()
    return named.get(tag[0], f"@{name}" if name else " ")


def unescaped(text: str) -> str:
    """Turn HTML's entities into the signs they stand for; a number too long for any sign becomes U+FFFD, as Python reads none of 5,000 digits."""
    return html.unescape(_TOO_LONG.sub("\ufffd", text))


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
