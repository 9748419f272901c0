"""People no one phrase tells of: what speaks for a name and against it, added up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.words.line.common import DAYS
from bot.domain.words.line.given_names import is_clear, is_given
from bot.domain.words.line.people_words import SAID, SAYS
from bot.domain.words.line.person_names import Person
from bot.domain.words.line.persons import Persons
from bot.domain.words.line.scene import Met, Scene
from bot.domain.words.line.tokens import folded

_ENOUGH = 4.0
_PARTS = ",;:|/()[]–—\n·•"
_TRAILING = re.compile(
    r"\s*(?:again|too|also|as\s+well|himself|herself|only|wieder|auch|persönlich|selbst|allein|alone|both|beide|there|present|dabei|da|anwesend|in\s+person|only|am\s+tisch|in\s+the\s+room|vor\s+ort"
    r"|(?:from|in|of|aus|von)\s+(?:the\s+|der\s+|dem\s+)?[\w&-]{2,20})?\s*",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\s|\b(?:only|just|and|und|then|dann|nur|the|der|die|with|mit|w|plus|today|heute|old|young|both)\b)*", re.IGNORECASE
)
_TOLD_BY = re.compile(
    r"(?:^|\W)(?:per|by|via|showed|gave|told|asked|thanked|helped|trained|met|saw|traf|zeigte|gab|it\s+was|es\s+war|mich|mir|uns|laut|from|says?|said|sagt|meint|with|mit|w/|w|und|and|&|\+)\s*$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:^|\W)(?:to|for|about|of|like|than|als|wie|für|an|über|replaces?|called|named|namens|project|projekt|operation|storm|hurricane|the|im|in|near|bei|nach|aus)\s*$",
    re.IGNORECASE,
)
_OF_CUSTOMER = re.compile(
    r"(?:\s+(?:ma['’]am|madam|sir|ji|bhai))?\s*[,(]?\s*(?:from|at|of|von|vom|bei|beim|aus|@|chez|de)\s*(?:the\s+|der\s+|den\s+)?$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\s+(?:both\s+|all\s+|beide\s+|also\s+|auch\s+)?(?:reckons?|feels?|hopes?|worri(?:es|ed)|agree[sd]?|says?|thinks?|wants?|needs?|likes?|loves?|hates?|asks?|showed|shows?|took|gave|texted|emailed|wrote"
    r"|rang|called|phoned|popped|came|joined|let|zeigt\w*|lobt\w*|findet|fand|glaubt\w*|fragt\w*|bestätigt\w*|schreibt|schrieb|kam|wünscht\w*|braucht\w*|mag|hofft\w*|kritisiert\w*|beschwert\w*)\b",
    re.IGNORECASE,
)


def weighed(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Names that enough speaks for, in order."""
    last = -1
    for word in scene.words:
        if word.start < last or persons.is_taken(word.start):
            continue
        one = persons.named(word.start)
        if one and _weight(scene, persons, one, last) >= _ENOUGH:
            yield Met(one.start, one.end, one.name, led=False)
            last = one.end


def _weight(scene: Scene, persons: Persons, one: Person, last: int) -> float:
    text = scene.text
    before = text[max(0, one.start - 30) : one.start]
    weight = _of_name(one) + (2.0 if _alone(scene, one) else 0.0)
    weight += 2.0 if SAID.match(text, one.end + 1) or _TELLS.match(text, one.end) or SAYS.match(text, one.end) else 0.0
    weight += 1.5 if _TOLD_BY.search(before) else 0.0
    weight += 1.5 if any(_OF_CUSTOMER.fullmatch(text, one.end, start) for start, _ in scene.customers if start >= one.end) else 0.0
    weight += 1.5 if last >= 0 and text[last : one.start].strip() in {",", "&", "+", "and", "und", "/"} else 0.0
    weight += 1.0 if any(not text[end : one.start].strip(" ,:–—-/") for _, end in _told(scene) if end <= one.start) else 0.0
    weight -= 3.0 if _NOT.search(before) else 0.0
    return weight - (0.0 if persons.has_capital(one.start) or one.titled else 0.5)


def _told(scene: Scene) -> list[tuple[int, int]]:
    return [*scene.customers, *scene.days]


def _of_name(one: Person) -> float:
    """What the name itself says: a first name, a title, a role before it."""
    words = [folded(word) for word in re.split(r"[\s-]+", one.name) if folded(word)]
    first = next((word for word in words if is_given(word)), "")
    weight = 0.0
    if first:
        weight = 3.0 if is_clear(first) and first not in DAYS else 1.5
        weight = weight if first in words[:3] else weight / 2
    weight += 3.0 if one.titled else 0.0
    weight += 1.5 if one.role and one.capitals else 0.0
    return weight + (1.0 if one.capitals > 1 else 0.0)


def _alone(scene: Scene, one: Person) -> bool:
    """Whether its part of the line, between signs, says nothing else but days and customers."""
    clause = scene.clause(one.start)
    start = max([clause.start, *(scene.text.rfind(sign, clause.start, one.start) + 1 for sign in _PARTS)])
    ends = [place for sign in _PARTS if (place := scene.text.find(sign, one.end, clause.end)) >= 0]
    end = min([clause.end, *ends])
    signs = list(scene.text[start:end])
    for first, last in _told(scene):
        for place in range(max(first, start), min(last, end)):
            signs[place - start] = " "
    before, after = "".join(signs[: one.start - start]), "".join(signs[one.end - start :])
    return _LEADING.fullmatch(before) is not None and _TRAILING.fullmatch(after) is not None
