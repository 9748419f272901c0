"""Holidays by their names: those of the country, as the holidays library knows them, and days known everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.words.days.folding import folded
from bot.domain.words.days.grammar import Found, Said, Sense, fitting, on, rule, vague
from bot.domain.words.days.reckoning import WEEKEND, easter_sunday, span_ahead, weekday_before

_LONG_AGO = 183
_NO_NAME = re.compile(
    r"break|school|observed|bank holiday$|substitute|in lieu|additional|closure|mourning|final|state holiday|vacation",
    re.IGNORECASE,
)

Named = tuple[tuple[str, tuple[date, ...]], ...]


@lru_cache(maxsize=256)
def of_country(country: str, year: int) -> Mapping[str, tuple[date, ...]]:
    """Days of a country's holidays by name, folded, of three years around the one given; of all its parts, in its language and English."""
    days: dict[str, set[date]] = {}
    for national in (True, False):
        found: dict[str, set[date]] = {}
        for name, day in _public(country, year, national=national):
            for one in _names(name):
                found.setdefault(one, set()).add(day)
        days = found | days
    for around in (year - 1, year, year + 1):
        for name, day in _known(country, around).items():
            days.setdefault(folded(name), set()).add(day)
    return {name: tuple(sorted(found)) for name, found in days.items()}


def _public(country: str, year: int, *, national: bool) -> list[tuple[str, date]]:
    import holidays  # noqa: PLC0415 - a quarter of a second, wanted only once somebody types

    kind = getattr(holidays, country, None) if re.fullmatch("[A-Z]{2}", country) else None
    if kind is None:
        return []
    found = []
    languages = dict.fromkeys([kind.default_language, "en_US" if "en_US" in kind.supported_languages else kind.default_language])
    for part in ("",) if national else kind.subdivisions:
        for language in languages:
            known = kind(
                years=range(year - 1, year + 2),
                subdiv=part or None,
                language=language,
                observed=False,
                categories=kind.supported_categories,
            )
            found += [(name, day) for day, names in known.items() for name in names.split("; ")]
    return found


def _names(name: str) -> set[str]:
    """A name as people write it: without what is in brackets, and without Day."""
    if _NO_NAME.search(name):
        return set()
    plain = " ".join(re.sub(r"\([^)]*\)", "", folded(name)).replace("'", " ").split())
    names = {one.strip() for one in [plain, *plain.split(" / ")]}
    names |= {one.removesuffix(" day") for one in names if one.endswith(" day") and one.count(" ") < 2 and len(one) > 9}
    names |= {re.sub(r"\blabor\b", "labour", one) for one in names} | {one.replace("saint", "st") for one in names}
    names |= {one.removesuffix(" المبارك").removesuffix(" المجيد").removesuffix(" الشريف") for one in names}
    return {one for one in names if len(one) >= 4 or not one.isascii()} - _WORDS


_NAMES_OF_NONE = (
    "new year|labor|labour|may|national|republic|independence|unity|constitution|election|mothers|fathers|flag"
    "|culture|sports|marine|state"
    "|royal|people|women|liberation|victory|armistice|president|presidents|family|children|heroes|youth|foundation"
    "|founding|boxing|canada"
    "|australia|anzac|alaska|show|unification"
)
_WORDS = frozenset(_NAMES_OF_NONE.split("|"))
_EASTER = {
    -52: "weiberfastnacht",
    -48: "rosenmontag",
    -47: "faschingsdienstag|shrove tuesday|pancake day|mardi gras",
    -46: "ash wednesday|aschermittwoch|mercredi des cendres",
    -7: "palm sunday|palmsonntag",
    -3: "maundy thursday|gründonnerstag|jeudi saint|jueves santo",
    -2: "good friday|karfreitag|vendredi saint|viernes santo",
    -1: "easter saturday|holy saturday|karsamstag",
    0: "easter sunday|easter|easter day|ostersonntag|ostern|pâques|dimanche de pâques|domingo de pascua|domingo de resurrección",
    1: "easter monday|ostermontag|lundi de pâques|lunes de pascua",
    39: "ascension day|christi himmelfahrt|himmelfahrt|vatertag|l'ascension|jour de l'ascension",
    49: "whit sunday|pfingstsonntag|pfingsten|pentecôte|pentecost",
    50: "whit monday|pfingstmontag|lundi de pentecôte",
    60: "corpus christi|fronleichnam|fête dieu",
}
_FIXED = {
    (1, 1): "new year's day|new years day|neujahr|neujahrstag|nouvel an|jour de l'an|año nuevo|元日|元旦",
    (1, 6): "epiphany|heilige drei könige|dreikönigstag|dreikönige|épiphanie|día de reyes",
    (2, 2): "groundhog day|candlemas",
    (2, 14): "valentine's day|valentines day|valentinstag|saint valentin|san valentín|バレンタインデー",
    (3, 8): "international women's day|womens day|frauentag|weltfrauentag",
    (3, 17): "st patrick's day|st patricks day|saint patrick's day|paddy's day",
    (5, 1): "may day|tag der arbeit|erster mai|fête du travail|día del trabajo|día del trabajador",
    (7, 4): "fourth of july",
    (7, 14): "bastille day",
    (10, 3): "tag der deutschen einheit|german unity day",
    (10, 26): "österreichischer nationalfeiertag",
    (10, 31): "halloween|hallowe'en|reformationstag",
    (
        11,
        1,
    ): "all saints|all saints day|allerheiligen|allerheiligentag|toussaint|la toussaint|todos los santos|día de todos los santos",
    (11, 2): "all souls day|all souls|allerseelen|día de los muertos|día de muertos",
    (11, 5): "bonfire night|guy fawkes|guy fawkes night|guy fawkes day",
    (11, 11): "martinstag|sankt martin|st martin's day|armistice day|remembrance day|poppy day|armistice|l'armistice",
    (12, 6): "nikolaustag|st nicholas day|saint nicolas",
    (12, 8): "immaculate conception|mariä empfängnis|inmaculada|inmaculada concepción",
    (12, 24): "christmas eve|heiligabend|heilig abend|réveillon de noël|nochebuena|クリスマスイブ",
    (
        12,
        25,
    ): "christmas day|christmas|xmas|xmas day|weihnachten|erster weihnachtstag|erster weihnachtsfeiertag|weihnachtstag|noël|navidad|día de navidad"
    "|クリスマス",
    (12, 26): "boxing day|st stephen's day|zweiter weihnachtstag|zweiter weihnachtsfeiertag|stephanstag|stefanitag",
    (12, 31): "new year's eve|new years eve|silvester|saint sylvestre|nochevieja|fin de año|大晦日|hogmanay",
}
_OF_COUNTRY = {
    "DE": {(10, 3): "tag der einheit|einheitstag"},
    "AT": {(10, 26): "nationalfeiertag|staatsfeiertag"},
    "CH": {(8, 1): "bundesfeier|bundesfeiertag|nationalfeiertag|erster august"},
    "FR": {(7, 14): "fête nationale", (11, 11): "armistice", (5, 8): "victoire"},
    "ES": {
        (10, 12): "fiesta nacional|día de la hispanidad|la hispanidad|el pilar|día del pilar",
        (12, 6): "día de la constitución|la constitución",
    },
    "MX": {(9, 16): "día de la independencia", (12, 12): "día de la virgen"},
    "GB": {(11, 30): "st andrews day", (3, 1): "st davids day", (4, 23): "st georges day"},
    "IE": {(3, 17): "paddys day", (2, 1): "st brigids day"},
    "NZ": {(2, 6): "waitangi day", (4, 25): "anzac day"},
    "AU": {(4, 25): "anzac day", (1, 26): "australia day"},
    "CA": {(7, 1): "canada day", (11, 11): "remembrance day"},
    "US": {
        (11, 11): "veterans day|veteran's day",
        (6, 19): "juneteenth",
        (7, 4): "independence day|july fourth|july 4th",
        (2, 2): "groundhog day",
    },
    "IN": {(1, 26): "republic day", (8, 15): "independence day", (10, 2): "gandhi jayanti"},
    "JP": {(11, 3): "文化の日", (11, 23): "勤労感謝の日"},
}
_NTH_WEEKDAYS = {
    "US": {
        "thanksgiving|thanksgiving day": (11, 3, 4, 0),
        "black friday": (11, 3, 4, 1),
        "cyber monday": (11, 3, 4, 4),
        "labor day": (9, 0, 1, 0),
        "memorial day": (5, 0, -1, 0),
        "columbus day|indigenous peoples day": (10, 0, 2, 0),
        "mlk day|martin luther king day": (1, 0, 3, 0),
        "presidents day|president's day": (2, 0, 3, 0),
        "mother's day|mothers day": (5, 6, 2, 0),
        "father's day|fathers day": (6, 6, 3, 0),
        "election day": (11, 0, 1, 1),
    },
    "CA": {"thanksgiving|thanksgiving day": (10, 0, 2, 0), "labour day": (9, 0, 1, 0), "victoria day": (5, 0, -2, 0)},
    "GB": {
        "remembrance sunday": (11, 6, 2, 0),
        "early may bank holiday|may bank holiday|may day bank holiday": (5, 0, 1, 0),
        "spring bank holiday|late may bank holiday|whitsun bank holiday": (5, 0, -1, 0),
        "summer bank holiday|august bank holiday|late summer bank holiday": (8, 0, -1, 0),
        "father's day|fathers day": (6, 6, 3, 0),
    },
    "IE": {"october bank holiday": (10, 0, -1, 0), "august bank holiday": (8, 0, 1, 0), "june bank holiday": (6, 0, 1, 0)},
    "AU": {
        "melbourne cup|melbourne cup day|cup day": (11, 1, 1, 0),
        "father's day|fathers day": (9, 6, 1, 0),
        "mother's day|mothers day": (5, 6, 2, 0),
    },
    "NZ": {"labour day": (10, 0, 4, 0)},
    "DE": {"muttertag": (5, 6, 2, 0), "erntedank|erntedankfest": (10, 6, 1, 0)},
    "AT": {"muttertag": (5, 6, 2, 0)},
    "CH": {"bettag|eidgenössischer bettag|buss und bettag": (9, 6, 3, 0), "muttertag": (5, 6, 2, 0)},
}


def _known(country: str, year: int) -> dict[str, date]:
    """Days by name that no country's list holds, or under other names."""
    found = {
        name: day for (month, number), names in _FIXED.items() for name in names.split("|") if (day := date(year, month, number))
    }
    for (month, number), names in _OF_COUNTRY.get(country, {}).items():
        found |= {name: date(year, month, number) for name in names.split("|") if name}
    easter = easter_sunday(year)
    for days, names in _EASTER.items():
        found |= dict.fromkeys(names.split("|"), easter + timedelta(days=days))
    for names, (month, weekday, nth, more) in _NTH_WEEKDAYS.get(country, {}).items():
        found |= dict.fromkeys(names.split("|"), _nth_weekday(year, month, weekday, nth) + timedelta(days=more))
    return found | (_before_christmas(year) if country in {"DE", "AT", "CH"} else {})


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; counted from its end where negative."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))


def _before_christmas(year: int) -> dict[str, date]:
    """Days counted back from Christmas: Sundays in Advent, and those before them."""
    fourth = weekday_before(date(year, 12, 25), 6)
    return {
        **{
            name: fourth - timedelta(days=7 * (3 - at))
            for at, name in enumerate(("erster advent", "zweiter advent", "dritter advent", "vierter advent"))
        },
        "advent": fourth - timedelta(days=21),
        "adventssonntag": fourth - timedelta(days=21),
        "weihnachtsfeiertag": date(year, 12, 25),
        "bußtag": fourth - timedelta(days=32),
        "totensonntag": fourth - timedelta(days=28),
        "volkstrauertag": fourth - timedelta(days=35),
        "buß und bettag": fourth - timedelta(days=32),
        "buss und bettag": fourth - timedelta(days=32),
    }


def numbered(country: str, today: date) -> tuple[tuple[str, ...], tuple[tuple[date, ...], ...]]:
    """Names of a country's holidays, and in the same order their days of the years around today's."""
    known = of_country(country, today.year)
    return tuple(known), tuple(known.values())


def _holiday(found: Found, sense: Sense) -> Said | None:
    country = sense.country
    days = numbered(country, sense.today)[1][found.value("holiday")]
    day = _meant(days, sense)
    weekday = next((found.value(name) for name in ("weekday", "weekday2") if found.has(name)), None)
    return fitting(on(day, sense), day, weekday, sense)


def _meant(days: tuple[date, ...], sense: Sense) -> date | None:
    """The first day of the holiday that is meant: this year's, or last year's where that is nearer; the next one for what is due."""
    firsts = [day for day in days if day - timedelta(days=1) not in days]
    if not sense.past:
        return next((day for day in firsts if day >= sense.today), None)
    gone = [day for day in firsts if day <= sense.today]
    ahead = [day for day in firsts if day > sense.today]
    if gone and (gone[-1].year == sense.today.year or (sense.today - gone[-1]).days <= _LONG_AGO or not ahead):
        return gone[-1]
    return ahead[0] if ahead else None


def _shifted(found: Found, sense: Sense) -> Said | None:
    """The day after Thanksgiving, two days before Christmas."""
    day = _meant(numbered(sense.country, sense.today)[1][found.value("holiday")], sense)
    if day is None or found.has("shift"):
        return on(day + timedelta(days=found.value("shift")), sense) if day else None
    count = found.value("count") if found.has("since") else -found.value("count")
    return on(span_ahead(day, count, found.value("unit")), sense)


def _numbered(found: Found, sense: Sense) -> Said | None:
    """The second Sunday in Advent, and the second day of Christmas."""
    token = found.token("holiday")
    step = 7 if token.key.startswith("advent") else 1 if token.key.startswith("weihnacht") else 0
    day = _meant(numbered(sense.country, sense.today)[1][token.value], sense) if step else None
    return on(day + timedelta(days=step * (found.value("day") - 1)), sense) if day else None


RULES = (
    rule("day dot? holiday", _numbered),
    rule("holiday unit", lambda found, sense: vague(found, sense) if found.value("unit") == WEEKEND else None),
    rule("shift (?:glue|the|on)* holiday", _shifted),
    rule("count unit (?:ago_before|by|since) (?:glue|the)* holiday", _shifted),
    rule("(?:weekday then?)? holiday (?:year)?", _holiday),
    rule("(?:this|last)? holiday", _holiday),
)
