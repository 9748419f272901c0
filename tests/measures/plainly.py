"""What every way in must say of every figure: counted plainly from a made-up company and from what was told to its staff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.engagements.customers import Tier
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.updates.receipts import Answer
from bot.measures.definitions import EVERY
from bot.measures.scope import Share, Window
from bot.settings import Settings
from tests.measures.doors import Below, Percent
from tests.measures.naive import Counter
from tests.measures.worlds import World

Copy = tuple[DeliveryState | None, bool, Answer | None]
"""What became of one person's copy (None: they have none), whether their digest arrived, and what they answered."""

Key = tuple[str, str, str]
"""A figure's key, of which days, and of which part of it."""


@dataclass(frozen=True)
class Told:
    """What became of one update's copies."""

    reached: Share
    got_it: int
    cannot: int
    failed: int
    in_doubt: int
    back: int


def told(became: tuple[Copy, ...], *, answers: bool = True) -> Told:
    """A plain count; `answers`: whether anybody answered it."""
    whole = part = got_it = cannot = 0
    for state, arrived, answer in became:
        waits = state == DeliveryState.DIGEST and not arrived
        has_it = state in {DeliveryState.SENT, DeliveryState.RECALLED} or (state == DeliveryState.DIGEST and arrived)
        whole += state not in {None, DeliveryState.CANCELLED} and not waits
        part += has_it
        got_it += answers and has_it and answer == Answer.GOT_IT
        cannot += answers and has_it and answer == Answer.CANNOT
    states = [state for state, _, _ in became]
    counted = (states.count(one) for one in (DeliveryState.FAILED, DeliveryState.UNCONFIRMED, DeliveryState.RECALLED))
    return Told(Share(part, whole), got_it, cannot, *counted)


class Plainly:
    """Every figure of one company, `became` being the copies of each of its two updates. Days are the quarter's unless said."""

    def __init__(self, world: World, became: tuple[Copy, ...], own: Settings, now: datetime, windows: dict[str, Window]) -> None:
        self.world, self.became, self.own, self.now, self.today = world, became, own, now, now.date()
        self.counters = {name: Counter(world, own, now, one.first, one.last) for name, one in windows.items()}
        self.expected: dict[Key, object] = {}
        for name in windows:
            self._company(name)
        self._told()
        self._customers()
        for who in range(4):
            self._person(who)

    def keys(self) -> set[str]:
        """All figures it knows."""
        return {key for key, _, _ in self.expected}

    def _put(self, key: str, value: object, detail: str = "", days: str = "quarter") -> None:
        self.expected[key, days, detail] = value

    def _company(self, days: str) -> None:
        counter = self.counters[days]
        met, begun, whole = counter.pledges()
        self._put("pledges_met", Share(met, whole), days=days)
        self._put("pledges_begun", Share(begun, whole), days=days)
        self._put("engagements", len(counter.met()), days=days)
        for kind, number in counter.kinds().items():
            self._put("engagements", number, kind.label, days)
        self._put("days_to_log", counter.days_to_log(), days=days)
        self._put("prompts_answered", Share(*counter.answered()), days=days)
        groups, stale, key = counter.seen()
        names = ("up to 30 days", "31 to 90 days", "91 to 180 days", "longer", "never")
        for name, number in zip(names, groups, strict=True):
            self._put("customers_seen", number, name, days)
        self._put("key_customers_stale", Share(stale, key), days=days)
        self._promises(counter, days)
        for segment in self.own.segments:
            for stage in self.own.journey:
                self._put("coverage", counter.cell(segment.key, stage.key), f"{segment.key} {stage.key}", days)
            for target in segment.targets:
                yes, no = counter.evidence(target.key)
                self._put("evidence", Share(yes, yes + no), target.key, days)

    def _promises(self, counter: Counter, days: str, detail: str = "") -> None:
        made, across, first, last, kept_told, late = counter.promises()
        self._put("commitments_made", made, detail, days)
        self._put("commitments_across", Share(across, made), detail, days)
        self._put("commitments_on_first_date", Share(*first), detail, days)
        self._put("commitments_on_last_date", Share(*last), detail, days)
        self._put("commitments_told", Share(*kept_told), detail, days)
        self._put("commitments_late", late, detail, days)

    def _told(self) -> None:
        one, again = told(self.became), told(self.became, answers=False)
        both = Share(one.reached.part + again.reached.part, one.reached.whole + again.reached.whole)
        for days in ("quarter", "month"):
            self._put("updates_sent", 2, days=days)
        self._put("updates_reached", both)
        self._put("updates_got_it", Share(one.got_it, both.part))
        self._put("updates_cannot", Share(one.cannot, both.part))
        self._put("updates_reached", one.reached, days="update")
        self._put("updates_got_it", Share(one.got_it, one.reached.part), days="update")
        self._put("updates_cannot", one.cannot, days="update")
        self._put("not_reached", one.failed, days="update")
        self._put("not_reached", again.failed, days="week")
        self._put("taken_back", Share(again.back, again.reached.part))
        self._put("taken_back", again.in_doubt, "in doubt")
        self._put("questions_answered", Share(1, 2))
        self._put("questions_open", 2)
        self._put("approvals_open", 1)
        self._put("customers_to_check", 1)
        self._put("roadmap_untied", 1)
        self._put("days_to_tell", 5.0)
        here = sum(self._here(who) is not None for who in range(4))
        self._put("recipients", here + 4)  # the one known long before, the CX office, the speaker and an employee; not the guest

    def _here(self, who: int) -> tuple[str, bool] | None:
        last = self.world.spells[who][-1]
        return (last.department, last.executive) if last.active else None

    def _customers(self) -> None:
        self._put("engagements_listed", sum(not one.deleted for one in self.world.met))
        for number, (_, tier, _) in enumerate(self.world.customers):
            there = [one.day for one in self.world.met if not one.deleted and one.customer == number]
            self._put("last_seen", max(there, default=None), f"Customer {number}", "day")
            since = (self.today - max(there)).days if there else None
            self._put("last_seen", since, f"Customer {number}", "days")
            self._put("engagements_listed", len(there), f"Customer {number}")
            self._put(
                "key_customers_stale",
                tier == Tier.KEY and (since is None or since > self.own.engagements.stale_days),
                f"Customer {number}",
            )

    def _person(self, who: int) -> None:
        counter, name = self.counters["quarter"], f"Person {who}"
        counter.person = who
        self._put("prompts_answered", Share(*counter.answered()), name)
        self._promises(counter, "quarter", name)
        met = counter.met()
        segments = {self.world.customers[one.customer][0] for one in met if one.customer is not None}
        mine = {one.key for one in self.own.segments}
        self._put("coverage", Share(len(segments & mine), len(mine)), f"{name} segments")
        stages = {one.stage for one in met if one.customer is not None} & {one.key for one in self.own.journey}
        self._put("coverage", Share(len(stages), len(self.own.journey)), f"{name} stages")
        counter.person = None
        days = [one.day for one in self.world.met if who in one.who and not one.deleted]
        self._put("last_out", max(days, default=None), name)
        pledge = self.own.pledge_of(f"p{who}@firm.example")
        first, last = self._period(who, self.today)
        visits, calls = self._did(who, first, last)
        done = ((visits, pledge.visits), (calls, pledge.calls))
        self._put("pledge_progress", tuple(Share(part, whole) for part, whole in done if whole), name)
        self._put("streak", self._streak(who), name)

    def _did(self, who: int, first: date, last: date) -> tuple[int, int]:
        kinds = [one.kind.value for one in self.world.met if who in one.who and not one.deleted and first <= one.day <= last]
        return len(kinds) - kinds.count("call"), kinds.count("call")

    def _period(self, who: int, day: date) -> tuple[date, date]:
        """The pledge period of somebody that a day lies in; the company's year begins in January."""
        months = {"month": 1, "quarter": 3, "year": 12}[str(self.own.pledge_of(f"p{who}@firm.example").period)]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        end = first
        for _ in range(months):
            end = (end + timedelta(days=32)).replace(day=1)
        return first, end - timedelta(days=1)

    def _streak(self, who: int) -> int:
        pledge, met = self.own.pledge_of(f"p{who}@firm.example"), 0
        if not (pledge.visits or pledge.calls):
            return 0
        first, last = self._period(who, self.today)
        while True:
            upto = min(last, self.today)
            states = [self.counters["quarter"].state(who, first + timedelta(days=one)) for one in range((upto - first).days + 1)]
            visits, calls = self._did(who, first, last)
            kept = all(state is not None and state[1] for state in states)
            if kept and visits >= pledge.visits and calls >= pledge.calls:
                met += 1
            elif last < self.today:
                return met
            first, last = self._period(who, first - timedelta(days=1))

    def differs(self, key: str, value: object, detail: str, days: str) -> Iterator[str]:
        """What is wrong with what was said of a figure; nothing where it is the plain count."""
        if (key, days, detail) not in self.expected:
            yield f"nobody knows what {key} of {detail or 'all'} ({days}) must be"
            return
        wanted = self.expected[key, days, detail]
        if isinstance(value, Percent) and isinstance(wanted, Share):
            same = (value.of or 0) == (wanted.percent or 0)
        elif isinstance(value, Below) and isinstance(wanted, float | int):
            same = wanted < value.of
        elif isinstance(wanted, Share) and not wanted.whole:
            same = value is None or (isinstance(value, Share) and not value.whole)
        else:
            same = value == wanted
        if not same:
            yield f"{key} of {detail or 'all'} ({days}) is {wanted}, not {value}"


ALL_KEYS = {one.key for one in EVERY}
