"""A form that comes back with mistakes: everything typed is kept, and each mistake stands at its field."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import Answers, DateField, Form, FormField, Option, SearchField
from bot.domain.words.answers import Filled


def with_errors(form: Form, answers: Answers, problems: Mapping[str, str], args: Mapping[str, str]) -> Form:
    """`form` filled in with `answers`; a problem whose field the form doesn't have is told for the whole form."""
    names = {one.name for one in form.fields}
    errors = {name: problem for name, problem in problems.items() if name in names}
    if rest := [problem for name, problem in problems.items() if name not in names]:
        errors[""] = " ".join(rest)
    fields = tuple(_filled(one, answers) for one in form.fields)
    return form.model_copy(update={"fields": fields, "errors": errors, "args": dict(args)})


def _filled(one: FormField, answers: Answers) -> FormField:
    if one.name not in answers:
        return one
    if isinstance(one, SearchField):
        return one.model_copy(update={"values": tuple(_option(one, value) for value in Filled(answers).texts(one.name))})
    if isinstance(one, DateField):
        return one.model_copy(update={"value": Filled(answers).day(one.name)})
    given = answers[one.name]
    return one.model_copy(update={"value": given if isinstance(given, str) else "\n".join(given)})


def _option(one: SearchField, value: str) -> Option:
    for option in (*one.values, *one.suggestions):
        if option.value == value:
            return option
    return Option(value=value, label=value.removeprefix("new:"))
