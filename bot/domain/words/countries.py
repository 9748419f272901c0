"""Countries: their ISO 3166 codes, understood from what people and their systems write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz, process

from bot.domain.errors import Refusal
from bot.domain.words.country_names import OTHER_NAMES
from bot.domain.words.lookalikes import folded
from bot.settings.values import country_names

_LONGEST = 100
"""Characters of a country's name."""


def code(text: str) -> str:
    """The code of a country, such as DE or, with a part of it that has holidays of its own, DE-BY.

    Understood are codes of two and three letters in any case, and names, in English or the country's own language. Refusal, with the
    nearest name, for anything else.
    """
    if len(text) > _LONGEST:
        msg = f"“{text[:40]}…” is not a country"
        raise Refusal(msg, "Write its ISO 3166 code, such as DE, NO or NZ.")
    for name in _readings(text):
        if name in _codes():
            return _codes()[name]
    country, _, part = (one.strip() for one in text.upper().replace("_", "-").partition("-"))
    country = _codes().get(country.casefold(), country)
    parts = _parts().get(country, ())
    if part in parts:
        return f"{country}-{part}"
    if part and country in country_names():
        msg = f"“{text}” is no part of {country_names()[country]} with holidays of its own"
        raise Refusal(msg, f"Write {' or '.join(dict.fromkeys((country, *(f'{country}-{one}' for one in parts[:3]))))}.")
    msg = f"“{text}” is not a country"
    raise Refusal(msg, f"{_nearest(_plain(text))}Write its ISO 3166 code, such as DE, NO or NZ.")


def known(text: str) -> bool:
    """Whether `text` is a code as it is stored: DE, or DE-BY."""
    country, _, part = text.partition("-")
    return country in country_names() and (not part or part in _parts().get(country, ()))


def _nearest(name: str) -> str:
    found = process.extract(name, list(_codes()), scorer=fuzz.ratio, limit=3, score_cutoff=70)
    near = dict.fromkeys(
        f"{_codes()[one]} ({country_names()[_codes()[one]]})" for one, score, _ in found if score > found[0][1] - 8
    )
    return f"Did you mean {' or '.join(near)}? " if near else ""


def _plain(text: str) -> str:
    letters = "".join(one for one in unicodedata.normalize("NFD", folded(text)) if not unicodedata.combining(one))
    spaced = re.sub(r"[-\s]+", " ", letters.replace(".", " ").replace("&", " and ")).strip()
    whole = re.sub(r"\bsaint\b", "st", re.sub(r"\b(\w) (?=\w\b)", r"\1", spaced))
    return re.sub(r"^the | the$| ?\(the\)$", "", whole).strip()


_FORM = re.compile(
    "(?:the )?(?:(?:islamic |federal |united |hellenic )?republic|kingdom|state|commonwealth|grand duchy|principality) of (?:the )?"
)
"""What a country is, before its name: left out where it has no other of that name."""


def _readings(text: str) -> Iterator[str]:
    """A name as it may be listed: as it is, “Korea, Republic of” or “Iran (Islamic Republic of)” turned, “DE - Germany” where both agree."""
    yield _plain(text)
    found = re.fullmatch(r"([^(),]+?)\s*(?:,\s*([^(),]+)|\((?!\()([^()]+)\))", text.strip())
    if found:
        turned = _plain(f"{found[2] or found[3]} {found[1]}")
        yield from (turned, _FORM.sub("", turned), _plain(f"{found[1]} {found[2] or found[3]}"))
    yield _FORM.sub("", _plain(text))
    halves = re.fullmatch(r"(.+?)\s*(?:\((.+)\)|[-–—:/]\s+(.+))", text.strip())
    if halves and (name := _plain(halves[1])) in _codes() and _codes()[name] == _codes().get(_plain(halves[2] or halves[3])):
        yield name


@cache
def _codes() -> dict[str, str]:
    """The code of every name, three letters and two among them, as they are compared."""
    found = {_plain(one): key for key, one in country_names().items()}
    for line in OTHER_NAMES.strip().splitlines():
        key, _, names = line.partition(": ")
        found |= {_plain(one): key for one in names.split(", ")}
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - a quarter of a second, wanted only where people are brought in

    for _, two, three, *_ in COUNTRIES.values():
        if two in country_names():
            found[three.casefold()] = two
    return found | {key.casefold(): key for key in country_names()}


@cache
def _parts() -> dict[str, list[str]]:
    """The parts of each country of which holidays are known."""
    import holidays  # noqa: PLC0415 - as above

    return holidays.list_supported_countries()
