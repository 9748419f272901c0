"""Audiences in words: whom an update is for, as its card says it."""

from sqlmodel import Session

from bot.domain.people.people import Person
from bot.domain.updates.audiences import Audience
from bot.domain.words.answers import whole
from bot.settings import Settings
from bot.settings.values import country_names


def describe(session: Session, audience: Audience, settings: Settings) -> str:
    """An audience in words: `Service or Sales, who are in DE, but not executives`."""

    def words(parts: tuple[str, ...]) -> str:
        return " or ".join(part_label(session, part, settings) for part in parts)

    found = words(audience.who)
    if audience.also:
        found += f", who are also: {words(audience.also)}"
    if audience.never:
        found += f", but not: {words(audience.never)}"
    return found


def part_label(session: Session, part: str, settings: Settings) -> str:
    """One part of an audience in words."""
    kind, _, value = part.partition(":")
    if kind in {"person", "team"}:
        key = whole(value)
        person = session.get(Person, key) if key is not None else None
        name = person.name if person else "someone who isn't known any more"
        return name if kind == "person" else f"everyone who reports to {name}"
    segment = settings.segment(value)
    labels = {
        "everyone": "everyone who works here",
        "guests": "guests",
        "role": {"cx_office": "the CX office"}.get(value, f"{value}s"),
        "department": value,
        "country": f"in {country_names().get(value.upper(), value)}",
        "zone": f"in the time zone {value}",
        "serves": f"those who look after {segment.name if segment else value}",
        "channel": f"members of the channel {value.partition(':')[2]}",
        "platform": f"on {value.capitalize()}",
    }
    return labels.get(kind, part)
