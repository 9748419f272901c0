"""Email addresses, by which people are told apart: as they are stored and compared, and whether they can be one."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.errors import Refusal
from bot.domain.words.lookalikes import seen
from bot.domain.words.typed_text import plain

_SIGN = r"[^@\s<>()\[\]\\,:;\"]"
_EMAIL = re.compile(rf"{_SIGN}{{1,64}}@{_SIGN}{{1,255}}\.(?!\.){_SIGN}{{1,63}}(?<!\.)")
_TWINS = ("CYRILLIC", "GREEK")
"""Alphabets with letters that look like Latin ones."""


def folded_email(email: str) -> str:
    """An email as it is stored and compared: small letters, without mailto:, spaces around it, and signs that can't be seen."""
    bare = unicodedata.normalize("NFKC", seen(plain(email))).strip().lower()
    return unicodedata.normalize("NFC", bare.removeprefix("mailto:").strip())


def checked_email(email: str) -> str:
    """The same; Refusal when it can't be an address, or mixes alphabets so that it looks like another."""
    folded = folded_email(email)
    if not _EMAIL.fullmatch(folded):
        msg = f"“{folded[:80]}” is not an email address" if folded else "There is no email address"
        raise Refusal(msg, "Write it like name@company.example.")
    scripts = {unicodedata.name(one, "").partition(" ")[0] for one in folded if one.isalpha()}
    if "LATIN" in scripts and (odd := [one for one in _TWINS if one in scripts]):
        msg = f"“{folded}” mixes Latin and {odd[0].capitalize()} letters, which look alike"
        raise Refusal(msg, "Type the address anew.")
    return folded


_SMALL = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


def is_same(email: str, said: str) -> bool:
    """Whether an address that a platform vouches for is a person's `email`: sign by sign, but for the case of A to Z and spaces around it.

    What only looks the same (fullwidth letters, ligatures, signs that can't be seen) is another mailbox, and may be another's.
    """
    return bool(said) and said.strip(" ").translate(_SMALL) == email
