"""The company: who it is, its customer's journey, its segments, and what its executives have promised to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bot.settings.values import Email, Flag, Identifier, Locale, Number, Section, Words, Zone, wrong


class Company(Section):
    """The company itself."""

    name: Words
    """The company's name, as staff and customers say it."""
    zone: Zone
    """The IANA time zone of people for whom none is known."""
    locale: Locale = "en"
    """The language, and perhaps country, of people for whom none is known; it decides how dates are read and written."""
    sample: Flag = False
    """Whether this is the made-up company that comes with the program. Everything shown is then marked as a sample."""
    access_contact: Words
    """Whom somebody the bot doesn't know should ask for access, in words or as an email address."""
    fiscal_year_starts: Annotated[Number, Field(ge=1, le=12)] = 1
    """The month the company's year begins in, 1 for January to 12. Pledges by the quarter or year follow it."""


class Stage(Section):
    """A step of the customer's journey."""

    key: Identifier
    """What records refer to. Changing it cuts them off from the stage; change the name instead."""
    name: Words
    """What people read and choose from. Two or three words."""
    description: Words
    """What the customer is doing and trying to get done here, from where the customer stands."""
    success: Words
    """What is true, for the customer, when this step went well: something two people would agree on when they look."""


class TargetKind(StrEnum):
    """What is wanted of a segment: a way of thinking or feeling, or something done."""

    ATTITUDE = "attitude"
    BEHAVIOUR = "behaviour"


class Target(Section):
    """An attitude or behaviour wanted of a segment, beside what is known of it today."""

    key: Identifier
    """What records refer to. No two targets share one, whatever their segment."""
    kind: TargetKind
    """`attitude`, what they think or feel, or `behaviour`, what they do."""
    want: Words
    """What they would think, feel or do."""
    today: Words
    """What they think, feel or do today, and how that is known."""


class Segment(Section):
    """A group of customers alike in what they need."""

    key: Identifier
    """What customers' records refer to."""
    name: Words
    """What people read and choose from."""
    description: Words
    """Who belongs to it, so that two people would sort a customer alike."""
    targets: tuple[Target, ...] = ()
    """The attitudes and behaviours wanted of this segment."""


class PledgePeriod(StrEnum):
    """How long a pledge runs before it begins anew."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Pledge(Section):
    """What an executive has promised to do in each period."""

    period: PledgePeriod = PledgePeriod.QUARTER
    """`month`, `quarter` or `year`."""
    visits: Annotated[Number, Field(ge=0, le=366)]
    """Meetings in person: visits, briefings, listening sessions and days with frontline staff."""
    calls: Annotated[Number, Field(ge=0, le=366)]
    """Calls."""


def _no_twins(people: object) -> object:
    """Emails are compared in small letters, so two that differ by case alone would overwrite one another unseen."""
    if not isinstance(people, dict):
        return people
    seen: set[str] = set()
    for email in people:
        if str(email).lower() in seen:
            raise wrong(f"names {email} twice, in small and capital letters", "Each email once")
        seen.add(str(email).lower())
    return people


class Pledges(Section):
    """What executives have promised: the same for all but those named."""

    default: Pledge = Pledge(visits=2, calls=4)
    """The pledge of every executive not named under `people`."""
    people: Annotated[dict[Email, Pledge], BeforeValidator(_no_twins)] = Field(default_factory=dict)
    """Pledges of single executives, by email. Zero visits and zero calls means that nothing is asked."""


_Places = list[tuple[tuple[int | str, ...], str]]


def _again(keys: _Places) -> _Places:
    """Those of `keys`, each with its place, that an earlier one has already."""
    first = {key: at for at, key in reversed(keys)}
    return [(at, key) for at, key in keys if first[key] != at]


def _refuse(again: _Places) -> None:
    """Raise one error that carries where, below the field being checked, each of the repeated keys stands."""
    if again:
        context = {"at": [at for at, _ in again], "problems": [f"“{key}” is the key of an earlier one" for _, key in again]}
        raise PydanticCustomError("repeated", "a key that an earlier one has", {**context, "allowed": "Each key once"})


def _stages(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    _refuse(_again([((number, "key"), stage.key) for number, stage in enumerate(stages)]))
    return stages


def _segments(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    own: _Places = [((number, "key"), segment.key) for number, segment in enumerate(segments)]
    targets: _Places = [
        ((number, "targets", place, "key"), target.key)
        for number, segment in enumerate(segments)
        for place, target in enumerate(segment.targets)
    ]
    _refuse(_again(own) + _again(targets))
    return segments


Journey = Annotated[tuple[Stage, ...], Field(min_length=1), AfterValidator(_stages)]
Segments = Annotated[tuple[Segment, ...], AfterValidator(_segments)]
