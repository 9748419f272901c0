"""A Teams message's HTML as the words its readers saw. Pure.

Python's own parser takes quadratic time for tags that never end, and raises for some declarations; this one reads each character once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.platforms.teams.text import unescaped, whole

_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_RAW = frozenset({"script", "style", "title"})
"""Inside these nothing but their own end is a tag."""
_LINES = frozenset({"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "pre"})
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*)")
_BODY = re.compile(r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'|[<\"'])*+")
"""A tag up to its end. A quotation mark that is never closed is a sign like any other, as is a “<”."""
_ALT = re.compile(r"\salt\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]++))", re.IGNORECASE)
_LONGEST_TAG = 20_000
_DECLARATION = re.compile(r"<[!?]|</(?![a-zA-Z])")


def plain(markup: str) -> str:
    """The words of some HTML: a paragraph, item or break begins a line; scripts and styles are left out; mentions are `@Name`."""
    lines = (" ".join(line.replace("\u00a0", " ").split()) for line in "".join(_words(markup)).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(markup: str) -> Iterator[str]:
    """What is shown, in order: text, and what tags put into it."""
    at = hidden = 0
    while (opened := markup.find("<", at)) >= 0:
        if not hidden:
            yield unescaped(markup[at:opened])
        tag = _TAG.match(markup, opened)
        if tag is None:
            at, shown = _no_tag(markup, opened)
        else:
            at, shown, hidden = _tag(markup, tag, hidden)
        if not hidden:
            yield shown
    if not hidden:
        yield unescaped(markup[at:])


def _no_tag(markup: str, opened: int) -> tuple[int, str]:
    """Where a comment or declaration ends, which shows nothing; any other “<” is shown as it is."""
    if _DECLARATION.match(markup, opened) is None:
        return opened + 1, "<"
    sign = "-->" if markup.startswith("<!--", opened) else ">"
    end = markup.find(sign, opened)
    return (len(markup) if end < 0 else end + len(sign)), ""


def _tag(markup: str, tag: re.Match[str], hidden: int) -> tuple[int, str, int]:
    """Where a tag ends, what it puts into the text, and how deep what isn't shown is then. One that never ends is the last."""
    name = tag["name"].lower()
    body = _BODY.match(markup, tag.end())
    end = min(body.end() if body else len(markup), len(markup))
    if tag["end"]:
        return end + 1, "\n" if name in _LINES else "", max(0, hidden - 1) if name in _UNSEEN else hidden
    if name in _RAW:
        closing = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(markup, end)
        return (closing.start() if closing else len(markup)), "", hidden + 1
    return end + 1, _shown(name, markup[tag.end() : end]), hidden + (name in _UNSEEN)


def _shown(name: str, attributes: str) -> str:
    """What a tag puts into the text: a line's beginning, a mention's sign, what a picture is called."""
    if name in _LINES:
        return "\n"
    if name == "at":
        return "@"
    if name == "img" and (alt := _ALT.search(attributes[:_LONGEST_TAG])):
        return unescaped(alt["double"] or alt["single"] or alt["bare"] or "")
    return ""


def message_text(body: object) -> str:
    """The words of a message's `body` (contentType and content), as the message extension's payload holds it; "" for none."""
    if not isinstance(body, dict) or not isinstance(content := body.get("content"), str):
        return ""
    return whole(content.strip() if body.get("contentType") == "text" else plain(content))
