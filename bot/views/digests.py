"""The weekly digest: several updates in one message, each to be opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.cards import Actions, Button, Card, Text
from bot.domain.plans.roadmap import TITLE_LIMIT
from bot.domain.updates.updates import Update
from bot.measures.nouns import counted
from bot.views.engagements import excerpt
from bot.views.updates import archive, recalled_line

_IN_FULL, _NAMED = 10, 50
"""How many updates are shown with what they mean, and of how many more the titles: no message has room for all."""

_LINES, _TITLE = 20, 60
"""Titles in one paragraph, and characters of each where they are more: Slack takes 3,000 in one, and 12,000 in a message."""


def digest_of(found: Sequence[Update], locale: str, span: str = "This week") -> Card:
    """Some updates in one message, in a reader's language."""
    there, gone = [one for one in found if one.recalled_at is None], [one for one in found if one.recalled_at is not None]
    if not there:
        line = recalled_line(gone) if gone else "The updates of this digest are in your list."
        return Card(title="Recalled" if gone else "Weekly digest", blocks=(Text(text=line), _all()))
    page = archive(there[:_IN_FULL], locale, 0, len(there[:_IN_FULL]), gone)
    more = there[_IN_FULL:]
    rest = (Text(text=f"And {len(more):,} more:"), *_titles(more, locale), _all()) if more else ()
    number = counted(len(there), "update")
    return page.model_copy(update={"title": f"{span}: {number}", "blocks": (*page.blocks, *rest)})


def _titles(more: Sequence[Update], locale: str) -> Iterator[Text]:
    """The titles of those there is no room for, in paragraphs; where even they are too many, how many aren't named."""
    most = _TITLE if len(more) > _LINES else TITLE_LIMIT
    lines = [f"• {excerpt(one.text_for(locale).title, most)}" for one in more[:_NAMED]]
    for start in range(0, len(lines), _LINES):
        yield Text(text="\n".join(lines[start : start + _LINES]))
    if unnamed := len(more) - len(lines):
        yield Text(text=f"… and {unnamed:,} more in your list.")


def _all() -> Actions:
    return Actions(buttons=(Button(label="All my updates", command="updates"),))
