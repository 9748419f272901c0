"""How much anybody gets."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from tests.quarter.calendar import DAY
from tests.quarter.life import Message, Story
from tests.quarter.reading import text
from tests.quarter.rules.rule import (
    WEEK,
    Violation,
    by_person,
    just_asked,
    of,
    rule,
    urgent,
    weeks,
    when,
    wrong,
)


def _volume(story: Story, kind: str, median: int | None, most: int | None) -> Iterator[Violation]:
    everyone = {one.email: weeks(story, one) for one in story.company.of(kind)}
    typical = statistics.median([len(week) for found in everyone.values() for week in found])
    if median is not None and typical > median:
        yield Violation(f"all of kind {kind}", "a usual week", f"{typical} messages, and {median} is the aim")
    for email, found in everyone.items():
        for number, week in enumerate(found):
            if most is not None and len(week) > most:
                begins = story.company.first + number * WEEK
                kinds = Counter(one.kind for one in week)
                yield Violation(email, f"week of {begins:%d %b}", f"{len(week)} messages, and {most} is the most: {dict(kinds)}")


@rule("Executives get 3 messages a week in the median and 6 in any week.")
def volume_of_executives(story: Story) -> Iterator[Violation]:
    """Counting everything."""
    yield from _volume(story, "executive", 3, 6)


@rule("Employees get 2 messages a week.")
def volume_of_employees(story: Story) -> Iterator[Violation]:
    """In the median; in any week no more than executives."""
    yield from _volume(story, "employee", 2, 6)


@rule("The CX office gets 6 messages a week; the rest is on Home.")
def volume_of_the_office(story: Story) -> Iterator[Violation]:
    """In any week."""
    yield from _volume(story, "cx_office", 6, 6)


@rule("No text comes twice within two weeks.")
def no_text_twice(story: Story) -> Iterator[Violation]:
    """Word for word, apart from a reminder's lead and what readers asked for."""
    for found in by_person(story.messages).values():
        seen: dict[str, Message] = {}
        for one in found:
            said = re.sub(r"\s+", " ", text(one.card)).casefold()
            before = seen.get(said)
            if before is not None and one.at - before.at < 2 * WEEK - timedelta(hours=3) and one.kind != "reminder":
                yield wrong(story, one, f"word for word as on {when(story.company.members[one.email], before.at)}")
            seen[said] = one


@rule("The agenda and the prompt of one day are one message.")
def one_message_a_day(story: Story) -> Iterator[Violation]:
    """Nobody gets both on one day."""
    for email, found in by_person(of(story, "agenda", "prompt")).items():
        member = story.company.members[email]
        days: dict[date, dict[str, int]] = defaultdict(dict)
        for one in found:
            day = member.calendar.local(one.at).date()
            days[day].setdefault(one.kind, one.number)
            if len(set(days[day].values())) > 1:
                yield wrong(story, one, "a second message that asks something, on one day")


@rule("On the first day back from leave everything comes as one message.")
def the_first_day_back(story: Story) -> Iterator[Violation]:
    """On the first working day after a leave of four days or more, one message before noon; what others do that day comes later."""
    hurried, queued = urgent(story), {row["id"]: row["queued_at"] for row in story.tables["deliveries"]}
    for email, found in by_person(story.messages).items():
        calendar = story.company.members[email].calendar
        for leave in calendar.leaves:
            midnight = datetime.combine(leave.last + DAY, time(0), calendar.local(story.company.start).tzinfo)
            back = calendar.next_work(midnight.astimezone(UTC))
            if back is None or (leave.last - leave.first).days < 4:
                continue
            morning = [one for one in found if back - timedelta(minutes=1) <= one.at <= back + timedelta(hours=3, minutes=30)]
            waited = [one for one in morning if one.kind in {"agenda", "digest"} or queued.get(one.delivery, back) <= back]
            first = [one for one in waited if not just_asked(story, one) and not (one.kind == "update" and one.subject in hurried)]
            if len(first) > 1:
                kinds = [one.kind for one in first]
                yield Violation(
                    email, when(story.company.members[email], back), f"{len(first)} messages on the first morning back: {kinds}"
                )
