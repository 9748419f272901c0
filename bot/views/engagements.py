"""Engagements as cards: the confirmation, one entry of a list, a page of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Divider, Facts, Heading, Option, Quote, Text, Tone
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.fields import FIELDS, EngagementField, Shape, Shown
from bot.domain.engagements.participation import Progress
from bot.domain.engagements.restoring import undo_until
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.measures.listed import Page
from bot.measures.nouns import part_of
from bot.measures.pledged import Standing
from bot.measures.scope import Share
from bot.settings import Settings

_EXCERPT = 280


def day_words(day: date) -> str:
    """A day as people read it: `Tue 24 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def ago(days: int) -> str:
    """A number of days before today, in words."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def excerpt(text: str, most: int = _EXCERPT) -> str:
    """The beginning of a long text, cut at a word, with a sign that there is more."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(maxsplit=1)[0] + " …"


def names(people: list[Person]) -> str:
    """People's names, as read aloud."""
    return ", ".join(person.name for person in people)


def stage_options(settings: Settings) -> tuple[Option, ...]:
    """The stages of the journey, to choose from."""
    return tuple(Option(value=stage.key, label=stage.name) for stage in settings.journey)


def target_options(settings: Settings) -> tuple[Option, ...]:
    """What is wanted of each segment, to choose from."""
    return tuple(
        Option(value=target.key, label=f"{segment.name}: {target.want}")
        for segment in settings.segments
        for target in segment.targets
    )


def line(engagement: Engagement, settings: Settings) -> Text:
    """Who, when and at which stage, in one line."""
    stage = settings.stage(engagement.stage)
    parts = (names(engagement.executives), day_words(engagement.happened_on), stage.name if stage else engagement.stage)
    return Text(text=" · ".join(part for part in parts if part), tone=Tone.MUTED)


def facts(engagement: Engagement, settings: Settings) -> tuple[Facts, ...]:
    """What else is known of an engagement; nothing where there is nothing."""
    target = settings.target(engagement.evidence_target)
    logger = engagement.logged_by
    by_delegate = all(person.id != logger.id for person in engagement.executives)
    pairs = (
        ("Met", ", ".join(contact.name for contact in engagement.contacts)),
        ("Evidence", f"{'Holding' if engagement.evidence_holds else 'Not holding'}: {target.want}" if target else ""),
        *((one.caption, _words(engagement, one, settings)) for one in FIELDS if one.shown is Shown.FACT),
        ("Logged by", logger.name if by_delegate else ""),
    )
    known = tuple((label, value) for label, value in pairs if value)
    return (Facts(items=known),) if known else ()


def _words(engagement: Engagement, field: EngagementField, settings: Settings) -> str:
    """What a field says, in words; "" where it says nothing."""
    value = getattr(engagement, field.name)
    if field.shape is Shape.YES_NO:
        return {True: field.yes, False: field.no}.get(value, "")
    stage = settings.stage(value) if field.shape is Shape.STAGE else None
    target = settings.target(value) if field.shape is Shape.TARGET else None
    return stage.name if stage else target.want if target else value


def quoted(engagement: Engagement) -> Iterator[Quote]:
    """The fields shown as quotations, beside what was heard."""
    for one in FIELDS:
        if one.shown is Shown.QUOTE and getattr(engagement, one.name):
            yield Quote(text=getattr(engagement, one.name), label=one.caption)


def change_buttons(engagement: Engagement, *, fresh: bool = False) -> Actions:
    """Edit and Delete, for those who may; on a fresh one also what was promised there."""
    args = {"engagement": str(engagement.key)}
    promise = Button(label="Add a commitment", command="commit", args=args, opens_form=True)
    delete = "Delete this? You can undo it for ten minutes."
    return Actions(
        buttons=(
            *((promise,) if fresh else ()),
            Button(label="Edit", command="edit-engagement", args=args, opens_form=True),
            Button(label="Delete", command="delete-engagement", args=args, style=ButtonStyle.DANGER, confirm=delete, replaces=True),
        )
    )


def progress_words(progress: Progress) -> str:
    """`2 of 3 visits and 1 of 4 calls this quarter`."""
    return f"{done_words(progress)} this {progress.period.kind}"


def done_words(progress: Progress) -> str:
    """`2 of 3 visits and 1 of 4 calls`; of what isn't pledged nothing is said."""
    pledge = progress.pledge
    nothing = not (pledge.visits or pledge.calls)
    visits = part_of(progress.visits, pledge.visits, "visit") if pledge.visits or nothing else ""
    calls = part_of(progress.calls, pledge.calls, "call") if pledge.calls or nothing else ""
    return " and ".join(one for one in (visits, calls) if one)


def logged(
    engagement: Engagement,
    settings: Settings,
    progress: Progress | None,
    *,
    changed: bool = False,
    promised: tuple[Text, ...] = (),
) -> Card:
    """The confirmation of what was saved, with what was promised there (a line each) and what it adds up to."""
    verb = "Changed" if changed else "Logged"
    blocks: list[Block] = [line(engagement, settings), Quote(text=engagement.heard)]
    blocks.extend(quoted(engagement))
    blocks.extend(facts(engagement, settings))
    blocks.extend(promised)
    if engagement.customer is not None and engagement.customer.unchecked:
        blocks.append(Text(text=f"{engagement.customer.name} is new here. The CX office will check it.", tone=Tone.MUTED))
    if progress is not None:
        met = " Pledge kept, thank you." if progress.met else ""
        blocks.append(Text(text=f"That makes {progress_words(progress)}.{met}", tone=Tone.GOOD if progress.met else Tone.NORMAL))
    blocks.append(change_buttons(engagement, fresh=True))
    return Card(title=f"{verb}: {_inside(engagement.name)}", tone=Tone.GOOD, blocks=tuple(blocks))


def _inside(name: str) -> str:
    return name[0].lower() + name[1:]


def deleted(engagement: Engagement, viewer: Person, now: datetime, *, undo: bool) -> Card:
    """What was deleted; for ten minutes, where it is theirs to `undo`, with the button for that and until when, on the viewer's clock."""
    title = f"Deleted: {_inside(engagement.name)} on {day_words(engagement.happened_on)}"
    blocks: list[Block] = [Text(text="It was deleted: removed from all lists and reports. Kept in the audit log.", tone=Tone.MUTED)]
    if undo and (until := undo_until(engagement, now)):
        back = Button(label="Undo", command="restore-engagement", args={"engagement": str(engagement.key)}, replaces=True)
        local = until.astimezone(ZoneInfo(viewer.zone))
        blocks += [Actions(buttons=(back,)), Text(text=f"You can undo this until {local:%H:%M}.", tone=Tone.MUTED)]
    return Card(title=title, blocks=tuple(blocks))


def restored(engagement: Engagement, settings: Settings) -> Card:
    """It is back, as it was."""
    again = logged(engagement, settings, None)
    return again.model_copy(update={"title": f"Restored: {_inside(engagement.name)}"})


def entry(engagement: Engagement, settings: Settings, changeable: bool) -> Iterator[Block]:
    """One engagement in a list."""
    yield Heading(text=engagement.name)
    yield line(engagement, settings)
    yield Quote(text=excerpt(engagement.heard))
    yield from (one.model_copy(update={"text": excerpt(one.text)}) for one in quoted(engagement))
    yield from facts(engagement, settings)
    if changeable:
        yield change_buttons(engagement)


def listing(
    title: str, page: Page, actor: Person, settings: Settings, now: datetime, text: str, top: tuple[Block, ...] = ()
) -> Card:
    """A page of engagements, newest first, with a button to the older ones."""
    blocks: list[Block] = list(top)
    for engagement in page.rows:
        if blocks:
            blocks.append(Divider())
        blocks.extend(entry(engagement, settings, may(actor, Action.CHANGE_ENGAGEMENT, engagement.logged(settings, now))))
    if not page.rows:
        blocks.append(Text(text="Nothing logged here yet."))
        blocks.append(
            Actions(buttons=(Button(label="Log a visit", command="logvisit", opens_form=True, style=ButtonStyle.PRIMARY),))
        )
    shown = page.offset + len(page.rows)
    if page.total:
        blocks.append(Text(text=f"{page.offset + 1} to {shown} of {page.total}", tone=Tone.MUTED))
    turns = _turns(page, shown, text, settings.engagements.page_size)
    return Card(title=title, blocks=(*blocks, *((Actions(buttons=turns),) if turns else ())))


def _turns(page: Page, shown: int, text: str, size: int) -> tuple[Button, ...]:
    def turn(label: str, offset: int) -> Button:
        return Button(label=label, command="engagements", args={"q": text, "offset": str(offset)}, replaces=True)

    newer = (turn("Newer", max(0, page.offset - size)),) if page.offset else ()
    older = (turn("Older", shown),) if shown < page.total else ()
    return newer + older


_SHOWN = 12


def turnout_blocks(begun: Share, each: Sequence[tuple[Person, Standing]]) -> tuple[Block, ...]:
    """Who has met a customer this quarter, beside what they pledged: the CX office's first question. Those who haven't yet come first."""
    if not each:
        return ()
    head = Text(text=f"{begun.part} of {begun.whole} executives have met a customer this quarter.", strong=True)
    ranked = sorted(each, key=lambda one: (one[1].begun, one[1].met, one[0].name))
    lines = tuple((person.name, _standing(standing)) for person, standing in ranked[:_SHOWN])
    more = (Text(text=f"… and {len(ranked) - _SHOWN} more", tone=Tone.MUTED),) if len(ranked) > _SHOWN else ()
    return (head, Facts(items=lines), *more)


def _standing(standing: Standing) -> str:
    """The period that runs, or the last there was; the mark says that all of the pledge is kept."""
    last, running = standing.periods[-1], standing.running
    said = progress_words(last) if running else f"{done_words(last)} until {day_words(last.period.last)}"
    return f"{'✓ ' if standing.met else ''}{said}"
