"""What each figure means, once, in words a CX office would sign. `docs/measures.md` is `page()`; exports and the API carry the same names.

python -m bot.measures.definitions > docs/measures.md
"""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """A figure: its `key` in exports and the API, its `name` where people read it, its meaning, and what it is counted in."""

    key: str
    name: str
    meaning: str
    unit: str


DEFINITIONS = (
    Definition(
        "pledges_met",
        "Pledges met",
        "Of the executives with a pledge, each counted once, how many have met it: as many visits and as many calls as promised. A call counts "
        "as a call; every other kind, being in person, as a visit. Looked at are their pledge periods that end in the window (the running one "
        "too, as it stands today); where none does, the one that holds the window's last day (or today), as it stood then. All of these must be "
        "met; a period less than a tenth of which is over is left out where there is another. Counted is everyone who was an executive on every "
        "day of such a period so far; who joined or left in the middle of it is not. Who changed departments counts where they were on the last "
        "day looked at. A pledge is what app.yaml says today; a pledge of nothing isn't counted.",
        "executives",
    ),
    Definition(
        "pledges_begun",
        "Met a customer",
        "Of the same executives, how many had at least one engagement, in the window or in the pledge periods looked at. The others are named as "
        "having had no customer contact yet, unless less than a tenth of their period is over or they are out of office.",
        "executives",
    ),
    Definition(
        "engagements",
        "Engagements",
        "Visits, calls, briefings, listening sessions and days with frontline staff that happened on a day in the window. One that several "
        "executives were at counts once; for a department or person, each they were at counts. A department's are those with "
        "at least one person who was in it on that day. What was deleted doesn't count.",
        "engagements",
    ),
    Definition(
        "days_to_log",
        "Time to log",
        "From the day something happened to the day it was logged, in the calendar of whoever logged it: half took no longer than this (the "
        "median).",
        "days",
    ),
    Definition(
        "prompts_answered",
        "Prompts answered in two working days",
        "Of the prompts sent in the window, how many were answered within two working days of the one asked, by their own calendar and public "
        "holidays. Logging something is an answer; so is saying that there is nothing to log. Left out altogether: whoever was out of "
        "office on any day of those; a prompt put off to another day, until it comes again; one the bot closed itself because there was "
        "nothing left to ask for; one whose two days aren't over.",
        "prompts",
    ),
    Definition(
        "customers_seen",
        "Customers by days since last seen",
        "Every customer by how long ago anybody of the company was there, on the window's last day (or today). For a person or department: "
        "the customers they answer for.",
        "customers",
    ),
    Definition(
        "key_customers_stale",
        "Key customers overdue",
        "Of the key customers, how many nobody has seen for more than `engagements.stale_days`, or ever.",
        "customers",
    ),
    Definition(
        "coverage",
        "Coverage",
        "For each segment at each stage of the journey: how many engagements there were in the window and how many executives were at "
        "them. A cell with none is named: nobody has listened there.",
        "engagements",
    ),
    Definition(
        "commitments_made",
        "Commitments made",
        "Commitments made in the window. Each belongs to the executive who made it, and to the department they were in that day.",
        "commitments",
    ),
    Definition(
        "commitments_across",
        "Owned by another department",
        "Of the commitments made in the window, how many have an owner who, on the day it was made, was in another department than the "
        "executive who made it.",
        "commitments",
    ),
    Definition(
        "commitments_on_first_date",
        "On the original date",
        "Of the commitments due in the window (by the date that holds now) whose day has passed or that are kept already, how many were kept "
        "on or before the date first agreed. A withdrawn commitment isn't counted; one given up after its date is, as not kept.",
        "commitments",
    ),
    Definition(
        "commitments_on_last_date",
        "On the revised date",
        "Of the same commitments, how many were kept on or before the date that held last.",
        "commitments",
    ),
    Definition(
        "commitments_told",
        "Customer informed",
        "Of the commitments to a customer kept in the window, how many the customer was informed of.",
        "commitments",
    ),
    Definition(
        "commitments_late",
        "Overdue",
        "Commitments still open today whose date has passed, whenever they were made.",
        "commitments",
    ),
    Definition(
        "updates_sent",
        "Updates sent",
        "Updates whose sending began in the window. Updates are the company's: departments have none.",
        "updates",
    ),
    Definition(
        "updates_reached",
        "Reached",
        "Of everyone these updates were meant for, how many they reached: the platform took the message. What was taken back later had "
        "reached them. So has an update told in a digest that arrived. Copies called off before, and those that wait for a digest, aren't "
        "counted.",
        "people",
    ),
    Definition("updates_got_it", "Got it", "Of those reached, how many pressed Got it and stand by it.", "people"),
    Definition("updates_cannot", "Can't, because…", "Of those reached, how many said that they can't, and why.", "people"),
    Definition(
        "questions_answered",
        "Questions answered in two days",
        "Of the questions asked in the window, how many were answered within 48 hours. One whose 48 hours aren't over is left out.",
        "questions",
    ),
    Definition(
        "days_to_tell",
        "Days until staff are told",
        "From the day of a decision to the day its first update began to go out, for decisions first told in the window: half took no longer "
        "than this (the median).",
        "days",
    ),
    Definition(
        "evidence",
        "Evidence for targets",
        "For each attitude or behaviour wanted of a segment: how many engagements in the window spoke to it, and in how many of these it held.",
        "engagements",
    ),
    Definition(
        "roadmap_untied",
        "Roadmap items tied to no target",
        "Open roadmap items that serve no target today: worth a question each.",
        "items",
    ),
)

OF_ONE = (
    Definition(
        "pledge_progress",
        "Pledge vs. actual",
        "An executive's visits and calls in the pledge period that runs in their own calendar, each of what is pledged.",
        "visits and calls",
    ),
    Definition(
        "streak",
        "Streak",
        "How many pledge periods on end an executive has met, up to the last that is over; the running one counts once it is met.",
        "periods",
    ),
    Definition(
        "last_out", "Last customer contact", "The day of an executive's last engagement, up to the window's last day.", "day"
    ),
    Definition(
        "last_seen", "Last seen", "The day of the last engagement with a customer, whoever of the company was there.", "day"
    ),
    Definition(
        "engagements_listed",
        "Engagements in a list",
        "How many engagements a list has in all its pages; none that was deleted.",
        "engagements",
    ),
    Definition(
        "recipients",
        "Recipients before it is sent",
        "How many people an update's audience means as things stand: nobody who has left, and guests only where it says so.",
        "people",
    ),
    Definition(
        "taken_back",
        "Taken back",
        "Of those a recalled update had reached, from how many every copy was taken back. Who may have one, the platform didn't say, is named "
        "beside them and not counted.",
        "people",
    ),
    Definition(
        "not_reached",
        "Not reached",
        "How many people the updates that began to go out in the window, or one update, couldn't reach.",
        "people",
    ),
    Definition(
        "questions_open", "Questions without an answer", "Asked about an update, or any, and not answered yet.", "questions"
    ),
    Definition("approvals_open", "Updates waiting for approval", "Updates not yet approved.", "updates"),
    Definition(
        "customers_to_check",
        "Customers to be checked",
        "Customers added in passing that the CX office has not checked yet.",
        "customers",
    ),
)
"""Figures of one person, customer or update, and of what waits: shown where that is, and no lines of a report."""

EVERY = DEFINITIONS + OF_ONE

BY_KEY = {one.key: one for one in DEFINITIONS}

_HEAD = """# The figures

Each figure means one thing, wherever it is shown: in chat, on the dashboard, in a report, an export or the API. This page is written from
the program's own definitions, and a test recounts every figure from the raw rows.

**Days and windows.** A window is a run of days, both ends included; by default the running quarter of the company's year
(`company.fiscal_year_starts`). What happened at a moment counts on the day it had in the company's own time zone; the day of an engagement
is the one its logger gave. People join, leave and change departments: who was where on which day is kept, and figures look there. Whoever
was known on the very first day counts as having been there always.

**A share of nothing is not zero.** Where there was nothing to count, a figure says so.

**No survey scores.** There is none here, by design: [why](no-scores.md).

"""

_OF_ONE = """# Of one person, customer or update

These stand where that person, customer or update is shown, and on the page of whoever must act. They are no lines of a report.
"""


def page() -> str:
    """The page as it stands in the documentation."""
    parts = [_entry(one) for one in DEFINITIONS]
    return _HEAD + "\n".join([*parts, _OF_ONE, *(_entry(one) for one in OF_ONE)])


def _entry(one: Definition) -> str:
    return f"## {one.name}\n\n{one.meaning}\n\n`{one.key}`, counted in {one.unit}.\n"


if __name__ == "__main__":
    sys.stdout.write(page())
