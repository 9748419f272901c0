"""Why an executive is asked to log, in the words shown: the pledge, customers nobody has seen for long, what was heard last."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.engagements.attendance import EngagementExecutive
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.participation import progress, stale_customers
from bot.domain.people.people import Person
from bot.settings import Settings

_HEARD = 120
"""Characters of what was heard that are quoted."""


_STILL = "Still "


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


def still_so(session: Session, person: Person, settings: Settings, now: datetime, said: list[str]) -> list[str]:
    """Those of some reasons that were said which hold now, with today's numbers."""
    if not said:
        return []
    pledge = of_pledge(session, person, settings, person.today(now))
    last = list(of_last_heard(session, person)) if pledge else []
    every = [*pledge, *of_customers(session, person, settings, person.today(now)), *last]
    found = {gist(one): one for one in every}
    return [f"{_STILL if one.startswith(_STILL) else ''}{found[gist(one)]}" for one in said if gist(one) in found]


def gist(reason: str) -> str:
    """A reason without the number of days, which changes by itself: two with one gist are the same reason."""
    return re.sub(r"\d+ days", "days", reason.removeprefix(_STILL))


def anew(reason: str, said: set[str]) -> str:
    """A reason that is said again, in other words than those said last."""
    return f"{_STILL}{reason}" if reason in said else reason


def _count(done: int, pledged: int, noun: str) -> str:
    return f"{done} of {pledged} {noun}{'' if pledged == 1 else 's'}" if pledged else ""
