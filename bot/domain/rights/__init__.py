"""Rights: the one place that decides who may do what. What stands in no line of its table may nobody do.

Everything asks `may` at the moment something is done or shown: dispatch, handlers, searches, cards, pages, the API, and every copy that is
shown anew. `python -m bot.domain.rights > docs/rights.md` writes the table down.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.rights import rules
from bot.domain.rights.actions import Action
from bot.domain.rights.rules import fits_second, seconds, speaks, speaks_for
from bot.domain.rights.table import RULES, Rule
from bot.domain.rights.things import ApiToken, Asked, Logged, Reading

__all__ = [
    "RULES",
    "Action",
    "Asked",
    "Logged",
    "Reading",
    "Rule",
    "executives_of",
    "fits_second",
    "may",
    "may_ever",
    "seconds",
    "speaks",
    "speaks_for",
    "token_may",
    "unknown",
    "who",
]


def may(person: Person, action: Action | None, thing: object = None) -> bool:
    """Whether a person may do this, to `thing` where it is about one, as things stand. Anything unknown or left out is a no."""
    rule = RULES.get(action) if action else None
    if rule is None or not _admits(rule, person) or (rule.of is None) != (thing is None):
        return False
    return rule.of is None or rule.of(person, thing)


def may_ever(person: Person, action: Action | None) -> bool:
    """Whether there can be things to which a person may do this: what is known before any thing is looked up."""
    rule = RULES.get(action) if action else None
    return rule is not None and _admits(rule, person)


def token_may(token: ApiToken, action: Action) -> bool:
    """Whether a program with a good API token may do this."""
    rule = RULES.get(action)
    return rule is not None and (rule.programs == "any" or (rule.programs == "notes" and token.notes))


def _admits(rule: Rule, person: Person) -> bool:
    """The person's part of a rule. Guest beats every role; somebody who has left has no right at all."""
    if not person.active:
        return False
    return rule.guests if person.guest else bool(rule.who & (person.role_set if rule.alone else rules.held(person)))


def unknown(actions: Iterable[Action | None]) -> list[Action | None]:
    """Those without a line in the table, which nobody could do."""
    return [one for one in actions if one not in RULES]


def executives_of(person: Person, session: Session) -> list[Person]:
    """In whose name somebody may log and promise: themselves as executive, those they act for, everyone for the CX office."""
    if may(person, Action.OVERSEE):
        return people.executives(session)
    return [one for one in (person, *person.principals) if may(person, Action.ACT_FOR, one)]


_WORDS = {
    Role.EMPLOYEE: "people who work here",
    Role.EXECUTIVE: "executives",
    Role.DELEGATE: "their delegates",
    Role.CX_OFFICE: "the CX office",
    Role.ADMIN: "administrators",
}


def who(action: Action | None) -> str:
    """Who may do it at all, in words: `executives, their delegates and the CX office`."""
    rule = RULES.get(action) if action else None
    if rule is None:
        return "nobody"
    programs = {"any": ["programs with an API token"], "notes": ["programs with an API token for notes"]}.get(rule.programs, [])
    names = [*(words for role, words in _WORDS.items() if role in rule.who), *(["guests"] if rule.guests else []), *programs]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
