"""What may stand in app.yaml, key by key, told from the models: for editors, for error messages, and for the documentation's test.

`docs/app.schema.json` is `json_schema()` as it stands; write it anew after a change with

    python -m bot.settings > docs/app.schema.json
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.settings.model import Settings

Node = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """One key: its `path` as documented (`journey[].name`, `pledges.people.<email>.visits`) and its `default` as YAML.

    The default is empty where there is none: for a required key and for a section.
    `section` is true for one that only holds other keys.
    """

    path: str
    default: str
    required: bool
    section: bool
    description: str


@cache
def _schema() -> Node:
    return Settings.model_json_schema()


def json_schema() -> str:
    """Settings' JSON schema (draft 2020-12), for editors that speak it, such as those with the YAML language server."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Outside In: app.yaml"}
    return (
        json.dumps({**head, **{key: value for key, value in _schema().items() if key != "title"}}, indent=2, ensure_ascii=False)
        + "\n"
    )


def _resolved(node: Node) -> Node:
    """A node with references followed and “or null” taken off; its own description and default go before those it refers to."""
    own = {key: value for key, value in node.items() if key not in {"$ref", "anyOf"}}
    if "$ref" in node:
        return {**_resolved(_schema()["$defs"][node["$ref"].rsplit("/", 1)[1]]), **own}
    if "anyOf" in node:
        return {**_resolved(next(choice for choice in node["anyOf"] if choice.get("type") != "null")), **own}
    return node


def _below(node: Node, part: int | str) -> Node | None:
    named = node.get("properties", {}).get(part) or node.get("additionalProperties")
    inner = node.get("items") if isinstance(part, int) else named
    return _resolved(inner) if isinstance(inner, dict) else None


def node_at(path: tuple[int | str, ...]) -> Node:
    """The schema of the value at a path; empty when there is no such key."""
    node: Node | None = _resolved(_schema())
    for part in path:
        node = _below(node, part) if node else None
    return node or {}


def allowed_keys(path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that may stand in the section at a path."""
    return tuple(node_at(path).get("properties", {}))


def purpose(path: tuple[int | str, ...]) -> str:
    """What the key at a path is for, as the documentation says it."""
    return str(node_at(path).get("description", ""))


def bounds(path: tuple[int | str, ...]) -> tuple[int, int]:
    """The least and the greatest number allowed at a path that holds one."""
    node = node_at(path)
    return int(node["minimum"]), int(node["maximum"])


def keys() -> Iterator[Key]:
    """Every key there is, sections before what they hold."""
    return _keys(_resolved(_schema()), "")


def _keys(node: Node, above: str) -> Iterator[Key]:
    for name, raw in node.get("properties", {}).items():
        inner, path = _resolved(raw), f"{above}{name}"
        required = name in node.get("required", ())
        nested, suffix = _nested(inner, name)
        default = "" if required or nested else json.dumps(inner.get("default"), ensure_ascii=False).replace('"', "")
        yield Key(path, default, required, section=nested is not None, description=inner.get("description", ""))
        if nested:
            yield from _keys(nested, f"{path}{suffix}.")


_NAMED_BY = {"people": "<email>", "countries": "<country>", "schedules": "<name>"}


def _nested(node: Node, name: str) -> tuple[Node | None, str]:
    """The section a key holds (itself, each item or each named one), and how a path into it goes on."""
    inner = _below(node, 0)
    if inner and "properties" in inner:
        return inner, "[]"
    inner = node.get("additionalProperties")
    if isinstance(inner, dict):
        return _resolved(inner), f".{_NAMED_BY[name]}"
    return (node, "") if "properties" in node else (None, "")
