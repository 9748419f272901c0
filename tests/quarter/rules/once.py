"""Everybody once: nothing twice, nothing lost, nothing left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.quarter.calendar import DAY
from tests.quarter.life import Message, Story
from tests.quarter.reading import text, words
from tests.quarter.rules.rule import (
    LIMIT,
    WEEK,
    Violation,
    by_person,
    of,
    rule,
    titles,
    when,
    wrong,
)


@rule("Exactly once: no copy of one thing comes twice.")
def exactly_once(story: Story) -> Iterator[Violation]:
    """No two messages are one delivery, or the same part of the same subject for one person."""
    seen: set[tuple[Any, ...]] = set()
    for one in story.messages:
        for key in ((one.delivery,), (one.email, one.kind, one.subject, one.part)):
            if key in seen:
                yield wrong(story, one, "twice")
            seen.add(key)


@rule("Who has left gets nothing.")
def nothing_to_leavers(story: Story) -> Iterator[Violation]:
    """From the moment their record says so."""
    for one in story.messages:
        gone = story.company.members[one.email].gone
        if gone is not None and one.at > gone + timedelta(hours=2):
            yield wrong(story, one, "after they left")


@rule("Held updates are told until told.")
def every_update_is_told(story: Story) -> Iterator[Violation]:
    """Each update whose recipient somebody is reaches them as a copy, or stands in a digest within two working weeks of it."""
    known = titles(story)
    recalled = {row["id"] for row in story.tables["updates"] if row["recalled_at"]}
    told: dict[str, set[str]] = {
        email: {line for one in found for line in words(one.card)} for email, found in by_person(of(story, "digest")).items()
    }
    had = {(one.email, one.subject) for one in of(story, "update")}
    for row in story.tables["deliveries"]:
        email = story.emails[row["person_id"]]
        if row["subject"] != "update" or row["subject_id"] in recalled or (email, row["subject_id"]) in had:
            continue
        member = story.company.members[email]
        due = member.calendar.next_work(row["queued_at"] + timedelta(days=9))
        if due is None or due + 2 * DAY > story.company.end or member.gone or row["state"] == "cancelled":
            continue
        if known[row["subject_id"]] not in told.get(email, set()):
            yield Violation(email, when(member, row["queued_at"]), f"“{known[row['subject_id']]}” ({row['state']}) was never told")


@rule("One digest a week, one on the first day back, and none that says nothing.")
def digests(story: Story) -> Iterator[Violation]:
    """Two days apart at least (one on the first day back may come before Monday's), and each names an update."""
    known = set(titles(story).values())
    for found in by_person(of(story, "digest")).values():
        last: Message | None = None
        for one in found:
            if not known & set(words(one.card)) and "recall" not in text(one.card).casefold():
                yield wrong(story, one, "names no update")
            if last is not None and one.at - last.at < 2 * DAY:
                yield wrong(story, one, f"{one.at - last.at} after the one before")
            last = one


@rule("A person gets at most updates.weekly_limit updates in seven days, as they arrive.")
def the_weekly_limit(story: Story) -> Iterator[Violation]:
    """Counted in any seven days."""
    for found in by_person(of(story, "update")).values():
        for one in found:
            had = [other for other in found if one.at - WEEK < other.at <= one.at]
            if len(had) > LIMIT:
                yield wrong(story, one, f"the {len(had)}th in seven days")


@rule("Whoever has the weekly digest gets no update twice.")
def no_update_twice(story: Story) -> Iterator[Violation]:
    """Each update once a person: as a copy or in one digest."""
    known = titles(story)
    for email, found in by_person(of(story, "update", "digest")).items():
        seen: dict[str, Message] = {}
        for one in found:
            digest = set(known.values()) & set(words(one.card)) - _to_approve(story, one)
            lines = {known[one.subject]} if one.kind == "update" else digest
            for title in lines:
                if title in seen:
                    yield wrong(
                        story,
                        one,
                        f"{title} was told before, in a {seen[title].kind} ({when(story.company.members[email], seen[title].at)})",
                    )
                seen.setdefault(title, one)


def _to_approve(story: Story, one: Message) -> set[str]:
    """Titles of updates that the same message asks its reader to approve: they stand beside its digest, and not in it."""
    updates, known = {row["id"]: row["update_id"] for row in story.tables["broadcasts"]}, titles(story)
    whole = next(message for message in story.messages if message.number == one.number)
    parts = [(whole.kind, whole.subject, whole.part), *whole.carries]
    return {known[updates[subject]] for kind, subject, _ in parts if kind == "approval"}


@rule("A recall takes an update back everywhere: also out of digests already sent.")
def recalls(story: Story) -> Iterator[Violation]:
    """In the end no copy and no digest shows its title or words."""
    rows = [
        row for row in story.tables["updates"] if row["recalled_at"] and row["recalled_at"] < story.company.end - timedelta(hours=1)
    ]
    texts = {row["update_id"]: row for row in story.tables["update_texts"]}
    for row in rows:
        for one in of(story, "update", "reminder", "digest"):
            shows = one.gone is None and texts[row["id"]]["title"] in words(one.now)
            if shows and (one.kind == "digest" or one.subject == row["id"]):
                yield wrong(story, one, f"still shows {texts[row['id']]['title']}, recalled")


@rule("Remind those who haven't answered, but not those out of office.")
def reminders(story: Story) -> Iterator[Violation]:
    """Nobody is reminded who had answered before, or is away."""
    for one in of(story, "reminder"):
        answered = [
            deed
            for deed in story.deeds
            if deed.email == one.email and deed.command in {"got-it", "cannot"} and deed.at < one.at - timedelta(hours=1)
        ]
        if any(deed.args.get("update") == str(one.subject) and deed.reply == "card" for deed in answered):
            yield wrong(story, one, "had answered")
