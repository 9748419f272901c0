"""A Teams message's HTML as the words its readers saw. Pure."""

from __future__ import annotations

from html.parser import HTMLParser

from bot.teams.text import whole

_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_LINES = frozenset({"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "pre"})


class _Words(HTMLParser):
    """Collects what is shown. The parser takes anything: tags never closed, closed twice, cut off in the middle."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, hide what isn't shown, and say what a picture is called."""
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag in _LINES:
            self.found.append("\n")
        elif tag == "at":
            self.found.append("@")
        elif tag == "img":
            self.found.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """End what is hidden, or a line."""
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _LINES:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        if not self._hidden:
            self.found.append(data)


def plain(markup: str) -> str:
    """The words of some HTML: a paragraph, item or break begins a line; scripts and styles are left out; mentions are `@Name`."""
    words = _Words()
    words.feed(markup)
    words.close()
    lines = (" ".join(line.replace("\u00a0", " ").split()) for line in "".join(words.found).split("\n"))
    return "\n".join(line for line in lines if line)


def message_text(body: object) -> str:
    """The words of a message's `body` (contentType and content), as the message extension's payload holds it; "" for none."""
    if not isinstance(body, dict) or not isinstance(content := body.get("content"), str):
        return ""
    return whole(content.strip() if body.get("contentType") == "text" else plain(content))
