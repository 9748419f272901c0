"""Countries: their ISO 3166 codes, understood from what people and their systems write."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz, process

from bot.domain.country_names import OTHER_NAMES
from bot.domain.errors import Refusal
from bot.domain.lookalikes import folded
from bot.settings.values import country_names


def code(text: str) -> str:
    """The code of a country, such as DE or, with a part of it that has holidays of its own, DE-BY.

    Understood are codes of two and three letters in any case, and names, in English or the country's own language. Refusal, with the
    nearest name, for anything else.
    """
    name = _plain(text)
    if name in _codes():
        return _codes()[name]
    country, _, part = text.upper().replace("_", "-").partition("-")
    parts = _parts().get(country.strip(), ())
    if part.strip() in parts:
        return f"{country.strip()}-{part.strip()}"
    if part and country.strip() in country_names():
        msg = f"“{text}” is no part of {country_names()[country.strip()]} with holidays of its own"
        raise Refusal(
            msg, f"Write {' or '.join(dict.fromkeys((country.strip(), *(f'{country.strip()}-{one}' for one in parts[:3]))))}."
        )
    msg = f"“{text}” is not a country"
    raise Refusal(msg, f"{_nearest(name)}Write its ISO 3166 code, such as DE, NO or NZ.")


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
    return folded(text).replace(".", "").removeprefix("the ").strip()


@cache
def _codes() -> dict[str, str]:
    """The code of every name, three letters and two among them, as they are compared."""
    found = {_plain(one): key for key, one in country_names().items()}
    for line in OTHER_NAMES.strip().splitlines():
        key, _, names = line.partition(": ")
        found |= {_plain(one): key for one in names.split(", ")}
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - a quarter of a second, wanted only where people are brought in

    for _, two, three, *_ in COUNTRIES.values():
        found[three.casefold()] = two
    return found | {key.casefold(): key for key in country_names()}


@cache
def _parts() -> dict[str, list[str]]:
    """The parts of each country of which holidays are known."""
    import holidays  # noqa: PLC0415 - as above

    return holidays.list_supported_countries()
