"""The platforms that are found, and what `outside-in check` says of the environment, for each platform and mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.people.people import Platform
from bot.platforms.discovery import _offered, missing, plugins, secrets, switched_on
from bot.settings import Channel, Platforms, parse
from bot.settings.platforms import CHANNEL_FORMS
from tests.settings.conftest import VALID

APP_ID = "0f0e0d0c-1111-2222-3333-444455556666"
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}
MANY = {"SLACK_APP_CLIENT_ID": "1.2", "SLACK_APP_CLIENT_SECRET": "s", "SLACK_TOKEN_KEY": f"{'k' * 43}=, {'o' * 43}="}
TEAMS = {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": APP_ID, "TEAMS_APP_PASSWORD": "p"}
BASE = "web: {base_url: https://a.example}\n"


def said(more: str, environ: dict[str, str]) -> list[str]:
    """Return what is missing for the small valid file with `more` added."""
    return missing(parse(VALID + more), environ)


def test_the_console_needs_nothing() -> None:
    """With no platform the environment may be empty."""
    assert said("", {}) == []


@pytest.mark.parametrize(
    ("more", "environ"),
    [
        ("platforms: {slack: {}}\n", SLACK),
        ("platforms: {slack: {mode: http}}\n" + BASE, {**SLACK, "SLACK_APP_TOKEN": ""}),
        ("platforms: {slack: {workspaces: many}}\n" + BASE, {**MANY, "SLACK_APP_TOKEN": "xapp-1"}),
        ("platforms: {slack: {workspaces: many, mode: http}}\n" + BASE, {**MANY, "SLACK_SIGNING_SECRET": "s"}),
        ("platforms: {teams: {}}\n" + BASE, TEAMS),
        ("platforms: {slack: {}, teams: {}}\n" + BASE, {**SLACK, **TEAMS}),
        ("platforms: {teams: {playground: true}}\n", {}),
        ("platforms: {teams: {managed_identity: true}}\n" + BASE, {**TEAMS, "TEAMS_APP_PASSWORD": ""}),
        ("platforms: {slack: {bot_token_env: OURS}}\n", {**SLACK, "SLACK_BOT_TOKEN": "", "OURS": " xoxb-2 "}),
    ],
)
def test_a_platform_with_all_it_needs_is_passed(more: str, environ: dict[str, str]) -> None:
    """Nothing is asked for that the mode in use doesn't need."""
    assert said(more, environ) == []


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("platforms: {slack: {}}\n", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ("platforms: {slack: {mode: http}}\n", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "web.base_url"]),
        (
            "platforms: {slack: {workspaces: many}}\n",
            ["SLACK_APP_CLIENT_ID", "SLACK_APP_CLIENT_SECRET", "SLACK_TOKEN_KEY", "SLACK_APP_TOKEN", "web.base_url"],
        ),
        ("platforms: {teams: {}}\n", ["TEAMS_APP_ID", "TEAMS_TENANT_ID", "TEAMS_APP_PASSWORD", "web.base_url"]),
        ("platforms: {teams: {certificate_env: CERT}}\n" + BASE, ["TEAMS_APP_ID", "TEAMS_TENANT_ID", "CERT"]),
    ],
)
def test_everything_missing_is_named(more: str, names: list[str]) -> None:
    """Each variable and key that lacks is one sentence that begins with its name."""
    sentences = said(more, {})
    assert [sentence.split(" ", 1)[0] for sentence in sentences] == names
    assert all(" is not set" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("more", "environ", "words"),
    [
        ("platforms: {slack: {}}\n", {**SLACK, "SLACK_BOT_TOKEN": "xapp-9secret"}, "it would begin with xoxb-"),
        ("platforms: {slack: {}}\n", {**SLACK, "SLACK_APP_TOKEN": "xoxb-9secret"}, "it would begin with xapp-"),
        (
            "platforms: {slack: {workspaces: many}}\n" + BASE,
            {**SLACK, **MANY, "SLACK_TOKEN_KEY": "9secret"},
            "outside-in slack key makes one",
        ),
        ("platforms: {teams: {}}\n" + BASE, {**TEAMS, "TEAMS_APP_ID": "9secret"}, "32 hexadecimal digits"),
        ("platforms: {teams: {}}\n" + BASE, {**TEAMS, "TEAMS_TENANT_ID": "9secret"}, "32 hexadecimal digits"),
        ("platforms: {teams: {certificate_env: CERT}}\n" + BASE, {**TEAMS, "CERT": "/9secret.pem"}, "a file that isn't there"),
        ("platforms: {teams: {managed_identity: true, certificate_env: CERT}}\n" + BASE, TEAMS, "take one of the two away"),
        ("platforms: {teams: {playground: true}}\n", {"TEAMS_APP_ID": "9secret"}, "goes without an app id"),
    ],
)
def test_what_can_not_be_right_is_told_without_its_value(more: str, environ: dict[str, str], words: str) -> None:
    """A token in the wrong variable is recognised, and not printed."""
    (sentence,) = said(more, environ)
    assert words in sentence
    assert "9secret" not in sentence


def test_a_certificate_that_is_there_is_passed(tmp_path: Path) -> None:
    """With a certificate no client secret is asked for."""
    file = tmp_path / "bot.pem"
    file.write_text("certificate", encoding="utf-8")
    environ = {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": APP_ID, "CERT": str(file)}
    assert said("platforms: {teams: {certificate_env: CERT}}\n" + BASE, environ) == []


def test_every_platform_has_its_plugin_and_its_section() -> None:
    """The enum, the folders and app.yaml name the same; channels are named where their ids' form is known."""
    assert [one.platform for one in plugins()] == sorted(Platform)
    assert set(Platforms.model_fields) == set(Platform)
    assert set(Channel.model_fields) == set(CHANNEL_FORMS)
    assert set(CHANNEL_FORMS) <= set(Platform)


def test_those_that_are_on_are_built_and_no_others() -> None:
    """Without a section it's the console alone; beside the Playground the console stays off unless asked for."""

    def on(more: str) -> list[str]:
        return [one.called for one in switched_on(parse(VALID + more))]

    assert on("") == ["the console"]
    assert on("platforms: {slack: {}, teams: {}}\n") == ["Slack", "Teams"]
    assert on("platforms: {teams: {playground: true}}\n") == ["Teams"]
    assert on("platforms: {console: {enabled: true}, teams: {playground: true}}\n") == ["the console", "Teams"]


def test_a_folder_that_offers_nothing_is_told() -> None:
    """A developer's slip ends with the module's name."""
    with pytest.raises(TypeError, match=r"bot\.platforms\.network has no PLATFORM"):
        _offered("bot.platforms.network")


def test_secrets_are_those_of_every_platform() -> None:
    """Also of one that is off: what is in the environment may be written nowhere."""
    environ = {**SLACK, **MANY, **TEAMS, "DATABASE_URL": "postgresql://me:pass%2Fword@host/name"}
    found = set(secrets(parse(VALID), environ))
    assert {"xoxb-1", "xapp-1", "p", "pass%2Fword", "pass/word", f"{'k' * 43}=", f"{'o' * 43}="} <= found
    assert "" not in found
    assert APP_ID not in found
