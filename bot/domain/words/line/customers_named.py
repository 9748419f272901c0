"""Which customer a line is about: the one that stands where a customer belongs, or a question where two do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.words.line.activities import ACTIVITIES
from bot.domain.words.line.clauses import Clause, heading_end
from bot.domain.words.line.directory import BEGINS, NO_FORM, Directory
from bot.domain.words.line.leads import JOINED, LED, LOOKED_AT, SPOKEN_OF, VISITED
from bot.domain.words.line.spotting import Spot
from bot.domain.words.matching import Match, Resolution, fold

_PLACED, _STORY, _SPOKEN_OF = 15.0, -25.0, -45.0
_NEAR = 22.0
"""Two customers that come nearer to each other than this are asked about."""

_MOST_CHOICES = 5
_EDGE = re.compile(r"(?:(?:the|our|der|die|das|den|la|le|les|el|los)\s|[\s\"“”„‘’'(<@#*_~·•–—-])*", re.IGNORECASE)
_FOLLOWED = re.compile(
    r"\s*(?:$|[,;:.!?–—\n(/)、，。：-]|\b(?:with|w/|mit|avec|con|on|am|at|visited|called|rang|says?|said|wants?|is|was|besucht|war|und|and|&)\b)"
    r"|\s+[^\w\s]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """The customer named: the decision, where, and the question where none can be decided on."""

    decision: Resolution
    spots: tuple[Spot, ...] = ()
    question: str = ""
    score: float = 0.0


@dataclass(frozen=True)
class Setting:
    """A line that names stand in: its text, clauses, and where days stand."""

    text: str
    clauses: Sequence[Clause]
    days: Sequence[tuple[int, int]] = ()

    def clause(self, place: int) -> Clause:
        """The clause that has a character."""
        return next((one for one in self.clauses if one.start <= place < one.after), self.clauses[-1])

    def begins(self, spot: Spot) -> bool:
        """Whether a clause begins with it, days aside."""
        start = self.clause(spot.start).start
        before = self.text[start : spot.start]
        for first, last in self.days:
            if start <= first and last <= spot.start:
                before = before[: first - start] + " " * (last - first) + before[last - start :]
        return _EDGE.fullmatch(before) is not None

    def followed(self, spot: Spot) -> bool:
        """Whether what follows lets it be a name: the end of a clause, a day, “with” and such."""
        if self.text[spot.start : spot.end].lower().endswith(("'s", "’s")):
            return True
        end = next((place for place in range(spot.end, len(self.text)) if not self.text[place].isspace()), len(self.text))
        word = re.match(r"\w*", self.text[end : end + 30])
        active = not spot.plain and word is not None and word[0].islower() and fold(word[0]) in ACTIVITIES
        return active or _FOLLOWED.match(self.text, spot.end) is not None or any(start <= end < last for start, last in self.days)

    def before(self, spot: Spot) -> str:
        """What stands before it in its clause."""
        return self.text[max(self.clause(spot.start).start, spot.start - LOOKED_AT) : spot.start]


def may_stand(spot: Spot, setting: Setting) -> bool:
    """Tell a name from a word: one of ordinary words must stand where a name belongs, or be written like one."""
    before = setting.before(spot)
    placed = (setting.begins(spot) and setting.followed(spot)) or VISITED.search(before) is not None
    if spot.weak:
        return placed
    led = placed or LED.search(before) is not None
    if spot.plain:
        return led
    if spot.score >= NO_FORM or spot.telling > 1:
        return True
    if setting.begins(spot):
        return led or setting.followed(spot)
    capital = setting.text[spot.start : spot.end].lstrip("@#“„\"'‘<")[:1]
    return led or not (capital.isalpha() and capital.islower())


def may_begin(spot: Spot, setting: Setting) -> bool:
    """Whether a line's first word can be the beginning of a name, where nothing else can be one: Northfield half past nine."""
    return not (spot.weak or spot.plain) and setting.begins(spot) and spot.score >= BEGINS and setting.text[spot.start].isupper()


def decide(found: Sequence[Spot], setting: Setting, names: Directory) -> Named:
    """Decide among places that don't overlap: one customer, or several to choose from."""
    strong = [one for one in found if not one.weak] or list(found)
    usable = [one for one in strong if not _ordinary(one, setting.text)] or strong
    if not usable:
        return Named(Resolution())
    head = heading_end(setting.clauses, [(one.start, one.end) for one in usable])
    ranked = _ranked(usable, setting, head)
    top, first = ranked[0]
    rivals = [spot for score, spot in ranked[1:] if top - score < _NEAR and not set(spot.best) & set(first.best)]
    if rivals:
        return _asked(first, rivals, names, top)
    return _one(first, usable, names, top)


def _ordinary(spot: Spot, text: str) -> bool:
    """Whether it is rather a word, where another place names a customer: in small letters, and a piece of several names: the water is fine."""
    return spot.words == 1 and spot.score < NO_FORM and len(spot.best) > 1 and text[spot.start : spot.end].islower()


def _ranked(usable: Sequence[Spot], setting: Setting, head: int) -> list[tuple[float, Spot]]:
    ranked: list[tuple[float, Spot]] = []
    for spot in usable:
        last = ranked[-1] if ranked else None
        joined = last is not None and JOINED.fullmatch(setting.text, last[1].end, spot.start) is not None
        if joined and last is not None and "," not in setting.text[last[1].end : spot.start]:
            ranked.append((last[0] - last[1].score + spot.score, spot))
        else:
            ranked.append((spot.score + _placing(spot, setting, head), spot))
    return sorted(ranked, key=lambda one: (-one[0], -len(one[1].owners) == 1, one[1].start))


def _placing(spot: Spot, setting: Setting, head: int) -> float:
    before = setting.before(spot)
    if SPOKEN_OF.search(before):
        return _SPOKEN_OF
    visited = VISITED.search(before) is not None
    if spot.start >= head:
        return _PLACED if visited and not re.search(r"\b(?:at|is|was|were|are)\s+\w*\s*$", before, re.IGNORECASE) else _STORY
    if visited or setting.begins(spot) or LED.search(before):
        return _PLACED
    return _STORY


def _one(first: Spot, usable: Sequence[Spot], names: Directory, score: float) -> Named:
    """One customer, or those that the same words fit; another place may tell which of them."""
    fitting = set(first.best)
    for other in usable:
        if len(shared := fitting & set(other.best)) >= 1 and other is not first:
            fitting = shared
    best = [one for one in first.best if one in fitting]
    again = [one for one in usable if one is not first and set(one.best) & set(best) and (one.score >= NO_FORM or one.words > 1)]
    spots = (first, *again)
    matches = tuple(Match(names.numbered(one), first.owners[one]) for one in best[:_MOST_CHOICES])
    if len(matches) == 1:
        return Named(Resolution(winner=matches[0]), spots, score=score)
    return Named(Resolution(choices=matches), spots, which([match.candidate.name for match in matches]), score)


def _asked(first: Spot, rivals: Sequence[Spot], names: Directory, score: float) -> Named:
    owners = dict.fromkeys(one for spot in (first, *rivals) for one in spot.best[:2])
    matches = tuple(Match(names.numbered(one), first.owners.get(one, first.score)) for one in list(owners)[:_MOST_CHOICES])
    question = f"This names {_list([match.candidate.name for match in matches], 'and')}. Which customer is it about?"
    return Named(Resolution(choices=matches), (first, *rivals), question, score)


def which(names: Sequence[str]) -> str:
    """The question which of some customers is meant."""
    return f"Is it {_list(names, 'or')}?"


def _list(names: Sequence[str], joint: str) -> str:
    return f"{', '.join(names[:-1])} {joint} {names[-1]}" if len(names) > 1 else "".join(names)
