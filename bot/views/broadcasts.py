"""An update and its broadcast, as those see it who write, approve and send it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.cards import Actions, Block, ButtonStyle, Card, Divider, Facts, Heading, Quote, Text, Tone
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.people.people import Person
from bot.domain.rights import speaks_for
from bot.domain.updates.broadcasts import Broadcast, BroadcastState, When
from bot.measures.progress import Progress
from bot.measures.standings import Standing
from bot.views import channels, updates
from bot.views.broadcast_steps import button, buttons
from bot.views.engagements import day_words
from bot.views.recalls import REASONS, kept_copies, recalled


def card(standing: Standing, viewer: Person) -> Card:
    """How it stands, with what this viewer may do about it."""
    broadcast = standing.broadcast
    tones = {BroadcastState.PAUSED: Tone.WARNING, BroadcastState.DONE: Tone.GOOD}
    tone = Tone.MUTED if broadcast.update.recalled_at else tones.get(broadcast.state, Tone.NORMAL)
    steps = tuple(buttons(standing, viewer))
    blocks = (*_blocks(standing, viewer), *((Actions(buttons=steps),) if steps else ()))
    return Card(title=f"{_state(standing, viewer)}: {broadcast.update.default.title}", blocks=blocks, tone=tone)


def _state(standing: Standing, viewer: Person) -> str:
    broadcast = standing.broadcast
    if broadcast.update.recalled_at:
        return "Recalled"
    if broadcast.state == BroadcastState.SCHEDULED:
        return f"Goes out {_when(broadcast, viewer)}"
    if broadcast.put_away:
        return "Put away, sent to nobody"
    words = {
        BroadcastState.DRAFT: "Draft",
        BroadcastState.WAITING: "Waiting for approval",
        BroadcastState.SENDING: "Going out",
        BroadcastState.PAUSED: "Paused",
        BroadcastState.DONE: "Sent",
        BroadcastState.CANCELLED: "Cancelled",
    }
    return words[broadcast.state]


def _when(broadcast: Broadcast, viewer: Person) -> str:
    urgent = ", urgent: also outside working hours" if broadcast.urgent else ""
    if broadcast.when == When.MORNING and broadcast.day:
        return f"at nine in each one's morning, {day_words(broadcast.day)}{urgent}"
    if broadcast.when == When.AT and broadcast.at:
        local = broadcast.at.astimezone(ZoneInfo(viewer.zone))
        return f"{day_words(local.date())} at {local:%H:%M}, your time{urgent}"
    return "at once, urgent: also outside working hours" if urgent else "at once"


def _blocks(standing: Standing, viewer: Person) -> Iterator[Block]:
    broadcast, update = standing.broadcast, standing.broadcast.update
    if broadcast.reason:
        yield Text(text=broadcast.reason, tone=Tone.WARNING)
    if update.recalled_at:
        yield Text(text=recalled(standing), strong=True)
    elif broadcast.started_at is None or update.proposed:
        yield Quote(text=standing.latest.default.changed)
    facts = (
        ("To", standing.to or "nobody yet"),
        ("People", _people(standing)),
        *channels.facts(standing),
        ("When", _when(broadcast, viewer) if broadcast.asked_by else ""),
        ("In the name of", update.speaker.name),
        ("Languages", ", ".join(updates.language_name(one.locale) for one in update.texts) if len(update.texts) > 1 else ""),
        ("Waits for", _waits(standing) if broadcast.state == BroadcastState.WAITING else ""),
        ("Approved by", broadcast.approved_by.name if broadcast.approved_by else ""),
        *(_progress(standing, viewer) if broadcast.started_at else ()),
    )
    yield Facts(items=tuple(pair for pair in facts if pair[1]))
    yield from kept_copies(standing)
    if standing.failures and not update.recalled_at:
        yield Text(text="Not reached", strong=True)
        yield Facts(
            items=tuple(
                (f"{number:,}", REASONS.get(why, f"may have it, the platform didn't say: {why}"))
                for why, number in standing.failures[:6]
            )
        )


def _people(standing: Standing) -> str:
    if standing.reach is None:
        return ""
    if not standing.reach.count:
        return "nobody: choose an audience" if standing.to else ""
    names = ", ".join(one.name for one in standing.reach.examples)
    such = "such as " if standing.reach.count > len(standing.reach.examples) else ""
    return f"{standing.reach.count:,}: {such}{names}"


def _waits(standing: Standing) -> str:
    words = {"speaker": f"{standing.latest.speaker.name}, whose words these are", "second": "a second person's approval"}
    return " and ".join(words[one] for one in standing.missing)


def _progress(standing: Standing, viewer: Person) -> Iterator[tuple[str, str]]:
    progress = standing.progress
    if standing.broadcast.update.recalled_at is not None:
        yield "Being taken back", f"{standing.recall.pending:,}" if standing.recall.pending else ""
        yield "Questions", _questions(standing) if standing.told.questions else ""
        return
    left = f", about {_duration(progress.seconds_left)} left" if progress.seconds_left else ""
    missed = f", {progress[DeliveryState.FAILED]:,} not reached" if progress[DeliveryState.FAILED] else ""
    yield "Sent", f"{progress[DeliveryState.SENT]:,} of {progress.total:,}{missed}{left}"
    yield "Later", f"{progress.waiting:,} when their work begins{_until(progress, viewer)}" if progress.waiting else ""
    yield (
        "In the digest",
        f"{progress[DeliveryState.DIGEST]:,}, {progress.told:,} of them told so far" if progress[DeliveryState.DIGEST] else "",
    )
    yield "Reminders", f"{progress.reminding:,} to be sent{_until(progress, viewer)}" if progress.reminding else ""
    yield "In doubt", f"{progress[DeliveryState.UNCONFIRMED]:,} may have it" if progress[DeliveryState.UNCONFIRMED] else ""
    yield "Not sent", f"{progress[DeliveryState.CANCELLED]:,}" if progress[DeliveryState.CANCELLED] else ""
    yield "Being changed", f"{progress.to_change:,} copies" if progress.to_change else ""
    yield "Can't be changed", f"{progress.unchangeable:,} copies" if progress.unchangeable else ""
    yield "Got it", _answers(standing)
    yield "Read it since", f"{standing.told.others_got_it:,} more got it" if standing.told.others_got_it else ""
    yield "Questions", _questions(standing) if standing.told.questions else ""


def _until(progress: Progress, viewer: Person) -> str:
    """When the last of those who wait gets it, on the viewer's own clock."""
    if progress.waits_until is None:
        return ""
    local = progress.waits_until.astimezone(ZoneInfo(viewer.zone))
    return f", the last on {day_words(local.date())} at {local:%H:%M}, your time"


def _questions(standing: Standing) -> str:
    waiting = f"{standing.unanswered:,} without an answer" if standing.unanswered else "all answered"
    which = "half of the others" if standing.unanswered else "half of them"
    within = f", {which} within {_span(standing.within)}" if standing.within is not None else ""
    return f"{standing.told.questions:,}, {waiting}{within}"


def _span(wait: timedelta) -> str:
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < 90:
        return f"{minutes} min"
    return f"{round(minutes / 60)} hours" if minutes < 48 * 60 else f"{round(minutes / 60 / 24)} days"


def _answers(standing: Standing) -> str:
    told, reached = standing.told, standing.told.reached.part
    cannot = f"; {told.cannot:,} can't" if told.cannot else ""
    away = f" ({standing.away:,} of them out of office)" if standing.away else ""
    silent = f"; {standing.silent:,} haven't answered{away}" if standing.silent else ""
    return f"{told.got_it:,} of {reached:,}{cannot}{silent}" if reached else ""


def _duration(seconds: int) -> str:
    return f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} min"


def approval(standing: Standing, viewer: Person, *, answers: bool = True) -> Card:
    """What is asked of whoever must agree: the words, to whom they go, and two buttons; without `answers` none, for who only looks."""
    broadcast, update = standing.broadcast, standing.broadcast.update
    if broadcast.state != BroadcastState.WAITING:
        return card(standing, viewer)
    mine = speaks_for(viewer, update.speaks_for_id) and not update.agreed
    asker = broadcast.asked_by.name if broadcast.asked_by else update.author.name
    lead = f"{asker} would send this in your name." if mine else f"{asker} would send this to {standing.broadcast.size:,} people."
    if broadcast.started_at is not None:
        lead = f"The words of an update to {broadcast.size:,} people were changed. They see the new ones once these are approved."
    why = (Text(text=broadcast.reason, tone=Tone.WARNING),) if broadcast.reason and broadcast.started_at is None else ()
    shown = updates.copy(standing.latest, viewer.locale, buttons=False)
    facts = Facts(items=(("To", standing.to), ("People", f"{broadcast.size:,}"), ("When", _when(broadcast, viewer))))
    answer = (
        button(broadcast, "Agree", "agree-update", ButtonStyle.PRIMARY),
        button(broadcast, "Ask for a change", "send-back-update", form=True),
    )
    blocks = (
        Text(text=lead, strong=True),
        *why,
        facts,
        Divider(),
        Heading(text=shown.title),
        *shown.blocks,
        *((Actions(buttons=answer),) if answers else ()),
    )
    return Card(title="May this go out?", blocks=blocks)


def answered(standing: Standing, viewer: Person) -> Card:
    """To whoever was asked to approve it, and has answered: what became of it, and nothing of what it says from now on."""
    title = f"{_state(standing, viewer)}: {standing.broadcast.update.default.title}"
    return Card(title=title, blocks=(Text(text="It doesn't wait for you any more.", tone=Tone.MUTED),))


def figures(standing: Standing, viewer: Person) -> Card:
    """The card, with why people can't."""
    found = card(standing, viewer)
    told = tuple(Quote(text=note, source=name) for name, note in standing.reasons)
    lead = (Text(text="Why some can't", strong=True),) if told else ()
    steps = tuple(one for one in found.blocks if isinstance(one, Actions))
    facts = tuple(one for one in found.blocks if not isinstance(one, Actions))
    return found.model_copy(update={"blocks": (*facts, *lead, *told, *steps)})
