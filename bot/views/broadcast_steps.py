"""What may be done about an update and its broadcast, as it stands: the buttons of its card."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards import Button, ButtonStyle
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.measures.standings import Standing
from bot.views import updates


def stale_key(broadcast: Broadcast) -> str:
    """What a button carries to tell whether anything has changed since it was made."""
    return f"{broadcast.version}.{broadcast.update.worded}"


def button(
    broadcast: Broadcast,
    label: str,
    command: str,
    style: ButtonStyle = ButtonStyle.NORMAL,
    *,
    form: bool = False,
    confirm: str = "",
    locale: str = "",
    later: bool = False,
) -> Button:
    """A button that changes it; `later` is for what few need."""
    args = {"broadcast": str(broadcast.key), "version": stale_key(broadcast)} | ({"locale": locale} if locale else {})
    return Button(
        label=label, command=command, args=args, style=style, opens_form=form, replaces=True, confirm=confirm, later=later
    )


def buttons(standing: Standing, viewer: Person) -> Iterator[Button]:
    """What this viewer may do about it as it stands, the step that fits now first."""
    broadcast = standing.broadcast
    if not may(viewer, Action.CHANGE_UPDATE, broadcast.update) or broadcast.update.recalled_at:
        return
    if broadcast.state in {BroadcastState.DRAFT, BroadcastState.WAITING} and broadcast.started_at is None:
        yield from _drafting(standing)
        return
    if broadcast.put_away:
        yield button(broadcast, "Make it a draft again", "redraft-update", ButtonStyle.PRIMARY)
        return
    yield from _running(standing, viewer)
    yield Button(label="Preview", command="preview-update", args={"update": str(broadcast.update_id)})
    yield from _wording(standing)
    if broadcast.started_at:
        yield button(broadcast, "Recall", "recall-update", ButtonStyle.DANGER, confirm="Take it back from everybody who has it?")


def _wording(standing: Standing) -> Iterator[Button]:
    broadcast = standing.broadcast
    yield button(broadcast, "Edit", "edit-update", form=True)
    yield from _languages(standing)


def _languages(standing: Standing) -> Iterator[Button]:
    broadcast = standing.broadcast
    for one in standing.latest.texts:
        if one.locale != broadcast.update.locale:
            label = f"Edit {updates.language_name(one.locale)}"
            yield button(broadcast, label, "update-language", form=True, locale=one.locale, later=True)
    yield button(broadcast, "Another language", "update-language", form=True, later=True)


def _drafting(standing: Standing) -> Iterator[Button]:
    """Before it goes out: choose who gets it, then send it. While it waits for approval nobody can send it: then it's looked at or stopped."""
    broadcast, ready = standing.broadcast, bool(standing.reach and standing.reach.count)
    waits = broadcast.state == BroadcastState.WAITING
    see = {"update": str(broadcast.update_id)}
    if ready and not waits:
        yield button(broadcast, "Send…", "send-update", ButtonStyle.PRIMARY, form=True)
    style = ButtonStyle.NORMAL if ready else ButtonStyle.PRIMARY
    if not waits:
        yield button(broadcast, "Audience", "update-audience", style, form=True)
    yield Button(label="Preview", command="preview-update", args=see)
    yield button(broadcast, "Edit", "edit-update", form=True)
    if waits:
        yield button(broadcast, "Cancel sending", "cancel-broadcast")
        yield button(broadcast, "Audience", "update-audience", style, form=True, later=True)
        yield button(broadcast, "Send…", "send-update", form=True, later=True)
    yield Button(label="Send me a test", command="test-update", args=see, later=True)
    yield from _languages(standing)
    if broadcast.state == BroadcastState.DRAFT:
        yield button(
            broadcast, "Discard", "cancel-broadcast", confirm="Discard this draft? You can bring it back later.", later=True
        )


def _running(standing: Standing, viewer: Person) -> Iterator[Button]:
    broadcast, progress = standing.broadcast, standing.progress
    if broadcast.state == BroadcastState.SENDING:
        yield button(broadcast, "Pause", "pause-broadcast")
        if progress.waiting and not broadcast.urgent and may(viewer, Action.HURRY_UPDATE):
            who = "1 person is" if progress.waiting == 1 else f"{progress.waiting:,} people are"
            ask = f"{who} not at work. Send it to them now all the same?"
            yield button(broadcast, "Send now", "hurry-update", confirm=ask)
    if broadcast.state == BroadcastState.WAITING:
        yield button(broadcast, "Discard change", "discard-edit", confirm="Drop the new words? Readers keep those they have.")
    if broadcast.state == BroadcastState.PAUSED:
        yield button(broadcast, "Go on", "resume-broadcast", ButtonStyle.PRIMARY)
    if broadcast.is_running:
        yield button(broadcast, "Cancel sending", "cancel-broadcast", confirm="Send it to nobody more?")
    if broadcast.state == BroadcastState.DONE and standing.remindable:
        yield button(broadcast, "Remind those who haven't answered", "remind-readers")
    if broadcast.state == BroadcastState.DONE and progress[DeliveryState.FAILED]:
        yield button(broadcast, "Try those not reached again", "resend-update")
    if broadcast.started_at:
        yield Button(label="Figures", command="update", args={"broadcast": str(broadcast.key)}, replaces=True, later=True)
