"""One cell's text: no more than a cell holds, and never run as a formula, whichever sign its reader splits the line at."""

from __future__ import annotations

import re

from bot.domain.words.lookalikes import UNSEEN

_LONGEST = 32_767
"""Characters of a cell, in UTF-16: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3"""

_CUT = " … (cut: the rest is too long for a cell)"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no sheet can hold."""

_PARTS = "\t\n\r,;|\x85\u2028\u2029"
"""Where a reader may begin a new cell: after a separator, whether or not it is this file's, and on a new line."""

_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−⁼₌⁺₊⁻₋﬩⩵⩶"
"""Beginnings that spreadsheets take for a formula (https://owasp.org/www-community/attacks/CSV_Injection), also in full width, and in
every form that is the same to Unicode (NFKC)."""

_BEFORE = f"""[^\\S{_PARTS}]|["'{UNSEEN}\x80-\x84\x86-\x9f]"""
"""What may stand before a sign and is passed over: spaces, quotes, and what can't be seen."""

_BEGINS = f"(?:(?<=[{_PARTS}])|\\A)"
_RUNS = f"(?=(?:{_BEFORE})*[{_SIGNS}])"
_MARK = re.compile(f"{_BEGINS}{_RUNS}|\\A(?='*[\t\r])")
_MARKED = re.compile(f"{_BEGINS}'{_RUNS}|\\A'(?='*[\t\r])")


def fitting(text: str) -> str:
    """What a cell can hold: no control characters, and no more than it takes, with a sign where it was cut."""
    clean = _CONTROL.sub("", text)
    if 2 * len(clean) <= _LONGEST or _length(clean) <= _LONGEST:
        return clean
    units = clean.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def inert(text: str) -> str:
    """A fitting text in which an apostrophe stands before everything a spreadsheet might run; it takes it for a sign of text."""
    return fitting(_MARK.sub("'", fitting(text)))


def unmarked(text: str) -> str:
    """What `inert` was given, but for what didn't fit."""
    return _MARKED.sub("", text)
