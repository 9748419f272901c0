"""What was promised at an engagement, typed a line each into its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cards import TextField
from bot.commands import Request
from bot.domain.engagements.engagements import Engagement
from bot.domain.people import names, people
from bot.domain.people.people import Person
from bot.domain.promises import promises
from bot.domain.promises.commitments import Commitment
from bot.domain.promises.promises import Promise
from bot.domain.words.matching import Candidate
from bot.domain.words.promise_words import UnderstoodPromise, understand_promise
from bot.views.engagements import excerpt
from bot.workflows.commitments import tell

FIELD = "promised"
MOST = 3
"""Promises that fit in the form of an engagement."""

_EXAMPLE = "@Jan to send the outage report by Friday"
_BULLET = re.compile(r"\s*+(?:[-–•*]\s++|\d[.)]\s++)?+")


def field(value: str = "", origin: str = "", question: str = "") -> TextField:
    """Where they are typed, with those that are there already, the words they come from, and what is asked of them."""
    return TextField(
        name=FIELD,
        label="What you promised",
        value=value,
        multiline=True,
        placeholder=_EXAMPLE,
        question=question,
        help=f"{origin} One a line, at most {MOST}, each with its day. Name nobody, and you keep it.".strip(),
        max_length=3_000,
    )


@dataclass(frozen=True)
class Lines:
    """What was typed: the promises understood, and what is wrong with the lines that weren't."""

    promises: tuple[Promise, ...] = ()
    problem: str = ""


def read(request: Request, present: Sequence[Person]) -> Lines:
    """Understand each line; promised by the writer if they were there as an executive, else by the first who was."""
    typed = [line for line in request.filled.text(FIELD).splitlines() if _without_bullet(line)]
    if not typed:
        return Lines()
    if len(typed) > MOST:
        return Lines(problem=f"{MOST} fit here. Take out “{excerpt(typed[MOST].strip())}” and add it after saving.")
    reader = _Reader(request, _promised_by(request, present))
    found = [reader.read(_without_bullet(line)) for line in typed]
    problem = " ".join(one for one in found if isinstance(one, str))
    return Lines(tuple(one for one in found if isinstance(one, Promise)), problem)


def asked(request: Request, lines: Sequence[str], beyond: Sequence[str], present: Sequence[Person]) -> dict[str, str]:
    """What is asked of lines that were found in what was typed, before they are saved: who or by when, or to add some later."""
    reader = _Reader(request, _promised_by(request, present)) if lines else None
    problems = [found for line in lines if reader and isinstance(found := reader.read(line), str)]
    if beyond:
        problems.append(f"{MOST} fit here. Add “{excerpt(beyond[0])}” after saving.")
    return {FIELD: " ".join(problems)} if problems else {}


def _promised_by(request: Request, present: Sequence[Person]) -> Person | None:
    """The writer if they were there as an executive, else the first who was."""
    return next((one for one in present if one.key == request.actor.key), present[0] if present else None)


def _without_bullet(line: str) -> str:
    found = _BULLET.match(line)
    return line[found.end() if found else 0 :].strip()


class _Reader:
    """Reads lines for one request: who works here is looked up once."""

    def __init__(self, request: Request, promised_by: Person | None) -> None:
        self._request, self._promised_by = request, promised_by
        self._staff = names.candidates(people.staff(request.session))

    def read(self, line: str) -> Promise | str:
        """The promise, or what is wrong with the line and what to write instead."""
        heard = self._understood(line, self._staff)
        if problem := self._owner_problem(line, heard):
            return f"“{excerpt(line)}”: {problem}"
        winner = heard.owner.winner
        owner = people.get(self._request.session, int(winner.candidate.id)) if winner else self._promised_by
        promise = Promise(heard.what, heard.due, owner, self._promised_by)
        problem = self._problem(line, promise)
        return f"“{excerpt(line)}”: {problem}" if problem else promise

    def _understood(self, line: str, candidates: Sequence[Candidate]) -> UnderstoodPromise:
        request = self._request
        today = (self._promised_by or request.actor).today(request.now)
        return understand_promise(line, today=today, locale=request.actor.locale, people=candidates, customers=())

    def _owner_problem(self, line: str, heard: UnderstoodPromise) -> str:
        if heard.owner.winner or heard.myself:
            return ""
        if heard.owner.choices:
            these = " or ".join(match.candidate.name for match in heard.owner.choices)
            return f"that may be {these}. Write the full name."
        if named := self._gone(line):
            return f"{named.name} {'has left' if not named.active else 'is a guest here'}. Name someone who works here."
        if heard.owner_words:
            return f"I know no “{heard.owner_words.removeprefix('@')}”. Write the name of someone who works here."
        return f"write “to” after the name, like: {_EXAMPLE}." if line.startswith("@") else ""

    def _gone(self, line: str) -> Person | None:
        """A guest, or somebody who has left, where the line begins with their name."""
        others = names.candidates(people.not_staff(self._request.session))
        named = self._understood(line, others).owner.winner
        return people.get(self._request.session, int(named.candidate.id)) if named else None

    def _problem(self, line: str, promise: Promise) -> str:
        problems = promise.problems(self._request.now)
        if promise.due is None:
            return f"by when? Write “{excerpt(line.rstrip(' .'))} by Friday”, or another day."
        return " ".join(problems[name] for name in ("what", "due", "owner") if name in problems and promise.owner)


def keep(request: Request, engagement: Engagement, lines: Lines) -> list[Commitment]:
    """Store them as promises of the engagement, to its customer, and tell their owners."""
    kept = []
    for line in lines.promises:
        pledge = replace(line, customer=engagement.customer, engagement=engagement)
        kept.append(promises.promise(request.session, pledge, request.actor, request.now))
        tell(request, kept[-1])
    return kept
