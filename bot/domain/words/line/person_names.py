"""Names of single people at a place in a line, in capitals, small letters or counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.words.line.common import DAYS
from bot.domain.words.line.directory import Directory
from bot.domain.words.line.given_names import is_clear
from bot.domain.words.line.person_patterns import (
    BRACKET,
    COUNTED,
    EMOJI,
    MOST_WORDS,
    NO_NAME,
    NOT_WITHIN,
    PET,
    THINGS,
)
from bot.domain.words.line.roles import PARTICLES, ROLE, TITLE
from bot.domain.words.line.tokens import Word


@dataclass(frozen=True)
class Person:
    """Somebody at a place: the name or role as typed, without article; whether a title or role says it is a person; capitals in the name."""

    start: int
    end: int
    name: str
    titled: bool = False
    role: bool = False
    capitals: int = 0


class Names:
    """Reads single names in a line whose customers and days are known by their places: these name nobody."""

    def __init__(self, text: str, words: Sequence[Word], blocked: Collection[tuple[int, int]], known: Directory) -> None:
        """`known` are people whose names may be in small letters."""
        self._text, self._known = text, known
        self._starts = {word.start: number for number, word in enumerate(words)}
        self._words = words
        self._blocked = frozenset(place for start, end in blocked for place in range(start, end))
        letters = [sign for sign in text[:2_000] if sign.isalpha() and (sign.isupper() or sign.islower())]
        upper = sum(sign.isupper() for sign in letters)
        self._no_case = not letters or upper == 0 or upper > 0.9 * len(letters)

    def is_taken(self, place: int) -> bool:
        """Whether a customer or day stands there."""
        return place in self._blocked

    def has_capital(self, start: int) -> bool:
        """Whether the word there has one, in a line whose capitals tell something."""
        return self._text[start].isupper() and not self._no_case

    def first(self, start: int) -> int:
        """Where the first word begins from `start` on."""
        found = re.compile(r"[\s,;:.–—-]*").match(self._text, start)
        return found.end() if found else start

    def _name(self, begin: int) -> Person | None:
        """Titles, and words with capitals, with particles between them."""
        sign = EMOJI.match(self._text, begin)
        number = self._starts.get(sign.end() if sign else begin)
        if number is None:
            return None
        end, capitals, titled, count = begin, 0, False, 0
        for place in range(number, min(len(self._words), number + MOST_WORDS + 3)):
            word = self._words[place]
            if place > number and not self._goes_on(self._words[place - 1], word):
                break
            if word.start in self._blocked or count >= MOST_WORDS:
                break
            if TITLE.match(word.text) and (not capitals) and (word.capital or self._no_case):
                titled, end = True, word.end
                continue
            if self._is_name(word, begun=bool(capitals or titled)) or (titled and not capitals and self._is_titled(word)):
                end, capitals, count = word.end, capitals + 1, count + 1
            elif not (word.form in PARTICLES and place + 1 < len(self._words) and (capitals or titled) and self._leads_on(place)):
                break
        if not capitals:
            return None
        return self._person(begin, end, titled=titled, capitals=capitals)

    def _leads_on(self, place: int) -> bool:
        """Whether only particles and then a name follow a particle."""
        for later in range(place + 1, min(len(self._words), place + 3)):
            if not self._goes_on(self._words[later - 1], self._words[later]):
                return False
            if self._is_name(self._words[later], begun=True) and self._words[later].start not in self._blocked:
                return self._words[place].form not in {"y", "e", "und"}
            if self._words[later].form not in PARTICLES:
                return False
        return False

    def _is_name(self, word: Word, *, begun: bool) -> bool:
        if len(word.text) == 1 and word.capital and self._text[word.end : word.end + 1] == ".":
            return True
        if word.capital and not self._no_case and is_clear(word.form):
            return True
        if word.form in (NOT_WITHIN if begun else NO_NAME) or not word.text[:1].isalpha():
            return False
        if len(word.text) > 1 and word.text.isupper() and not self._no_case and len(word.text) > 3:
            return False
        return word.capital and not self._no_case

    def _is_titled(self, word: Word) -> bool:
        """Whether what follows a title can be a name where capitals tell nothing."""
        return self._no_case and word.form not in NO_NAME and word.text[0].isalpha()

    def _goes_on(self, word: Word, after: Word) -> bool:
        gap = self._text[word.end : after.start]
        short = len(word.text) == 1 or TITLE.match(word.text) is not None
        return gap in {" ", "-", "\u00a0"} or (short and gap in {". ", ".", ".\u00a0"})

    def _small_given(self, begin: int, *, any_word: bool) -> Person | None:
        """A first name in small letters, perhaps after big, little or young."""
        number = self._starts.get(begin)
        if number is None or begin in self._blocked:
            return None
        word = self._words[number]
        if word.form in PET and number + 1 < len(self._words) and self._goes_on(word, self._words[number + 1]):
            word = self._words[number + 1]
        clear = is_clear(word.form) and word.form not in DAYS
        return self._person(begin, word.end) if clear or (any_word and word.form not in NO_NAME) else None

    def _counted(self, begin: int) -> Person | None:
        """Three warehouse pickers, both sons, zwei Kundinnen."""
        found = COUNTED.match(self._text, begin)
        if found is None or THINGS.search(found[0]) or any(place in self._blocked for place in range(begin, found.end())):
            return None
        return Person(begin, found.end(), found[0], role=True)

    def _small(self, begin: int, *, led: bool) -> Person | None:
        """A word or two of small letters (or all capitals): dictated names, and after an article what somebody is called."""
        number = self._starts.get(begin)
        if number is None:
            return None
        run: list[Word] = []
        for word in self._words[number : number + 4]:
            broken = run and not self._goes_on(run[-1], word)
            if (
                broken
                or word.start in self._blocked
                or (word.form in NO_NAME | {"re"} and word.form not in PARTICLES)
                or not word.text[0].isalpha()
            ):
                break
            run.append(word)
        while run and run[-1].form in PARTICLES:
            run.pop()
        if not run or not self._may_be_small(run, led=led):
            return None
        return self._person(begin, run[-1].end)

    def _may_be_small(self, run: Sequence[Word], *, led: bool) -> bool:
        """With an article only where little stands before the clause ends; alone, one word, or what no capitals can be told of."""
        rest = self._text[run[-1].end : run[-1].end + 40]
        ends = (
            not rest.strip()
            or re.match(r"\s*[,;:.!?)\n–—-]|\s+(?:about|re|at|from|on|they|who|said|wegen|über|and|und|في|من|عند)\b", rest)
            is not None
        )
        ends = ends or self.first(run[-1].end) in self._blocked
        particles = sum(word.form in PARTICLES for word in run)
        most = 2 if led or self._no_case else 1
        return ends and len(run) - particles <= most

    def _person(self, begin: int, end: int, *, titled: bool = False, role: bool = False, capitals: int = 0) -> Person:
        """With the role in brackets behind it."""
        name = self._text[begin:end]
        if (bracket := BRACKET.match(self._text, end)) and bracket.start(1) not in self._blocked:
            end = bracket.end()
            name = self._text[begin:end]
            titled = titled or ROLE.match(bracket[1]) is not None
        return Person(begin, end, " ".join(name.split()).replace(",", ""), titled, role, capitals)
