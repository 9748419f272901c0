"""A line's parts: clauses, between commas, colons, dashes and ends of sentences, and its heading, before what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SIGNS = re.compile(
    r"(?P<colon>(?<![:/])[:：](?=\s|$)|(?<![\d:])\b(?<!\bhttp)(?<!\bhttps)(?<!\bmailto)(?<!\btel)(?<!\bftp):(?=[^\W\d])(?![\w+-]+:)"
    r"|(?<=\s)[-–—](?=\s)|(?<!\d)—|—(?!\d)|(?<=\w)–(?=\s)|\n)"
    r"|(?P<sentence>[.!?…]+(?=[\s”\"»)]|$)|[。！？؟])"
    r"|(?P<comma>[,，、،;；؛](?=\D|$)|[;；])"
)
_SHORT = re.compile(
    r"(?:\b(?:dr|prof|mr|mrs|ms|hr|fr|mag|ing|dipl|st|sr|jr|m|mme|mlle|sra|dra|srta|no|nr|bzw|ca|inc|co|corp|ltd|approx|vs|resp|z|b|u|a|e|g|d|h"
    r"|p|am|pm|\w)|\b\d{1,2}|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|okt|dez|mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun))$",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r":[\w+-]+$")
_QUOTED = re.compile(r"(?:(?<=^)|(?<=^@))[“„‟\"«‹][^“”„‟\"«»‹›\n]{1,100}[”“\"»›]")
LINKS = re.compile(r"<[^<>\s|]{1,300}(?:\|[^<>|\n]{0,200})?>|\b\w{2,10}://[^\s<>]{1,500}")


@dataclass(frozen=True)
class Clause:
    """A part of a line: its characters, and the sign it ends with (`:`, `.`, `,` or "" at the very end), from `end` up to `after`."""

    start: int
    end: int
    after: int
    sign: str


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses, in order; together with the signs between them they are the text."""
    found, start = [], 0
    for sign, begin, end in _cuts(text):
        found.append(Clause(start, begin, end, sign))
        start = end
    return (*found, Clause(start, len(text), len(text), ""))


def _cuts(text: str) -> Iterator[tuple[str, int, int]]:
    links = [(one.start(), one.end()) for one in (*_QUOTED.finditer(text), *LINKS.finditer(text))]
    links.sort()
    for found in _SIGNS.finditer(text):
        while links and links[0][1] <= found.start():
            links.pop(0)
        within = bool(links) and links[0][0] <= found.start()
        before = text[max(0, found.start() - 12) : found.start()]
        if within or (found["sentence"] == "." and _SHORT.search(before)) or (found["colon"] == ":" and _SHORTCODE.search(before)):
            continue
        yield (":" if found["colon"] else "." if found["sentence"] else ","), *found.span()


def heading_end(clauses: Sequence[Clause], told: Sequence[tuple[int, int]]) -> int:
    """Where what was heard begins: after the first colon or dash that has something told before it, or its sentence; `told` are places."""
    first = min((start for start, _ in told), default=0)
    for number, clause in enumerate(clauses):
        if clause.sign == ":" and clause.end > first:
            return _with_told(clauses[number:], told)
    return next((clause.after for clause in clauses if clause.sign in {".", ""} and clause.end > first), 0)


def _with_told(clauses: Sequence[Clause], told: Sequence[tuple[int, int]]) -> int:
    """The end of the first clause and of those right after it that begin with something told: Globex - yesterday - slow."""
    end = clauses[0].after
    for clause in clauses[1:]:
        if not any(clause.start <= start <= clause.start + 3 and last <= clause.end for start, last in told):
            break
        end = clause.after
    return end
