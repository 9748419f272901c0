"""The story as a table: messages by kind of person, the ten people with the most, and one executive's quarter as they got it."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator

from tests.quarter.life import Story
from tests.quarter.reading import words
from tests.quarter.rules import RULES, weeks

KINDS = ("executive", "delegate", "cx_office", "employee")


def tell(story: Story) -> Iterator[str]:
    """Line by line."""
    yield from _by_kind(story)
    yield ""
    yield from _worst(story)
    yield ""
    yield from _one(story)
    yield ""
    yield from _rules(story)


def _by_kind(story: Story) -> Iterator[str]:
    found = sorted({one.kind for one in story.messages})
    yield f"{'messages':16}" + "".join(f"{kind:>11}" for kind in KINDS)
    for subject in found:
        counts = Counter(story.company.members[one.email].kind for one in story.messages if one.kind == subject)
        yield f"{subject:16}" + "".join(f"{counts[kind]:>11}" for kind in KINDS)
    for name, give in (("a week, median", statistics.median), ("a week, mean", statistics.mean), ("a week, most", max)):
        cells = [give([len(week) for one in story.company.of(kind) for week in weeks(story, one)] or [0]) for kind in KINDS]
        yield f"{name:16}" + "".join(f"{cell:>11.1f}" for cell in cells)


def _worst(story: Story) -> Iterator[str]:
    counts = Counter(one.email for one in story.messages)
    yield "The ten with the most messages"
    for email, number in counts.most_common(10):
        kinds = Counter(one.kind for one in story.messages if one.email == email)
        yield f"  {number:>4}  {email:32} {', '.join(f'{kind} {many}' for kind, many in kinds.most_common())}"


def _one(story: Story) -> Iterator[str]:
    counts = Counter(one.email for one in story.messages if story.company.members[one.email].kind == "executive")
    if not counts:
        return
    ranked = counts.most_common()
    email = ranked[len(ranked) // 2][0]
    member = story.company.members[email]
    yield f"{email}, {member.zone}, as it came to them"
    for one in story.messages:
        if one.email == email:
            said = " / ".join(words(one.card))
            yield f"  {member.calendar.local(one.at):%a %d %b %H:%M}  {one.kind:14} {said[:150]}"


def _rules(story: Story) -> Iterator[str]:
    for rule in RULES:
        broken = list(rule.check(story))
        yield f"{'ok ' if not broken else f'{len(broken):>3}'} {rule.name}: {rule.promise}"
        for one in broken[:3]:
            yield f"      {one}"
