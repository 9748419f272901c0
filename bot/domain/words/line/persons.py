"""Names and roles of people at a place in a line, one or a list."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.words.line.common import DAYS, NUMBERS, SMALL
from bot.domain.words.line.given_names import is_clear, is_given
from bot.domain.words.line.person_names import Names, Person
from bot.domain.words.line.person_patterns import (
    ARTICLES,
    CALLED,
    FIELD,
    GOES_ON,
    JOIN,
    JOIN_NEXT,
    MENTION,
    MOST,
    NO_NAME,
    TRAILING,
)
from bot.domain.words.line.roles import PARTICLES, ROLE
from bot.domain.words.line.tokens import folded


class Persons(Names):
    """Reads people in a line: lists of them, roles with their names, mentions."""

    def named(self, start: int) -> Person | None:
        """A name there, perhaps with its role, or a first name in small letters."""
        number = self._starts.get(start)
        if number is None:
            return None
        one = self._role(start, led=False, certain=False) or self._name(start)
        if one and (one.capitals or one.titled):
            return one
        word = self._words[number]
        return self._person(start, word.end) if is_clear(word.form) and word.form not in DAYS else None

    def several(self, start: int, *, certain: bool) -> list[Person]:
        """The people named from `start` on, joined by commas and “and”; with `certain`, small letters may be names."""
        found: list[Person] = []
        place = start
        while len(found) < MOST and (one := self._one(place, certain=certain or bool(found), first=not found)):
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
            join = JOIN.match(self._text, one.end)
            if join is None:
                break
            place = join.end()
        return found

    def _is_apposed(self, first: Person, one: Person, place: int) -> bool:
        """Whether a role after a name and a comma is that person's, and nobody comes after it: Petra Lang, Einkaufsleiterin."""
        comma = self._text[first.end : place].strip() == ","
        field = one.role and (not one.capitals or not has_given(one))
        return comma and first.capitals > 0 and field and not self._more_come(one.end)

    def _is_named(self, first: Person, one: Person, place: int) -> bool:
        """Whether a name after a role and a comma is whose role it is, and nobody comes after: head of digital, Mo Farid."""
        comma = self._text[first.end : place].strip() == ","
        unnamed = not first.capitals or (first.capitals == 1 and FIELD.match(first.name) is not None and not has_given(first))
        return comma and first.role and unnamed and (one.titled or one.capitals > 1) and not self._more_come(one.end)

    def _more_come(self, place: int) -> bool:
        found = JOIN_NEXT.match(self._text, place)
        return found is not None and found.end() not in self._blocked

    def _is_subject(self, one: Person) -> bool:
        """Whether what looks like one more name after a comma begins a sentence: with Jan, Netz ist das Thema."""
        return not (one.titled or one.role) and GOES_ON.match(self._text, one.end) is None and one.end not in self._blocked

    def _one(self, start: int, *, certain: bool, first: bool) -> Person | None:
        articles = ARTICLES.match(self._text, start)
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
            or self._small_given(begin, any_word=False)
            or (self._counted(begin) if certain else None)
        )
        return found or (self._small(begin, led=led) if certain and (first or led) else None)

    def _after_blocked(self, begin: int) -> Person | None:
        """Pinecrest's superintendent: a role after a customer's name."""
        end = next((place for place in range(begin, len(self._text)) if place not in self._blocked), len(self._text))
        possessive = re.search("['’]s?$", self._text[max(0, end - 2) : end]) is not None
        place = self.first(end)
        if place == begin:
            return None
        close = self._text[end:place] == " "
        return (self._role(place, led=True, certain=True) if possessive or close else None) or (
            self._name(place) if possessive else None
        )

    def _mention(self, begin: int) -> Person | None:
        found = MENTION.match(self._text, begin)
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
        called = CALLED.match(self._text, found.end())
        after = called.end() if called else self.first(found.end())
        name = (
            self._name(after) or self._small_given(after, any_word=bool(called))
            if self._text[found.end() : found.end() + 1] == " "
            else None
        )
        end = name.end if name else found.end() - len(TRAILING.search(found[0])[0])  # type: ignore[index]
        return self._person(begin, end, role=True, capitals=max(1, name.capitals) if name else 0)

    def _described(self, begin: int) -> Person | None:
        """A small word and then a role or a name: duty manager Carl, guard Errol Banks."""
        number = self._starts.get(begin)
        if number is None or number + 1 >= len(self._words) or not self._goes_on(self._words[number], self._words[number + 1]):
            return None
        word, after = self._words[number], self._words[number + 1]
        if word.capital or word.form in NO_NAME | PARTICLES | NUMBERS or len(word.form) < 4 or not word.form.isalpha():
            return None
        found = self._role(after.start, led=True, certain=False) or self._name(after.start)
        return replace(found, start=begin, name=f"{word.text} {found.name}", role=True) if found else None


def _clear(one: Person) -> bool:
    """Whether more than a capital letter says that it is somebody."""
    return one.titled or one.role or one.capitals > 1 or has_given(one)


def has_given(one: Person) -> bool:
    """Whether a word of the name is a first name."""
    return any(is_given(folded(word)) for word in re.split(r"[\s-]+", one.name))
