"""Reading what comes back from a form, a button or an address: text, a day, a choice, an id.

Each of them went through a client, which may have made anything of it: what isn't one is a sentence at its field, never an exception.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from bot.domain.errors import InvalidAnswers

LARGEST = 2_147_483_647
"""The largest id the database gives."""

_CHOOSE = "Choose one from the list."
_SHOWN = 80
"""Characters of what was typed that a sentence repeats; the field itself keeps all of it."""


def whole(value: str) -> int | None:
    """A number or id as a client carries it: digits 0 to 9, up to 2,147,483,647; None for anything else (`-0`, `1e3`, other digits)."""
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST))):
        return None
    return found if (found := int(value)) <= LARGEST else None


class Filled:
    """What a form was filled in with, read field by field.

    Whatever can't be read is noted in `problems`, by field; a form with any is never saved: the dispatcher checks once the handler is done.
    """

    def __init__(self, answers: Mapping[str, str | list[str]]) -> None:
        self._answers = answers
        self.problems: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        """Whether the form asked for it at all: one of an older version may not have."""
        return name in self._answers

    def text(self, name: str) -> str:
        """Text, stripped; several texts as one; "" when it wasn't given."""
        value = self._answers.get(name, "")
        return (value if isinstance(value, str) else " ".join(value)).strip()

    def texts(self, name: str) -> list[str]:
        """A list of texts, without empty ones."""
        value = self._answers.get(name, [])
        return [one for one in ([value] if isinstance(value, str) else value) if one]

    def day(self, name: str, missing: str = "") -> date | None:
        """A day; None when it was left empty or is none. `missing` is what to say of one left empty."""
        typed = self.text(name)
        try:
            return date.fromisoformat(typed)
        except ValueError:
            if typed or missing:
                self.problems[name] = f"“{_short(typed)}” is no date. Choose a day." if typed else missing
            return None

    def choice(self, name: str, allowed: Collection[str], missing: str = "", wrong: str = _CHOOSE) -> str:
        """One of `allowed`; "" when it was left empty or is none of them. `missing` and `wrong` are what to say of either."""
        value = self.text(name)
        if value in allowed:
            return value
        if value or missing:
            self.problems[name] = wrong if value else missing
        return ""

    def id(self, name: str, missing: str = "", wrong: str = _CHOOSE) -> int | None:
        """The id of what was chosen; None when nothing was, or it can't be one."""
        value = self.text(name)
        found = whole(value)
        if found is None and (value or missing):
            self.problems[name] = wrong if value else missing
        return found

    def ids(self, name: str, wrong: str = _CHOOSE) -> list[int]:
        """The ids of all that were chosen, each once."""
        values = self.texts(name)
        found = [key for key in map(whole, values) if key is not None]
        if len(found) < len(values):
            self.problems[name] = wrong
        return list(dict.fromkeys(found))

    def check(self, more: Mapping[str, str] | None = None) -> None:
        """InvalidAnswers when anything couldn't be read; `more` are problems found elsewhere, which give way to those of reading."""
        if problems := {**(more or {}), **self.problems}:
            raise InvalidAnswers(problems)


def _short(typed: str) -> str:
    return typed if len(typed) <= _SHOWN else typed[:_SHOWN] + "…"
