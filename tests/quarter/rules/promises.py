"""Commitments: who hears of them, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.quarter.calendar import DAY
from tests.quarter.company import Member
from tests.quarter.life import Message, Story
from tests.quarter.reading import commitments, text
from tests.quarter.rules.rule import (
    Violation,
    by_person,
    of,
    rule,
    when,
    wrong,
)


def _settled(story: Story, row: dict[str, Any]) -> bool:
    """Whether neither its date, its owner nor its state ever changed: those are looked at."""
    kinds = {one["kind"] for one in story.tables["commitment_events"] if one["commitment_id"] == row["id"]}
    return row["due"] == row["first_due"] and not kinds & {
        "handed_on",
        "date_changed",
        "date_proposed",
        "reopened",
        "done",
        "given_up",
    }


def _heard(story: Story, email: str, row: dict[str, Any], since: datetime, until: datetime) -> bool:
    """Whether somebody got a message that names a commitment."""
    what = row["what"].casefold()
    return any(since <= one.at <= until and what in text(one.card).casefold() for one in story.messages if one.email == email)


@rule(
    "Late by more than five of its owner's working days, the manager hears; by more than ten, the CX office; whatever the work weeks."
)
def escalation(story: Story) -> Iterator[Violation]:
    """What is owed to a reader stays owed until they work; the CX office hears at the week's report at the latest."""
    for row in story.tables["commitments"]:
        owner = story.company.members[story.emails[row["owner_id"]]]
        if not _settled(story, row) or owner.gone:
            continue
        made, due = row["made_at"], row["due"]
        for late, readers, grace in ((6, [owner.manager], 3), (11, [one.email for one in story.company.of("cx_office")], 9)):
            day = _working_day_after(owner, due, late)
            if day is None or not readers[0]:
                continue
            at = datetime.combine(day, time(12), UTC)
            heard = [email for email in readers if _heard(story, email, row, max(made, at - 2 * DAY), at + 200 * DAY)]
            waits = [story.company.members[email].calendar.next_work(at + grace * DAY) for email in readers]
            deadline = max((one for one in waits if one is not None), default=None)
            if deadline is None or deadline + DAY > story.company.end or heard or owner.email in readers:
                continue
            yield Violation(
                owner.email,
                f"due {due:%a %d %b}",
                f"“{row['what']}” is more than {late - 1} working days late on {day:%a %d %b}; {', '.join(readers[:2])} never heard of it",
            )


def _working_day_after(one: Member, day: date, number: int) -> date | None:
    """The `number`th working day after a day."""
    for step in range(1, 120):
        if one.calendar.works_on(day + step * DAY, datetime.max.replace(tzinfo=UTC)):
            number -= 1
            if number == 0:
                return day + step * DAY
    return None


@rule("Owner away over the due date: their cover, whoever promised it, or the manager is told on the day.")
def away_over_the_due_date(story: Story) -> Iterator[Violation]:
    """By the end of that reader's next working day."""
    for row in story.tables["commitments"]:
        owner = story.company.members[story.emails[row["owner_id"]]]
        due, noon = row["due"], datetime.combine(row["due"], time(12), UTC)
        if not _settled(story, row) or owner.gone or not owner.calendar.away(due, noon) or noon < row["made_at"]:
            continue
        promised_by = story.emails[row["promised_by_id"]]
        cover = [one.email for one in story.company.of("delegate") if owner.email in one.bosses]
        others = [email for email in dict.fromkeys([*cover, promised_by, owner.manager]) if email and email != owner.email]
        waits = [story.company.members[email].calendar.next_work(noon + DAY) for email in others]
        if not others or any(one is None or one + DAY > story.company.end for one in waits):
            continue
        until = max(one for one in waits if one is not None) + DAY
        if not any(
            _heard(story, email, row, max(noon - 4 * DAY, row["made_at"] + timedelta(minutes=20)), until) for email in others
        ):
            yield Violation(
                owner.email, f"due {due:%a %d %b}", f"“{row['what']}”: away, and neither {' nor '.join(others)} heard of it"
            )


@rule("The owner is reminded three working days before, and on the day.")
def owners_are_reminded(story: Story) -> Iterator[Violation]:
    """An owner who works on the due date has had it on a list by its end."""
    for row in story.tables["commitments"]:
        owner = story.company.members[story.emails[row["owner_id"]]]
        due = datetime.combine(row["due"], time(23, 59), UTC)
        if not _settled(story, row) or owner.gone or due > story.company.end or not owner.calendar.works_on(row["due"], due):
            continue
        if owner.calendar.days_after(row["made_at"].date(), row["due"], due) < 2:
            continue
        if not _heard(story, owner.email, row, due - 8 * DAY, due + DAY):
            yield Violation(owner.email, f"due {row['due']:%a %d %b}", f"“{row['what']}” was on no list of theirs by then")


@rule("What is new on a list comes first.")
def what_is_new_comes_first(story: Story) -> Iterator[Violation]:
    """Of what an agenda shows, something wasn't shown within the week before; and no such thing comes below what was."""
    for found in by_person(of(story, "agenda")).values():
        shown: dict[int, datetime] = {}
        for one in found:
            new = [key not in shown or one.at - shown[key] > 5 * DAY for key in commitments(one)]
            if new and not any(new) and not _changed_lately(story, commitments(one), one.at):
                yield wrong(story, one, "shows nothing that is new")
            shown |= dict.fromkeys(commitments(one), one.at)


def _changed_lately(story: Story, keys: list[int], at: datetime) -> bool:
    rows = {row["id"]: row for row in story.tables["commitments"]}
    changed = {one["commitment_id"] for one in story.tables["commitment_events"] if at - 4 * DAY < one["at"] <= at}
    return any(key in changed or abs((_due(story, rows[key], at) - at.date()).days) <= 6 for key in keys)


def _due(story: Story, row: dict[str, Any], at: datetime) -> date:
    """Its due date as it was at an instant."""
    moved = [
        one
        for one in story.tables["commitment_events"]
        if one["commitment_id"] == row["id"] and one["kind"] == "date_changed" and one["at"] <= at
    ]
    due: date = moved[-1]["new_due"] if moved else row["first_due"]
    return due


@rule("An item returns only when something about it changed or a week has passed.")
def items_return_weekly(story: Story) -> Iterator[Violation]:
    """Nothing stands in two agendas within six days, but for what changed, fell due or became late between."""
    rows = {row["id"]: row for row in story.tables["commitments"]}
    for email, found in by_person(of(story, "agenda")).items():
        last: dict[int, datetime] = {}
        zone = story.company.members[email].calendar
        for one in found:
            for key in _listed(story, one):
                before = last.get(key)
                if (
                    before is not None
                    and one.at - before < 6 * DAY
                    and not _moved(story, rows[key], zone.local(before).date(), zone.local(one.at).date(), before, one.at)
                ):
                    yield wrong(
                        story,
                        one,
                        f"“{rows[key]['what']}” (due {rows[key]['due']:%a %d %b}) was on the list of {when(story.company.members[email], before)}",
                    )
                last[key] = one.at


def _listed(story: Story, message: Message) -> list[int]:
    """What stands on a list; a request that came in the same message stands beside it."""
    whole = story.messages[message.number]
    parts = [(whole.kind, whole.subject, whole.part), *whole.carries]
    requests = {subject for kind, subject, _ in parts if kind == "commitment"}
    return [key for key in commitments(message) if key not in requests]


def _moved(story: Story, row: dict[str, Any], before: date, after: date, since: datetime, until: datetime) -> bool:
    events = [
        one
        for one in story.tables["commitment_events"]
        if one["commitment_id"] == row["id"] and since - timedelta(minutes=5) < one["at"] <= until
    ]
    due = _due(story, row, until)
    return bool(events) or before < due <= after or before <= due < after
