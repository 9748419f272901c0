"""The company: who works there, where, when and under whom, made from a seed. Plain data; it knows nothing of the product."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tests.quarter.calendar import Calendar, Hours, Leave

PLACES = (
    ("Europe/London", "GB", "en-GB"),
    ("Europe/Berlin", "DE", "de-DE"),
    ("Europe/Paris", "FR", "fr-FR"),
    ("Europe/Madrid", "ES", "es-ES"),
    ("Europe/Stockholm", "SE", "sv-SE"),
    ("Europe/Warsaw", "PL", "pl-PL"),
    ("Europe/Istanbul", "TR", "tr-TR"),
    ("Asia/Dubai", "AE", "en-GB"),
    ("Asia/Riyadh", "SA", "en-GB"),
    ("Asia/Jerusalem", "IL", "en-GB"),
    ("Africa/Cairo", "EG", "en-GB"),
    ("Asia/Kathmandu", "NP", "en-GB"),
    ("Asia/Kolkata", "IN", "en-GB"),
    ("Asia/Singapore", "SG", "en-GB"),
    ("Asia/Tokyo", "JP", "ja-JP"),
    ("Asia/Shanghai", "CN", "zh-CN"),
    ("Australia/Sydney", "AU", "en-GB"),
    ("Australia/Lord_Howe", "AU", "en-GB"),
    ("Pacific/Auckland", "NZ", "en-NZ"),
    ("America/New_York", "US", "en-US"),
    ("America/Chicago", "US", "en-US"),
    ("America/Los_Angeles", "US", "en-US"),
    ("America/St_Johns", "CA", "en-CA"),
    ("America/Mexico_City", "MX", "es-MX"),
    ("America/Sao_Paulo", "BR", "pt-BR"),
    ("America/Santiago", "CL", "es-CL"),
    ("Africa/Johannesburg", "ZA", "en-GB"),
)
"""27 zones, with a country and a locale each."""

SUNDAY_TO_THURSDAY = frozenset({"SA", "IL", "EG", "NP"})
RAMADAN = {2027: (date(2027, 2, 8), date(2027, 3, 9))}
FASTING = frozenset({"SA", "AE", "EG"})
COMPANY_HOLIDAYS = frozenset({date(2026, 12, 24), date(2026, 12, 31), date(2027, 3, 22)})
DEPARTMENTS = ("Service", "Sales", "Operations", "Finance", "Product")

Size = tuple[int, int, int, int]
"""Executives, delegates, CX office, employees."""

FULL: Size = (60, 12, 6, 286)
SMALL: Size = (24, 5, 3, 90)


@dataclass
class Member:
    """Somebody who works there. `kind` is executive, delegate, cx_office or employee; `diligence`, from 0 to 1, how likely they answer."""

    email: str
    name: str
    kind: str
    calendar: Calendar
    locale: str
    department: str
    platform: str
    diligence: float
    manager: str = ""
    bosses: tuple[str, ...] = ()
    digest: bool = False
    gone: datetime | None = None
    part_time: bool = False

    @property
    def zone(self) -> str:
        """Their IANA zone."""
        return self.calendar.zone


@dataclass
class Company:
    """Everyone, by email, and the customers' names with their owners and whether they are key."""

    members: dict[str, Member]
    customers: list[tuple[str, str, bool]]
    first: date
    weeks: int
    own_days: dict[str, frozenset[int]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Member]:
        """All of a kind."""
        return [one for one in self.members.values() if one.kind == kind]

    @property
    def start(self) -> datetime:
        """When it begins, in UTC."""
        return datetime.combine(self.first, time(0, 5), UTC)

    @property
    def end(self) -> datetime:
        """When it ends, in UTC."""
        return self.start + timedelta(weeks=self.weeks)


def company(seed: int, size: Size, first: date, weeks: int) -> Company:
    """The company of a seed: `size` people of each kind, who live `weeks` from the day `first` on."""
    odds = random.Random(seed)  # noqa: S311 - odds, no secrets
    made = Company({}, [], first, weeks)
    for kind, number in zip(("executive", "delegate", "cx_office", "employee"), size, strict=True):
        for count in range(number):
            _hire(made, odds, kind, count)
    _lines_of_command(made, odds)
    _away(made, odds)
    executives = made.of("executive")
    made.customers = [(f"Customer {number:02}", odds.choice(executives).email, number % 4 == 0) for number in range(40)]
    return made


def _hire(made: Company, odds: random.Random, kind: str, count: int) -> None:
    chief = kind == "executive" and count == 0
    zone, country, locale = PLACES[0] if chief else PLACES[(count * 7 + len(kind)) % len(PLACES)]
    days = frozenset({6, 0, 1, 2, 3} if country in SUNDAY_TO_THURSDAY else range(5))
    email = "chief@halyard.example" if chief else f"{kind}{count}@halyard.example"
    start, end = (time(9), time(18)) if country == "JP" else (time(8, 30), time(17))
    calendar = Calendar(zone, country, days, start, end, COMPANY_HOLIDAYS)
    part_time = not chief and odds.random() < 0.12
    if part_time:
        calendar.days = days - {odds.choice([3, 2]), odds.choice([0, 1])} if odds.random() < 0.5 else frozenset(list(days)[:3])
        calendar.end = odds.choice([time(13), time(14, 30), end])
    if country in FASTING:
        calendar.others = [Hours(*span, time(9), time(14)) for span in RAMADAN.values()]
    made.members[email] = Member(
        email,
        f"{kind.capitalize().replace('_', ' ')} N{count}" if not chief else "Chief N0",
        kind,
        calendar,
        locale,
        DEPARTMENTS[count % len(DEPARTMENTS)],
        odds.choices(["slack", "teams", "console"], [5, 4, 1])[0],
        odds.betavariate(3, 2),
        digest=kind == "employee" and odds.random() < 0.12,
        part_time=part_time,
    )


def _lines_of_command(made: Company, odds: random.Random) -> None:
    executives = [one.email for one in made.of("executive")]
    for one in made.members.values():
        if one.email != executives[0]:
            one.manager = executives[0] if one.kind == "executive" else odds.choice(executives)
    for one in made.of("delegate"):
        one.bosses = tuple(odds.sample(executives[1:], min(2, len(executives) - 1)))


def _away(made: Company, odds: random.Random) -> None:
    """Leaves of a week or more for a third of people, said some days before; one in fifty leaves the company; some are out for a month."""
    span = made.weeks * 7
    for one in made.members.values():
        for _ in range(odds.choices([0, 1, 2], [6, 3, 1])[0]):
            begins = made.first + timedelta(days=odds.randrange(max(span - 3, 1)))
            lasts = odds.choices([1, 4, 9, 30], [3, 4, 3, 1])[0]
            told = datetime.combine(begins, time(0, 20), UTC) - timedelta(days=odds.choice([2, 5, 14]))
            one.calendar.leaves.append(Leave(begins, begins + timedelta(days=lasts), max(told, made.start)))
        if one.kind == "employee" and odds.random() < 0.02:
            one.gone = made.start + timedelta(days=odds.randrange(7, max(span, 8)))
