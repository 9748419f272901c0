"""Participation as cards: an executive's own, and the company's, a department's or a person's for the CX office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Chart, Facts, Series, Text, Tone
from bot.domain.engagements.engagements import Kind
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.measures.nouns import counted, plural
from bot.measures.report import Figures, Point
from bot.measures.scope import Share
from bot.measures.scorecard import Quarter, Scorecard, Suggestion
from bot.settings import Settings
from bot.views.engagements import progress_words

_NAMES = 5
"""Names in a line; who wants more opens the dashboard."""


def own_card(found: Scorecard, settings: Settings, viewer: Person) -> Card:
    """One picture, six lines, one suggestion."""
    yours = viewer.id == found.person.id
    met = found.pledged is not None and found.pledged.met
    return Card(
        title="Your participation" if yours else f"{found.person.name}'s participation",
        summary=f"{'You' if yours else found.person.name}: {_pledge(found)}",
        tone=Tone.GOOD if met else Tone.NORMAL,
        blocks=(
            own_chart(found.quarters),
            Facts(items=tuple(_lines(found))),
            *_next(found.suggestion, settings),
            Actions(buttons=_own_buttons(found)),
        ),
    )


def _own_buttons(found: Scorecard) -> tuple[Button, ...]:
    args = {"customer": str(found.suggestion.customer.key)} if found.suggestion else {}
    return (
        Button(label="Log a visit", command="logvisit", args=args, opens_form=True, style=ButtonStyle.PRIMARY),
        Button(label="The company", command="participation", args={"q": "company"}),
        Button(label="Open the dashboard", command="dashboard"),
    )


def own_chart(quarters: Sequence[Quarter]) -> Chart:
    """Visits and calls over the quarters."""
    now = quarters[-1]
    return Chart(
        title="Visits and calls by quarter",
        alt=f"{counted(now.visits, 'visit')} and {counted(now.calls, 'call')} this quarter; "
        f"{sum(one.visits + one.calls for one in quarters[:-1])} together in the {len(quarters) - 1} quarters before.",
        labels=tuple(one.window.short for one in quarters),
        series=(
            Series(name="Visits", values=tuple(float(one.visits) for one in quarters)),
            Series(name="Calls", values=tuple(float(one.calls) for one in quarters)),
        ),
    )


def _pledge(found: Scorecard) -> str:
    if found.pledged is None:
        return "nothing is pledged"
    left = (found.pledged.period.last - found.window.today).days
    end = "kept, thank you" if found.pledged.met else f"{left} days left" if left > 1 else "it ends now"
    return f"{progress_words(found.pledged)}, {end}"


def _lines(found: Scorecard) -> Iterator[tuple[str, str]]:
    yield "Pledge", _pledge(found)
    period = found.pledged.period.kind if found.pledged else "quarter"
    yield (
        "Streak",
        counted(found.streak, period) if found.streak else "none yet",
    )
    yield "Prompts", f"{found.answered.words} answered in two working days" if found.answered.whole else "none this quarter"
    yield "Commitments", promises_words(found.promises.on_last_date, found.promises.told, found.promises.late)
    yield "Key customers", _stale(found)
    yield (
        "Met this quarter",
        f"{found.segments.part} of {found.segments.whole} segments, {found.stages.part} of {found.stages.whole} stages",
    )


def promises_words(on_date: Share, told: Share, late: int) -> str:
    """`3 of 4 on time, customer informed of 2 of 3, 1 overdue`."""
    if not on_date.whole and not told.whole and not late:
        return "none due this quarter"
    parts = (
        f"{on_date.part} of {on_date.whole} on time" if on_date.whole else "",
        f"customer informed of {told.part} of {told.whole}" if told.whole else "",
        f"{late} overdue" if late else "",
    )
    return ", ".join(part for part in parts if part)


def _stale(found: Scorecard) -> str:
    if not found.stale:
        return "all of yours were seen lately"
    names = ", ".join(f"{one.customer.name} ({days_words(one.days)})" for one in found.stale[:3])
    more = f" and {len(found.stale) - 3} more" if len(found.stale) > 3 else ""
    return f"{names}{more}"


def days_words(days: float | None) -> str:
    """`120 days`, `1 day`, `today`, or `never`."""
    return "never" if days is None else "today" if days == 0 else f"{days:g} {plural(days, 'day')}"


def _next(suggestion: Suggestion | None, settings: Settings) -> Iterator[Block]:
    if suggestion is None:
        yield Text(
            text="Suggested next visit: all key customers were seen lately. A day with frontline staff, perhaps?", strong=True
        )
        return
    yield Text(text=f"Suggested next visit: {suggestion.customer.name}", strong=True)
    yield Text(text=why(suggestion, settings), tone=Tone.MUTED)


def why(suggestion: Suggestion, settings: Settings) -> str:
    """Why they were suggested, in a sentence."""
    seen = "nobody has seen them yet" if suggestion.days is None else f"last seen {days_words(suggestion.days)} ago"
    lead = "Your account" if suggestion.yours else "Key customer"
    if suggestion.uncovered:
        segment = settings.segment(suggestion.uncovered)
        return f"{lead}; {seen}. No contact with {segment.name if segment else suggestion.uncovered} this quarter."
    return f"{lead}; {seen}."


def office_card(found: Figures, points: Sequence[Point], silent: Sequence[Person], viewer: Person) -> Card:
    """The figures that matter, their trend, and who has met no customer, for those who may know."""
    running = "so far" if found.window.running else "in all"
    return Card(
        title=f"{found.scope.name}: {found.window.name}, {running}",
        summary=f"{found.scope.name}: pledges met {found.pledges.met.words}",
        blocks=(
            trend_chart(points),
            Facts(items=tuple(pair for pair in _figures(found) if pair[1])),
            *_silent(silent),
            Actions(buttons=_office_buttons(found, viewer)),
        ),
    )


def _office_buttons(found: Figures, viewer: Person) -> tuple[Button, ...]:
    name = "company" if found.scope.company else found.scope.name
    earlier = Button(label="Last quarter", command="participation", args={"q": f"{name} last quarter"}, replaces=True)
    current = Button(label="This quarter", command="participation", args={"q": name}, replaces=True)
    mine = (Button(label="Mine", command="participation", args={"q": viewer.email}),) if not may(viewer, Action.OVERSEE) else ()
    open_it = Button(label="Open the dashboard", command="dashboard", style=ButtonStyle.PRIMARY)
    return (open_it, earlier if found.window.running else current, *mine)


def trend_chart(points: Sequence[Point]) -> Chart:
    """Pledges met and commitments kept on time over eight quarters, in per cent."""
    met = [one.pledges.met.percent for one in points]
    kept = [one.promises.on_last_date.percent for one in points]
    said = f"{met[-1]}% of executives have met their pledge" if met[-1] is not None else "No executive has a pledge yet"
    before = next((value for value in reversed(met[:-1]) if value is not None), None)
    several = any(len([value for value in values if value is not None]) > 1 for values in (met, kept))
    return Chart(
        title="Pledges met and commitments on time, by quarter",
        alt=f"{said}{f'; {before}% in the last full quarter' if before is not None else ''}.",
        labels=tuple(one.window.short for one in points),
        series=(
            Series(name="Pledges met", values=tuple(None if value is None else float(value) for value in met)),
            Series(name="Commitments on time", values=tuple(None if value is None else float(value) for value in kept)),
        ),
        style="line" if several else "bars",  # a line of one point is none
        unit="%",
    )


def _figures(found: Figures) -> Iterator[tuple[str, str]]:
    yield "Pledges met", found.pledges.met.words
    yield "Met a customer", found.pledges.begun.words
    yield "Engagements", kinds_words(found.kinds)
    if found.days_to_log is not None:
        yield "Time to log", "same day (median)" if found.days_to_log < 1 else f"{days_words(found.days_to_log)} (median)"
    yield "Prompts answered", found.answered.words
    yield "Commitments", promises_words(found.promises.on_last_date, found.promises.told, found.promises.late)
    if found.seen.key_customers:
        yield "Key customers", f"{found.seen.key_stale} of {found.seen.key_customers} overdue"
    if found.telling is not None and found.telling.updates:
        told = found.telling
        yield (
            "Staff told",
            f"{counted(told.updates, 'update')}, {told.reached.percent or 0}% reached, {told.got_it.percent or 0}% got it",
        )


def kinds_words(kinds: dict[Kind, int]) -> str:
    """`12: 5 visits, 4 calls, 3 briefings`."""
    total = sum(kinds.values())
    if not total:
        return "none yet"
    parts = [counted(number, kind.label.lower()) for kind, number in kinds.items() if number]
    return f"{total:,}: {', '.join(parts)}"


def _silent(silent: Sequence[Person]) -> Iterator[Block]:
    if silent:
        yield Text(text=f"No customer contact yet: {some_names(silent)}", tone=Tone.WARNING)


def some_names(people: Sequence[Person]) -> str:
    """The first few names, and how many more there are."""
    names = ", ".join(person.name for person in people[:_NAMES])
    return f"{names} and {len(people) - _NAMES} more" if len(people) > _NAMES else names
