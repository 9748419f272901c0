"""The roadmap and the decisions as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Divider, Facts, Heading, Option, Quote, Text, Tone
from bot.domain.people.people import Person
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem, Status
from bot.domain.rights import Action, may
from bot.measures.nouns import counted
from bot.settings import Settings
from bot.views.engagements import day_words

PAGE = 8
"""Items on a card: more, and a phone shows no end."""

NO_TARGET = "No target"


def item_option(item: RoadmapItem) -> Option:
    """One item to choose."""
    return Option(value=str(item.key), label=item.title, detail=item.status.label)


def stage_name(key: str, settings: Settings) -> str:
    """A stage in words; its key once app.yaml doesn't have it any more."""
    stage = settings.stage(key)
    return stage.name if stage else key


def target_words(key: str, settings: Settings) -> str:
    """A target in words, with its segment."""
    target, segment = settings.target(key), settings.segment_of_target(key)
    if target is None or segment is None:
        return f"{NO_TARGET} (“{key}” is not in app.yaml any more)" if key else NO_TARGET
    return f"{segment.name}: {target.want}"


def stale(thing: RoadmapItem | Decision) -> str:
    """What a button carries to tell whether anything has changed since it was made."""
    return str(thing.version)


def listing(
    title: str, items: Sequence[RoadmapItem], actor: Person, settings: Settings, offset: int, again: dict[str, str]
) -> Card:
    """The items, by status; each opens by a press. `again` is what the button for more carries."""
    blocks: list[Block] = []
    status: Status | None = None
    for one in items[offset : offset + PAGE]:
        if one.status != status:
            status = one.status
            blocks.append(Heading(text=status.label))
        blocks.extend(_line(one, settings))
    blocks.extend(_around(items, actor, offset, again))
    return Card(title=title, blocks=tuple(blocks))


def _line(item: RoadmapItem, settings: Settings) -> Iterator[Block]:
    """The title is what one presses: a list of “Open” would be twice as long."""
    yield Actions(buttons=(Button(label=item.title, command="roadmap", args={"item": str(item.key)}),))
    serves = "" if settings.target(item.target) else f" · {NO_TARGET}"
    yield Text(text=f"{stage_name(item.stage, settings)} · {item.owner.name}{serves}", tone=Tone.MUTED)


def _around(items: Sequence[RoadmapItem], actor: Person, offset: int, again: dict[str, str]) -> Iterator[Block]:
    if not items:
        yield Text(
            text="Nothing is here yet. What do you plan to change for customers?"
            if may(actor, Action.ADD_ROADMAP_ITEM)
            else "Nothing is here yet."
        )
    buttons = []
    if offset + PAGE < len(items):
        args = again | {"offset": str(offset + PAGE)}
        buttons.append(Button(label=f"{len(items) - offset - PAGE} more", command="roadmap", args=args, replaces=True))
    if may(actor, Action.WRITE_UPDATES):
        style = ButtonStyle.NORMAL if items else ButtonStyle.PRIMARY
        buttons.append(Button(label="Add one", command="add-roadmap-item", opens_form=True, style=style))
    buttons.append(Button(label="Gaps", command="roadmap", args={"show": "gaps"}))
    yield Divider()
    yield Actions(buttons=tuple(buttons))


def card(item: RoadmapItem, actor: Person, settings: Settings, promises: int = 0) -> Card:
    """All of one item, and what this person may do about it."""
    stage = settings.stage(item.stage)
    facts = (
        ("Status", f"{item.status.label}, since {day_words(item.status_since.date())}"),
        ("Stage", stage_name(item.stage, settings)),
        ("Success there", stage.success if stage else ""),
        ("Serves", target_words(item.target, settings)),
        ("Owner", item.owner.name),
        ("Waiting for it", counted(promises, "commitment") if promises else ""),
    )
    blocks: list[Block] = [Text(text=item.what)] if item.what else []
    blocks.append(Facts(items=tuple(pair for pair in facts if pair[1])))
    if buttons := tuple(_buttons(item, actor)):
        blocks.append(Actions(buttons=buttons))
    return Card(title=item.title, blocks=tuple(blocks))


def _buttons(item: RoadmapItem, actor: Person) -> Iterator[Button]:
    args = {"item": str(item.key), "version": stale(item)}
    if may(actor, Action.WRITE_UPDATES):
        style = ButtonStyle.PRIMARY
        yield Button(label="Tell staff", command="update", args={"item": str(item.key)}, opens_form=True, style=style)
    if may(actor, Action.CHANGE_ROADMAP_ITEM, item):
        yield Button(label="Change status", command="move-roadmap-item", args=args, opens_form=True, replaces=True)
        yield Button(label="Edit", command="edit-roadmap-item", args=args, opens_form=True, replaces=True)


def decision_card(decision: Decision, actor: Person, settings: Settings) -> Card:
    """All of one decision."""
    facts = (
        ("Decided by", f"{decision.decided_by.name}, {day_words(decision.decided_on)}"),
        ("For the need", decision.need),
        ("Stage", stage_name(decision.stage, settings)),
        ("Serves", target_words(decision.target, settings)),
        ("On the roadmap", decision.item.title if decision.item else ""),
    )
    blocks: list[Block] = [Quote(text=decision.why, label="Why"), Facts(items=tuple(pair for pair in facts if pair[1]))]
    buttons = []
    if may(actor, Action.WRITE_UPDATES):
        args = {"decision": str(decision.key)}
        buttons.append(Button(label="Tell staff", command="update", args=args, opens_form=True, style=ButtonStyle.PRIMARY))
    if may(actor, Action.CHANGE_DECISION, decision):
        args = {"decision": str(decision.key), "version": stale(decision)}
        buttons.append(Button(label="Edit", command="edit-decision", args=args, opens_form=True, replaces=True))
    if buttons:
        blocks.append(Actions(buttons=tuple(buttons)))
    return Card(title=decision.title, blocks=tuple(blocks))


def decisions(title: str, found: Sequence[Decision], actor: Person, settings: Settings) -> Card:
    """Decisions, the newest first; each opens by a press."""
    blocks: list[Block] = []
    for one in found:
        blocks.append(Actions(buttons=(Button(label=one.title, command="decision", args={"decision": str(one.key)}),)))
        said = f"{day_words(one.decided_on)} · {one.decided_by.name} · {stage_name(one.stage, settings)}"
        blocks.append(Text(text=said, tone=Tone.MUTED))
    if not found:
        blocks.append(Text(text="No decision is written down here yet."))
    if may(actor, Action.RECORD_DECISION):
        style = ButtonStyle.NORMAL if found else ButtonStyle.PRIMARY
        blocks.append(Actions(buttons=(Button(label="Write one down", command="add-decision", opens_form=True, style=style),)))
    return Card(title=title, blocks=tuple(blocks))


def gaps(unserved: Sequence[str], items: Sequence[RoadmapItem], found: Sequence[Decision], settings: Settings) -> Card:
    """The targets nothing serves, and what serves none: each a question to be asked."""
    blocks: list[Block] = []
    if unserved:
        blocks.append(Heading(text="Wanted, and nothing is planned for it"))
        blocks.extend(Text(text=target_words(key, settings)) for key in unserved)
    for heading, things, name in (
        ("Planned, and it serves no target", items, "item"),
        ("Decided, for no target", found, "decision"),
    ):
        if things:
            command = "roadmap" if name == "item" else "decision"
            blocks.append(Heading(text=heading))
            blocks.append(
                Actions(
                    buttons=tuple(Button(label=one.title, command=command, args={name: str(one.key)}) for one in things[:10]),
                    choices=True,
                )
            )
        if len(things) > 10:
            blocks.append(Text(text=f"… and {len(things) - 10} more.", tone=Tone.MUTED))
    if not blocks:
        blocks.append(Text(text="Every target has something planned for it, and all that is planned serves one.", tone=Tone.GOOD))
    return Card(title="Gaps", blocks=tuple(blocks))
