"""The parts an audience is made of, as text: a kind and a value."""

import re
from collections.abc import Callable
from zoneinfo import available_timezones

from bot.domain.people.people import Platform, Role

GUESTS = "guests"
"""The part that names guests: without it they are left out of everything, whatever else fits them, unless they are named themselves."""

_NUMBER = re.compile(r"[0-9]{1,9}")
_COUNTRY = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")


def _is_channel(value: str) -> bool:
    platform, _, channel = value.partition(":")
    return platform in set(Platform) and bool(channel.strip())


_FITS: dict[str, Callable[[str], object]] = {
    "everyone": lambda value: not value,
    GUESTS: lambda value: not value,
    "role": lambda value: value in set(Role),
    "department": bool,
    "country": _COUNTRY.fullmatch,
    "zone": lambda value: value in available_timezones(),
    "serves": bool,
    "team": _NUMBER.fullmatch,
    "person": _NUMBER.fullmatch,
    "channel": _is_channel,
    "platform": lambda value: value in set(Platform),
}

KINDS = frozenset(_FITS)
"""The kinds of part there are."""


def is_part(part: str) -> bool:
    """Whether a part is one that there can be, its value too: a role that nobody can have fits nobody, and so would leave nobody out."""
    kind, colon, value = part.partition(":")
    fits = _FITS.get(kind)
    return fits is not None and bool(fits(value.strip())) and bool(colon) == bool(value)
