"""Text in and out of Slack: undo its rewriting of what people type, escape what we show, cut and split to its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"<([^<>\n]+)>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
MORE = "… more"


def escape(text: str) -> str:
    """Make `&`, `<` and `>` inert; Slack asks for these three and nothing else.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentioned(text: str) -> set[str]:
    """Find ids of the people mentioned in `text` without their name, so that they can be looked up for `unwrap`."""
    return set(_MENTION.findall(text))


def unwrap(text: str, names: Mapping[str, str] | None = None) -> str:
    """Give back what the person typed, before Slack rewrote it.

    `<@U1|ann>` becomes `@ann`, `<#C1|sales>` `#sales`, `<https://a.example|a.example>` the address,
    `<mailto:x@y.example|x@y.example>` the email, `<!channel>` `@channel`.
    A mention without a name gets it from `names` (by user id), else stays `@U1`.
    """
    return unescape(_TOKEN.sub(lambda match: _plain(match, names or {}), text))


def _plain(match: re.Match[str], names: Mapping[str, str]) -> str:
    target, _, label = match.group(1).partition("|")
    if target[0] == "@":
        return "@" + (label.removeprefix("@") or names.get(target[1:], target[1:]))
    if target[0] == "#":
        return "#" + (label.removeprefix("#") or target[1:])
    if target[0] == "!":
        return _special(target[1:], label)
    if _ADDRESS.match(target):
        return _address(target, label)
    return match.group(0)


def _special(name: str, label: str) -> str:
    """Read `<!here>`, `<!subteam^S1|@support>`, `<!date^…|23 May>`."""
    if label:
        return label if name.startswith("date^") else "@" + label.removeprefix("@")
    return "@" + name.rpartition("^")[2]


def _address(target: str, label: str) -> str:
    """Give the email or number itself for `mailto:` and `tel:`; else the address, after its label when that says something else."""
    scheme, _, rest = target.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return label if label and label != rest else rest
    return target if not label or label in target else f"{label} ({target})"


def length(text: str) -> int:
    """Count `text` as Slack may at worst: escaped, and in UTF-16 units, where an emoji is two."""
    return len(escape(text).encode("utf-16-le", "surrogatepass")) // 2


def fits(text: str, limit: int) -> bool:
    """Whether `text` keeps within `limit`; of one far too long only the beginning is looked at."""
    return len(text) <= limit and length(text) <= limit


def fitting(text: str, limit: int) -> int:
    """Count how many leading characters of `text` keep within `limit`."""
    begun = text[: limit + 1]  # no sign counts as less than one
    if length(begun) <= limit:
        return len(text)
    low, high = 0, min(len(begun), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(text[:middle]) <= limit else (low, middle - 1)
    return low


def cut(text: str, limit: int, mark: str = "…") -> str:
    """Give `text`, or as much of it as fits in `limit` with a visible `mark`."""
    if fits(text, limit):
        return text
    return text[: fitting(text, limit - length(mark))].rstrip() + mark


def split(text: str, limit: int) -> list[str]:
    """Give `text` in pieces within `limit`, cut after a line, sentence or word where there is one; joined they're `text`."""
    pieces, at = [], 0
    while not fits(ahead := text[at : at + limit + 1], limit):
        end = _good_end(ahead, fitting(ahead, limit))
        pieces.append(ahead[:end])
        at += end
    return [*pieces, text[at:]]


def _good_end(text: str, at: int) -> int:
    """Find the best place to end a piece of at most `at` characters, not before its half."""
    for sign in ("\n", ". ", " "):
        found = text.rfind(sign, at // 2, at)
        if found >= 0:
            return found + len(sign)
    return max(at, 1)


def label(text: str, limit: int, otherwise: str = "…") -> dict[str, object]:
    """Make a one-line plain_text object: escaped, cut, never empty, and `:smile:` in it left as typed."""
    shown = " ".join(text.split()) or " ".join(otherwise.split()) or "…"
    return {"type": "plain_text", "text": escape(cut(shown, limit)), "emoji": False}
