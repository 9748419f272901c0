"""The weekly digest: several updates in one message, each to be opened."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Actions, Button, Card, Text
from bot.domain.updates import Update
from bot.views.updates import archive, recalled_line

_IN_FULL = 10
"""How many updates are shown with what they mean; of more, the titles: no message has room for all, and none is left out."""


def digest_of(found: Sequence[Update], locale: str, span: str = "This week") -> Card:
    """Some updates in one message, in a reader's language."""
    there, gone = [one for one in found if one.recalled_at is None], [one for one in found if one.recalled_at is not None]
    if not there:
        line = recalled_line(gone) if gone else "The updates of this digest are in your list."
        return Card(title="Recalled" if gone else "Weekly digest", blocks=(Text(text=line), _all()))
    page = archive(there[:_IN_FULL], locale, 0, len(there[:_IN_FULL]), gone)
    more = there[_IN_FULL:]
    titles = "\n".join(f"• {one.text_for(locale).title}" for one in more)
    rest = (Text(text=f"And {len(more)} more:\n{titles}"), _all()) if more else ()
    number = f"{len(there)} update{'' if len(there) == 1 else 's'}"
    return page.model_copy(update={"title": f"{span}: {number}", "blocks": (*page.blocks, *rest)})


def _all() -> Actions:
    return Actions(buttons=(Button(label="All my updates", command="updates"),))
