"""The checker is checked: for each rule a small story that breaks it, so that none passes because it looks at nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.quarter.calendar import Calendar, Leave
from tests.quarter.company import Company, Member
from tests.quarter.life import Deed, Message, Story
from tests.quarter.rules import RULES

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2027, 1, 18)
NAMES = ("chief", "ada", "dele", "cleo", "emil")


def small() -> Story:
    """Four weeks of five people in London, in which nothing happens."""
    kinds = ("executive", "executive", "delegate", "cx_office", "employee")
    story = Story(Company({}, [], MONDAY, 4))
    for number, (name, kind) in enumerate(zip(NAMES, kinds, strict=True), 1):
        calendar = Calendar("Europe/London", "GB", frozenset(range(5)), time(8, 30), time(17), frozenset())
        email = f"{name}@halyard.example"
        manager = "" if name == "chief" else "chief@halyard.example"
        story.company.members[email] = Member(email, name, kind, calendar, "en-GB", "Service", "slack", 0.5, manager)
        story.emails[number] = email
    story.company.members["dele@halyard.example"].bosses = ("ada@halyard.example",)
    names = ("deliveries", "broadcasts", "updates", "update_texts", "commitments", "commitment_events", "prompts", "engagements")
    story.tables = {name: [] for name in names}
    return story


def at(days: int, hour: int = 10, minute: int = 0) -> datetime:
    """An hour in London, so many days after the first Monday."""
    return datetime.combine(MONDAY + timedelta(days=days), time(hour, minute), LONDON).astimezone(UTC)


def gets(story: Story, name: str, when: datetime, kind: str, subject: int = 1, part: int = 0, *lines: str, **args: str) -> Message:
    """Somebody gets a message, with some lines, and a button that carries `args`."""
    buttons = [{"kind": "button", "label": "Do", "command": "do", "args": args}] if args else []
    blocks: list[dict[str, Any]] = [{"kind": "text", "text": line} for line in lines]
    card = {"title": f"{kind} {len(story.messages)}", "blocks": [*blocks, {"kind": "actions", "buttons": buttons}]}
    number = len(story.messages)
    story.messages.append(Message(number, when, f"{name}@halyard.example", number, card, kind=kind, subject=subject, part=part))
    return story.messages[-1]


def does(story: Story, name: str, when: datetime, command: str, **answers: str) -> None:
    """Somebody saves a form, or presses a button when there are no answers."""
    args = {key: value for key, value in answers.items() if key in {"prompt", "update", "broadcast"}}
    story.deeds.append(Deed(when, f"{name}@halyard.example", command, args, answers, "card", "Done"))


def update(story: Story, key: int = 1, **more: Any) -> None:
    """An update that was sent."""
    story.tables["updates"].append({"id": key, "recalled_at": None, "speaker_id": 2, **more})
    story.tables["update_texts"].append({"update_id": key, "title": f"Change {key}"})
    broadcast = {"id": key, "update_id": key, "state": "done", "when": "now", "day": None}
    story.tables["broadcasts"].append({**broadcast, **{name: value for name, value in more.items() if name in {"when", "day"}}})


def promised(story: Story, due: int, owner: int = 5, by: int = 2) -> None:
    """A commitment that nobody ever touches."""
    day = MONDAY + timedelta(days=due)
    row = {"id": 1, "what": "send it", "owner_id": owner, "promised_by_id": by, "made_at": at(-9), "due": day, "first_due": day}
    story.tables["commitments"].append(row)


def prompted(story: Story, **more: Any) -> None:
    """A prompt of Ada's."""
    story.tables["prompts"].append({"id": 7, "person_id": 2, "created_at": at(3, 15), "closed_at": None, **more})


def _morning(story: Story) -> None:
    update(story, when="morning", day=MONDAY)
    gets(story, "emil", at(0, 8, 45), "update")


def _not_told(story: Story) -> None:
    update(story)
    story.tables["deliveries"].append({"person_id": 5, "subject": "update", "subject_id": 1, "queued_at": at(1), "state": "digest"})


def _twice_told(story: Story) -> None:
    update(story)
    gets(story, "emil", at(0), "update")
    gets(story, "emil", at(7), "digest", 1, 0, "Change 1")


def _recalled(story: Story) -> None:
    update(story, recalled_at=at(3))
    gets(story, "emil", at(0), "digest", 1, 0, "Change 1")


def _unapproved(story: Story) -> None:
    update(story)
    does(story, "emil", at(0, 9), "agree-update", broadcast="1")
    gets(story, "emil", at(0), "update")


def _miscounted(story: Story) -> None:
    update(story)
    gets(story, "emil", at(0), "update")
    gets(story, "cleo", at(0), "broadcast", 1, 0, "Sent: 2 of 2")


def _reminded(story: Story) -> None:
    does(story, "emil", at(0), "got-it", update="1")
    gets(story, "emil", at(2), "reminder")


def _away(story: Story) -> None:
    promised(story, due=3)
    days = (MONDAY, MONDAY + timedelta(days=20))
    story.company.members["emil@halyard.example"].calendar.leaves.append(Leave(*days, at(-20)))


def _back(story: Story) -> None:
    leave = Leave(MONDAY, MONDAY + timedelta(days=6), at(-20))
    story.company.members["emil@halyard.example"].calendar.leaves.append(leave)
    for minute in (30, 35, 50):
        gets(story, "emil", at(7, 8, minute), "commitment", minute)


def _snoozed(story: Story) -> None:
    prompted(story)
    does(story, "ada", at(3, 16), "remind-tomorrow", prompt="7")


def _left(story: Story) -> None:
    story.company.members["emil@halyard.example"].gone = at(1)
    gets(story, "emil", at(2), "update")


def _lists(story: Story, *days: int) -> None:
    promised(story, due=24)
    for day in days:
        gets(story, "emil", at(day), "agenda", day, 0, "send it", commitment="1")


def _week(story: Story) -> None:
    does(story, "ada", at(1), "logvisit", happened_on=(MONDAY + timedelta(days=1)).isoformat())
    gets(story, "cleo", at(7, 8, 30), "weekly_report", MONDAY.toordinal(), 0, "0 engagements in this week")


def _month(story: Story) -> None:
    does(story, "ada", at(1), "logcall", happened_on=(MONDAY + timedelta(days=1)).isoformat())
    gets(story, "chief", at(14), "monthly_letter", date(2027, 1, 1).toordinal(), 0, "From 3 engagements in January 2027.")


def _same_words(story: Story) -> None:
    gets(story, "emil", at(0), "agenda", 1, 0, "send it")
    story.messages.append(replace(story.messages[0], number=1, delivery=1, subject=2, at=at(9)))


def _many(story: Story, name: str, number: int) -> None:
    for count in range(number):
        gets(story, name, at(0, 9, count), "commitment", count)


BREAKS: dict[str, Callable[[Story], object]] = {
    "at_work": lambda story: gets(story, "emil", at(0, 3), "agenda"),
    "in_the_hours_of_updates": lambda story: gets(story, "emil", at(0, 6), "update"),
    "in_the_morning": _morning,
    "asked_from_thursday_on": lambda story: gets(story, "ada", at(8), "prompt"),
    "every_executive_is_asked": lambda _: None,
    "one_reminder": lambda story: [gets(story, "ada", at(3, 15 + part), "prompt", 7, part) for part in range(3)],
    "the_weekly_report": lambda _: None,
    "the_monthly_letter": lambda _: None,
    "monday_is_monday": lambda story: gets(story, "cleo", at(2), "weekly_report", MONDAY.toordinal()),
    "asked_again_tomorrow": _snoozed,
    "reminded_after_two_days": lambda story: [gets(story, "ada", at(day, 15), "prompt", 7, day) for day in (3, 4)],
    "exactly_once": lambda story: [gets(story, "emil", at(0), "update") for _ in range(2)],
    "nothing_to_leavers": _left,
    "every_update_is_told": _not_told,
    "digests": lambda story: gets(story, "emil", at(0), "digest", 1, 0, "This week: 0 updates"),
    "the_weekly_limit": lambda story: [gets(story, "emil", at(day), "update", day) for day in range(4)],
    "no_update_twice": _twice_told,
    "recalls": _recalled,
    "reminders": _reminded,
    "escalation": lambda story: promised(story, due=0),
    "away_over_the_due_date": _away,
    "owners_are_reminded": lambda story: promised(story, due=3),
    "what_is_new_comes_first": lambda story: _lists(story, 0, 3),
    "items_return_weekly": lambda story: _lists(story, 0, 3),
    "volume_of_executives": lambda story: _many(story, "ada", 7),
    "volume_of_employees": lambda story: _many(story, "emil", 7),
    "volume_of_the_office": lambda story: _many(story, "cleo", 7),
    "no_text_twice": _same_words,
    "one_message_a_day": lambda story: [gets(story, "ada", at(3, 15), kind) for kind in ("agenda", "prompt")],
    "the_first_day_back": _back,
    "broadcasts_are_counted": _miscounted,
    "the_weeks_engagements": _week,
    "the_months_engagements": _month,
    "nothing_unapproved": _unapproved,
}
"""By the name of a rule, what breaks it."""


def _away_since_this_morning(story: Story) -> None:
    story.company.members["emil@halyard.example"].calendar.leaves.append(Leave(MONDAY, MONDAY, at(0, 8, 45)))
    gets(story, "emil", at(1, 9, 6), "digest", 1, 0, "This week: 2 updates")


def _named_only(story: Story) -> None:
    does(story, "ada", at(1), "logcall", happened_on=(MONDAY + timedelta(days=1)).isoformat())
    gets(story, "cleo", at(7, 8, 30), "weekly_report", MONDAY.toordinal(), 0, "47 things for you", alone="yes")


def _approved_beside_a_digest(story: Story) -> None:
    update(story)
    both = gets(story, "emil", at(0), "approval", 1, 0, "Change 1")
    both.carries.append(("digest", 1, 0))
    gets(story, "emil", at(0, 11), "update")


KEEPS: dict[str, Callable[[Story], object]] = {
    "monday_is_monday": _away_since_this_morning,
    "the_weeks_engagements": _named_only,
    "no_update_twice": _approved_beside_a_digest,
}
"""By the name of a rule, what looks as if it broke it."""

SILENT = {"every_executive_is_asked", "the_weekly_report", "the_monthly_letter"}
"""What is broken where nothing happens."""


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.name)
def test_what_breaks_a_rule_is_seen(rule: Any) -> None:
    """The story breaks this rule, and names who; where nothing happens, only what should have happened is missing."""
    assert (list(rule.check(small())) != []) == (rule.name in SILENT)
    story = small()
    BREAKS[rule.name](story)
    found = list(rule.check(story))
    assert found
    assert all(one.who and one.what for one in found)


@pytest.mark.parametrize("name", KEEPS)
def test_what_only_looks_like_a_breach_is_none(name: str) -> None:
    """Away since this morning is back the day after; a report may be only named; an approval may be asked for beside a digest."""
    story = small()
    KEEPS[name](story)
    assert list({one.name: one for one in RULES}[name].check(story)) == []
