"""Puts together what a line says: names before words, then days, then people, and the rest is the note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.words.days.finding import DateFound, find_dates
from bot.domain.words.line.clauses import LINKS, clauses_of, heading_end
from bot.domain.words.line.customers_named import Named, Setting, decide, may_begin, may_stand
from bot.domain.words.line.days_said import Days, DaySaid
from bot.domain.words.line.directory import Directory
from bot.domain.words.line.newcomers import Newcomer, find_newcomer
from bot.domain.words.line.people_met import find_people
from bot.domain.words.line.persons import Persons
from bot.domain.words.line.plans import plan_before
from bot.domain.words.line.promises import PromiseFound, find_promises
from bot.domain.words.line.remaining import note_of
from bot.domain.words.line.scene import Met, Scene
from bot.domain.words.line.spotting import Spot, apart, spots
from bot.domain.words.line.tokens import TOGETHER, Word, words_of
from bot.domain.words.line.understood import CUSTOMER, DAY, PEOPLE, PROMISED, Understood
from bot.domain.words.matching import Resolution

Place = tuple[int, int]

_MENTION_OR_ADDRESS = re.compile(
    r"<[@#!][^<>\n]{0,200}>|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,60}|\b\w{2,10}://[^\s|<>]{1,500}|<(?=http)"
)
_AROUND = " \t\r\n,;:.“”„\"«»‹›'‘’\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_TOGETHER = re.compile(f"[{TOGETHER}]")
_EVIDENT = 5
"""What must speak for a new name where a known one is spoken of too."""

_TO_COME = "That sounds as if it were still to come. Which day was it?"

_STORY = 88.0
"""A known customer that comes to less is merely spoken of: a new one's name in the heading goes before it."""


@dataclass(frozen=True)
class Reader:
    """What a line is read with."""

    today: date
    locale: str
    country: str
    customers: Directory
    people: Directory

    def read(self, text: str) -> Understood:
        """Everything the line says."""
        words = _outside(words_of(text), text)
        found = spots(text, words, self.customers)
        named, new, days = self._customer(text, found)
        promised = find_promises(text, today=self.today, locale=self.locale, country=self.country)
        plan = plan_before(text, [(new.start, new.end)] if new else [(one.start, one.end) for one in named.spots])
        promised = tuple(one for one in promised if not (plan and one.start < plan[1] and plan[0] < one.end))
        return _Whole(self, text, words, named, new, days, promised, planned=plan is not None).understood()

    def _customer(self, text: str, found: Sequence[Spot]) -> tuple[Named, Newcomer | None, tuple[DateFound, ...]]:
        strong = [one for one in found if not one.weak and not one.plain]
        first = masked(text, [(one.start, one.end) for one in apart(strong)])
        days = self._days(first)
        setting = Setting(text, clauses_of(masked(text, _places(found))), [(one.start, one.end) for one in days])
        standing = [one for one in found if may_stand(one, setting)]
        standing = standing or [one for one in found if may_begin(one, setting)]
        named = decide(apart(standing), setting, self.customers)
        new = None
        doubtful = all(one.weak and _touching((one.start, one.end), _spans(days)) for one in named.spots)
        if doubtful or named.score < _STORY:
            new = self._newcomer(text, days, bool(named.spots))
            named = Named(Resolution()) if new else named
        places = [(one.start, one.end) for one in apart(standing) if not one.weak or one in named.spots]
        places += [(new.start, new.end)] if new else []
        second = masked(text, places)
        return named, new, days if second == first else self._days(second)

    def _newcomer(self, text: str, days: Sequence[DateFound], known: bool) -> Newcomer | None:
        names = [one for one in days if _begins_name(text, one) and len(days) > 1]
        apart_from = [(one.start, one.end) for one in days if one not in names]
        found = find_newcomer(text, clauses_of(text), apart_from)
        return found if found and (not known or (found.marked and found.evidence >= _EVIDENT)) else None

    def _days(self, text: str) -> tuple[DateFound, ...]:
        return find_dates(text, today=self.today, locale=self.locale, country=self.country, past=True)


@dataclass(frozen=True)
class _Whole:
    """A line whose customer is known."""

    reader: Reader
    text: str
    words: Sequence[Word]
    named: Named
    new: Newcomer | None
    days: tuple[DateFound, ...]
    promised: tuple[PromiseFound, ...]
    planned: bool

    def understood(self) -> Understood:
        places = [(one.start, one.end) for one in self.named.spots] or ([(self.new.start, self.new.end)] if self.new else [])
        clauses = clauses_of(masked(self.text, places))
        head = heading_end(clauses, [*places, *((one.start, one.end) for one in self.days if one.sure)][:8])
        due = [(one.due_start, one.due_end) for one in self.promised if one.due_start >= 0]
        days = [one for one in self.days if not _touching((one.start, one.end), [*places, *due])]
        said = Days(self.text, self.words, clauses, places, head, self.reader.today).choose(days)
        said = DaySaid(said.places, None, _TO_COME) if self.planned and said.day and said.day != self.reader.today else said
        told = [(one.start, one.end) for one in days if one.sure or (one.start, one.end) in said.places]
        blocked = [*places, *told, *((one.start(), one.end()) for one in LINKS.finditer(self.text) if one[0][1:2] != "@")]
        scene = Scene(self.text, self.words, clauses, places, told, _spans(self.promised), head)
        met = find_people(scene, Persons(self.text, words_of(self.text), blocked, self.reader.people))
        taken = [
            *self._taken_customers(),
            *(said.places[:2] if said.day else ()),
            *((one.start, one.end) for one in met if one.led),
        ]
        note = note_of(self.text, clauses, taken)
        return Understood(
            self.named.decision,
            self._customer_words(),
            said.day,
            _contacts(met),
            note,
            promised=tuple(one.line for one in self.promised),
            questions=self._questions(said),
            origins=self._origins(said, met),
        )

    def _taken_customers(self) -> list[Place]:
        """Where the one customer stands; of two, both stay in the note."""
        if self.new:
            return [(self.new.start, self.new.end)]
        first = {one for spot in self.named.spots[:1] for one in spot.best}
        if any(first.isdisjoint(spot.best) for spot in self.named.spots):
            return []
        return [(one.start, one.end) for one in self.named.spots[:1]]

    def _customer_words(self) -> str:
        if self.new:
            return self.new.name
        spots = sorted(self.named.spots, key=lambda one: -one.score)[:1]
        return " ".join(_bare(self.text[one.start : one.end]) for one in spots)

    def _questions(self, said: DaySaid) -> dict[str, str]:
        asked = {CUSTOMER: self.named.question, DAY: said.question}
        return {name: question for name, question in asked.items() if question}

    def _origins(self, said: DaySaid, met: Sequence[Met]) -> dict[str, str]:
        customers = [(self.new.start, self.new.end)] if self.new else [(one.start, one.end) for one in self.named.spots]
        told = {CUSTOMER: customers, DAY: said.places, PEOPLE: _spans(met), PROMISED: _spans(self.promised)}
        return {name: " … ".join(self.text[start:end].strip() for start, end in places) for name, places in told.items() if places}


def masked(text: str, places: Sequence[Place]) -> str:
    """The text with what stands at some places as meaningless words of the same length."""
    signs = list(text)
    for start, end in places:
        for place in range(start, end):
            signs[place] = "社" if _TOGETHER.match(text[place]) else "x"
    return "".join(signs)


def _spans(found: Sequence[Met | PromiseFound | DateFound]) -> list[Place]:
    return [(one.start, one.end) for one in found]


def _contacts(met: Sequence[Met]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in met))


def _places(found: Sequence[Spot]) -> list[Place]:
    return [(one.start, one.end) for one in found if not one.weak and one.words > 1]


def _bare(words: str) -> str:
    label = words.partition("|")[2].rstrip(">") if words.startswith("<") else words
    return " ".join(label.strip(_AROUND).lstrip("@#").split())


def _begins_name(text: str, one: DateFound) -> bool:
    """Whether a day is one word with a capital, right before another such: Today Translations."""
    word = text[one.start : one.end]
    after = text[one.end : one.end + 2]
    return word[:1].isupper() and " " not in word and after[:1] == " " and after[1:].isupper()


def _touching(place: Place, places: Sequence[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in places)


def _outside(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """Words that aren't in a mention or an address."""
    skipped = [(one.start(), one.end()) for one in _MENTION_OR_ADDRESS.finditer(text)]
    found, at = [], 0
    for word in words:
        while at < len(skipped) and skipped[at][1] <= word.start:
            at += 1
        if at == len(skipped) or word.end <= skipped[at][0]:
            found.append(word)
    return tuple(found)
