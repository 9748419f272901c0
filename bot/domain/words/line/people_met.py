"""The people a line says were met: after “with” and “saw”, before “from” and the customer, in brackets, by role alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.words.line.activities import MEETING
from bot.domain.words.line.clauses import Clause
from bot.domain.words.line.persons import Person, Persons
from bot.domain.words.line.roles import JAPANESE, POSSESSIVE
from bot.domain.words.line.tokens import Word

_MET = re.compile(
    r"(?<!\w)(?:met(?:\s+up)?(?:\s+with)?|saw|seen|(?:spoke|spoken|speaking|talked|talking|chatted|chat|talk|sat(?:\s+down)?|call|lunch|coffee|dinner"
    r"|breakfast|meeting|caught\s+up)\s+(?:to|with|w/)|phoned|rang|shadowed|interviewed|trained|accompanied|(?:people|persons?|contacts?|with|who|whom|personen|kontakte|avec|con|mit)\s*[:：]|(?:ran|bumped)\s+into|in\s+the\s+room\s[^:\n]{1,40}[:：]|(?:zoom|zoomed|teams|drinks|dined|session|workshop|walked|toured)\s+(?:with|w/)|(?:guided|shown\s+around|called|phoned|rung|visited|shown\s+round|contacted|joined)\s+by|hosted\s+by|received\s+by|greeted\s+by|introduced\s+to"
    r"|(?:attendees|attending|present|participants|in\s+the\s+room|in\s+attendance|there)\s*(?:were|was)?\s*[:：]|attendees|participants"
    r"|(?:teilnehmer(?:innen)?|teilnehmende|anwesend|dabei|gesprächspartner(?:in)?|ansprechpartner(?:in)?)(?:\s*(?:waren|war))?\s*[:：]?|participants\s*[:：]"
    r"|présents?\s*[:：]|asistentes\s*[:：]?|traf|trafen|getroffen\s+mit|gesprochen\s+mit|geredet\s+mit|vus?|rencontrée?s?|appelée?|parlé\s+(?:à|avec)|discuté\s+avec|eu|visto|asistieron|vi\s+a|قابلت|التقيت|اجتمعت\s+مع|פגשתי\s+את)\s*(?:\s(?=\S)|(?<=[:：])(?=\S))",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?<![\w/])(?:with|w/|w|mit|avec|con|together\s+with|zusammen\s+mit)\s+(?=\S)|(?<!\w)w/(?=\S)|(?<![^\s,;(])(?:مع|עם)\s+",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<!\w)(?:bei|from|von|by)\s+(?=(?:frau|herrn?|dr|prof|mr|mrs|ms|dame|sir)\b)", re.IGNORECASE)
_FROM = re.compile(
    r"\s*[,(]?\s*(?:from|at|of|von|vom|bei|beim|de|du|chez|del|@|/|(?<=\())\s*(?:the\s+|der\s+|den\s+)?$", re.IGNORECASE
)
_THERE = re.compile(
    r"(?:\s*(?:and|und|&|\+)\s+(?:(?:his|her|their|the|sein|ihr|das|rest\s+of\s+the)\s+)?(?:team|colleagues|kollegen|crew))?\s*(?:(?:was|were|waren|war|both|beide|all|also|auch)\s+)*(?:both\s+)?(?:dabei|in|there|present|here|attended|joined|joined\s+(?:us|in)|in\s+the\s+room|da"
    r"|anwesend|vor\s+ort|on\s+the\s+call|am\s+tisch|participated)?\s*$",
    re.IGNORECASE,
)
_THEIRS = re.compile(rf"(?<!\w){POSSESSIVE}\s+", re.IGNORECASE)
_NOT_MET = re.compile(
    r"\b(?:to|for|from|about|of|by|without|via|für|an|über|ohne|pour|para|sent|send|email|emailed|ask|replaced|miss(?:ed|ing)?|not|no)\s+$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s+(?:says?|said|told|tells|thinks?|thought|wants?|wanted|asked|asks|mentioned|complained|confirmed|rang|called|phoned|explained|reported|likes?|loves?"
    r"|(?:showed|took|walked|gave)\s+(?:me|us)|(?:hat|haben)\s+(?:mir|uns)|is|was|were|sagt|sagte|meint|meinte|will|wollte|möchte|klagt|klagte|fragte|erzählt|erzählte|berichtet|berichtete|hat|ist|war|rief)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:(?:showed|took|walked|gave)\s+(?:me|us)|(?:hat|haben)\s+(?:mir|uns)|says?|said|told|tells|asked|asks|mentioned|explained|rang|called|phoned|sagt|sagte|meint|meinte|rief|erzählt\w*)\b",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\s+(?:(?:is|was|seemed|looked|war|ist|wirkte|schien|very|sehr|quite|really)\s+)*(?:furious|happy|unhappy|pleased|angry|annoyed|worried|delighted|sceptical"
    r"|skeptical|open|friendly|nervous|upset|keen|offen|skeptisch|zufrieden|unzufrieden|sauer|verärgert|begeistert|nett|freundlich|besorgt|genervt)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\s*(?:and|und|&|,)\s+(?:I|me|ich|we|wir)\b")
_GONE = re.compile(
    r"\s+(?:is\s+|has\s+|was\s+|will\s+|just\s+)*(?:leaving|left|leaves?|quit\w*|resign\w*|retir\w*|away|off|on\s+leave|gone|sick|fired|verlässt|geht|weg|krank)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\s+(?:getroffen|gesehen|kennengelernt|besucht|angerufen|gesprochen|interviewt)\b", re.IGNORECASE)
_OPINION = re.compile(
    r"\b(?:happy|unhappy|pleased|problems?|trouble|issues?|zufrieden|unzufrieden|probleme?|fine|ok|good|bad)\s+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Scene:
    """A line in which customers, days and commitments are known: places of each, its words and clauses; what was heard begins at `head`."""

    text: str
    words: Sequence[Word]
    clauses: Sequence[Clause]
    customers: Sequence[tuple[int, int]]
    days: Sequence[tuple[int, int]]
    promised: Sequence[tuple[int, int]]
    head: int
    taken: frozenset[int] = field(default_factory=frozenset)

    def clause(self, place: int) -> Clause:
        """The clause that has a character."""
        return next((one for one in self.clauses if one.start <= place < one.after), self.clauses[-1])

    def is_promised(self, place: int) -> bool:
        """Whether a character is part of a commitment."""
        return any(start <= place < end for start, end in self.promised)


@dataclass(frozen=True)
class Met:
    """Somebody met: the words that say so, with what leads to them, and the name or role without it."""

    start: int
    end: int
    name: str
    led: bool


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
        _mentions,
        _japanese,
    ):
        for one in way(scene, persons):
            if not any(one.start < other.end and other.start < one.end for other in found) and not scene.is_promised(one.end - 1):
                found.append(one)
    unique = {one.name.casefold(): one for one in sorted(found, key=lambda one: -one.start)}
    return tuple(sorted(unique.values(), key=lambda one: one.start))


def _listed(people: Sequence[Person], start: int, *, led: bool = True) -> Iterator[Met]:
    for number, one in enumerate(people):
        yield Met(start if number == 0 else one.start, one.end, one.name, led)


def _after_verbs(scene: Scene, persons: Persons) -> Iterator[Met]:
    for lead in _MET.finditer(scene.text):
        begin = _after_day(scene, lead.end())
        yield from _listed(persons.several(begin, certain=True), persons.first(begin))


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
    for lead in _WITH.finditer(scene.text):
        certain = _meets(scene, lead.start())
        people = persons.several(lead.end(), certain=certain)
        if certain or any(one.titled or one.role for one in people):
            yield from _listed(people, lead.start())
    for lead in _AT.finditer(scene.text):
        yield from _listed(persons.several(lead.end(), certain=False), lead.start())


def _meets(scene: Scene, place: int) -> bool:
    """Whether “with” at a place is followed by people: before what was heard, first in a clause, or where a meeting is told of."""
    clause = scene.clause(place)
    before = scene.text[clause.start : place]
    around = {word.form for word in scene.words if clause.start <= word.start < clause.after}
    return not before.strip() or (place < scene.head and not _opinion(before)) or bool(around & MEETING)


def _opinion(before: str) -> bool:
    return _OPINION.search(before) is not None


def _before_customer(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Jan from Globex, CFO of Globex, Frau Klein von Vogel, Maria Lopez, COO of Globex."""
    for start, _ in scene.customers:
        clause = scene.clause(start)
        begin = persons.first(_edge(scene, clause.start))
        people = persons.several(begin, certain=True)
        if (
            people
            and _FROM.fullmatch(scene.text, people[-1].end, start)
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
        there = _THERE.fullmatch(scene.text, last, max(last, end)) is not None
        if (there or _ends(scene, last)) and _stands_alone(scene, people, clause, bool(scene.text[last:end].strip())):
            yield from _listed(people, begin, led=all(one.titled or (one.role and one.capitals) for one in people))
        elif _is_subject(scene, people):
            yield from _listed(people, begin, led=False)


def _is_subject(scene: Scene, people: Sequence[Person]) -> bool:
    """Inhaberin war sehr offen, matron furious: a role by itself of which something is told, other than what it says or wants."""
    one = people[0]
    return (
        len(people) == 1
        and one.role
        and not one.capitals
        and _IS.match(scene.text, one.end) is not None
        and not _GONE.match(scene.text, one.end)
    )


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
    for lead in _THEIRS.finditer(scene.text):
        if not _NOT_MET.search(scene.text[max(0, lead.start() - 20) : lead.start()]):
            people = persons.several(lead.end(), certain=False)
            yield from _listed(
                [one for one in people if one.role and not _GONE.match(scene.text, one.end)], lead.start(), led=False
            )


def _saying(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Ms. Iyer said, town clerk Ruth Amos told us, Jan says."""
    for found in _SAYS.finditer(scene.text):
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
        or (first and bool(one.capitals) and _SAID.search(verb) is not None)
    )


def _before_participle(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Peter Lustig getroffen: before a verb that German puts last."""
    for found in _PARTICIPLE.finditer(scene.text):
        clause = scene.clause(found.start())
        for word in [one for one in scene.words if max(clause.start, found.start() - 60) <= one.start < found.start()]:
            people = persons.several(word.start, certain=False)
            if people and people[-1].end == found.start():
                yield from _listed(people, word.start, led=False)
                break


def _mentions(scene: Scene, persons: Persons) -> Iterator[Met]:
    for found in re.finditer(r"<@\w+\|[^<>|\n]{1,80}>", scene.text):
        if not _MINE.match(scene.text, found.end()):
            yield from _listed(persons.several(found.start(), certain=False)[:1], found.start(), led=False)


def _japanese(scene: Scene, persons: Persons) -> Iterator[Met]:  # noqa: ARG001 - one way of many
    for found in JAPANESE.finditer(scene.text):
        start = max(
            [end for _, end in (*scene.customers, *scene.days) if end <= found.end() - 1 and end > found.start()],
            default=found.start(),
        )
        name = scene.text[start : found.end()].lstrip("のとにはが")
        if len(name) > 1:
            yield Met(found.end() - len(name), found.end(), name, led=False)


Way = Callable[[Scene, Persons], Iterator[Met]]
