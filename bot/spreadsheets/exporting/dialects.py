"""How a CSV file is written so that the company's own spreadsheets open it: what parts the cells, and the decimal sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""What may part the cells of a line, by name."""

_COMMA_LANGUAGES = re.compile(
    "(af|az|be|bg|bs|ca|cs|da|de|el|es|et|eu|fi|fo|fr|gl|hr|hu|hy|id|is|it|ka|kk|ky|lb|lt|lv|mk|mn|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sq|sr"
    "|sv|tg|tr|uk|uz|vi)(-.*)?|en-(AT|BE|DE|DK|FI|NL|SE|SI|ZA)"
)
"""Locales that write 1,5 for one and a half, after Unicode's CLDR; with those exceptions:"""

_POINT_PLACES = re.compile("es-(419|BZ|CU|DO|GT|HN|MX|NI|PA|PE|PR|SV|US)|de-(CH|LI)|it-CH")

_SEMICOLON_PLACES = re.compile("(de|it|en)-(CH|LI)")
"""Where a spreadsheet splits at semicolons although the decimal sign is a point."""


@dataclass(frozen=True)
class Dialect:
    """What stands between two cells, and between a number's units and tenths."""

    delimiter: str = ","
    decimal: str = "."


def dialect(locale: str, delimiter: str | None = None) -> Dialect:
    """As spreadsheets in this locale (such as de-DE) write it: semicolons where the decimal sign is a comma.

    A `delimiter` asked for goes before it; where it is not the locale's own, numbers have a point, as programs read them.
    """
    decimal_comma = bool(_COMMA_LANGUAGES.fullmatch(locale)) and not _POINT_PLACES.fullmatch(locale)
    own = ";" if decimal_comma or _SEMICOLON_PLACES.fullmatch(locale) else ","
    if delimiter is None or delimiter == own:
        return Dialect(own, "," if decimal_comma else ".")
    return Dialect(delimiter)
