"""What whoever did something is told when others get it later: their work hasn't begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards import Actions, Block, Button, Card, Text, Tone
from bot.domain.outbox import moments
from bot.domain.outbox.deliveries import Delivery
from bot.settings import Settings
from bot.views.engagements import day_words

_NAMED = 3
"""How many of those who wait are named."""


def with_waiting(card: Card, waiting: Sequence[Delivery], settings: Settings, now: datetime) -> Card:
    """The card, with who gets it when, and a button to send it now for each thing that waits."""
    subjects = dict.fromkeys((one.subject, one.subject_id) for one in waiting)
    blocks = [
        block
        for about in subjects
        for block in _blocks([one for one in waiting if (one.subject, one.subject_id) == about], settings, now)
    ]
    return card.model_copy(update={"blocks": (*card.blocks, *blocks)})


def _blocks(waiting: Sequence[Delivery], settings: Settings, now: datetime) -> tuple[Block, ...]:
    lines = [_line(one, settings, now) for one in waiting[:_NAMED]]
    if len(waiting) > _NAMED:
        lines.append(f"{len(waiting) - _NAMED} more get it later.")
    who = waiting[0].person.name if len(waiting) == 1 else f"{len(waiting)} people"
    button = Button(
        label="Send now",
        command="send-now",
        args={"subject": waiting[0].subject.value, "id": str(waiting[0].subject_id)},
        confirm=f"{who} would get this later. Send it now, as urgent?",
    )
    return (Text(text="\n".join(lines), tone=Tone.MUTED), Actions(buttons=(button,)))


def _line(one: Delivery, settings: Settings, now: datetime) -> str:
    """Who gets it when, on their own clock, and why not now."""
    if one.not_before is None:
        return ""
    local, name = one.not_before.astimezone(ZoneInfo(one.person.zone)), one.person.name
    day = "" if local.date() == one.person.today(now) else f" on {day_words(local.date())}"
    if moments.next_moment(one.person, settings, now) == now:
        return f"{name} has had several messages this week. They'll get this with the next one,{day} at {local:%H:%M} their time at the latest."
    return f"{name}'s working day starts{day} at {local:%H:%M} their time ({_span(one.not_before - now)}). They'll get it then."


def _span(wait: timedelta) -> str:
    hours = round(wait / timedelta(hours=1))
    if hours < 1:
        return f"in {max(1, round(wait / timedelta(minutes=1)))} min"
    return f"in {hours} h" if hours < 48 else f"in {round(hours / 24)} days"
