"""A rule, what breaks it, and what the rules read a story with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import yaml

from tests.quarter.company import Member
from tests.quarter.life import Message, Story

WEEK = timedelta(days=7)
SETTINGS = yaml.safe_load((Path(__file__).parent.parent / "company.yaml").read_text(encoding="utf-8"))
LIMIT: int = SETTINGS["updates"]["weekly_limit"]
FROM, UNTIL = (time.fromisoformat(one) for one in SETTINGS["updates"]["hours"].split("-"))
LETTER_TO: list[str] = SETTINGS["reports"]["letter_to"]

NEWS = ("update", "reminder")
"""The kinds of message that bring an update."""


@dataclass(frozen=True)
class Violation:
    """One promise broken."""

    who: str
    when: str
    what: str
    message: int | None = None

    def __str__(self) -> str:
        return f"{self.who} · {self.when} · {self.what}" + (f" · message {self.message}" if self.message is not None else "")


Check = Callable[[Story], Iterator[Violation]]


@dataclass(frozen=True)
class Rule:
    """A promise, in the words it is made with, and how it's checked. `until` says why it isn't true yet; empty once it is asserted."""

    name: str
    promise: str
    check: Check
    until: str = ""


RULES: list[Rule] = []


def rule(promise: str, until: str = "") -> Callable[[Check], Check]:
    """Make a rule of a check."""

    def add(check: Check) -> Check:
        RULES.append(Rule(check.__name__, promise, check, until))
        return check

    return add


def wrong(story: Story, message: Message, what: str) -> Violation:
    """What is wrong with a message."""
    member = story.company.members[message.email]
    return Violation(message.email, when(member, message.at), f"{message.kind}: {what}: “{message.card['title']}”", message.number)


def when(member: Member, instant: datetime) -> str:
    """An instant on somebody's own clock."""
    return f"{member.calendar.local(instant):%a %d %b %Y %H:%M} {member.zone}"


def of(story: Story, *kinds: str) -> list[Message]:
    """The messages of some kinds, oldest first; one that came within another, as that one."""
    found = []
    for one in story.messages:
        for kind, subject, part in [(one.kind, one.subject, one.part), *one.carries]:
            if kind in kinds:
                found.append(replace(one, kind=kind, subject=subject, part=part))
    return found


def by_person(messages: list[Message]) -> dict[str, list[Message]]:
    """Messages by whose they are."""
    found: dict[str, list[Message]] = defaultdict(list)
    for one in messages:
        found[one.email].append(one)
    return found


def just_asked(story: Story, message: Message) -> bool:
    """Whether somebody did something a quarter of an hour before: what comes then may be its answer."""
    since = message.at - timedelta(minutes=15)
    return any(since <= one.at <= message.at for one in story.deeds if one.email == message.email)


def urgent(story: Story) -> set[int]:
    """The updates that their sender sent without waiting."""
    return {row["update_id"] for row in story.tables["broadcasts"] if row.get("urgent")}


def titles(story: Story) -> dict[int, str]:
    """The updates' titles."""
    return {row["update_id"]: row["title"] for row in story.tables["update_texts"]}


def weeks(story: Story, member: Member) -> list[list[Message]]:
    """What somebody got in each whole week of their own calendar, counted from the first day; but for what they had asked for."""
    found: list[list[Message]] = [[] for _ in range(story.company.weeks)]
    for one in story.messages:
        week = (member.calendar.local(one.at).date() - story.company.first).days // 7
        if one.email == member.email and 0 <= week < story.company.weeks and not asked_for(story, one):
            found[week].append(one)
    return found


def asked_for(story: Story, message: Message) -> bool:
    """Whether its reader wanted it: an answer to their question, or a prompt that they asked to have again."""
    if message.kind != "prompt":
        return message.kind == "answer"
    before = [
        one.at
        for one in story.messages
        if (one.email, one.kind, one.subject) == (message.email, "prompt", message.subject) and one.at < message.at
    ]
    asked = [one.at for one in story.deeds if one.command == "remind-tomorrow" and one.args.get("prompt") == str(message.subject)]
    return bool(before) and any(before[-1] < at < message.at for at in asked)
