"""A person's own page: what waits for them first, then where they stand; by role, on two screens of a phone.

The figures are the cards of /participation, taken apart; everything longer is behind a button.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Chart, Divider, Facts, Heading, Text, Tone
from bot.domain.engagements.prompts import Prompt, PromptState
from bot.domain.people.people import Person
from bot.domain.promises.commitments import Commitment
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.receipts import Question
from bot.domain.updates.updates import Update
from bot.measures.promised import Owed
from bot.measures.report import Figures, Point
from bot.measures.scorecard import Scorecard
from bot.measures.waiting import Waiting
from bot.settings import Settings
from bot.views.engagements import day_words
from bot.views.participation import office_card, own_card
from bot.views.prompts import asking, snoozed

SHOWN, SHOWN_OFFICE = 5, 3
"""Lines of a list, and of one on a page with the CX office's part; who wants more presses the button below it."""

_LINE, _LABEL = 70, 26
"""Characters of one thing in a list, two lines on a phone; and of a name."""


@dataclass(frozen=True)
class Office:
    """The CX office's: the company's figures, and what waits for somebody: how much, and the first few of each, the most urgent first."""

    figures: Figures
    points: Sequence[Point]
    silent: Sequence[Person]
    counts: Waiting
    late: Sequence[Commitment]
    questions: Sequence[Question]
    waiting: Sequence[Broadcast]


@dataclass(frozen=True)
class Home:
    """What there is to show to `viewer` at the UTC instant `now`; what they have no part in is None or empty.

    `scorecard` and `prompt` are the viewer's own, or those of the one executive they act for; `executives` are those they act for when there
    are several. `updates` is None for those whom the page shows none to.
    """

    viewer: Person
    now: datetime
    scorecard: Scorecard | None = None
    prompt: Prompt | None = None
    executives: Sequence[Person] = ()
    owed: Owed | None = None
    updates: Sequence[Update] | None = None
    office: Office | None = None


def card(home: Home, settings: Settings) -> Card:
    """The page."""
    parts = [part for part in (tuple(one) for one in _parts(home, settings)) if part]
    blocks = [block for part in parts for block in (Divider(), *part)][1:]
    own = own_card(home.scorecard, settings, home.viewer) if home.scorecard else None
    return Card(
        title=own.title if own else f"Hello {home.viewer.name.split()[0]}",
        summary=own.summary if own else "Your page",
        blocks=tuple(_one_primary(blocks)),
    )


def _parts(home: Home, settings: Settings) -> Iterator[Iterator[Block]]:
    yield _asked(home.prompt)
    yield _next(home, settings)
    yield _updates(home)
    yield _commitments(home)
    yield _standing(home, settings)
    yield _office(home)
    yield _help(home)


def _asked(prompt: Prompt | None) -> Iterator[Block]:
    """The question that waits for an answer; one put off says until when. One that isn't asked yet says nothing."""
    if prompt is None or prompt.state not in {PromptState.SENT, PromptState.SNOOZED}:
        return
    if prompt.state == PromptState.SNOOZED:
        yield Text(text=snoozed(prompt).title, tone=Tone.MUTED)
        return
    asked = asking(prompt)
    yield Heading(text=asked.title)
    yield from asked.blocks


def _next(home: Home, settings: Settings) -> Iterator[Block]:
    """Whom to see next. With a question open above, the visit is logged there."""
    if home.scorecard is None:
        return
    own = own_card(home.scorecard, settings, home.viewer)
    yield from (one for one in own.blocks if isinstance(one, Text))
    if home.prompt is None or home.prompt.state != PromptState.SENT:
        yield _row([one for one in own.buttons if one.command == "logvisit"])


def _standing(home: Home, settings: Settings) -> Iterator[Block]:
    if home.scorecard is not None:
        own = own_card(home.scorecard, settings, home.viewer)
        yield from (one for one in own.blocks if isinstance(one, Chart | Facts))
        yield _row([one for one in own.buttons if one.command != "logvisit"])
    if home.executives:
        yield Text(text="You act for:")
        yield _row(
            [Button(label=one.name, command="participation", args={"q": one.email}) for one in home.executives[:SHOWN]],
            choices=True,
        )


def _help(home: Home) -> Iterator[Block]:
    if home.updates is not None:
        yield _row([Button(label="What I can do here", command="help")])


def _commitments(home: Home) -> Iterator[Block]:
    """Those that are theirs to keep or to decide, as far as there are any."""
    owed = home.owed
    if owed is None or not owed.number:
        return
    yield Heading(text=f"Your commitments: {owed.number}{f' ({owed.late} overdue)' if owed.late else ''}")
    most = SHOWN_OFFICE if home.office else SHOWN
    more = Button(label="All of them", command="commitments") if owed.number > most else None
    yield from _listed(owed.first[:most], home, more)


def _listed(found: Sequence[Commitment], home: Home, more: Button | None) -> Iterator[Block]:
    yield Facts(items=tuple((_whose(one, number, home), _what(one, home)) for number, one in enumerate(found, start=1)))
    buttons = [
        Button(label=_label(number, _to(one)), command="show-commitment", args={"commitment": str(one.key)})
        for number, one in enumerate(found, start=1)
    ]
    yield _row([*buttons, *([more] if more else [])], choices=True)


def _whose(one: Commitment, number: int, home: Home) -> str:
    late = "late, " if one.is_late(home.viewer.today(home.now)) else ""
    return f"{number}. {short(_to(one))}, {f'{late}due {day_words(one.due)}' if one.is_open else 'done, to be told'}"


def _what(one: Commitment, home: Home) -> str:
    return f"{short(one.what, _LINE)} ({'you' if one.owner_id == home.viewer.id else short(one.owner.name)})"


def _to(one: Commitment) -> str:
    return one.customer.name if one.customer else "Staff"


def _updates(home: Home) -> Iterator[Block]:
    if home.updates is None:
        return
    yield Heading(text="Updates for you")
    if not home.updates:
        yield Text(text="None yet. When there is one, it comes to you by itself.", tone=Tone.MUTED)
        return
    titles = [short(one.text_for(home.viewer.locale).title, _LINE) for one in home.updates[:SHOWN]]
    yield Text(text="\n".join(f"{number}. {title}" for number, title in enumerate(titles, start=1)))
    yield _row(
        [
            Button(label=f"Read {number}", command="updates", args={"update": str(one.key)})
            for number, one in enumerate(home.updates[:SHOWN], start=1)
        ],
        choices=True,
    )


def _office(home: Home) -> Iterator[Block]:
    """What waits for the CX office, then the company's figures."""
    if home.office is None:
        return
    shown = office_card(home.office.figures, home.office.points, home.office.silent, home.viewer)
    yield Heading(text=shown.title)
    needs = [*_late(home.office, home), *_questions(home.office), *_waiting(home.office)]
    yield from needs or (Text(text="Nothing waits for the CX office.", tone=Tone.GOOD),)
    yield from (one for one in shown.blocks if not isinstance(one, Actions))
    yield _row(shown.buttons)


def _late(office: Office, home: Home) -> Iterator[Block]:
    if office.late:
        yield Text(text=f"Overdue commitments: {office.counts.late:,}", tone=Tone.WARNING)
        more = Button(label="Everyone's", command="commitments") if office.counts.late > SHOWN_OFFICE else None
        yield from _listed(office.late, home, more)


def _questions(office: Office) -> Iterator[Block]:
    if not office.questions:
        return
    yield Text(text=f"Questions without an answer: {office.counts.questions:,}", tone=Tone.WARNING)
    found = list(enumerate(office.questions, start=1))
    yield Facts(items=tuple((f"{number}. {short(one.asker.name)}", short(one.text, _LINE)) for number, one in found))
    yield _row(
        [
            Button(label=f"Answer {number}", command="answer-question", args={"question": str(one.key)}, opens_form=True)
            for number, one in found
        ]
    )


def _waiting(office: Office) -> Iterator[Block]:
    if not office.waiting:
        return
    yield Text(text=f"Updates waiting for approval: {office.counts.approvals:,}", tone=Tone.WARNING)
    found = list(enumerate(office.waiting, start=1))
    yield Text(text="\n".join(f"{number}. {short(one.update.default.title, _LINE)}, {one.size:,} people" for number, one in found))
    yield _row(
        [Button(label=f"Look at {number}", command="show-approval", args={"broadcast": str(one.key)}) for number, one in found]
    )


def short(text: str, most: int = _LABEL) -> str:
    """A text in one line of at most `most` characters, the last of them a “…” where it is cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _label(number: int, name: str) -> str:
    return f"{number}. {short(name)}"


def _row(buttons: Sequence[Button], *, choices: bool = False) -> Actions:
    return Actions(buttons=tuple(buttons), choices=choices)


def _one_primary(blocks: Sequence[Block]) -> Iterator[Block]:
    """The first button that stands out stays so: several would be none. No answer takes the page's place."""
    found = False
    for block in blocks:
        if not isinstance(block, Actions):
            yield block
            continue
        buttons = []
        for one in block.buttons:
            plain = found and one.style is ButtonStyle.PRIMARY
            found = found or one.style is ButtonStyle.PRIMARY
            buttons.append(one.model_copy(update={"replaces": False, "style": ButtonStyle.NORMAL if plain else one.style}))
        if buttons:
            yield block.model_copy(update={"buttons": tuple(buttons)})
