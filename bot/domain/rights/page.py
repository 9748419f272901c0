"""The table of rights as a page of the documentation."""

from __future__ import annotations

from bot.domain.rights import RULES, who

_HEAD = """# Who may do what

Made from `bot/domain/rights/table.py` by `python -m bot.domain.rights > docs/rights.md`. Chat, buttons, forms, searches, pages, the API and
messages that are shown anew all ask this table at the moment something is done or shown. What isn't in it may nobody do.

- Someone who has left has no right at all. A guest has only those whose line names guests, whatever roles are noted for them.
- A delegate acts for an executive only with the role `delegate`, and only while that person is an executive who works here. Being named as
  a delegate without the role gives nothing, nor does the role without an executive.
- What one may not see is answered like what doesn't exist.
- A message that was sent stays as it is when its reader loses the right to it: it isn't shown anew, and looking at it again shows nothing.

| To | Who | Of which |
| --- | --- | --- |
"""


def page() -> str:
    """The page as it stands in docs/rights.md."""
    return _HEAD + "".join(
        f"| {action.value[:1].upper()}{action.value[1:]} | {who(action)} | {rule.says or '–'} |\n" for action, rule in RULES.items()
    )
