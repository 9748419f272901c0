"""When messages come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from tests.quarter.calendar import DAY
from tests.quarter.company import Member
from tests.quarter.life import Story
from tests.quarter.rules.rule import (
    FROM,
    LETTER_TO,
    NEWS,
    UNTIL,
    WEEK,
    Violation,
    by_person,
    just_asked,
    of,
    rule,
    urgent,
    when,
    wrong,
)


@rule(
    "Never at night, on a day off, on a holiday or on leave, whatever it is; but for answers to what was just asked, and what is urgent."
)
def at_work(story: Story) -> Iterator[Violation]:
    """Every message arrives while its reader works; an update also within its own hours."""
    hurried = urgent(story)
    for one in story.messages:
        calendar = story.company.members[one.email].calendar
        if one.kind == "update" and one.subject in hurried:
            continue
        if not calendar.at_work(one.at - timedelta(seconds=30)) and not calendar.at_work(one.at) and not just_asked(story, one):
            away = calendar.away(calendar.local(one.at).date(), one.at)
            yield wrong(story, one, "on leave" if away else "outside working time")


@rule("An update arrives within updates.hours.")
def in_the_hours_of_updates(story: Story) -> Iterator[Violation]:
    """On each reader's own clock."""
    hurried = urgent(story)
    for one in of(story, *NEWS):
        there = story.company.members[one.email].calendar.local(one.at).time()
        if not FROM <= there < UNTIL and one.subject not in hurried:
            yield wrong(story, one, "outside updates.hours")


@rule("At nine in each one's own morning.")
def in_the_morning(story: Story) -> Iterator[Violation]:
    """A morning broadcast's copies come on its day or later, from nine on."""
    days = {row["update_id"]: row["day"] for row in story.tables["broadcasts"] if row["when"] == "morning" and row["day"]}
    for one in of(story, "update"):
        if one.subject in days:
            there = story.company.members[one.email].calendar.local(one.at)
            if there.date() < days[one.subject] or there.time() < time(9):
                yield wrong(story, one, f"before nine on {days[one.subject]}")


@rule("On Thursdays at 15:00 of their own clock, else at their next working moment: nobody is asked at another time.")
def asked_from_thursday_on(story: Story) -> Iterator[Violation]:
    """A first ask comes on Thursday from three on, or when they next work after it."""
    for one in of(story, "prompt"):
        calendar = story.company.members[one.email].calendar
        there = calendar.local(one.at)
        thursday = there - timedelta(days=(there.weekday() - 3) % 7)
        due = thursday.replace(hour=15, minute=0, second=0, fold=0)
        due -= timedelta(days=7) if due > there else timedelta(0)
        first = calendar.next_work(due.astimezone(UTC))
        if one.part == 0 and first is not None and one.at > first + timedelta(hours=3):
            yield wrong(
                story, one, f"not when they next worked after Thursday at three ({when(story.company.members[one.email], first)})"
            )


@rule("Who doesn't work on Thursday at three is asked at their next working moment of that week: nobody is forgotten.")
def every_executive_is_asked(story: Story) -> Iterator[Violation]:
    """An executive whose pledge isn't met and who works each week is asked within fifteen days, time and again."""
    asked = by_person(of(story, "prompt"))
    for one in story.company.of("executive"):
        last = story.company.start
        for at in [*(message.at for message in asked.get(one.email, [])), story.company.end]:
            weeks = [last + WEEK * step for step in range(1, (at - last).days // 7)]
            idle = [
                week
                for week in weeks
                if _works_that_week(one, week) and not _met(story, one, week) and not _snoozed(story, one, week)
            ]
            if len(idle) >= 2:
                yield Violation(
                    one.email,
                    when(one, last),
                    f"not asked from then until {when(one, at)}, working in {len(idle)} of the weeks between",
                )
            last = at


def _works_that_week(one: Member, instant: datetime) -> bool:
    there = one.calendar.local(instant).date()
    thursday = there - timedelta(days=there.weekday()) + 3 * DAY
    ahead = [thursday + step * DAY for step in range(4)]
    return any(one.calendar.works_on(day, instant) for day in ahead[1:]) or (
        one.calendar.works_on(thursday, instant) and one.calendar.hours(thursday)[1] > time(15)
    )


def _met(story: Story, one: Member, instant: datetime) -> bool:
    """Whether they logged what is pledged in the calendar quarter: three visits and four calls."""
    quarter = (instant.year, (instant.month - 1) // 3)
    key = str(next(number for number, email in story.emails.items() if email == one.email))
    logged = [
        deed for deed in story.deeds if deed.command in {"logvisit", "logcall"} and deed.reply == "card" and deed.at <= instant
    ]
    saved = [deed for deed in logged if deed.answers and (deed.email == one.email or key in deed.answers.get("executives", ()))]
    mine = [deed for deed in saved if (deed.at.year, (deed.at.month - 1) // 3) == quarter]
    counts = Counter(deed.command for deed in mine)
    return counts["logvisit"] >= 3 and counts["logcall"] >= 4


def _snoozed(story: Story, one: Member, instant: datetime) -> bool:
    """Whether a prompt of theirs was open then: it comes again by itself."""
    emails = story.emails
    return any(
        emails[row["person_id"]] == one.email
        and row["created_at"] <= instant
        and (row["closed_at"] is None or row["closed_at"] >= instant)
        for row in story.tables["prompts"]
    )


@rule("One reminder, then it closes.")
def one_reminder(story: Story) -> Iterator[Violation]:
    """A prompt comes twice at most, apart from what its reader put off; the reminder is two working days after."""
    put_off = Counter(deed.args.get("prompt", "") for deed in story.deeds if deed.command == "remind-tomorrow")
    seen: Counter[tuple[str, int]] = Counter()
    for one in of(story, "prompt"):
        seen[one.email, one.subject] += 1
        if seen[one.email, one.subject] > 2 + 2 * put_off[str(one.subject)]:
            yield wrong(story, one, f"asked for the {seen[one.email, one.subject]}. time")


@rule("The week, Mondays, to everyone in the CX office; each once.")
def the_weekly_report(story: Story) -> Iterator[Violation]:
    """One a week for each, at their first working moment from Monday half past eight on."""
    for email, found in by_person(of(story, "weekly_report")).items():
        for (subject, part), number in Counter((one.subject, one.part) for one in found).items():
            if number > 1 or part:
                yield Violation(email, str(date.fromordinal(subject)), f"the week's report came {number} times (part {part})")
    for one in story.company.of("cx_office"):
        had = {message.subject for message in of(story, "weekly_report") if message.email == one.email}
        for step in range(1, story.company.weeks):
            there = story.company.first + step * WEEK
            monday = there - timedelta(days=there.weekday())
            at = one.calendar.next_work(
                datetime.combine(monday, time(8, 30), one.calendar.local(story.company.start).tzinfo).astimezone(UTC), 6
            )
            if at is not None and at + timedelta(hours=1) < story.company.end and (monday - WEEK).toordinal() not in had:
                yield Violation(one.email, f"{monday:%a %d %b}", "no report of the week before")


@rule("The letter, for the month before, at its reader's next working moment after the first: nobody misses it.")
def the_monthly_letter(story: Story) -> Iterator[Violation]:
    """One a month for each of letter_to."""
    for email in LETTER_TO:
        had = Counter((one.at.year, one.at.month) for one in of(story, "monthly_letter") if one.email == email)
        months = {
            (day.year, day.month)
            for day in (story.company.first + step * DAY for step in range(story.company.weeks * 7 - 10))
            if day.day == 1
        }
        for month in sorted(months):
            if had[month] != 1:
                yield Violation(email, f"{month}", f"{had[month]} letters")


@rule(
    "The weekly report comes on Mondays at half past eight, the digest on Mondays or the first day back: else at the next working moment."
)
def monday_is_monday(story: Story) -> Iterator[Violation]:
    """Neither before its Monday nor later than its reader's first working day from then on."""
    for one in of(story, "weekly_report", "digest"):
        calendar = story.company.members[one.email].calendar
        there = calendar.local(one.at)
        monday = there.date() - timedelta(days=there.weekday())
        due = datetime.combine(monday, time(8, 30), there.tzinfo).astimezone(UTC)
        before = calendar.next_work(one.at - timedelta(hours=36), known=one.at)  # away since this morning, they may have said
        if one.kind == "digest" and before is not None and calendar.local(before).date() == there.date():
            continue  # the first day back: what waited, told in one
        first = calendar.next_work(due) if one.at >= due - timedelta(minutes=1) else None
        if first is None or one.at > first + timedelta(days=1):
            since = calendar.next_work(due - timedelta(days=7))
            if since is None or not since <= one.at <= since + timedelta(days=1):
                yield wrong(story, one, f"not on the first working day from Monday {monday:%d %b} on")


@rule("Asked to be asked tomorrow, somebody is asked again on their next working day.")
def asked_again_tomorrow(story: Story) -> Iterator[Violation]:
    """Unless it was answered, or closed, before."""
    prompts = {row["id"]: row for row in story.tables["prompts"]}
    for deed in story.deeds:
        row = prompts.get(int(deed.args.get("prompt", 0)))
        if deed.command != "remind-tomorrow" or row is None:
            continue
        member = story.company.members[story.emails[row["person_id"]]]
        here = member.calendar.local(deed.at)
        midnight = datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo).astimezone(UTC)
        due = member.calendar.next_work(midnight)
        if (
            due is None
            or due + timedelta(hours=10) > story.company.end
            or (row["closed_at"] and row["closed_at"] < due + timedelta(minutes=1))
        ):
            continue
        after = [one for one in story.messages if one.email == member.email and deed.at < one.at <= due + timedelta(hours=10)]
        if not any(f"{row['id']}" in str(one.card) and one.at >= due for one in after):
            yield Violation(member.email, when(member, deed.at), f"wanted to be asked again on {when(member, due)}, and wasn't")


@rule("One reminder, two working days after; two more, and it closes.")
def reminded_after_two_days(story: Story) -> Iterator[Violation]:
    """The second message of a prompt that nobody put off comes two working days after the first, or on the next one worked after that."""
    put_off = {deed.args.get("prompt") for deed in story.deeds if deed.command == "remind-tomorrow"}
    first: dict[tuple[str, int], datetime] = {}
    for one in of(story, "prompt"):
        member = story.company.members[one.email]
        before = first.setdefault((one.email, one.subject), one.at)
        if before == one.at or str(one.subject) in put_off:
            continue
        days = member.calendar.days_after(member.calendar.local(before).date(), member.calendar.local(one.at).date(), one.at)
        if days < 2:
            yield wrong(story, one, f"reminded after {days} working days")
