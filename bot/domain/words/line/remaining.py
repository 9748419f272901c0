"""What is left of a line for its note, once customer, day and people are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.words.line.clauses import Clause

Place = tuple[int, int]

_JOINING = "with|w|mit|avec|con|their|the|his|her|its|our|a|an|and|und|et|y|plus|le|la|el|su|on|am|den|vom|at|to|ihrem|ihrer|dem|der|leur|w/"
_JOIN = re.compile(rf"(?:[\s,;:.&+/·•\"“”„()–—\u200e\u200f\u202a-\u202e\u2066-\u2069-]|\b(?:{_JOINING})\b)*", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"\s*(?:from|of|at|by|for|in|von|vom|bei|beim|der|des|aus|de|du|del|chez|@|の|と)\s*(?:the\s+|der\s+)?", re.IGNORECASE
)
_SOFT = re.compile(r"(?:[\s,;&·•\u200e\u200f\u202a-\u202e\u2066-\u2069]|[-–—.:](?=\s|$))*")
_LEFT_OPEN = re.compile(r"^(?:[\s,;\u200e\u200f\u202a-\u202e\u2066-\u2069]+|[-–—.:](?=\s|$))")


def note_of(text: str, clauses: Sequence[Clause], understood: Sequence[Place]) -> str:
    """What is left: clauses of nothing but what was understood are left out, and it is taken off the front while nothing was said before.

    The rest stays as it was typed, also what was understood within it: a sentence without its names reads oddly.
    """
    kept: list[tuple[int, int]] = []
    for clause in clauses:
        start = _after_understood(text, clause, understood, begun=bool(kept))
        if start is None:
            continue
        if kept and kept[-1][1] == start:
            kept[-1] = (kept[-1][0], clause.after)
        else:
            kept.append((start, clause.after))
    return _joined(text, kept, clauses)


def _joined(text: str, kept: Sequence[tuple[int, int]], clauses: Sequence[Clause]) -> str:
    """The parts, each with the sign that stood before the next."""
    note = ""
    for number, (start, end) in enumerate(kept):
        piece = text[start:end]
        if number:
            before = next((one.sign for one in reversed(clauses) if one.after <= start and one.sign), "")
            note = f"{_closed(note)}{ {':': ': ', '.': '. '}.get(before, ', ') }{piece.lstrip()}"
        else:
            note = piece
    return _tidy(note)


def _closed(note: str) -> str:
    return note.rstrip(" \t\r\n,;:.–—-")


def _after_understood(text: str, clause: Clause, understood: Sequence[Place], *, begun: bool) -> int | None:
    """Where what is said in a clause begins; None where it says nothing more."""
    place = clause.start
    within = [(start, end) for start, end in sorted(understood) if start < clause.end and end > clause.start]
    for start, end in within:
        if start > place and not _JOIN.fullmatch(text, place, start):
            if _LEADS_ON.fullmatch(text, place, start):
                return clause.start
            break
        place = max(place, end)
    if place >= clause.end or (within and _JOIN.fullmatch(text, place, clause.end)):
        return None
    if not text[clause.start : clause.end].strip():
        return None
    if begun or place == clause.start:
        return clause.start
    found = _SOFT.match(text, place)
    return found.end() if found else place


def _tidy(note: str) -> str:
    """Take spaces, commas and lone dashes off both ends, and leave -5% and .NET as they are."""
    while cut := _LEFT_OPEN.match(note):
        note = note[cut.end() :]
    while note and (note[-1].isspace() or note[-1] in ",;:" or (note[-1] in "-–—." and note[-2:-1].isspace())):
        note = note[:-1]
    return note
