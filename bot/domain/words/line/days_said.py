"""The day a line says something happened on, of all days that are said in it; or the question, where it can't be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.words.days.finding import DateFound
from bot.domain.words.line.activities import MEETING
from bot.domain.words.line.clauses import Clause
from bot.domain.words.line.tokens import Word

_JOINING = re.compile(
    r"(?:[\s,;:.()–—-]|\b(?:on|at|in|the|am|um|le|el|den|vom|bei|with|and|und|last|of|a|i|we|was|war|it|visited|met)\b)*",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:they|he|she|will|would|going|goes|go|expects?|ends?|expires?|starts?|due|until|since|renew\w*|contract|deadline|launch\w*|opens?|plan\w*"
    r"|wants?|needs?|by|sie|er|wird|werden|läuft|endet|ab|bis|seit|eröffn\w*|ils|elle|quieren)\b",
    re.IGNORECASE,
)


_SPELLED_OUT = 6
"""Letters from which a word for a day is one: shorter ones (May, Sat, Jan) may be a name or a verb."""

_BARE_NUMBER = re.compile(r"\d{1,2}\W*")
_ORDINAL = re.compile(r"^(?:\w+\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)$", re.IGNORECASE)
_NOUN = re.compile(
    r"\s+(?!(?:with|at|in|and|for|about|by|on|to|we|they|i|was|were|of|went|all|re|w|their|his|her|met|saw|spoke|visited)\b)[a-z]{3,}"
)


@dataclass(frozen=True)
class DaySaid:
    """The day and where it is said; or no day, and the question to ask."""

    places: tuple[tuple[int, int], ...]
    day: date | None
    question: str = ""


NO_DAY = DaySaid((), None)


@dataclass(frozen=True)
class Days:
    """Days that are said in a line, with what tells which of them is the visit's."""

    text: str
    words: Sequence[Word]
    clauses: Sequence[Clause]
    customers: Sequence[tuple[int, int]]
    head: int
    today: date

    def choose(self, found: Sequence[DateFound]) -> DaySaid:
        """The day of the visit, of `found`, which aren't a name's or a commitment's."""
        sure = [one for one in found if one.sure and not self._counts(one)] or [
            one for one in found if self._alone(one) and one.start < self.head
        ]
        for group in (
            [one for one in sure if self._near(one)],
            [one for one in sure if not self._near(one) and not self._theirs(one)],
        ):
            if group:
                return self._of(group)
        return self._perhaps(sure or found)

    def _perhaps(self, found: Sequence[DateFound]) -> DaySaid:
        """The question whether it was the day that a word such as “yesterday” says, though perhaps of something else."""
        for one in found:
            word = self.text[one.start : one.end].strip()
            spelled = (
                one.sure
                or (self._by_customer(one) and not _BARE_NUMBER.fullmatch(word))
                or (len(word) >= _SPELLED_OUT and word.replace(" ", "").isalpha())
            )
            if spelled and (one.day is None or one.day <= self.today) and not self._counts(one):
                return DaySaid(((one.start, one.end),), None, f"Was it {_named(one.day)}?" if one.day else self._question(one))
        return NO_DAY

    def _of(self, group: Sequence[DateFound]) -> DaySaid:
        group = self._narrowed(group)
        outcomes = dict.fromkeys((one.day, self._question(one)) for one in group)
        places = tuple((one.start, one.end) for one in group)
        if len(outcomes) == 1:
            day, question = next(iter(outcomes))
            return DaySaid(places, None if question else day, question)
        days = [one.day for one in group if one.day is not None and not self._question(one)]
        if len(days) == 1:
            return DaySaid(places, None, next(question for _, question in outcomes if question))
        return DaySaid(
            places, None, f"Was it {_list([_named(one) for one in dict.fromkeys(days)])}?" if days else self._question(group[0])
        )

    def _narrowed(self, group: Sequence[DateFound]) -> Sequence[DateFound]:
        """Those that stand alone or beside the customer, unless one that doesn't is later: 25 September's order, gestern besprochen."""
        chosen = [one for one in group if self._alone(one) or self._by_customer(one)]
        days = [one.day for one in chosen if one.day]
        later = [
            one for one in group if one not in chosen and one.day and not one.doubt and days and max(days) < one.day <= self.today
        ]
        return group if later or not chosen else chosen

    def _question(self, one: DateFound) -> str:
        if one.doubt or one.day is None:
            return one.doubt or f"Which day was “{self.text[one.start : one.end].strip()}”?"
        return f"{_named(one.day)} is still to come. Which day was it?" if one.day > self.today else ""

    def _near(self, one: DateFound) -> bool:
        """Whether it stands before what was heard, by itself, beside a customer, or where a meeting is told of."""
        return one.start < self.head or self._alone(one) or self._by_customer(one) or self._of_meeting(one)

    def _counts(self, one: DateFound) -> bool:
        """Whether an ordinal counts what comes after it: the 2nd site."""
        return _ORDINAL.match(self.text[one.start : one.end].strip()) is not None and _NOUN.match(self.text, one.end) is not None

    def _clause(self, one: DateFound) -> Clause:
        return next((clause for clause in self.clauses if clause.start <= one.start < clause.after), self.clauses[-1])

    def _alone(self, one: DateFound) -> bool:
        """Whether its clause says nothing but a day and a customer."""
        clause = self._clause(one)
        left = list(self.text[clause.start : clause.end])
        for start, end in (*self.customers, (one.start, one.end)):
            for place in range(max(start, clause.start), min(end, clause.end)):
                left[place - clause.start] = " "
        return _JOINING.fullmatch("".join(left)) is not None

    def _by_customer(self, one: DateFound) -> bool:
        """Whether only white space or a small word parts it from a customer."""
        return any(
            _JOINING.fullmatch(self.text, min(end, one.end), max(start, one.start)) is not None
            and max(start, one.start) - min(end, one.end) < 12
            for start, end in self.customers
        )

    def _of_meeting(self, one: DateFound) -> bool:
        clause = self._clause(one)
        return any(word.form in MEETING for word in self.words if clause.start <= word.start < clause.after) and not self._theirs(
            one
        )

    def _theirs(self, one: DateFound) -> bool:
        """Whether its clause tells of what they do or what is yet to come, rather than of the visit."""
        clause = self._clause(one)
        return _THEIRS.search(self.text, clause.start, one.start) is not None


def _named(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _list(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
