"""Whether words that may be a day are meant as one, by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.words.days.finder import Candidate
from bot.domain.words.days.grammar import Sense
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.tokens import Token

_HEADING_ENDS = re.compile(r":(?=\s)|(?<=\w{4})[.!?](?=\s)|\n")
_TO_COME = re.compile(
    r"\b(?:will|would|won't|shall|going|plans?|planned|planning|hopes?|expects?|decides?|needs?|due|expires?|ends?"
    r"|launch\w*|go-?live|next|follow\w*|starts?"
    r"|wants?|should|renew\w*|läuft|endet|wird|werden|will|wollen|soll|sollen|plan\w*|braucht|brauchen|startet|beginnt"
    r"|möchte\w*|müssen|muss|neuer?|veut"
    r"|veulent|prévu\w*|quieren?|prevé\w*)\b|'ll\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:started|starts?|begins?|began|joined|founded|expired|expires?|launched|shipped|ordered|installed|broke|crashed|failed|opened|opens|closed"
    r"|closes|gestartet|installiert|bestellt|geliefert|ausgefallen|gegründet|eröffnet|gekauft|startet|endet|endete|läuft)\s+$",
    re.IGNORECASE,
)
"""What stands right before a day of something that they did."""

_NEAR = 30
"""Characters before a day that tell what it is of."""

_SIGNS = frozenset(".,-();|:&\"'/")
_SHARES = frozenset({2, 3, 4, 5, 8, 10, 100})
_SCORED = re.compile(
    r"(?:\b(?:v|version|release|build|section|chapter|scor\w*|rat(?:ed?|ing|es)|gave(?:\s+us)?|gives?|nps|csat|page"
    r"|room|phase|step|part|floor|ward|line|unit|gate"
    r"|lot|level|flat|suite|number|item|ticket|invoice|order|only|about|nearly|over|approx|than|was|is|are|were|got"
    r"|gets?|around|of|raum|zimmer|seite|teil"
    r"|gleis|halle|note|etwa|nur|fast|ist|waren|sind|schritt|punkt|nr|no|§|art|kapitel|paragraph|rechnung|bestellung"
    r"|auftrag|salle|sala|chapitre|window"
    r"|platform|track|line|hall|block|bay|stand|booth|halle|tor|platz|bau|haus|building|between|ratio|size|model"
    r"|modell|typ|type)\.?:?|#|\d)\s*$",
    re.IGNORECASE,
)
_MEETING = (
    "visit meeting call lunch dinner breakfast chat session workshop demo review catch kickoff kick onsite site tour coffee"
    " conversation discussion presentation qbr check sync standup event trip appointment audit training walkthrough"
    " roundtable notes minutes meet talk termin besuch gespräch telefonat treffen"
)
_MEETINGS = frozenset(_MEETING.split())
_ON_NUMBERS = frozenset({"on", "am", "den", "vom", "zum", "le", "el", "by", "bis", "the", "al", "au", "du"})
_MONTH_LEADS = frozenset({Kind.IN, Kind.ON, Kind.BY, Kind.UNTIL, Kind.SINCE, Kind.EARLY, Kind.FROM})


@dataclass(frozen=True)
class Surroundings:
    """The tokens of a text among which candidates stand."""

    text: str
    tokens: Sequence[Token]
    sense: Sense

    def sure(self, one: Candidate) -> bool:
        """Whether the candidate is a day rather than something else."""
        if self._is_possession(one) or not (one.said.sure or self._is_dotted(one)):
            return False
        if one.start and self.tokens[one.start - 1].kind is Kind.NOT and not one.said.last:
            return False
        if one.said.day is None and one.said.doubt and not self._is_told(one):
            return False
        start = self.tokens[one.start].start
        if self.sense.past and _THEIRS.search(self.text, max(0, start - _NEAR), start):
            return False
        return _CHECKS.get(one.read.__name__, Surroundings._plainly)(self, one)

    def _plainly(self, one: Candidate) -> bool:  # noqa: ARG002 - one of the checks
        return True

    def _is_dotted(self, one: Candidate) -> bool:
        """20.11 with no dot behind it is a date where “on” leads to it, and in languages whose fractions have commas."""
        token = self.tokens[one.core_end - 1]
        if token.kind is not Kind.NUMERIC or not re.fullmatch(r"\d+\.\d+", token.key):
            return False
        if one.leads & {Kind.ON, Kind.BY, Kind.UNTIL} or one.core_end - one.core > 1:
            return True
        after = self._after(one)
        return self.sense.locale[:2] not in {"en", "ja", ""} and not (after and after.key in _AMOUNTS)

    def _is_told(self, one: Candidate) -> bool:
        """Tell a day that is asked about from a span or a day to come that is part of a story."""
        if not self.sense.past or self._alone(one):
            return True
        return self._in_heading(one) and self.tokens[one.start].start <= self._to_come

    @cached_property
    def _heading(self) -> int:
        """Where what was heard begins."""
        match = _HEADING_ENDS.search(self.text)
        return match.start() if match else len(self.text)

    @cached_property
    def _to_come(self) -> int:
        """Where it is first told of what is to come."""
        match = _TO_COME.search(self.text)
        return match.end() if match else len(self.text)

    def _in_heading(self, one: Candidate) -> bool:
        return self.tokens[one.start].start <= self._heading

    def _before(self, one: Candidate) -> Token | None:
        return self.tokens[one.start - 1] if one.start else None

    def _after(self, one: Candidate) -> Token | None:
        return self.tokens[one.end] if one.end < len(self.tokens) else None

    def _alone(self, one: Candidate) -> bool:
        """Whether signs stand on both sides."""
        before, after = self._before(one), self._after(one)
        return (before is None or before.key in _SIGNS or before.key in "—:") and self._ends(after)

    def _ends(self, after: Token | None) -> bool:
        return after is None or not after.key[:1].isalnum()

    def _capital(self, token: Token | None) -> bool:
        return token is not None and self.text[token.start].isupper()

    def _goes_on(self, one: Candidate) -> bool:
        """Whether the text ends there, or goes on as it may after a day: with a sign, a name or a word such as with."""
        after = self._after(one)
        return self._ends(after) or after is None or after.kind is not Kind.OTHER or self._capital(after) or not after.key.isascii()

    def _owned(self, one: Candidate) -> list[str] | None:
        """The words after the ’s of “Friday's”; None where there is none."""
        after = self._after(one)
        if after is None or after.kind is not Kind.APOSTROPHE or after.start != self.tokens[one.end - 1].end:
            return None
        rest = [token.key for token in self.tokens[one.end + 1 : one.end + 4]]
        return rest[1:] if rest[:1] == ["s"] else None

    def is_meetings(self, one: Candidate) -> bool:
        """Whether the day is a meeting's: “Friday's visit”."""
        return bool(_MEETINGS.intersection(self._owned(one) or ()))

    def _is_possession(self, one: Candidate) -> bool:
        """“Friday's outage”, but not “Friday's visit”."""
        return self._owned(one) is not None and not self.is_meetings(one)

    def _weekday(self, one: Candidate) -> bool:
        """Tell “sun”, “sat” and “mi” from days."""
        names = [token for token in self.tokens[one.core : one.core_end] if token.kind in (Kind.WEEKDAY, Kind.MAYBE_WEEKDAY)]
        if len(names) > 1 and all(name.kind is Kind.MAYBE_WEEKDAY and len(name.key) == 2 for name in names):
            return all(map(self._capital, names))
        alone = one.core_end - one.core == 1 and one.end == one.core_end
        if not alone or names[0].kind is Kind.WEEKDAY or one.leads & {Kind.ON, Kind.BY, Kind.UNTIL, Kind.EARLY}:
            return True
        return self._short_weekday(one, names[0])

    def _short_weekday(self, one: Candidate, name: Token) -> bool:
        after, capital = self._after(one), self._capital(name)
        if name.key == "so":
            return after is not None and after.key == ":"
        if name.key == "fr" and after and after.kind is Kind.DOT and self._capital(self._after(replace(one, end=one.end + 1))):
            return False  # Fr. Müller is a woman
        before = self._before(one)
        if self._ends(after):
            told = before is not None and before.kind in (Kind.FOLLOWER, Kind.THE, Kind.OF, Kind.IN, Kind.ARTICLE)
            return capital or (len(name.key) > 2 and not told and not (before is None and after is None))
        if after and capital and after.key in _MEETINGS:
            return True
        follows = after is not None and after.kind is Kind.FOLLOWER
        return follows and capital and (one.start > 0 or name.key in {"mon", "wed"})

    def _nth(self, one: Candidate) -> bool:
        """Tell “the 20th” from “the 20th floor”."""
        first, after = self.tokens[one.core], self._after(one)
        if one.said.last or (one.core_end - one.core == 1 and self._is_heading(one)):
            return True
        if any(token.kind is Kind.DAY_MARK for token in self.tokens[one.core : one.core_end]):
            return self._is_day_mark(one)
        if not one.leads & {Kind.ON, Kind.THE, Kind.BY, Kind.UNTIL}:
            return False
        if not first.key.isalpha():
            return self._goes_on(one)
        if Kind.ON not in one.leads and first.value <= 3:
            return bool(one.leads & {Kind.BY, Kind.UNTIL}) and self._ends(after)
        return self._ends(after) or (after is not None and after.kind is not Kind.OTHER)

    def _digits(self, one: Candidate) -> bool:
        """Tell “am 20.” and “on 20:” from “on 20 sites”."""
        lead = self.tokens[one.core - 1] if one.core > one.start else None
        if lead is None or self.text[lead.start : lead.end].casefold().split()[-1] not in _ON_NUMBERS:
            return False
        return self._number_dotted(one)

    def _is_heading(self, one: Candidate) -> bool:
        """20th: stands with a colon or dash behind it."""
        before, after = self._before(one), self._after(one)
        if not self.tokens[one.core].key[:1].isdigit():
            return False
        if after is not None and after.key in {":", "-", "—"}:
            return True
        return self._in_heading(one) and self._ends(after) and self._capital(before)

    def _is_day_mark(self, one: Candidate) -> bool:
        """日 after a number in signs is part of a name where another sign follows that doesn't go on after a day."""
        number, after = self.tokens[one.core], self._after(one)
        return number.key.isdigit() or number.kind is Kind.DAY_MARK or after is None or after.kind is not Kind.OTHER

    def _number_dotted(self, one: Candidate) -> bool:
        dotted = self.tokens[one.core_end - 1].kind is Kind.DOT
        after = self._after(one)
        return dotted or self._ends(after) or (after is not None and after.kind is Kind.FOLLOWER) or self._capital(after)

    def _date(self, one: Candidate) -> bool:
        """Tell “12 may leave” and “march 12 people in” from dates."""
        months = [token for token in self.tokens[one.core : one.core_end] if token.kind is Kind.MAYBE_MONTH]
        if not months or self._capital(months[0]) or any(token.kind is Kind.YEAR for token in self.tokens[one.core : one.core_end]):
            return True
        return bool(one.leads) or self._goes_on(one)

    def _month(self, one: Candidate) -> bool:
        """Tell “in March” from March & Co."""
        led = bool(one.leads & _MONTH_LEADS) or self.tokens[one.core].kind is Kind.EARLY
        return led or (self.sense.past and one.core_end - one.core > 1)

    def _quarter(self, one: Candidate) -> bool:
        """Tell “in Q3” from Q3 figures."""
        if self.tokens[one.core].kind is Kind.EDGE:
            return True
        return bool(one.leads & _MONTH_LEADS) or (self.sense.past and self._alone(one))

    def _numeric(self, one: Candidate) -> bool:
        """Tell a date from a fraction, a score and a share of the week."""
        tokens = [token for token in self.tokens[one.core : one.core_end] if token.kind is Kind.NUMERIC]
        if one.core_end - one.core > 1 or one.leads & {Kind.ON, Kind.BY, Kind.UNTIL}:
            return True
        key, start = tokens[0].key, tokens[0].start
        if key in {"24/7", "7/24", "9/11"} or _SCORED.search(self.text, max(0, start - _NEAR), start):
            return False
        numbers = [int(part) for part in re.findall(r"\d+", key)]
        if "/" not in key or len(numbers) > 2:
            return True
        after = self._after(one)
        if after and after.key in _COUNTED:
            return False
        share = numbers[0] < numbers[1] and numbers[1] in _SHARES
        return not share or self._is_no_share(one)

    def _is_no_share(self, one: Candidate) -> bool:
        """Whether 3/4 stands as a date may: before what was heard, with the end, a name or a word such as with behind it."""
        if not (self._in_heading(one) or self._alone(one)):
            return False
        after = self._after(one)
        return self._ends(after) or self._capital(after) or (after is not None and after.kind in (Kind.FOLLOWER, Kind.AT))

    def _sometime(self, one: Candidate) -> bool:
        return self._alone(one) if self.tokens[one.core].kind in (Kind.SOMETIME, Kind.SHIFT) else True

    def is_recent(self, one: Candidate) -> bool:
        """Whether it was in the last weeks, and is said before what was heard."""
        return self._in_heading(one) and one.said.day is not None and 0 <= (self.sense.today - one.said.day).days <= 45

    def _holiday(self, one: Candidate) -> bool:
        """Tell a visit at Diwali from orders for Christmas."""
        said = self.text[self.tokens[one.core].start : self.tokens[one.core_end - 1].end].casefold()
        if one.leads & {Kind.ON, Kind.AT, Kind.BY, Kind.UNTIL}:
            return True
        if said in {"black friday", "cyber monday"}:
            return False
        if self.is_recent(one) or re.search(r"day|tag|日|abend|eve$|night", said):
            return True
        after = self._after(one)
        return self._ends(after) or (after is not None and (after.key in _MEETINGS or after.kind is Kind.FOLLOWER))


_COUNTED_THINGS = (
    "of stars star points cups people persons users customers seats sites stores times days weeks months years hours minutes"
    " percent license licenses licence licences score scores rating ratings majority vote votes der des davon full done"
    " empty complete leute personen kunden sterne punkte mehrheit"
)
_COUNTED = frozenset(_COUNTED_THINGS.split())
_AMOUNTS = frozenset({"€", "%", "prozent", "mio", "tsd", "euro", "uhr", "eur", "chf", "version", "gb", "kg", "h"})
_CHECKS = {
    "_weekday": Surroundings._weekday,
    "_nth": Surroundings._nth,
    "_dated": Surroundings._date,
    "_quarter": Surroundings._quarter,
    "_digits": Surroundings._digits,
    "_month": Surroundings._month,
    "_numeric": Surroundings._numeric,
    "_two_alone": lambda _, one: Kind.ON in one.leads or one.said.last is not None,
    "_vague": Surroundings._sometime,
    "_holiday": Surroundings._holiday,
}
