"""The weekly report and the monthly letter: what the bot sends by itself, one screen each."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Chart, Facts, Heading, Quote, Series, Text, Tone
from bot.domain.engagements.engagements import Engagement
from bot.domain.people.people import Person
from bot.measures.letter import Letter
from bot.measures.weekly import Weekly
from bot.settings import Settings
from bot.views.engagements import day_words, excerpt, names
from bot.views.participation import days_words, some_names

_EXCERPT = 220
_NAMED = 3


def weekly_card(found: Weekly) -> Card:
    """What happened, and what needs somebody."""
    now, before = found.engagements[-1], found.engagements[-2]
    needs = tuple(_needs(found))
    nothing = (Text(text="Nothing waits for anybody. That is as it should be.", tone=Tone.GOOD),)
    return Card(
        title=f"The week of {found.window.first:%-d %B}",
        summary=f"The week: {_count(now, 'engagement')} ({before} the week before), {_count(len(needs), 'thing')} to look after",
        blocks=(
            _weeks(found),
            Facts(items=tuple(pair for pair in _happened(found) if pair[1])),
            *((Heading(text="Needs somebody"), Facts(items=needs)) if needs else nothing),
            Actions(
                buttons=(
                    Button(label="Participation", command="participation", style=ButtonStyle.PRIMARY),
                    Button(label="Commitments", command="commitments"),
                    *((Button(label="Updates", command="update"),) if found.unanswered or found.unreached else ()),
                    *((Button(label="Roadmap", command="roadmap"),) if found.untied else ()),
                    Button(label="Open the dashboard", command="dashboard"),
                )
            ),
        ),
    )


def _weeks(found: Weekly) -> Chart:
    return Chart(
        title="Engagements by week",
        alt=f"{_count(found.engagements[-1], 'engagement')} in this week, {found.engagements[-2]} in the week before.",
        labels=tuple(f"{one.first:%-d %b}" for one in found.weeks),
        series=(Series(name="Engagements", values=tuple(float(number) for number in found.engagements)),),
    )


def _happened(found: Weekly) -> Iterator[tuple[str, str]]:
    yield "Met a customer", f"{found.pledges.begun.words} this quarter"
    yield "Pledges met", f"{found.pledges.met.words} so far"
    yield "Prompts answered", found.answered.words if found.answered.whole else ""
    yield "Promises due", f"{found.promises.on_last_date.words} kept" if found.promises.on_last_date.whole else ""


def _needs(found: Weekly) -> Iterator[tuple[str, str]]:
    if found.late:
        first = "; ".join(f"{_short(one.what)} ({one.owner.name}, due {day_words(one.due)})" for one in found.latest)
        yield "Late", f"{found.late}: {first}" if found.late <= len(found.latest) else f"{found.late}, the latest: {first}"
    if found.stale:
        yield "Key customers", "; ".join(f"{customer.name} ({_seen(days)})" for customer, days in found.stale)
    if found.unanswered:
        yield "Questions", f"{found.unanswered} on updates without an answer"
    if found.unreached:
        yield "Not reached", f"{found.unreached:,} people by the week's updates"
    if found.untied:
        yield "Roadmap", f"{found.untied} open item{'' if found.untied == 1 else 's'} tied to no target"
    if found.to_check:
        yield "Customers", f"{found.to_check} added in passing, to be checked"


def _seen(days: int | None) -> str:
    return "never seen" if days is None else f"not seen for {days_words(days)}"


def _short(text: str) -> str:
    return excerpt(" ".join(text.split()), _EXCERPT)


def letter_card(found: Letter, settings: Settings, reader: Person) -> Card:
    """The month in sentences, with customers' own words. Whoever gets it in another's place is told so."""
    note = _in_place_of(found, reader, settings)
    return Card(
        title=f"Our customers in {found.window.name}",
        summary=f"The month: {_count(found.engagements, 'conversation')}, {_count(found.promises.on_last_date.part, 'promise')} kept",
        blocks=(*((Text(text=note, tone=Tone.MUTED),) if note else ()), *_letter(found, settings)),
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


def _letter(found: Letter, settings: Settings) -> Iterator[Block]:
    if found.empty:
        yield Text(text="Nothing was heard, promised or changed for customers this month, as far as anybody wrote down.")
        yield Text(text="Silence like that is worth a question: where were we, if not with them?")
    if found.heard:
        yield Heading(text="What we heard")
        yield Text(text=f"{_count(found.engagements, 'conversation')} this month. Some of it, in their words:")
        yield from (Quote(text=_short(one.heard), source=_source(one)) for one in found.heard)
    if found.surprised:
        yield Heading(text="What surprised us")
        yield from (Quote(text=_short(one.surprised), source=_source(one)) for one in found.surprised)
    if promised := " ".join(_promised(found)):
        yield Heading(text="What we promised and kept")
        yield Text(text=promised)
    if changed := tuple(_changed(found, settings)):
        yield Heading(text="What changed for customers")
        yield from (Text(text=one) for one in changed)
    if told := " ".join(_going(found)):
        yield Heading(text="How we are doing")
        yield Text(text=told)


def _source(one: Engagement) -> str:
    who = one.customer.name if one.customer else one.kind.label
    return f"{who}, to {names(one.executives)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _promised(found: Letter) -> Iterator[str]:
    kept = found.promises
    if kept.made:
        yield f"We made {_count(kept.made, 'promise')}."
    if kept.on_last_date.whole:
        yield f"{kept.on_last_date.part} of {kept.on_last_date.whole} that were due {'was' if kept.on_last_date.part == 1 else 'were'} kept in time."
    if kept.told.whole:
        yield f"{kept.told.part} of {kept.told.whole} customers have been told."
    if found.kept is not None and found.kept.customer is not None:
        what, note = _short(found.kept.what).rstrip("."), _short(found.kept.done_note)
        yield f"One that was kept, to {found.kept.customer.name}: {what}. {note}".strip()
    if kept.late:
        yield f"{_count(kept.late, 'promise')} {'is' if kept.late == 1 else 'are'} open past {'its' if kept.late == 1 else 'their'} date."


def _changed(found: Letter, settings: Settings) -> Iterator[str]:
    for verb, titles in (("Done", [one.title for one in found.done]), ("Decided", [one.title for one in found.decided])):
        yield from (f"{verb}: {title}" for title in titles[:_NAMED])
        if len(titles) > _NAMED:
            yield f"{verb} besides: {len(titles) - _NAMED} more."
    if found.updates:
        yield f"Staff were told in {_count(found.updates, 'update')}."
    elif found.done or found.decided:
        yield "Staff have not been told of it in an update yet."
    if found.evidence is not None and (target := settings.target(found.evidence.target)) is not None:
        whole = found.evidence.holds + found.evidence.fails
        yield f"Wanted: {target.want} It held in {found.evidence.holds} of the {_count(whole, 'conversation')} that touched on it."


def _going(found: Letter) -> Iterator[str]:
    shares = [one.pledges.met for one in found.points]
    if shares and shares[-1].percent is not None:
        before = f", {shares[0].percent}% in the one before" if len(shares) > 1 and shares[0].percent is not None else ""
        yield f"{shares[-1].percent}% of pledges were met last quarter{before}."
    if found.silent:
        yield f"Not out yet in their current period: {some_names(found.silent)}. A word from you does more than one from me."
