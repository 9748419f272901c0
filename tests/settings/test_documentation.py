"""docs/configuration.md tells of every key, and docs/app.schema.json is what the models say."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml

from bot.settings import Settings, SettingsError, json_schema, parse
from bot.settings.reference import Key, keys
from tests.places import ROOT

PAGE = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
ROWS = {
    cells[0].strip("`"): cells
    for line in PAGE.splitlines()
    if line.startswith("| `") and len(cells := [cell.strip() for cell in line.strip("|").split(" | ")]) == 5
}


@pytest.mark.parametrize("key", list(keys()), ids=lambda key: key.path)
def test_every_key_is_documented(key: Key) -> None:
    """A section has its own heading's line or a row; any other key a row with its default and its meaning, as editors show it."""
    if key.section and f"`{key.path}`: {key.description}" in PAGE:
        return
    assert key.path in ROWS, f"docs/configuration.md doesn't tell of {key.path}"
    _, kind, default, meaning, example = ROWS[key.path]
    assert kind
    assert meaning == key.description
    if not key.section:
        assert default == ("*required*" if key.required else "none" if key.default == "null" else f"`{key.default}`")
        assert example


def test_no_key_is_documented_that_is_not_there() -> None:
    """A row for a key that was renamed or taken out is a lie."""
    assert set(ROWS) <= {key.path for key in keys()}


def test_keys_are_walked_to_the_bottom() -> None:
    """The walk that these tests rest on reaches lists of lists, named sections and optional ones, and has every section of the model."""
    paths = {key.path for key in keys()}
    assert {"segments[].targets[].today", "pledges.people.<email>.visits", "platforms.slack.mode", "schedules.<name>.cron"} <= paths
    assert set(Settings.model_fields) <= paths


def test_the_examples_are_settings() -> None:
    """All examples of the page, each in its place, make a settings file that loads."""
    file: dict[str, Any] = {}
    for path, (*_, example) in ROWS.items():
        if example.startswith("`"):
            _put(
                file,
                path.replace("<email>", "a@b~co").replace("<country>", "NO").replace("<name>", "weekly"),
                yaml.safe_load(example.strip("`")),
            )
    assert parse(yaml.safe_dump(file)).stage("first-water") is not None


def _put(file: dict[str, Any], path: str, value: object) -> None:
    """Set the value at a path, making what it goes through; `~` stands for a dot in a name."""
    *way, last = path.split(".")
    for step in way:
        name = step.removesuffix("[]").replace("~", ".")
        inner = file.setdefault(name, [{}] if step.endswith("[]") else {})
        file = inner[0] if isinstance(inner, list) else inner
    file[last] = value


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_the_pages_pieces_of_yaml_are_settings(block: str) -> None:
    """Each longer example can be put into a file as it stands."""
    company = "company: {name: A, zone: UTC, access_contact: B}\njourney: [{key: a, name: A, description: A, success: A}]\n"
    assert isinstance(parse(company + block), Settings)


def test_the_pages_error_is_the_one_that_is_given() -> None:
    """The message shown is what the sample with these two slips really gives, whatever lines they are on by now."""
    slips = (
        (ROOT / "app.yaml")
        .read_text(encoding="utf-8")
        .replace("Europe/Copenhagen", "Europe/Copenhagn")
        .replace("remind_after", "remind_afer")
    )
    with pytest.raises(SettingsError) as raised:
        parse(slips)
    shown = "".join(f"    {line}\n" for line in str(raised.value).splitlines())
    assert re.sub(r"line \d+", "line", shown) in re.sub(r"line \d+", "line", PAGE)


def test_the_schema_in_docs_is_the_models_own() -> None:
    """Whoever changes a model writes docs/app.schema.json anew: `outside-in schema > docs/app.schema.json`."""
    assert (ROOT / "docs/app.schema.json").read_text(encoding="utf-8") == json_schema()


def test_the_schema_takes_the_sample_and_refuses_a_slip() -> None:
    """An editor that knows the schema is content with the sample, and underlines an unknown key and a number out of range."""
    schema, sample = json.loads(json_schema()), yaml.load((ROOT / "app.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    sample = _typed(sample)
    assert [error.message for error in checker.iter_errors(sample)] == []
    sample["web"]["prot"], sample["web"]["port"] = 1, 65536
    assert {error.validator for error in checker.iter_errors(sample)} == {"additionalProperties", "maximum"}


def _typed(value: Any) -> Any:
    """Text as an editor's YAML 1.2 reads it: whole numbers and true or false as such, all else as text."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return json.loads(value) if re.fullmatch(r"\d+|true|false", value) else value
