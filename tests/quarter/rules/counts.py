"""The numbers that are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from tests.quarter.calendar import DAY
from tests.quarter.life import Message, Story
from tests.quarter.reading import presses, text, words
from tests.quarter.rules.rule import Violation, of, rule, wrong


@rule("A broadcast's card says how many it was sent to.")
def broadcasts_are_counted(story: Story) -> Iterator[Violation]:
    """The last card its author has names the number of copies that arrived, as “n of m”."""
    copies = Counter(one.subject for one in of(story, "update"))
    updates = {row["id"]: row["update_id"] for row in story.tables["broadcasts"] if row["state"] == "done"}
    recalled = {row["id"] for row in story.tables["updates"] if row["recalled_at"]}
    last = {one.subject: one for one in of(story, "broadcast")}
    for broadcast, one in last.items():
        update = updates.get(broadcast)
        if update is None or update in recalled or one.at > story.company.end - DAY or _named_only(one):
            continue
        if not re.search(rf"(?<![\d,]){copies[update]:,} of [\d,]+\b", text(one.now)):
            yield wrong(story, one, f"{copies[update]} copies arrived, and it says: {text(one.now)!r}")


def _named_only(message: Message) -> bool:
    """Whether there were so many things in a message that some are named with a button to show them: this one may be among those."""
    return any("alone" in args for _, args in presses(message.now))


def _logged(story: Story, first: date, last: date, until: datetime) -> int:
    """How many visits and calls of some days were saved before an instant, by what people did."""
    saved = [
        one
        for one in story.deeds
        if one.command in {"logvisit", "logcall"} and one.answers and one.reply == "card" and one.at < until
    ]
    return sum(first <= date.fromisoformat(one.answers["happened_on"]) <= last for one in saved)


def _says(message: Message, number: int, *about: str) -> bool:
    """Whether a line of a message that is about something holds a number."""
    lines = [line for line in words(message.card) if any(word in line.casefold() for word in about)]
    return any(re.search(rf"(?<![\d,.]){number:,}(?![\d,.])", line) for line in lines)


@rule("The week's report counts the engagements of the week before.")
def the_weeks_engagements(story: Story) -> Iterator[Violation]:
    """As many as people saved, of the days from Monday to Sunday."""
    for one in of(story, "weekly_report"):
        monday = date.fromordinal(one.subject)
        number = _logged(story, monday, monday + 6 * DAY, one.at)
        if not _says(one, number, "engagement") and not _named_only(one):
            yield wrong(
                story, one, f"{number} were logged, and it says {[line for line in words(one.card) if 'ngagement' in line]}"
            )


@rule("The letter counts the engagements of the month before.")
def the_months_engagements(story: Story) -> Iterator[Violation]:
    """As many as people saved, of the month's days."""
    for one in of(story, "monthly_letter"):
        first = date.fromordinal(one.subject)
        number = _logged(story, first, (first + 31 * DAY).replace(day=1) - DAY, one.at)
        if number and not _says(one, number, "engagement") and not _named_only(one):
            yield wrong(story, one, f"{number} were logged, and it says {words(one.card)[:4]}")


@rule("An update goes out once its speaker, or a delegate of theirs, has approved its words.")
def nothing_unapproved(story: Story) -> Iterator[Violation]:
    """Somebody who may has pressed so before the first copy arrived."""
    for update, row in {row["id"]: row for row in story.tables["updates"]}.items():
        copies = [one for one in of(story, "update") if one.subject == update]
        speaker = story.emails[row["speaker_id"]]
        broadcasts = {str(one["id"]) for one in story.tables["broadcasts"] if one["update_id"] == update}
        may = {speaker, *(one.email for one in story.company.of("delegate") if speaker in one.bosses)}
        agreed = [
            one.at
            for one in story.deeds
            if one.command == "agree-update" and one.email in may and one.args.get("broadcast") in broadcasts
        ]
        if copies and not any(at <= copies[0].at for at in agreed):
            yield wrong(story, copies[0], f"went out, and {speaker} never approved it")
