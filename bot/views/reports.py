"""The weekly report and the monthly letter: what the bot sends by itself, one screen each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Chart, Facts, Heading, Quote, Series, Text, Tone
from bot.domain.engagements.engagements import Engagement
from bot.domain.people.people import Person
from bot.domain.promises.commitments import Commitment
from bot.measures.letter import Letter
from bot.measures.next_steps import Ask, Log, Look, Overdue, Step, Tell, Visit, missing
from bot.measures.nouns import counted, part_of
from bot.measures.weekly import Weekly
from bot.settings import Settings
from bot.views.engagements import day_words, excerpt, names
from bot.views.participation import days_words, some_names, why

_EXCERPT, _LINE = 220, 80
"""Characters of a quotation, and of one thing in a list, in one line."""

_NAMED = 3


def weekly_card(found: Weekly) -> Card:
    """What is late first, then what else needs attention, then what happened."""
    now, before = found.engagements[-1], found.engagements[-2]
    needs = tuple(_needs(found))
    return Card(
        title=f"The week of {found.window.first:%-d %B}",
        summary=f"The week: {_overdue(found.needs.late)}, {counted(now, 'engagement')} ({before} the week before)",
        blocks=(
            *((Heading(text="Needs attention"), *needs) if needs else (Text(text="All clear.", tone=Tone.GOOD),)),
            Heading(text="What happened"),
            _weeks(found),
            Facts(items=tuple(pair for pair in _happened(found) if pair[1])),
            Actions(
                buttons=(
                    Button(label="See participation", command="participation"),
                    *((Button(label="All commitments", command="commitments"),) if found.needs.late > len(found.latest) else ()),
                    Button(label="Open the dashboard", command="dashboard"),
                )
            ),
        ),
    )


def _overdue(late: int) -> str:
    return counted(late, "overdue commitment") if late else "nothing overdue"


def _weeks(found: Weekly) -> Chart:
    return Chart(
        title="Engagements by week",
        alt=f"{counted(found.engagements[-1], 'engagement')} in this week, {found.engagements[-2]} in the week before.",
        labels=tuple(f"{one.first:%-d %b}" for one in found.weeks),
        series=(Series(name="Engagements", values=tuple(float(number) for number in found.engagements)),),
    )


def _happened(found: Weekly) -> Iterator[tuple[str, str]]:
    yield "Met a customer", f"{found.pledges.begun.words} this quarter"
    yield "Pledges met", f"{found.pledges.met.words} so far"
    yield "Prompts answered", found.answered.words if found.answered.whole else ""
    yield "Commitments due", f"{found.promises.on_last_date.words} kept" if found.promises.on_last_date.whole else ""


def _needs(found: Weekly) -> Iterator[Block]:
    """Each thing in one line, numbered through, with a button for each below; the number of all stands before the first few."""
    parts = (
        (f"Overdue commitments: {found.needs.late:,}", tuple(_late(found))),
        (f"Unanswered questions: {found.needs.questions:,}", tuple(_questions(found))),
        (f"Key customers overdue: {found.key_stale.part:,} of {found.key_stale.whole:,}", tuple(_customers(found))),
    )
    number = count(1)
    for title, lines in parts:
        if lines:
            yield Text(text=title, tone=Tone.WARNING, strong=True)
            each = [(next(number), line, button) for line, button in lines]
            yield from (Text(text=f"{place}. {line}") for place, line, _ in each)
            yield Actions(buttons=tuple(_numbered(button, place) for place, _, button in each))
    if rest := [pair for pair in _rest(found) if pair[0][1]]:
        yield Facts(items=tuple(line for line, _ in rest))
        yield Actions(buttons=tuple(button for _, button in rest))


def _numbered(button: Button, place: int) -> Button:
    """The one of the first line stands out."""
    style = ButtonStyle.PRIMARY if place == 1 else ButtonStyle.NORMAL
    return button.model_copy(update={"label": f"{button.label} {place}", "style": style})


def _late(found: Weekly) -> Iterator[tuple[str, Button]]:
    for one in found.latest:
        late = days_words((found.window.today - one.due).days)
        button = Button(label="Open", command="show-commitment", args={"commitment": str(one.key)})
        yield f"{_to(one)}, {late} late: {_short(one.what, _LINE)} ({one.owner.name})", button


def _to(one: Commitment) -> str:
    return one.customer.name if one.customer else "Staff"


def _questions(found: Weekly) -> Iterator[tuple[str, Button]]:
    for one in found.asked:
        button = Button(label="Answer", command="answer-question", args={"question": str(one.key)}, opens_form=True)
        yield f"{one.asker.name}: {_short(one.text, _LINE)}", button


def _customers(found: Weekly) -> Iterator[tuple[str, Button]]:
    for customer, days in found.stale:
        button = Button(label="Open", command="customer", args={"customer": str(customer.key)})
        yield f"{customer.name}, {_seen(days)} ({customer.owner.name if customer.owner else 'no owner'})", button


def _rest(found: Weekly) -> Iterator[tuple[tuple[str, str], Button]]:
    unreached, untied, new = found.unreached, found.needs.untied, found.needs.to_check
    people = f"{unreached:,} {'person' if unreached == 1 else 'people'}, by the week's updates"
    yield ("Not reached", people if unreached else ""), Button(label="See updates", command="update")
    yield (
        ("Roadmap", f"{counted(untied, 'open item')} not linked to a goal" if untied else ""),
        Button(label="See gaps", command="roadmap", args={"show": "gaps"}),
    )
    yield (
        ("New customers", f"{new:,} need{'s' if new == 1 else ''} review" if new else ""),
        Button(label="Review customers", command="engagements"),
    )


def _seen(days: int | None) -> str:
    return "never seen" if days is None else f"not seen for {days_words(days)}"


def _short(text: str, most: int = _EXCERPT) -> str:
    return excerpt(" ".join(text.split()), most)


def letter_card(found: Letter, settings: Settings, reader: Person, steps: Sequence[Step] = ()) -> Card:
    """The month in customers' own words, what became of them, and what this reader can do. Whoever gets it in another's place is told so."""
    note = _in_place_of(found, reader, settings)
    lead = f"{_customer(found.heard[0])}: {_short(found.heard[0].heard, _LINE)} · " if found.heard else ""
    return Card(
        title=f"Our customers in {found.window.name}",
        summary=f"{lead}{counted(found.engagements, 'engagement')}, {counted(found.promises.on_last_date.part, 'commitment')} kept on time",
        blocks=(
            *((Text(text=note, tone=Tone.MUTED),) if note else ()),
            *_letter(found, settings, reader),
            *_to_do(steps, settings),
        ),
    )


def letter_withheld() -> Card:
    """In the letter's place, for whoever lost the right to read it after it was queued: nothing of what was heard."""
    return Card(
        title="The monthly letter is no longer yours to read",
        blocks=(
            Text(text="It quotes customers, for executives and the CX office alone. If you should have it, ask the CX office."),
        ),
    )


def _in_place_of(found: Letter, reader: Person, settings: Settings) -> str:
    named = settings.reports.letter_to
    if reader.email in {email.lower() for email in named}:
        return ""
    if not named:
        return "No one is named in reports.letter_to of app.yaml, so this comes to you, to pass on."
    if found.refused:
        return f"This couldn't go to {', '.join(found.refused)}: not here, or without the right to read it. Please pass it on, or correct app.yaml."
    return f"This is for {', '.join(named)}."


def _letter(found: Letter, settings: Settings, reader: Person) -> Iterator[Block]:
    month = found.window.name
    if found.empty:
        yield Text(text=f"Nothing was logged in {month}: no engagements, commitments, decisions or updates.")
    if found.heard:
        yield Heading(text="What we heard")
        yield from (Quote(text=_short(one.heard), source=_source(one)) for one in found.heard)
    if found.surprised:
        yield Heading(text="What surprised us")
        yield from (Quote(text=_short(one.surprised), source=_source(one)) for one in found.surprised)
    if found.engagements:
        yield Text(text=f"From {counted(found.engagements, 'engagement')} in {month}.", tone=Tone.MUTED)
    if promised := " ".join(_promised(found)):
        yield Heading(text="What we promised")
        yield Text(text=promised)
    if changed := tuple(_changed(found, settings)):
        yield Heading(text="What changed for customers")
        yield from (Text(text=one) for one in changed)
    if told := " ".join(_going(found, reader)):
        yield Heading(text="How we are doing")
        yield Text(text=told)


def _customer(one: Engagement) -> str:
    return one.customer.name if one.customer else one.kind.label


def _source(one: Engagement) -> str:
    return f"{_customer(one)}, to {names(one.executives)}"


def _promised(found: Letter) -> Iterator[str]:
    kept = found.promises
    if kept.made:
        yield f"We made {counted(kept.made, 'commitment')}."
    if kept.on_last_date.whole:
        due = kept.on_last_date
        yield f"{due.part} of {due.whole} that were due {'was' if due.part == 1 else 'were'} kept on time."
    if kept.told.whole:
        yield f"{part_of(kept.told.part, kept.told.whole, 'customer')} {'has' if kept.told.part == 1 else 'have'} been informed."
    if found.kept is not None and found.kept.customer is not None:
        what, note = _short(found.kept.what).rstrip("."), _short(found.kept.done_note)
        yield f"One that was kept, for {found.kept.customer.name}: {what}. {note}".strip()
    if kept.late:
        yield f"{counted(kept.late, 'commitment')} {'is' if kept.late == 1 else 'are'} overdue today."


def _changed(found: Letter, settings: Settings) -> Iterator[str]:
    for verb, titles in (("Done", [one.title for one in found.done]), ("Decided", [one.title for one in found.decided])):
        yield from (f"{verb}: {title}" for title in titles[:_NAMED])
        if len(titles) > _NAMED:
            yield f"{verb} besides: {len(titles) - _NAMED} more."
    if found.updates:
        yield f"Staff were told in {counted(found.updates, 'update')}."
    elif found.done or found.untold:
        yield "Staff have not been told of it in an update yet."
    if found.evidence is not None and (target := settings.target(found.evidence.target)) is not None:
        whole = found.evidence.holds + found.evidence.fails
        yield f"Goal: {target.want.rstrip('.')}. It held true in {found.evidence.holds} of the {counted(whole, 'engagement')} that touched on it."


def _going(found: Letter, reader: Person) -> Iterator[str]:
    shares = [one.pledges.met for one in found.points]
    if shares and shares[-1].whole:
        before = f", {shares[0].part} of {shares[0].whole} the quarter before" if len(shares) > 1 and shares[0].whole else ""
        yield f"{part_of(shares[-1].part, shares[-1].whole, 'executive')} met their pledge last quarter{before}."
    if found.begun.whole:
        first, last = found.quarter.first, found.quarter.last
        span = f"in {last:%B}" if first.month == last.month else f"from {first:%B} to {last:%B}"
        yield f"{part_of(found.begun.part, found.begun.whole, 'executive')} met a customer {span}."
    if silent := missing(found, reader):
        yield f"No customer contact yet: {some_names(silent)}."


def _to_do(steps: Sequence[Step], settings: Settings) -> Iterator[Block]:
    """A line for each thing to do, and a button for each."""
    if not steps:
        return
    yield Heading(text="What you can do next")
    each = [_step(one, settings) for one in steps]
    yield from (Text(text=f"{number}. {line}") for number, (line, _) in enumerate(each, start=1))
    first, *others = (button for _, button in each)
    yield Actions(buttons=(first.model_copy(update={"style": ButtonStyle.PRIMARY}), *others))


def _step(step: Step, settings: Settings) -> tuple[str, Button]:
    match step:
        case Overdue(commitment=one):
            line = f"Follow up on the overdue commitment to {_to(one)}, due {day_words(one.due)}: {_short(one.what, _LINE)}"
            return line, Button(label="Open commitment", command="show-commitment", args={"commitment": str(one.key)})
        case Tell(decision=decision):
            args = {"decision": str(decision.key)}
            return f"Tell staff what was decided: {decision.title}", Button(
                label="Tell staff", command="update", args=args, opens_form=True
            )
        case Visit(suggestion=one):
            args = {"customer": str(one.customer.key)}
            return f"Visit or call {one.customer.name}. {why(one, settings)}", Button(
                label="Open customer", command="customer", args=args
            )
        case Ask(people=some):
            line = f"Ask {some_names(some)} which customer they will see next."
            return line, Button(label="See participation", command="participation", args={"q": "company"})
        case Log():
            return "Log what you heard yourself.", Button(label="Log a visit", command="logvisit", opens_form=True)
        case Look():
            return "See all figures of the quarter.", Button(label="Open the dashboard", command="dashboard")
