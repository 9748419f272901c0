"""A YAML text as values and, for every path in it, its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from bot.settings.errors import Problem

Path = tuple[int | str, ...]

_WHAT_SECRETS_LOOK_LIKE = (
    (re.compile(r"\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}"), "a Slack token"),
    (re.compile(r"[\w.~-]{3}\dQ~[\w.~-]{31,34}"), "a Microsoft client secret"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), "a private key"),
    (re.compile(r"\b\w+://[^\s:/@]+:[^\s:/@]+@"), "an address with a password in it"),
)


class _Loader(yaml.SafeLoader):
    """YAML's plain values as YAML 1.2 has them: `NO` is Norway and 09:30 a time, not False and 570. Dates stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - the base class declares it so


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?[0-9]+\.[0-9]+", list("-+0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), _first)


class Document:
    """A parsed file. `problems` are those of the YAML itself; `value` is None when it can't be read at all."""

    def __init__(self, text: str) -> None:
        self.value: object = None
        self.problems: list[Problem] = list(_secrets(text))
        self._lines: dict[Path, int] = {}
        self._key_lines: dict[Path, int] = {}
        try:
            self._read(_Loader(text))
        except yaml.MarkedYAMLError as error:
            self.problems.append(_unreadable(error))
        except yaml.reader.ReaderError as error:
            line = text[: error.position].count("\n") + 1
            self.problems.append(Problem(line, "", f"this has the character U+{error.character:04X}, which YAML doesn't allow"))
        except RecursionError:
            self.problems.append(Problem(1, "", "this is nested too deep to be read", "Settings go six levels deep at most"))

    def _read(self, loader: _Loader) -> None:
        node = loader.get_single_node()
        if node is None:
            return
        misfits = list(_misfits(node, set()))
        self.problems += [*self._walk(node, (), frozenset()), *misfits]
        if not misfits:
            self.value = loader.construct_document(node)

    def line(self, path: Path, *, of_key: bool = False) -> int:
        """The line, from 1, of the value at `path` (or of its key), or of the nearest part around it that is in the file."""
        lines = self._key_lines if of_key else self._lines
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, self._lines.get(path, 1))

    def _walk(self, node: yaml.Node, path: Path, around: frozenset[int]) -> Iterator[Problem]:
        """Note every line; yield the faults that building values would pass over. `around` guards against a node inside itself."""
        self._lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in around:
            yield Problem(node.start_mark.line + 1, dotted(path), "refers to itself")
            return
        around |= {id(node)}
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._key_lines[*path, number] = item.start_mark.line + 1
                yield from self._walk(item, (*path, number), around)
        elif isinstance(node, yaml.MappingNode):
            yield from self._mapping(node, path, around)

    def _mapping(self, node: yaml.MappingNode, path: Path, around: frozenset[int]) -> Iterator[Problem]:
        for key, value in list(node.value):
            line, inner = key.start_mark.line + 1, (*path, str(key.value))
            if inner in self._key_lines and key.tag != "tag:yaml.org,2002:merge":
                first = self._key_lines[inner]
                yield Problem(line, dotted(inner), f"is there twice; it was given on line {first}", "Keep one of the two")
                node.value.remove((key, value))  # the first is read on, so that what else is wrong with it has its line
                continue
            if key.tag not in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"}:
                yield Problem(
                    line, dotted(inner), "is not a key, which would be text", "Put quotes around it if it's meant to be one"
                )
            if value.tag == "tag:yaml.org,2002:null" and value.value == "":
                yield Problem(
                    line,
                    dotted(inner),
                    "has nothing after it",
                    "Give it a value ({} for a section as it comes), or take the line out",
                )
            self._key_lines[inner] = line
            yield from self._walk(value, inner, around)


def _misfits(node: yaml.Node, seen: set[int]) -> Iterator[Problem]:
    """Nodes with a tag their value can't be built under, or that builds more than text, numbers, lists and keys."""
    if id(node) in seen:
        return
    seen.add(id(node))
    plain = {"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "tag:yaml.org,2002:str"}
    if isinstance(node, yaml.ScalarNode):
        plain = {"tag:yaml.org,2002:str", _Loader("").resolve(yaml.ScalarNode, node.value, (True, False))}  # type: ignore[no-untyped-call]
    if node.tag not in plain:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        yield Problem(node.start_mark.line + 1, "", f"this has the tag {tag}, which doesn't fit", "Take the tag out")
    children = node.value if isinstance(node, yaml.SequenceNode) else []
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for child in [*children, *(side for pair in pairs for side in pair)]:
        yield from _misfits(child, seen)


def dotted(path: Path) -> str:
    """A path as it's written in the documentation: `journey[2].name`, counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _secrets(text: str) -> Iterator[Problem]:
    """Lines that hold what looks like a secret, comments too; the words never repeat it."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in _WHAT_SECRETS_LOOK_LIKE:
            if pattern.search(line):
                allowed = "Put it in an environment variable and name that here; since it was written down, have a new one issued"
                yield Problem(number, "", f"this holds what looks like {what}", allowed)
                break


def _unreadable(error: yaml.MarkedYAMLError) -> Problem:
    """PyYAML's own words, without the piece of text it quotes, which could be a secret."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    context = f"{error.context}: " if error.context else ""
    hint = "Look there and at the line above: spaces to indent, a space after “:”, quotes around text that holds “: ” or “#”"
    return Problem(line, "", f"this is not YAML, at column {column}: {context}{error.problem or 'it ends too soon'}", hint)
