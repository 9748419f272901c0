"""A prompt as a card, in each of its states."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.cards import Actions, Button, ButtonStyle, Card, Text, Tone
from bot.domain.engagements.prompts import Prompt, PromptState
from bot.views.engagements import day_words


def prompt_card(prompt: Prompt, *, latest: bool = True, again: bool = False) -> Card:
    """The ask while it's open; what became of it afterwards. A copy that isn't the latest of an open one only says that there is a newer.

    `again`: it was put off, and comes once more.
    """
    if prompt.is_open and not latest:
        return Card(title="I have asked again below", blocks=(Text(text="; ".join(prompt.reasons), tone=Tone.MUTED),))
    if prompt.state == PromptState.SNOOZED and prompt.wakes_at is not None:
        return snoozed(prompt)
    if prompt.is_open:
        return asking(prompt, again=again)
    return closed(prompt)


def asking(prompt: Prompt, *, again: bool = False) -> Card:
    """Why it asks, the five answers, and a way to a promise."""
    first_name = prompt.person.name.split()[0]
    short = "A short reminder, " if prompt.reminded_at else ""
    title = f"{short}{first_name}: which customers have you spoken with lately?"
    lines = _reminding(prompt) if prompt.reminded_at else [*_put_off(prompt, again=again), *prompt.reasons]
    return Card(
        title=title,
        summary=f"{title} {'; '.join(lines)}",
        blocks=(
            *(Text(text=line) for line in lines),
            Actions(buttons=_answers(prompt)),
        ),
    )


def _put_off(prompt: Prompt, *, again: bool) -> list[str]:
    if not again or prompt.sent_at is None:
        return []
    day = prompt.sent_at.astimezone(ZoneInfo(prompt.person.zone)).date()
    return [f"You asked to be reminded on {day_words(day)}."]


def _reminding(prompt: Prompt) -> list[str]:
    """The reminder says when it asked and when it closes; why it asks stands in the first message."""
    zone = ZoneInfo(prompt.person.zone)
    asked, closes = (at and day_words(at.astimezone(zone).date()) for at in (prompt.sent_at, prompt.wakes_at))
    return [f"I asked on {asked}. {f'This closes on {closes}.' if closes else ''}".strip()]


def _answers(prompt: Prompt) -> tuple[Button, ...]:
    args = {"prompt": str(prompt.key)}
    return (
        Button(label="Log a visit", command="logvisit", args=args, opens_form=True, style=ButtonStyle.PRIMARY),
        Button(label="Log a call", command="logcall", args=args, opens_form=True),
        Button(label="Nothing this week", command="nothing-to-log", args=args, replaces=True),
        Button(label="Remind me tomorrow", command="remind-tomorrow", args=args, replaces=True),
        Button(label="I'm out until…", command="out-until", args=args, opens_form=True),
        Button(label="Add a commitment", command="commit", opens_form=True),
    )


def closed(prompt: Prompt) -> Card:
    """A prompt that waits no more."""
    if prompt.state == PromptState.ANSWERED and prompt.engagement is not None:
        engagement = prompt.engagement
        if engagement.deleted_at is not None:
            return Card(title="Answered, and what was logged was deleted since")
        return Card(title=f"Thank you: {engagement.name[0].lower()}{engagement.name[1:]} is logged", tone=Tone.GOOD)
    if prompt.state == PromptState.EXPIRED:
        return Card(
            title="This question has closed",
            blocks=(
                Text(text="No harm done: log a visit or call whenever there is one.", tone=Tone.MUTED),
                Actions(buttons=(Button(label="Log a visit", command="logvisit", opens_form=True),)),
            ),
        )
    return Card(title="Thank you. I won't ask again about this.", blocks=(Text(text=_skipped(prompt), tone=Tone.MUTED),))


def _skipped(prompt: Prompt) -> str:
    return f"Put aside: {prompt.skip_reason}."


def snoozed(prompt: Prompt) -> Card:
    """The prompt comes again, on the day said."""
    if prompt.wakes_at is None:
        return closed(prompt)
    day = day_words(prompt.wakes_at.astimezone(ZoneInfo(prompt.person.zone)).date())
    return Card(title=f"I'll ask again on {day}", blocks=(Text(text="; ".join(prompt.reasons), tone=Tone.MUTED),))
