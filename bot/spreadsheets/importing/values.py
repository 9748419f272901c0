"""What stands in one cell, as a value: understood, or refused with a proposal."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from functools import cache

from rapidfuzz import fuzz, process
from tzlocal.windows_tz import win_tz

from bot.domain.errors import Refusal
from bot.domain.people import checks
from bot.domain.people.people import Role
from bot.domain.words import countries, locales
from bot.domain.words.lookalikes import folded, tidy
from bot.domain.words.typed_text import plain
from bot.settings import Settings
from bot.settings.values import closest, zone_names
from bot.spreadsheets.importing.errors import Faults
from bot.spreadsheets.importing.reading import Row

CLEAR = "-"
"""In a cell: what is known is to be cleared."""

_LONGEST = 200
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00(?:\.0+)?)? ?([ap]\.?m\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(\d{1,2}:\d{2}).*?(Z|[+\-]\d{1,2}:?\d{0,2}|UTC.*|GMT.*)", re.IGNORECASE)


def given(row: Row, settings: Settings) -> dict[str, object]:
    """What a row says of a person, by attribute; what it leaves as it is isn't there. Faults for what can't be."""
    cleared = {"zone": settings.company.zone, "locale": settings.company.locale, **_CLEARED}
    values: dict[str, object] = {}
    faults = []
    for name, take in _TAKE.items():
        text = row.get(name, "")
        if text == CLEAR and name in cleared:
            values[name] = cleared[name]
        elif text:
            try:
                values[name] = take(text, name)
            except Refusal as refusal:
                faults.append(refusal)
    if faults:
        raise Faults(faults)
    return values


_CLEARED: dict[str, object] = {
    **dict.fromkeys(("title", "department", "working_days", "country", "picture", "external_id"), ""),
    **dict.fromkeys(("guest", "prompts_paused"), False),
    **dict.fromkeys(("works_from", "works_until")),
    "active": True,
    "roles": [],
}
"""What “-” makes of a column: what it is for somebody new."""


def listed(text: str) -> list[str]:
    """The parts of a cell that are parted by semicolons."""
    return [one for one in (tidy(part) for part in text.split(";")) if one]


_YES = frozenset(
    ["yes", "true", "1", "y", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "vero", "sim", "waar", "verdadeiro", "prawda"]
)
_NO = frozenset(["no", "false", "0", "n", "falsch", "nein", "faux", "non", "falso", "não", "onwaar", "nee", "fałsz", "nie"])
"""As people write it, and as spreadsheets of other languages save what is ticked."""


def yes(text: str, column: str) -> bool:
    """Whether it says yes. Refusal when it says neither yes nor no."""
    word = folded(text)
    if word not in _YES | _NO:
        msg = f"“{text[:60]}” in {column} is neither yes nor no"
        raise Refusal(msg, "Write yes or no.")
    return word in _YES


def _words(text: str, column: str) -> str:
    clean = tidy(plain(text))
    if len(clean) > _LONGEST:
        msg = f"The {column} has {len(clean):,} characters"
        raise Refusal(msg, f"Shorten it to {_LONGEST}.")
    if not folded(clean):
        msg = f"There is nothing to see in {column}"
        raise Refusal(msg, "Leave the cell empty, or write “-” to clear it.")
    return clean


def _name(text: str, column: str) -> str:
    if text == CLEAR:
        msg = "A person needs a name"
        raise Refusal(msg, "Leave the cell empty to keep the one that is known.")
    return _words(text, column)


def _external_id(text: str, column: str) -> str:
    """An id as it is; Refusal for what a spreadsheet has made of a long number."""
    if re.fullmatch(r"\d(?:[.,]\d+)?E\+\d+|#+", text, re.IGNORECASE):
        msg = f"“{text}” in {column} is not the id, but what a spreadsheet has made of it"
        raise Refusal(msg, "Format the column as text, put the ids in again, and save the file.")
    return _words(text, column)


def _zone(text: str, _column: str) -> str:
    """A time zone in any case, as Windows calls it, or in brackets behind a description; a proposal for one that isn't."""
    inside = re.search(r"[(\[]([A-Za-z_]+/[A-Za-z_/+\-]+)[)\]]", text[:_LONGEST])
    found = _zones().get((inside[1] if inside else text).casefold().replace(" ", "_"))
    if found is None:
        text = text[:_LONGEST]
        near = closest(text, zone_names(), limit=2, cutoff=75)
        msg = f"“{text}” is not a time zone"
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        raise Refusal(msg, f"{hint}Use an IANA name such as Europe/Berlin.")
    return checks.checked_zone(found)


@cache
def _zones() -> dict[str, str]:
    named = {name.casefold(): name for name in zone_names()}
    windows = {name.casefold().replace(" ", "_"): zone for name, zone in win_tz.items() if zone in zone_names()}
    return windows | named


def _roles(text: str, _column: str) -> list[str]:
    found = set()
    joined = re.sub(r"\bcx[ \-]office\b", Role.CX_OFFICE, text.lower())
    for word in re.split(r"[\s,;|]+", joined.strip(" ,;|")):
        if word not in set(Role):
            near = process.extractOne(word, list(Role), scorer=fuzz.ratio, score_cutoff=70)
            msg = f"“{word}” is not a role"
            raise Refusal(msg, f"{f'Did you mean {near[0]}? ' if near else ''}Roles are {', '.join(Role)}.")
        found.add(word)
    return sorted(found)


def _picture(text: str, _column: str) -> str:
    if not text.startswith("https://") or len(text) > 1_000 or set(text) & set(' <>"'):
        msg = f"“{text[:60]}” is no web address of a picture"
        raise Refusal(msg, "It starts with https://. Write “-” for none.")
    return text


def _time(text: str, column: str) -> time:
    if offset := _OFFSET.fullmatch(text):
        msg = f"“{text}” in {column} has an offset"
        raise Refusal(msg, f"It is the time on the person's own clock: write {offset[1]} if that is what it is there.")
    match = _TIME.fullmatch(text)
    if match:
        half = (match[3] or "").lower().replace(".", "")
        hour = int(match[1]) % 12 + 12 * (half == "pm") if half else int(match[1])
        if hour < 24 and int(match[2]) < 60 and (not half or 1 <= int(match[1]) <= 12):
            return time(hour, int(match[2]))
    msg = f"“{text}” in {column} is no time"
    raise Refusal(msg, "Write it like 08:30.")


def _days(text: str, _column: str) -> str:
    words = re.sub(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", lambda found: found[1][:3], text.lower())
    spans = re.sub(r"\b([a-z]{3}) ?(?:-|–|to) ?([a-z]{3})\b", lambda found: _span(found[1], found[2]) or found[0], words)
    days = checks.checked_days(spans)
    return " ".join(name for number, name in enumerate(_DAYS) if number in days)


def _span(first: str, last: str) -> str:
    """The days from one to another, over the week's end too; "" when one is no day."""
    if first not in _DAYS or last not in _DAYS:
        return ""
    begin, end = _DAYS.index(first), _DAYS.index(last)
    return " ".join(_DAYS[place % 7] for place in range(begin, end + 1 + 7 * (end < begin)))


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


_TAKE: dict[str, Callable[[str, str], object]] = {
    "name": _name,
    "external_id": _external_id,
    "title": _words,
    "department": _words,
    "zone": _zone,
    "locale": lambda text, _: locales.code(text),
    "country": lambda text, _: countries.code(text),
    "roles": _roles,
    **dict.fromkeys(("guest", "active", "prompts_paused"), yes),
    "picture": _picture,
    "working_days": _days,
    **dict.fromkeys(("works_from", "works_until"), _time),
}
