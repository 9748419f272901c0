"""Look at an Adaptive Card as a reader does: every text, every button, every input; and check it against Microsoft's schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest

from tests.places import ROOT

Json = dict[str, Any]
SCHEMA = ROOT.parent / "shared" / "schemas" / "adaptive-card-1.5.0.schema.json"


def nodes(value: object) -> Iterator[Json]:
    """Every object of the card, outermost first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(part)


def texts(card: Json) -> list[str]:
    """Every text shown, in reading order."""
    return [node["text"] for node in nodes(card["body"]) if node.get("type") == "TextRun"]


def actions(card: Json) -> list[Json]:
    """Every button, those that a question unfolds included."""
    return [node for node in nodes(card["body"]) if str(node.get("type", "")).startswith("Action.")]


def inputs(card: Json) -> dict[str, Json]:
    """Every input, by id."""
    return {node["id"]: node for node in nodes(card["body"]) if str(node.get("type", "")).startswith("Input.")}


def check(card: Json) -> None:
    """Fail unless the card keeps to the schema of Adaptive Cards 1.5 .

    Left aside is what Teams adds to it: `choices.data`, the style `filtered`, which 1.5 documents but this schema's list lacks, and
    charts, in whose place a client of 1.5 shows their `fallback`: that is what's checked.
    """
    if not SCHEMA.exists():
        pytest.skip("the Adaptive Card schema isn't beside this project")
    errors = list(_validator().iter_errors(_as_in_1_5(card)))
    assert not errors, [(list(error.absolute_path), error.message[:200]) for error in errors[:3]]


@cache
def _validator() -> Any:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    return jsonschema.Draft6Validator(schema)


def _as_in_1_5(value: Any) -> Any:
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith("Chart."):
            return _as_in_1_5(value["fallback"])
        plain = {name: _as_in_1_5(part) for name, part in value.items() if name != "choices.data"}
        return plain | {"style": "compact"} if plain.get("style") == "filtered" else plain
    return [_as_in_1_5(part) for part in value] if isinstance(value, list) else value
