"""Words as thumbs and dictation get them wrong: a letter left out, doubled, two exchanged, a vowel for another."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = "aeiou"
_WORDS = (
    "montage montags monat sundry sundae sunda sontag fray toady freitags frei western gesten hoy heut demain domain main"
    " marti merci today tody toda mondy morgan moren morge orgen sommer sonne sone sonn monday monte manta mantag monde"
    " mentag vendre vendrai lund lunda lundis marde mordi mirdi jedi jeu ieri uyer hir hie"
)
_REAL_WORDS = frozenset(_WORDS.split()) - {"gesten", "today", "monday", "mondy", "tody"}
"""What a slip makes of a day that is a word or a name of its own."""


def typos(word: str) -> Iterator[str]:
    """Slips of a word: its first letter stays."""
    for at in range(1, len(word)):
        yield from _at(word, at)


def _at(word: str, at: int) -> Iterator[str]:
    before, sign, after = word[:at], word[at], word[at + 1 :]
    made = [before + after, before + sign + sign + after]
    if after:
        made.append(before + after[0] + sign + after[1:])
    if sign in _VOWELS and len(word) >= 6:
        made += [before + vowel + after for vowel in _VOWELS]
    if len(word) >= 7:
        made += [before + vowel + sign + after for vowel in _VOWELS]
    if at == 1 and len(word) >= 6:
        made.append(sign + word[0] + after)
    yield from (one for one in made if one != word and one not in _REAL_WORDS and len(one) >= 4)
