"""A commitment as a card, with the buttons its reader may press as things stand; and lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Divider, Facts, Heading, Link, Quote, Text, Tone
from bot.domain.people.people import Person
from bot.domain.promises.agendas import Item, Why
from bot.domain.promises.commitment_events import CommitmentEvent, Happening
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.domain.rights import Action, may
from bot.views.engagements import day_words, excerpt

_SHOWN = 6
_IN_FULL = 4
"""How many on somebody's list are shown with all there is: it comes together with other things, and a message has room for so much."""


def card(commitment: Commitment, viewer: Person, now: datetime, *, title: str = "") -> Card:
    """How it stands, and what this viewer may do about it."""
    late = commitment.is_late(viewer.today(now))
    tone = Tone.WARNING if late else Tone.GOOD if commitment.state == CommitmentState.KEPT else Tone.NORMAL
    return Card(title=title or _title(commitment, viewer, late=late), tone=tone, blocks=tuple(_blocks(commitment, viewer)))


def promised_line(commitment: Commitment) -> Text:
    """What is promised, who keeps it and by when, in one line."""
    what = excerpt(" ".join(commitment.what.split()))
    return Text(text=f"Commitment: {what} · {commitment.owner.name} · {day_words(commitment.due)}")


def newer_below(commitment: Commitment) -> Card:
    """What an older copy says once a newer one has followed."""
    return Card(title="This has moved on: see below", blocks=(Text(text=commitment.what, tone=Tone.MUTED),))


def changed_since(commitment: Commitment, viewer: Person, now: datetime, typed: str) -> Card:
    """The truth, to whoever pressed a button made before the last change; what they typed is said back."""
    truth = card(commitment, viewer, now)
    said = (Text(text="What you wrote was not used:", tone=Tone.MUTED), Quote(text=typed)) if typed else ()
    lead = Text(text=f"Someone else already did this. {_latest(commitment)} This is how it stands.", strong=True)
    return truth.model_copy(update={"blocks": (lead, *said, *truth.blocks), "tone": Tone.NORMAL})


def _title(commitment: Commitment, viewer: Person, *, late: bool) -> str:
    to = commitment.customer.name if commitment.customer else "staff"
    if commitment.state == CommitmentState.OPEN and commitment.accepted_at is None and viewer.id == commitment.owner_id:
        if viewer.id == commitment.promised_by_id:
            return f"Yours to deliver for {to}"
        return f"{commitment.promised_by.name} has asked you to deliver this for {to}"
    if commitment.to_be_told and may(viewer, Action.DECIDE_COMMITMENT, commitment):
        return f"Done. Ready to tell {to}?"
    state = (
        "overdue"
        if late
        else "done, customer told"
        if commitment.told_at
        else "done"
        if commitment.done_at
        else commitment.state.value
    )
    return f"Commitment to {to}: {state}"


def _blocks(commitment: Commitment, viewer: Person) -> Iterator[Block]:
    yield Text(text=commitment.what[:1].upper() + commitment.what[1:], strong=True)
    yield Facts(items=tuple(pair for pair in _facts(commitment) if pair[1]))
    if commitment.done_note:
        yield Quote(text=commitment.done_note, label="What was done")
    if (days := commitment.ages().heard_to_told) is not None:
        yield Text(text=f"Heard to told: {_days(days)}", tone=Tone.MUTED)
    if commitment.source_text:
        yield Quote(text=excerpt(commitment.source_text), label="The message it was made from, as it was then")
    if commitment.source_edited_at:
        edited = day_words(commitment.source_edited_at.astimezone(ZoneInfo(viewer.zone)).date())
        yield Text(text=f"That message was edited since, on {edited}.", tone=Tone.MUTED)
    if commitment.source_link.startswith(("https://", "http://")):
        yield Link(label="The message", url=commitment.source_link)
    if note := _last_word(commitment):
        yield Quote(text=note.note, source=f"{note.actor.name}, {day_words(note.at.date())}")
    if buttons := tuple(_buttons(commitment, viewer)):
        yield Actions(buttons=buttons)


def _facts(commitment: Commitment) -> tuple[tuple[str, str], ...]:
    moved = f" (first due {day_words(commitment.first_due)})" if commitment.due != commitment.first_due else ""
    asked = f"{commitment.owner.name} asks for {day_words(commitment.proposed_due)}" if commitment.proposed_due else ""
    return (
        ("Due", day_words(commitment.due) + moved),
        ("New date", asked),
        ("Owner", commitment.owner.name + _standing_of_owner(commitment)),
        ("Made by", commitment.promised_by.name),
        ("Departments", _departments(commitment)),
        ("Permanent fix", f"{commitment.item.title} ({commitment.item.status.label.lower()})" if commitment.item else ""),
    )


def _standing_of_owner(commitment: Commitment) -> str:
    if not commitment.is_open:
        return ""
    if not commitment.owner.active:
        return ", who has left"
    return "" if commitment.accepted_at else ", not yet accepted"


def _days(count: int) -> str:
    return {0: "the same day", 1: "1 day"}.get(count, f"{count} days")


def _departments(commitment: Commitment) -> str:
    if not commitment.crosses_departments:
        return ""
    return f"{commitment.promised_by.department or 'none'} to {commitment.owner.department or 'none'}"


def _last_word(commitment: Commitment) -> CommitmentEvent | None:
    """The latest note, where it isn't the one on what was done."""
    noted = [event for event in commitment.events if event.note and event.kind != Happening.DONE]
    return noted[-1] if noted and noted[-1] is commitment.events[-1] else None


def _buttons(commitment: Commitment, viewer: Person) -> Iterator[Button]:
    if commitment.is_open:
        yield from _handing_over(commitment, viewer)
        if commitment.proposed_due and may(viewer, Action.DECIDE_COMMITMENT, commitment) and not commitment.left_behind:
            yield _button(commitment, f"Agree to {day_words(commitment.proposed_due)}", "agree-date", ButtonStyle.PRIMARY)
            yield _button(commitment, "Keep the date", "keep-date")
        if may(viewer, Action.KEEP_COMMITMENT, commitment):
            yield from _keeping(commitment)
        if may(viewer, Action.DECIDE_COMMITMENT, commitment):
            if not may(viewer, Action.KEEP_COMMITMENT, commitment):
                yield _button(commitment, "Change date", "change-date", form=True)
            yield _button(commitment, "Withdraw", "withdraw-commitment", form=True, later=True)
    elif commitment.state == CommitmentState.KEPT and may(viewer, Action.DECIDE_COMMITMENT, commitment):
        if commitment.to_be_told:
            yield _button(commitment, "Customer told", "told-customer", ButtonStyle.PRIMARY)
        yield _button(commitment, "Customer not satisfied", "reopen-commitment", form=True)


def _handing_over(commitment: Commitment, viewer: Person) -> Iterator[Button]:
    """The owner has left: one press hands it to whoever is proposed, another to somebody else."""
    if not commitment.left_behind or not may(viewer, Action.HANDLE_COMMITMENT, commitment):
        return
    successor = commitment.successor
    if successor:
        yield _button(
            commitment, f"Hand to {successor.name}", "hand-over-commitment", ButtonStyle.PRIMARY, person=str(successor.key)
        )
    yield _button(commitment, "Someone else" if successor else "Reassign", "hand-on-commitment", form=True)


def _keeping(commitment: Commitment) -> Iterator[Button]:
    here, accepted = commitment.owner.active, commitment.accepted_at is not None
    if here and not accepted:
        yield _button(commitment, "Accept", "accept-commitment", ButtonStyle.PRIMARY)
    done = ButtonStyle.PRIMARY if here and accepted else ButtonStyle.NORMAL
    yield _button(commitment, "Done", "complete-commitment", done, form=True)
    yield _button(commitment, "Change date", "change-date", form=True)
    if here:
        yield _button(commitment, "Reassign" if accepted else "Not me", "hand-on-commitment", form=True)


def _button(
    commitment: Commitment,
    label: str,
    command: str,
    style: ButtonStyle = ButtonStyle.NORMAL,
    *,
    form: bool = False,
    person: str = "",
    later: bool = False,
) -> Button:
    args = {"commitment": str(commitment.key), "version": str(commitment.version), **({"person": person} if person else {})}
    return Button(label=label, command=command, args=args, style=style, opens_form=form, replaces=True, later=later)


_SENTENCES = {
    Happening.MADE: "made it",
    Happening.ACCEPTED: "accepted it",
    Happening.HANDED_ON: "handed it on",
    Happening.DATE_PROPOSED: "asked for a new date",
    Happening.DATE_KEPT: "kept the date",
    Happening.DATE_CHANGED: "changed its date",
    Happening.DONE: "said that it's done",
    Happening.TOLD: "told the customer",
    Happening.REOPENED: "opened it again",
    Happening.GIVEN_UP: "withdrew it",
}


def _latest(commitment: Commitment) -> str:
    event = commitment.events[-1]
    return f"{event.actor.name} {_SENTENCES[event.kind]}."


def agenda(items: Sequence[Item], viewer: Person, now: datetime) -> Card:
    """What is new to somebody, the most urgent first, and all of it: the first few with their buttons, the others in a line with one each."""
    today = viewer.today(now)
    blocks: list[Block] = []
    for item in items[:_IN_FULL]:
        one = item.commitment
        if blocks:
            blocks.append(Divider())
        blocks.append(Heading(text=_title(one, viewer, late=one.is_late(today))))
        if said := _why(item, today):
            blocks.append(Text(text=said))
        blocks.extend(_blocks(one, viewer))
    if rest := [item.commitment for item in items[_IN_FULL:]]:
        lines = tuple((f"{number}. {_to(one)}, {day_words(one.due)}", _short(one)) for number, one in enumerate(rest, start=1))
        opens = tuple(_opening(number, one) for number, one in enumerate(rest, start=1))
        blocks += [Divider(), Heading(text=f"And {len(rest)} more"), Facts(items=lines), Actions(buttons=opens, choices=True)]
    if not items:
        blocks.append(Text(text="Nothing here needs attention any more."))
    return Card(title="Commitments that need attention", blocks=tuple(blocks))


def _why(item: Item, today: date) -> str:
    """Why it is on the list, as of today."""
    one, why = item.commitment, item.why
    if why == Why.TELL and one.to_be_told and one.done_on:
        return f"Done {_days((today - one.done_on).days)} ago, and not told yet."
    if not one.is_open:
        return ""
    out = "is away, so this comes to you" if one.owner.is_away(today) else "was away when it was due"
    covered = f"{one.owner.name} {out}. " if why == Why.COVER and one.owner.active else ""
    left = (one.due - today).days
    when = "Due today." if left == 0 else f"Due in {_days(left)}." if left > 0 else f"Overdue by {_days(-left)}."
    return f"{covered}{when}".strip()


def _to(one: Commitment) -> str:
    return one.customer.name if one.customer else "staff"


def _short(one: Commitment) -> str:
    return f"{excerpt(' '.join(one.what.split()))} ({one.owner.name})"


def _opening(number: int, one: Commitment) -> Button:
    return Button(label=f"Open {number}", command="show-commitment", args={"commitment": str(one.key)})


def listing(title: str, commitments: Sequence[Commitment], viewer: Person, now: datetime, lead: tuple[Block, ...] = ()) -> Card:
    """A list: first those whose owner has left, then late ones; each with its buttons, and a word on those that are left out."""
    today = viewer.today(now)
    ranked = sorted(commitments, key=lambda one: (not one.left_behind, not one.is_late(today), not one.is_open, one.due, one.key))
    blocks: list[Block] = list(lead)
    for one in ranked[:_SHOWN]:
        if blocks:
            blocks.append(Divider())
        blocks.append(Heading(text=_title(one, viewer, late=one.is_late(today))))
        blocks.extend(_blocks(one, viewer))
    if not ranked:
        blocks.append(Text(text="No open commitments here."))
    if len(ranked) > _SHOWN:
        rest = f"… and {len(ranked) - _SHOWN} more. Narrow it down with a name, such as /commitments and a customer."
        blocks.append(Text(text=rest, tone=Tone.MUTED))
    return Card(title=title, blocks=tuple(blocks))
