"""Every figure counted again, plainly, from what happened; nothing here looks at the database or at the program's queries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from bot.domain.engagements.customers import Tier
from bot.domain.engagements.engagements import Kind
from bot.domain.engagements.prompts import NOTHING_TO_LOG, PromptState
from bot.domain.promises.commitments import CommitmentState
from bot.settings import Settings
from tests.measures.worlds import Asked, Met, Promised, World

Share = tuple[int, int]


class Counter:
    """The figures of one world, for one department, person or (neither) the company, from `first` to `last`, as of `now`."""

    def __init__(self, world: World, settings: Settings, now: datetime, first: date, last: date) -> None:
        self.world, self.settings, self.now, self.first, self.last = world, settings, now, first, last
        self.zone = settings.company.zone
        self.today = now.astimezone(ZoneInfo(self.zone)).date()
        self.department: str | None = None
        self.person: int | None = None

    def state(self, who: int, day: date) -> tuple[str, bool] | None:
        """Somebody's department and whether they were an executive on a day; None when they weren't there. A leaver's last day is theirs."""
        at = None
        spells = self.world.spells[who]
        for number, spell in enumerate(spells):
            if spell.day <= day:
                leaves_today = not spell.active and spell.day == day and number > 0 and spells[number - 1].active
                if leaves_today:
                    continue
                at = spell
        return (at.department, at.executive) if at is not None and at.active else None

    def mine(self, who: int, day: date) -> bool:
        """Whether what somebody did on a day belongs to the scope."""
        if self.person is not None:
            return who == self.person
        state = self.state(who, day)
        return self.department is None or (state is not None and state[0] == self.department)

    def met(self) -> list[Met]:
        """The engagements."""
        found = [one for one in self.world.met if not one.deleted and self.first <= one.day <= self.last]
        return [one for one in found if any(self.mine(who, one.day) for who in one.who)]

    def kinds(self) -> dict[Kind, int]:
        """By kind."""
        return {kind: sum(one.kind == kind for one in self.met()) for kind in Kind}

    def days_to_log(self) -> float | None:
        """The median of the days it took to write them down."""
        took = [(one.logged_at.astimezone(ZoneInfo(self.world.zones[one.logger])).date() - one.day).days for one in self.met()]
        return median(took) if took else None

    def evidence(self, target: str) -> Share:
        """For and against a target."""
        said = [one.holds for one in self.met() if one.target == target]
        return sum(said), len(said) - sum(said)

    def cell(self, segment: str, stage: str) -> tuple[int, int]:
        """Engagements and executives of a segment at a stage."""
        found = [one for one in self.met() if one.customer is not None and one.stage == stage]
        found = [one for one in found if self.world.customers[one.customer or 0][0] == segment]
        return len(found), len({who for one in found for who in one.who if self.mine(who, one.day)})

    def seen(self) -> tuple[tuple[int, ...], int, int]:
        """Customers by days since anybody was there, then key ones not seen for long, and all key ones."""
        as_of = min(self.last, self.today)
        groups, stale, key = [0] * 5, 0, 0
        for number, (_, tier, owner) in enumerate(self.world.customers):
            if (self.department is not None or self.person is not None) and (owner is None or not self.mine(owner, as_of)):
                continue
            there = [one.day for one in self.world.met if not one.deleted and one.customer == number and one.day <= as_of]
            since = (as_of - max(there)).days if there else None
            groups[4 if since is None else 0 if since <= 30 else 1 if since <= 90 else 2 if since <= 180 else 3] += 1
            key += tier == Tier.KEY
            stale += tier == Tier.KEY and (since is None or since > self.settings.engagements.stale_days)
        return tuple(groups), stale, key

    def pledges(self) -> tuple[int, int, int]:
        """Executives who have met their pledge, who have met a customer, and all with a pledge: each once."""
        found = [self.pledge(who) for who in range(4)]
        return (
            sum(one[0] for one in found if one),
            sum(one[1] for one in found if one),
            sum(one is not None for one in found),
        )

    def pledge(self, who: int) -> tuple[bool, bool] | None:
        """Whether one executive has met their pledge, and a customer at all; None where they aren't counted."""
        pledge, upto = self.settings.pledge_of(f"p{who}@firm.example"), min(self.last, self.today)
        kind, over = str(pledge.period), self.last < self.today
        looked_at = self.periods(kind) or [next(one for one in self.calendar(kind) if one[0] <= upto <= one[1])]
        looked_at = [one for one in looked_at if self.was_executive(who, one[0], min(one[1], upto))]
        if not looked_at or not (pledge.visits or pledge.calls) or not self.mine(who, min(looked_at[-1][1], upto)):
            return None
        today = self.last if over else self.today
        old = [one for one in looked_at if (today - one[0]).days * 10 >= (one[1] - one[0]).days + 1]
        did = {one: self.did(who, one[0], min(one[1], self.last) if over else one[1]) for one in looked_at}
        met = all(did[one][0] >= pledge.visits and did[one][1] >= pledge.calls for one in old or looked_at)
        return met, any(sum(one) for one in did.values()) or sum(self.did(who, self.first, self.last)) > 0

    def was_executive(self, who: int, first: date, last: date) -> bool:
        """Whether somebody was one on all of these days."""
        states = [self.state(who, first + timedelta(days=number)) for number in range((last - first).days + 1)]
        return all(state is not None and state[1] for state in states)

    def did(self, who: int, first: date, last: date) -> tuple[int, int]:
        """Somebody's visits and calls."""
        kinds = [one.kind for one in self.world.met if who in one.who and not one.deleted and first <= one.day <= last]
        return len(kinds) - kinds.count(Kind.CALL), kinds.count(Kind.CALL)

    def periods(self, kind: str) -> list[tuple[date, date]]:
        """Those that end in the window and have begun."""
        return [(first, last) for first, last in self.calendar(kind) if self.first <= last <= self.last and first <= self.today]

    def calendar(self, kind: str) -> list[tuple[date, date]]:
        """The pledge periods there are: found by walking every day of six years."""
        starts = {
            "month": range(1, 13),
            "quarter": [(self.settings.company.fiscal_year_starts - 1 + 3 * number) % 12 + 1 for number in range(4)],
            "year": [self.settings.company.fiscal_year_starts],
        }[kind]
        all_days = [date(2023, 1, 1) + timedelta(days=number) for number in range(365 * 6)]
        firsts = [day for day in all_days if day.day == 1 and day.month in starts]
        return [(one, following - timedelta(days=1)) for one, following in pairwise(firsts)]

    def answered(self) -> Share:
        """Prompts answered in time, of those that count."""
        counting = [one for one in self.world.asked if self.counts(one)]
        return sum(self.in_time(one) for one in counting), len(counting)

    def in_time(self, one: Asked) -> bool:
        """Whether somebody answered within their two days."""
        by_person = one.state == PromptState.ANSWERED or one.reason == NOTHING_TO_LOG
        return by_person and one.closed is not None and one.closed <= one.answer_by

    def counts(self, one: Asked) -> bool:
        """Whether a prompt is in the denominator."""
        zone = ZoneInfo(self.world.zones[one.who])
        sent, by = one.sent.astimezone(zone).date(), one.answer_by.astimezone(zone).date()
        if any(who == one.who and first <= by and last >= sent for who, first, last in self.world.absences):
            return False
        if one.state in {PromptState.DUE, PromptState.SNOOZED} or (
            one.state == PromptState.SKIPPED and one.reason != NOTHING_TO_LOG
        ):
            return False
        in_window = self.first <= one.sent.astimezone(ZoneInfo(self.zone)).date() <= self.last
        return in_window and self.mine(one.who, sent) and (self.in_time(one) or one.answer_by <= self.now)

    def promises(self) -> tuple[int, int, Share, Share, Share, int]:
        """Made, of these across departments; on the first date, on the last; told; late."""
        mine = [one for one in self.world.promised if self.mine(one.by, self.made_on(one))]
        made = [one for one in mine if self.first <= self.made_on(one) <= self.last]
        across = sum(self.department_of(one.by, one) != self.department_of(one.owner, one) for one in made)
        kept = CommitmentState.KEPT
        due = [one for one in mine if self.first <= one.due <= self.last and one.state != CommitmentState.WITHDRAWN]
        due = [one for one in due if one.state == kept or one.due < self.today]
        on_first = sum(one.done is not None and one.done <= one.first_due for one in due)
        on_last = sum(one.done is not None and one.done <= one.due for one in due)
        done = [one for one in mine if one.done is not None and one.customer is not None and self.first <= one.done <= self.last]
        told = (sum(one.told for one in done), len(done))
        late = sum(one.state == CommitmentState.OPEN and one.due < self.today for one in mine)
        return len(made), across, (on_first, len(due)), (on_last, len(due)), told, late

    def made_on(self, one: Promised) -> date:
        """The day a promise was made."""
        return one.made.astimezone(ZoneInfo(self.zone)).date()

    def department_of(self, who: int, one: Promised) -> str | None:
        """Somebody's department on the day a promise was made."""
        state = self.state(who, self.made_on(one))
        return state[0] if state else None
