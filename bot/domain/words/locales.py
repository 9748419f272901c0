"""Locales: a language and perhaps a country, understood from what people and their systems write."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from bot.domain.errors import Refusal
from bot.domain.words import countries
from bot.domain.words.lookalikes import folded

_NAMES = """
af: Afrikaans
ar: Arabic, العربية
bg: Bulgarian, Български
bn: Bengali, Bangla
bs: Bosnian, Bosanski
ca: Catalan, Català
cs: Czech, Čeština
cy: Welsh, Cymraeg
da: Danish, Dansk
de: German, Deutsch
el: Greek, Ελληνικά
en: English, Englisch, Anglais, Inglés
es: Spanish, Español, Castilian
et: Estonian, Eesti
eu: Basque, Euskara
fa: Persian, Farsi, فارسی
fi: Finnish, Suomi
fil: Filipino, Tagalog
fr: French, Français, Französisch
ga: Irish, Gaeilge
gl: Galician, Galego
he: Hebrew, עברית
hi: Hindi, हिन्दी
hr: Croatian, Hrvatski
hu: Hungarian, Magyar
id: Indonesian, Bahasa Indonesia
is: Icelandic, Íslenska
it: Italian, Italiano
ja: Japanese, 日本語
ka: Georgian
kk: Kazakh
ko: Korean, 한국어
lt: Lithuanian, Lietuvių
lv: Latvian, Latviešu
mk: Macedonian
ms: Malay, Bahasa Melayu
mt: Maltese, Malti
nb: Norwegian, Norwegian Bokmål, Norsk, Bokmål
nl: Dutch, Nederlands, Flemish
nn: Norwegian Nynorsk, Nynorsk
pl: Polish, Polski
pt: Portuguese, Português
ro: Romanian, Română
ru: Russian, Русский
sk: Slovak, Slovenčina
sl: Slovenian, Slovene, Slovenščina
sq: Albanian, Shqip
sr: Serbian, Srpski, Српски
sv: Swedish, Svenska
sw: Swahili, Kiswahili
ta: Tamil
th: Thai, ไทย
tr: Turkish, Türkçe
uk: Ukrainian, Українська
ur: Urdu
vi: Vietnamese, Tiếng Việt
zh: Chinese, Mandarin, 中文, 简体中文, 繁體中文, 繁体中文, Simplified Chinese, Traditional Chinese, Chinese Simplified, Chinese Traditional
"""
_TAG = re.compile(
    r"([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_](?:valencia|posix|oxendict))?(?:[.@].*)?", re.IGNORECASE
)
_NAMED = re.compile(r"([^()\[\],–]+?)\s*(?:[(\[]([^()\[\]]+)[)\]]|[-–,]\s+(.+))")

_FORMER_CODES = {"iw": "he", "in": "id", "ji": "yi"}
"""Codes of languages that systems still write, and today's."""

_NO_COUNTRY = frozenset(
    [
        *["simplified", "traditional", "latin", "cyrillic", "简体", "繁體", "繁体", "简", "繁", "world", "international", "europe"],
        "latin america",
        "latinoamérica",
    ]
)
"""What stands beside a language and is no country: a script, or a part of the world."""

_PEOPLES = {
    "american": "US",
    "australian": "AU",
    "austrian": "AT",
    "belgian": "BE",
    "brazilian": "BR",
    "british": "GB",
    "canadian": "CA",
    "european": "",
    "indian": "IN",
    "irish": "IE",
    "mexican": "MX",
    "swiss": "CH",
    "latin american": "",
}
"""Peoples after whom a language's kind is called, and their countries."""

_LONGEST = 100
"""Characters of a locale."""


def code(text: str) -> str:
    """The locale as app.yaml writes it, such as de or de-DE.

    Understood are de_DE, DE-de, en_US.UTF-8, sr-Latn-RS (the script is left out), German, Deutsch, German (Germany), Chinese (Simplified),
    English US and Brazilian Portuguese. Refusal, with the nearest, for anything else.
    """
    if len(text) <= _LONGEST:
        if (tag := _TAG.fullmatch(text)) and _FORMER_CODES.get(tag[1].lower(), tag[1].lower()) in _languages():
            language = _FORMER_CODES.get(tag[1].lower(), tag[1].lower())
            return _joined(language, tag[2] if tag[2] and tag[2].isalpha() else "")
        named = _NAMED.fullmatch(text)
        language, place = (named[1], named[2] or named[3]) if named else _parted(text)
        if (key := _codes().get(folded(language))) is not None:
            places = [one for one in (part.strip() for part in place.split(",")) if folded(one) not in _NO_COUNTRY]
            return _joined(key, ", ".join(places))
    near = process.extractOne(folded(text[:_LONGEST]), list(_codes()), scorer=fuzz.ratio, score_cutoff=70)
    msg = f"“{text[:60]}” is not a locale"
    raise Refusal(
        msg, f"{f'Did you mean {_codes()[near[0]]}? ' if near else ''}Write a language and perhaps a country, such as en-GB."
    )


def _parted(text: str) -> tuple[str, str]:
    """“English US” and “Brazilian Portuguese” as a language and a country."""
    if folded(text) in _codes() or " " not in text.strip():
        return text, ""
    first, rest = text.strip().split(maxsplit=1)
    before, last = text.strip().rsplit(maxsplit=1)
    if folded(first) in _codes():
        return first, rest
    return last, _PEOPLES.get(folded(before), before)


def _joined(language: str, place: str) -> str:
    return f"{language}-{countries.code(place).partition('-')[0]}" if place else language


@cache
def _codes() -> dict[str, str]:
    """The code of every language's name, as names are compared."""
    lines = (line.partition(": ") for line in _NAMES.strip().splitlines())
    return {folded(one): key for key, _, names in lines for one in names.split(", ")}


@cache
def _languages() -> frozenset[str]:
    """The codes of languages: those dates are read in, and those named here."""
    from dateparser.data.languages_info import language_order  # noqa: PLC0415 - wanted only where people are brought in

    return frozenset(one.partition("-")[0] for one in language_order) | frozenset(_codes().values()) | {"no"}
