"""All figures of one scope and window together, and their trend over eight quarters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.engagements.engagements import Kind
from bot.measures import asked, engaged, planned, pledged, promised, scope, told
from bot.measures.definitions import BY_KEY, Definition
from bot.measures.engaged import GROUP_NAMES, Evidence, Seen
from bot.measures.pledged import Executive, Pledges
from bot.measures.promised import Kept, Promises
from bot.measures.scope import Scope, Share, Window
from bot.measures.told import Telling
from bot.settings import Settings


@dataclass(frozen=True)
class Figures:
    """Everything `definitions` defines, coverage aside. `telling` and `untied` are the company's alone, None for others."""

    scope: Scope
    window: Window
    pledges: Pledges
    kinds: dict[Kind, int]
    days_to_log: float | None
    answered: Share
    promises: Promises
    seen: Seen
    evidence: tuple[Evidence, ...]
    telling: Telling | None
    untied: int | None

    @property
    def engagements(self) -> int:
        """All kinds together."""
        return sum(self.kinds.values())


def figures(
    session: Session, whose: Scope, window: Window, settings: Settings, now: datetime, among: list[Executive] | None = None
) -> Figures:
    """Count everything, at the UTC instant `now`; `among` are the scope's executives, when they are known already."""
    logged = engaged.logged(session, whose, window)
    return Figures(
        scope=whose,
        window=window,
        pledges=pledged.pledges(session, whose, window, settings, among),
        kinds=logged.kinds,
        days_to_log=logged.days_to_log,
        answered=asked.answered(session, whose, window, now),
        promises=promised.promises(session, whose, window),
        seen=engaged.customers_seen(session, whose, window, settings),
        evidence=tuple(engaged.evidence(session, whose, window, settings)),
        telling=told.telling(session, window, now) if whose.company else None,
        untied=planned.untied(session, settings) if whose.company else None,
    )


@dataclass(frozen=True)
class Point:
    """One quarter of a trend."""

    window: Window
    pledges: Pledges
    promises: Kept


def trend(
    session: Session, whose: Scope, upto: Window, settings: Settings, now: datetime, among: list[Executive] | None = None
) -> list[Point]:
    """Eight quarters, oldest first: culture is slow, so the trend is the point. Before anything was logged at all there are no pledges.

    The last is counted in any case, as its figures are.
    """
    among, begun = pledged.executives(session, whose, settings) if among is None else among, engaged.first_day(session)
    quarters = list(scope.quarters(settings, upto, now))
    before = [one for one in quarters[:-1] if begun is None or begun > one.last]
    none = pledged.pledges_in_each(session, whose, before, settings, [])
    some = pledged.pledges_in_each(session, whose, quarters[len(before) :], settings, among)
    kept = promised.kept_in_each(session, whose, quarters)
    return [Point(*one) for one in zip(quarters, [*none, *some], kept, strict=True)]


def with_trend(session: Session, whose: Scope, window: Window, settings: Settings, now: datetime) -> tuple[Figures, list[Point]]:
    """Both; the executives, who may be thousands, are looked up once."""
    among = pledged.executives(session, whose, settings)
    return figures(session, whose, window, settings, now, among), trend(session, whose, window, settings, now, among)


@dataclass(frozen=True)
class Line:
    """One figure, ready for a table: `value` of `whole` (None where it is no share), for one `detail` (a kind, a target) or "" for all."""

    definition: Definition
    detail: str
    value: float | None
    whole: int | None = None

    @property
    def words(self) -> str:
        """As it is read: `3 of 4 (75%)`, `2.5 days`, `12`."""
        if self.whole is not None:
            return Share(int(self.value or 0), self.whole).words
        if self.value is None:
            return "none yet"
        number = f"{self.value:,.1f}".removesuffix(".0")
        return f"{number} days" if self.definition.unit == "days" else number


def lines(found: Figures, settings: Settings) -> Iterator[Line]:
    """Every figure as a line, in the order of the definitions."""
    yield _share("pledges_met", found.pledges.met)
    yield _share("pledges_begun", found.pledges.begun)
    yield Line(BY_KEY["engagements"], "", found.engagements)
    for kind, number in found.kinds.items():
        yield Line(BY_KEY["engagements"], kind.label, number)
    yield Line(BY_KEY["days_to_log"], "", found.days_to_log)
    yield _share("prompts_answered", found.answered)
    for name, number in zip(GROUP_NAMES, found.seen.groups, strict=True):
        yield Line(BY_KEY["customers_seen"], name, number)
    yield Line(BY_KEY["key_customers_stale"], "", found.seen.key_stale, found.seen.key_customers)
    yield from _promised(found.promises)
    if found.telling is not None:
        yield from _told(found.telling)
    for one in found.evidence:
        target = settings.target(one.target)
        yield Line(BY_KEY["evidence"], target.want if target else one.target, one.holds, one.holds + one.fails)
    if found.untied is not None:
        yield Line(BY_KEY["roadmap_untied"], "", found.untied)


def _share(key: str, share: Share) -> Line:
    return Line(BY_KEY[key], "", share.part, share.whole)


def _promised(found: Promises) -> Iterator[Line]:
    yield Line(BY_KEY["commitments_made"], "", found.made)
    yield _share("commitments_across", found.across)
    yield _share("commitments_on_first_date", found.on_first_date)
    yield _share("commitments_on_last_date", found.on_last_date)
    yield _share("commitments_told", found.told)
    yield Line(BY_KEY["commitments_late"], "", found.late)


def _told(found: Telling) -> Iterator[Line]:
    yield Line(BY_KEY["updates_sent"], "", found.updates)
    yield _share("updates_reached", found.reached)
    yield _share("updates_got_it", found.got_it)
    yield _share("updates_cannot", found.cannot)
    yield _share("questions_answered", found.questions)
    yield Line(BY_KEY["days_to_tell"], "", found.days_to_tell)
