"""The people a line says were met: after “with” and “saw”, before “from” and the customer, in brackets, by role alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.words.line.activities import MEETING
from bot.domain.words.line.clauses import Clause
from bot.domain.words.line.nobody import is_nobody
from bot.domain.words.line.people_marked import japanese, mentions
from bot.domain.words.line.people_weighed import weighed
from bot.domain.words.line.people_words import (
    AT,
    BEIM,
    DEPARTMENTS,
    FROM,
    GONE,
    IS,
    MET,
    NOT_MET,
    OPINION,
    PARTICIPLE,
    PLURAL,
    SAID,
    SAYS,
    SIGHT,
    THEIRS,
    THERE,
    TUT,
    WITH,
)
from bot.domain.words.line.person_names import Person
from bot.domain.words.line.persons import Persons, has_given
from bot.domain.words.line.roles import is_german
from bot.domain.words.line.scene import Met, Scene


def find_people(scene: Scene, persons: Persons) -> tuple[Met, ...]:
    """Everybody the line says was met, in order, each once."""
    found: list[Met] = []
    for way in (
        _after_verbs,
        _after_with,
        _had,
        _before_customer,
        _after_customer,
        _owners,
        _clauses,
        _in_brackets,
        _theirs,
        _saying,
        _before_participle,
        mentions,
        japanese,
        weighed,
    ):
        for one in way(scene, persons):
            if not (
                scene.is_promised(one.end - 1)
                or any(one.start < other.end and other.start < one.end for other in found)
                or is_nobody(scene, one)
            ):
                found.append(one)
    unique = {one.name.casefold(): one for one in sorted(found, key=lambda one: -one.start)}
    return tuple(sorted(unique.values(), key=lambda one: one.start))


def _listed(people: Sequence[Person], start: int, *, led: bool = True) -> Iterator[Met]:
    for number, one in enumerate(people):
        yield Met(start if number == 0 else one.start, one.end, one.name, led)


def _after_verbs(scene: Scene, persons: Persons) -> Iterator[Met]:
    for lead in MET.finditer(scene.text):
        begin = _after_day(scene, lead.end())
        certain = SIGHT.search(lead[0]) is None
        yield from _listed(persons.several(begin, certain=certain), persons.first(begin))


def _had(scene: Scene, persons: Persons) -> Iterator[Met]:
    """They had Hana Ito and Dr Li Wei in the room."""
    for lead in re.finditer(r"(?<!\w)(?:had|hatten|brought|hatte)\s+(?=[^\W\d_a-z])", scene.text):
        people = persons.several(lead.end(), certain=False)
        if people and (people[0].titled or people[0].capitals > 1):
            yield from _listed(people, people[0].start)


def _after_day(scene: Scene, place: int) -> int:
    """The same place, or the end of the day that is said there: traf gestern den Leiter."""
    return next((end + 1 for start, end in scene.days if start == place and scene.text[end : end + 1] == " "), place)


def _after_with(scene: Scene, persons: Persons) -> Iterator[Met]:
    for lead in WITH.finditer(scene.text):
        certain = _meets(scene, lead.start())
        people = persons.several(lead.end(), certain=certain)
        if certain or any(one.titled or one.role for one in people):
            yield from _listed(people, lead.start())
    for lead in BEIM.finditer(scene.text):
        people = persons.several(lead.end(), certain=False)
        if people and people[0].role:
            yield from _listed(people, people[0].start)
    for lead in AT.finditer(scene.text):
        yield from _listed(persons.several(lead.end(), certain=False), lead.start())


def _meets(scene: Scene, place: int) -> bool:
    """Whether “with” at a place is followed by people: before what was heard, first in a clause, or where a meeting is told of."""
    clause = scene.clause(place)
    before = scene.text[clause.start : place]
    around = {word.form for word in scene.words if clause.start <= word.start < clause.after}
    return not before.strip() or (place < scene.head and not _opinion(before)) or bool(around & MEETING)


def _opinion(before: str) -> bool:
    return OPINION.search(before) is not None


def _before_customer(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Jan from Globex, CFO of Globex, Frau Klein von Vogel, Maria Lopez, COO of Globex."""
    for start, _ in scene.customers:
        clause = scene.clause(start)
        begin = persons.first(_edge(scene, clause.start))
        people = persons.several(begin, certain=True)
        if (
            people
            and FROM.fullmatch(scene.text, people[-1].end, start)
            and _is_person(people[-1], scene.text[people[-1].end : start])
        ):
            people = _with_name_before(scene, persons, people, clause)
            yield from _listed(people, min(begin, people[0].start), led=False)


def _is_person(one: Person, joint: str) -> bool:
    """Jan from Globex is somebody, and Workshop at Globex isn't."""
    return one.titled or one.role or one.capitals > 1 or re.search(r"\b(?:from|of|von|vom|de)\b|@", joint) is not None


def _with_name_before(scene: Scene, persons: Persons, people: list[Person], clause: Clause) -> list[Person]:
    """A role is the one's who is named right before it and a comma."""
    before = next((one for one in scene.clauses if one.after == clause.start and one.sign == ","), None)
    if before is None or not people[0].role or people[0].capitals:
        return people
    named = persons.several(persons.first(_edge(scene, before.start)), certain=False)
    if len(named) != 1 or not named[0].capitals or named[0].end < before.end:
        return people
    name = named[0].name if "(" in named[0].name else f"{named[0].name} ({people[0].name})"
    return [replace(people[0], start=named[0].start, name=name), *people[1:]]


def _edge(scene: Scene, start: int, places: Sequence[tuple[int, int]] | None = None) -> int:
    """Where a clause begins, days aside, or whatever stands at other `places`."""
    for first, last in sorted(scene.days if places is None else places):
        if first >= start and not scene.text[start:first].strip(" ,"):
            start = last
    return start


def _after_customer(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Globex's CFO, Globex CFO: roles right after the customer's name."""
    for _, end in scene.customers:
        if end < len(scene.text) and scene.text[end] == " ":
            people = persons.several(end + 1, certain=False)
            possessive = re.search("['’]s?$", scene.text[max(0, end - 2) : end]) is not None
            if people and people[0].role and (possessive or _ends(scene, people[-1].end)):
                yield from _listed(people, people[0].start)


def _ends(scene: Scene, place: int) -> bool:
    """Whether a clause ends here, or a day or “with” follows."""
    rest = scene.text[place : scene.clause(max(place - 1, 0)).end]
    following = place + len(rest) - len(rest.lstrip())
    return not rest.strip() or any(start <= following < end for start, end in (*scene.days, *scene.customers))


def _in_brackets(scene: Scene, persons: Persons) -> Iterator[Met]:
    for found in re.finditer(r"\(([^()\n]{2,200})\)", scene.text):
        people = persons.several(found.start(1), certain=False)
        if (
            people
            and people[-1].end == found.end(1)
            and (len(people) > 1 or all(one.titled or one.role or " " in one.name for one in people))
        ):
            yield from _listed(people, found.start() if len(people) == 1 else people[0].start)


def _clauses(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Clauses of nothing but people: `Chefin Ayşe Demir`, `GF und Werksleiter dabei`, `their CFO and COO were both in`."""
    told = [*scene.days, *scene.customers]
    for clause in scene.clauses:
        begin = persons.first(_edge(scene, clause.start, told))
        people = persons.several(begin, certain=False) if begin < clause.end else []
        if not people:
            continue
        last = people[-1].end
        end = scene.clause(last - 1).end
        there = THERE.fullmatch(scene.text, last, max(last, end)) is not None
        if (there or _ends(scene, last)) and _stands_alone(scene, people, clause, bool(scene.text[last:end].strip())):
            yield from _listed(people, begin, led=all(one.titled or (one.role and one.capitals) for one in people))
        elif _is_subject(scene, people) or _are_subjects(scene, people):
            yield from _listed(people, begin, led=False)


def _is_subject(scene: Scene, people: Sequence[Person]) -> bool:
    """Inhaberin war sehr offen, matron furious: a role by itself of which something is told, other than what it says or wants."""
    one = people[0]
    if len(people) != 1 or not (one.titled or (one.role and not one.capitals)) or GONE.match(scene.text, one.end):
        return False
    if one.name.casefold() in DEPARTMENTS:
        return SAID.match(scene.text, one.end + 1) is not None
    told = (
        IS.match(scene.text, one.end)
        or SAYS.match(scene.text, one.end)
        or (TUT.match(scene.text, one.end) if one.name[:1].isupper() and is_german(one.name) else None)
    )
    return told is not None


def _are_subjects(scene: Scene, people: Sequence[Person]) -> bool:
    """The head and her deputy want fewer emails."""
    known = all(one.titled or one.role or has_given(one) for one in people)
    return len(people) > 1 and known and PLURAL.match(scene.text, people[-1].end) is not None


def _stands_alone(scene: Scene, people: Sequence[Person], clause: Clause, there: bool) -> bool:
    named = any(one.titled or (one.role and " " in one.name and one.capitals) for one in people)
    heading, beside = clause.end <= scene.head, clause.start <= scene.head
    unnamed = (heading and any(one.role for one in people)) or (beside and any(one.capitals >= 2 for one in people))
    return there or named or (unnamed and bool(scene.customers))


def _owners(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Owner: Beth Lyle."""
    for clause, after in zip(scene.clauses, scene.clauses[1:], strict=False):
        role = persons.several(persons.first(clause.start), certain=False)
        if clause.sign == ":" and len(role) == 1 and role[0].role and role[0].end == clause.end and not role[0].capitals:
            people = persons.several(persons.first(after.start), certain=False)
            if people and people[0].capitals:
                yield from _listed(people, role[0].start)


def _theirs(scene: Scene, persons: Persons) -> Iterator[Met]:
    for lead in THEIRS.finditer(scene.text):
        if not NOT_MET.search(scene.text[max(0, lead.start() - 20) : lead.start()]):
            people = persons.several(lead.end(), certain=False)
            yield from _listed([one for one in people if one.role and not GONE.match(scene.text, one.end)], lead.start(), led=False)


def _saying(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Ms. Iyer said, town clerk Ruth Amos told us, Jan says."""
    for found in SAYS.finditer(scene.text):
        clause = scene.clause(found.start())
        for word in [one for one in scene.words if max(clause.start, found.start() - 60) <= one.start < found.start()]:
            people = persons.several(word.start, certain=False)
            if (
                people
                and people[-1].end == found.start()
                and _says(people[-1], found[0], first=word.start == persons.first(clause.start))
            ):
                yield from _listed(people, word.start, led=False)
                break


def _says(one: Person, verb: str, *, first: bool) -> bool:
    return (
        one.titled
        or one.capitals >= 2
        or (first and one.role and bool(one.capitals))
        or (first and bool(one.capitals) and SAID.search(verb) is not None)
    )


def _before_participle(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Peter Lustig getroffen: before a verb that German puts last."""
    for found in PARTICIPLE.finditer(scene.text):
        clause = scene.clause(found.start())
        for word in [one for one in scene.words if max(clause.start, found.start() - 60) <= one.start < found.start()]:
            people = persons.several(word.start, certain=False)
            if people and people[-1].end == found.start():
                yield from _listed(people, word.start, led=False)
                break
