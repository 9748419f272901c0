"""Names and roles of people at a place in a line, one or a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.words.line.activities import ACTIVITIES, LABELS, MEETING, SAYING, TOPICS
from bot.domain.words.line.common import DAYS, NUMBERS, SMALL, WEEKDAYS
from bot.domain.words.line.directory import Directory
from bot.domain.words.line.roles import ARTICLE, PARTICLES, ROLE, TITLE
from bot.domain.words.line.tokens import Word

_ARTICLES = re.compile(rf"\s*(?:{ARTICLE}|(?:um|uh|er|erm|äh|ähm|our\s+friend|a\s+certain)\s+)*", re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|sowie)\s+|[,;+&/、]\s*|(?<=\s)(?:and|und|et|y|plus|sowie|as\s+well\s+as)\s+|ו(?=\S))", re.IGNORECASE
)
_MENTION = re.compile(r"<@\w+\|([^<>|\n]{1,80})>|@(\w[\w.-]{0,60})|([\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60})+)")
_BRACKET = re.compile(r"\s*\(([^(),\n]{1,60})\)")
_GOES_ON = re.compile(
    r"\s*(?:$|[,;:.!?()&+/–—\n-]|(?:and|und|et|y|from|at|of|about|re|von|vom|bei|on|am|le|el|joined|were|waren)\b)", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:\s+(?:of|for|de|du|del|der|des))?\s*$", re.IGNORECASE)
_JOIN_NEXT = re.compile(
    r"\s*(?:and|und|et|y|&|\+)\s|\s*,\s+(?:(?:the|der|die|and|und)\s+)?(?=[A-ZÄÖÜ]\w+(?:\s[A-Z]\w+)?\s*(?:$|[,.:;]|and\b|und\b))"
)
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]{1,8}\s")
_MOST, _MOST_WORDS = 20, 6
_NOT_WITHIN = SMALL | SAYING | WEEKDAYS | {"في", "من", "عند"}
_NO_NAME = _NOT_WITHIN | ((ACTIVITIES | MEETING | LABELS | TOPICS) - {"lead", "prospect", "contact", "customer", "client"})


@dataclass(frozen=True)
class Person:
    """Somebody at a place: the name or role as typed, without article; whether a title or role says it is a person; capitals in the name."""

    start: int
    end: int
    name: str
    titled: bool = False
    role: bool = False
    capitals: int = 0


class Persons:
    """Reads people in a line whose customers and days are known by their places: these name nobody."""

    def __init__(self, text: str, words: Sequence[Word], blocked: Collection[tuple[int, int]], known: Directory) -> None:
        """`known` are people whose names may be in small letters."""
        self._text, self._known = text, known
        self._starts = {word.start: number for number, word in enumerate(words)}
        self._words = words
        self._blocked = frozenset(place for start, end in blocked for place in range(start, end))
        letters = [sign for sign in text[:2_000] if sign.isalpha() and (sign.isupper() or sign.islower())]
        upper = sum(sign.isupper() for sign in letters)
        self._no_case = not letters or upper == 0 or upper > 0.9 * len(letters)

    def first(self, start: int) -> int:
        """Where the first word begins from `start` on."""
        found = re.compile(r"[\s,;:.–—-]*").match(self._text, start)
        return found.end() if found else start

    def several(self, start: int, *, certain: bool) -> list[Person]:
        """The people named from `start` on, joined by commas and “and”; with `certain`, small letters may be names."""
        found: list[Person] = []
        place = start
        while len(found) < _MOST and (one := self._one(place, certain=certain or bool(found), first=not found)):
            if found and self._text[place - 2 : place].strip() == "," and (self._is_subject(one) or not (certain or _clear(one))):
                break
            if len(found) == 1 and self._is_apposed(found[0], one, place):
                return [
                    replace(
                        found[0], end=one.end, name=f"{found[0].name} ({one.name})" if "(" not in found[0].name else found[0].name
                    )
                ]
            if len(found) == 1 and self._is_named(found[0], one, place):
                return [replace(found[0], end=one.end, name=f"{one.name} ({found[0].name})", capitals=one.capitals)]
            found.append(one)
            join = _JOIN.match(self._text, one.end)
            if join is None:
                break
            place = join.end()
        return found

    def _is_apposed(self, first: Person, one: Person, place: int) -> bool:
        """Whether a role after a name and a comma is that person's, and nobody comes after it: Petra Lang, Einkaufsleiterin."""
        comma = self._text[first.end : place].strip() == ","
        return comma and first.capitals > 0 and one.role and not one.capitals and not self._more_come(one.end)

    def _is_named(self, first: Person, one: Person, place: int) -> bool:
        """Whether a name after a role and a comma is whose role it is, and nobody comes after: head of digital, Mo Farid."""
        comma = self._text[first.end : place].strip() == ","
        return comma and first.role and not first.capitals and (one.titled or one.capitals > 1) and not self._more_come(one.end)

    def _more_come(self, place: int) -> bool:
        found = _JOIN_NEXT.match(self._text, place)
        return found is not None and found.end() not in self._blocked

    def _is_subject(self, one: Person) -> bool:
        """Whether what looks like one more name after a comma begins a sentence: with Jan, Netz ist das Thema."""
        return not (one.titled or one.role) and _GOES_ON.match(self._text, one.end) is None and one.end not in self._blocked

    def _one(self, start: int, *, certain: bool, first: bool) -> Person | None:
        articles = _ARTICLES.match(self._text, start)
        begin = articles.end() if articles else start
        led = bool(articles and articles[0].strip())
        if begin in self._blocked:
            return self._after_blocked(begin) if first else None
        found = (
            self._mention(begin)
            or self._colleague(begin)
            or self._role(begin, led=led, certain=certain)
            or self._name(begin)
            or self._described(begin)
        )
        return found or (self._small(begin, led=led) if certain and (first or led) else None)

    def _after_blocked(self, begin: int) -> Person | None:
        """Pinecrest's superintendent: a role after a customer's name."""
        end = next((place for place in range(begin, len(self._text)) if place not in self._blocked), len(self._text))
        if not re.search("['’]s?$", self._text[max(0, end - 2) : end]):
            return None
        place = self.first(end)
        return self._role(place, led=True, certain=True) or self._name(place)

    def _mention(self, begin: int) -> Person | None:
        found = _MENTION.match(self._text, begin)
        if found is None:
            return None
        name = next(one for one in found.groups() if one).rstrip(".-")
        return Person(begin, found.end() - (found[0].endswith(".")), name, titled=True)

    def _colleague(self, begin: int) -> Person | None:
        """Up to three words that are the name of somebody known."""
        number = self._starts.get(begin)
        if number is None or not len(self._known):
            return None
        for last in range(min(len(self._words), number + 3), number, -1):
            run = self._words[number:last]
            if len(run) == 1 and not run[0].capital:
                return None
            if self._known.whole("".join(word.form for word in run)) and not any(word.form in SMALL | DAYS for word in run):
                return self._person(begin, run[-1].end, capitals=len(run))
        return None

    def _role(self, begin: int, *, led: bool, certain: bool) -> Person | None:
        """A role, with the name after it where there is one."""
        limit = next(
            (place for place in range(begin, min(len(self._text), begin + 100)) if place in self._blocked), len(self._text)
        )
        found = ROLE.match(self._text, begin, limit)
        if found is None:
            return None
        short = found[0].lower() in {"it", "hr", "pm", "md", "pa", "ea"}
        if short and not (found[0].isupper() and (led or certain)):
            return None
        name = self._name(self.first(found.end())) if self._text[found.end() : found.end() + 1] == " " else None
        end = name.end if name else found.end() - len(_TRAILING.search(found[0])[0])  # type: ignore[index]
        return self._person(begin, end, role=True, capitals=name.capitals if name else 0)

    def _described(self, begin: int) -> Person | None:
        """A small word and then a role or a name: duty manager Carl, guard Errol Banks."""
        number = self._starts.get(begin)
        if number is None or number + 1 >= len(self._words) or not self._goes_on(self._words[number], self._words[number + 1]):
            return None
        word, after = self._words[number], self._words[number + 1]
        if word.capital or word.form in _NO_NAME | PARTICLES | NUMBERS or len(word.form) < 4 or not word.form.isalpha():
            return None
        found = self._role(after.start, led=True, certain=False) or self._name(after.start)
        return replace(found, start=begin, name=f"{word.text} {found.name}", role=True) if found else None

    def _name(self, begin: int) -> Person | None:
        """Titles, and words with capitals, with particles between them."""
        sign = _EMOJI.match(self._text, begin)
        number = self._starts.get(sign.end() if sign else begin)
        if number is None:
            return None
        end, capitals, titled, count = begin, 0, False, 0
        for place in range(number, min(len(self._words), number + _MOST_WORDS + 3)):
            word = self._words[place]
            if place > number and not self._goes_on(self._words[place - 1], word):
                break
            if word.start in self._blocked or count >= _MOST_WORDS:
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
        if word.form in (_NOT_WITHIN if begun else _NO_NAME) or not word.text[:1].isalpha():
            return False
        if len(word.text) > 1 and word.text.isupper() and not self._no_case and len(word.text) > 3:
            return False
        return word.capital and not self._no_case

    def _is_titled(self, word: Word) -> bool:
        """Whether what follows a title can be a name where capitals tell nothing."""
        return self._no_case and word.form not in _NO_NAME and word.text[0].isalpha()

    def _goes_on(self, word: Word, after: Word) -> bool:
        gap = self._text[word.end : after.start]
        short = len(word.text) == 1 or TITLE.match(word.text) is not None
        return gap in {" ", "-", "\u00a0"} or (short and gap in {". ", ".", ".\u00a0"})

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
                or (word.form in _NO_NAME | {"re"} and word.form not in PARTICLES)
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
        if (bracket := _BRACKET.match(self._text, end)) and bracket.start(1) not in self._blocked:
            end = bracket.end()
            name = self._text[begin:end]
            titled = titled or ROLE.match(bracket[1]) is not None
        return Person(begin, end, " ".join(name.split()).replace(",", ""), titled, role, capitals)


def _clear(one: Person) -> bool:
    """Whether more than a capital letter says that it is somebody."""
    return one.titled or one.role or one.capitals > 1
