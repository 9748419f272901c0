"""app.yaml → `Settings`, or every line that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as FilePath

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.settings.document import Document, Path, dotted
from bot.settings.errors import Problem, SettingsError
from bot.settings.model import Settings
from bot.settings.reference import allowed_keys, bounds, purpose
from bot.settings.values import closest


def load(path: FilePath) -> Settings:
    """Read and check a settings file.

    SettingsError when it can't be read or anything in it is wrong: its text names the file and, for each fault, the line, the key,
    what is wrong and what is allowed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows editors put a mark in front
    except OSError as error:
        msg = f"{path} can't be read: {error.strerror or error}"
        raise SettingsError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text, from byte {error.start + 1} on; save it as UTF-8"
        raise SettingsError(msg) from error
    return parse(text, str(path))


def parse(text: str, name: str = "app.yaml") -> Settings:
    """Check the text of a settings file called `name`. SettingsError as `load`."""
    document = Document(text)
    problems = list(document.problems)
    settings = None
    if isinstance(document.value, dict):
        try:
            settings = Settings.model_validate(document.value)
        except ValidationError as error:
            told = {problem.line for problem in problems}  # a secret or an empty value isn't told again as a wrong one
            problems += [fault for fault in _faults(error, document) if fault.line not in told]
    elif not problems:
        problems.append(Problem(1, "", "there are no keys here", f"It begins with one of: {', '.join(Settings.model_fields)}"))
    if problems or settings is None:
        raise _refusal(name, problems)
    return settings


def _refusal(name: str, problems: list[Problem]) -> SettingsError:
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return SettingsError(f"{name} has {count}:", tuple(sorted(problems)))


def _faults(error: ValidationError, document: Document) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        if not (detail["type"] == "too_short" and detail["input"]):  # what is left of a list after its wrong items, told one by one
            yield from _fault(detail, document)


def _fault(detail: ErrorDetails, document: Document) -> Iterator[Problem]:
    """What one of pydantic's errors means, at its line. One error can stand for several places (`at`)."""
    context = detail.get("ctx", {})
    path = tuple(part for part in detail["loc"] if part != "[key]")
    if "at" in context:
        for below, what in zip(context["at"], context["problems"], strict=True):
            place = (*path, *below)
            yield Problem(document.line(place), dotted(place), what, context["allowed"])
        return
    of_key = detail["type"] in {"extra_forbidden", "missing"} or "[key]" in detail["loc"]
    what, allowed = _words(detail, path)
    yield Problem(document.line(path, of_key=of_key), dotted(path), what, allowed)


def _words(detail: ErrorDetails, path: Path) -> tuple[str, str]:
    """What is wrong and what is allowed, for the kinds of error that reading YAML into these models can give."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "wrong":
            words = context["problem"], context["allowed"]
        case "extra_forbidden":
            words = _unknown_key(path)
        case "missing":
            words = "is missing", f"What belongs there: {purpose(path)}"
        case "enum" | "literal_error":
            words = _not_among(str(detail["input"]), context["expected"])
        case "greater_than_equal" | "less_than_equal":
            words = f"{detail['input']} is out of range", _range(path)
        case "too_short" | "string_too_short":
            words = "is empty", f"What belongs there: {purpose(path)}"
        case kind if kind in _KINDS:
            words = f"{_shown(detail['input'])} is of the wrong kind", _KINDS[kind]
        case _:
            words = detail["msg"], purpose(path)
    return words


_KINDS = {
    "int_type": "A whole number without quotes, such as 30",
    "bool_type": "true or false",
    "string_type": "Text; put quotes around what would else be a number, true, false or null",
    "tuple_type": "A list: one item a line, each after “- ”, or [a, b]",
    "dict_type": "Keys with values, indented under it",
    "model_type": "Keys with values, indented under it",
    "model_attributes_type": "Keys with values, indented under it",
}


def _unknown_key(path: Path) -> tuple[str, str]:
    known = allowed_keys(path[:-1])
    near = closest(str(path[-1]), known)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    return "is not a key here", f"{hint}Allowed: {', '.join(known)}"


def _not_among(given: str, expected: str) -> tuple[str, str]:
    choices = tuple(re.findall(r"'([^']*)'", expected))
    near = closest(given, choices)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    return f"“{given}” is not one of those it can be", f"{hint}Allowed: {', '.join(choices)}"


def _range(path: Path) -> str:
    least, most = bounds(path)
    return f"A whole number from {least} to {most}"


def _shown(value: object) -> str:
    """A wrong value as YAML has it, cut short."""
    if isinstance(value, (dict, list)):
        return "a list" if isinstance(value, list) else "a group of keys"
    words = {None: "nothing", True: "true", False: "false"}
    text = words[value] if value is None or isinstance(value, bool) else str(value)
    return f"“{text if len(text) <= 40 else f'{text[:39]}…'}”"
