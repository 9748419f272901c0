"""What became of an edit or recall: whom it reached, and who keeps the old words, by name."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards import Block, Facts, Text, Tone
from bot.measures.standings import Standing

REASONS = {
    "no_account": "no account fits their email: an admin can correct it in Slack, Teams or the list of people",
    "not_ours": "the account with their email isn't one of this company's own: correct their email in the list of people",
    "unconfirmed": "their email isn't confirmed in Slack: they can confirm it there",
    "bot_blocked": "the bot is blocked: they, or an admin in the Teams admin centre, can allow it",
    "bot_not_installed": "the bot isn't installed where they are: a Teams admin can install it for all of them; for a Slack workspace ask for a link",
    "left": "their account is switched off: mark them as inactive in the list of people",
    "no_longer": "they have left or are a guest now: their copy stays as it was",
    "not_recalled": "messages can't be taken back on their platform: ask them to delete it",
    "unlinked": "their account was unlinked since: whoever has it keeps the copy, and can delete it themselves",
    "guest": "a guest the bot may not write to",
    "conversation_gone": "the conversation with the bot is gone: they can write to it once, then try again",
    "refused": "the platform refused it: the log has its words",
    "platform_refused": "the platform refuses the bot: an admin must renew its token or permissions",
    "gave_up": "the platform was busy for too long: try again",
}
"""Why somebody isn't reached, by the reason's code, and what an admin can do."""


def recalled(standing: Standing) -> str:
    """How much of it was taken back."""
    recall = standing.recall
    if not recall.back.whole:
        return f"Recalled. {recall.in_doubt:,} may have it." if recall.in_doubt else "Recalled. It had been sent to no one."
    doubt = f" {recall.in_doubt:,} more may have it." if recall.in_doubt else ""
    return f"Recalled; taken back from {recall.back.part:,} of {recall.back.whole:,}.{doubt}"


def kept_copies(standing: Standing) -> Iterator[Block]:
    """Whose copies an edit or recall couldn't reach, by name: somebody must speak with them."""
    recall, gone = standing.recall, standing.broadcast.update.recalled_at is not None
    kept = recall.kept if gone else tuple(one for one in recall.kept if one[1])
    if not kept:
        return
    yield Text(text="Not taken back" if gone else "Still showing the old words", strong=True)
    yield Facts(items=tuple((name, _kept_because(reason)) for name, reason in kept))
    if gone and recall.kept_count > len(kept):
        yield Text(text=f"and {recall.kept_count - len(kept):,} more: `export deliveries` lists them all.", tone=Tone.MUTED)


def _kept_because(reason: str) -> str:
    code = reason.partition(":")[0]
    return REASONS.get(code, reason) if reason else "may have it: the platform didn't say whether it arrived"
