"""Why an executive is asked to log, in the words shown: the pledge, customers nobody has seen for long, what was heard last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from bot.domain.engagements.attendance import EngagementExecutive
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.prompts import Prompt
from bot.domain.people.people import Person
from bot.measures.engaged import stale_customers
from bot.measures.nouns import part_of
from bot.measures.pledged import progress
from bot.settings import Settings

_HEARD = 120
"""Characters of what was heard that are quoted."""


_STILL = "Still "


UNREPEATED = timedelta(days=14)
"""For how long nobody is told the same reason again, unless it has changed."""


def why_ask(
    session: Session, person: Person, settings: Settings, now: datetime, but: int = 0, put_off: Sequence[str] = ()
) -> list[str]:
    """The reasons to ask this executive, in the words shown; empty when there is none, or none that is news to them.

    What a prompt was `put_off` with is said again, as far as it holds still.

    What a prompt of the last two weeks said (the one with the id `but` aside) isn't said again unless it has changed: another customer is
    named, or what was heard last.
    """
    if held := still_so(session, person, settings, now, put_off):
        return held
    today = person.today(now)
    lately, recent = _said(session, person, now, but)
    said = {without_numbers(one) for one in recent}
    pledge = of_pledge(session, person, settings, today)
    customers = [one for one in of_customers(session, person, settings, today) if without_numbers(one) not in said]
    fresh = [one for one in pledge if without_numbers(one) not in said] + customers[:3]
    if not fresh and pledge:
        fresh = [one for one in of_last_heard(session, person) if without_numbers(one) not in said]
    return [anew(one, lately) for one in fresh]


def _said(session: Session, person: Person, now: datetime, but: int) -> tuple[set[str], set[str]]:
    """What prompts said word for word: in the days for which nothing is repeated and the day before, and in those alone."""
    day = timedelta(days=1)
    since = [person.start_of(person.today(now - span) + day) for span in (UNREPEATED + day, UNREPEATED)]
    wanted = (Prompt.person_id == person.key, col(Prompt.sent_at) >= since[0], Prompt.id != but)
    earlier = session.exec(select(Prompt.sent_at, Prompt.reasons).where(*wanted)).all()
    recent = (reasons for at, reasons in earlier if at is not None and at >= since[1])
    return {one for _, reasons in earlier for one in reasons}, {one for reasons in recent for one in reasons}


def of_pledge(session: Session, person: Person, settings: Settings, today: date) -> list[str]:
    """What is done of a pledge that isn't met."""
    done = progress(session, person, settings, today)
    if done.met:
        return []
    parts = [_count(done.visits, done.pledge.visits, "visit"), _count(done.calls, done.pledge.calls, "call")]
    return [f"{' and '.join(part for part in parts if part)} this {done.period.kind}"]


def of_customers(session: Session, person: Person, settings: Settings, today: date) -> Iterator[str]:
    """The key customers they own that nobody has seen for long, the longest first."""
    for stale in stale_customers(session, person, settings, today):
        seen = f"not seen for {stale.days} days" if stale.days is not None else "not seen by any of us yet"
        yield f"{stale.customer.name} {seen}"


def of_last_heard(session: Session, person: Person) -> Iterator[str]:
    """What they heard last, and where."""
    wanted = (
        select(Engagement)
        .join(EngagementExecutive, col(EngagementExecutive.engagement_id) == col(Engagement.id))
        .where(EngagementExecutive.person_id == person.key, col(Engagement.deleted_at).is_(None), Engagement.heard != "")
        .order_by(col(Engagement.happened_on).desc(), col(Engagement.id).desc())
    )
    if last := session.exec(wanted.limit(1)).first():
        heard = " ".join(last.heard.split())
        said = heard if len(heard) <= _HEARD else f"{heard[: _HEARD - 1].rstrip()}…"
        where = last.customer.name if last.customer else "your last session"
        yield f"Last heard at {where}: “{said}”. What has come of it?"


def still_so(session: Session, person: Person, settings: Settings, now: datetime, said: Sequence[str]) -> list[str]:
    """Those of some reasons that were said which hold now, with today's numbers."""
    if not said:
        return []
    pledge = of_pledge(session, person, settings, person.today(now))
    last = list(of_last_heard(session, person)) if pledge else []
    every = [*pledge, *of_customers(session, person, settings, person.today(now)), *last]
    found = {without_numbers(one): one for one in every}
    return [
        f"{_STILL if one.startswith(_STILL) else ''}{found[without_numbers(one)]}" for one in said if without_numbers(one) in found
    ]


def without_numbers(reason: str) -> str:
    """A reason without the number of days, which changes by itself: two with one without_numbers are the same reason."""
    return re.sub(r"\d+ days", "days", reason.removeprefix(_STILL))


def anew(reason: str, said: set[str]) -> str:
    """A reason that is said again, in other words than those said last."""
    return f"{_STILL}{reason}" if reason in said else reason


def _count(done: int, pledged: int, noun: str) -> str:
    return part_of(done, pledged, noun) if pledged else ""
