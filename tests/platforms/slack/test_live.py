"""What `check --live` finds out from Slack, against a Slack on loopback."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.platforms.slack.live import ask
from bot.platforms.slack.manifest import OPTIONAL, SCOPES
from bot.settings import Platforms, SettingsError, SlackSettings
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, Failure, FakeSlack

ENVIRON = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_SIGNING_SECRET": "a signing secret"}
SOCKET = Platforms(slack=SlackSettings())
HTTP = Platforms(slack=SlackSettings(mode="http"))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack that knows the bot's two tokens."""
    slack = FakeSlack()
    await slack.server.start_server()
    yield slack
    await slack.server.close()


def answers(slack: FakeSlack, scopes: set[str] | None, **changes: object) -> None:
    """Let auth.test answer with these scopes in its header, without the header when they are None."""
    who = {"ok": True, "user": "outside-in", "user_id": "UBOT", "bot_id": "B1", "team": "Acme", "team_id": "T1"}
    headers = {} if scopes is None else {"X-OAuth-Scopes": ",".join(sorted(scopes))}
    slack.failures["auth.test"] = [Failure(headers=headers, body=json.dumps(who | changes))]


def refuses(slack: FakeSlack, method: str, code: str) -> None:
    """Let a method answer with an error."""
    slack.failures[method] = [Failure(body=json.dumps({"ok": False, "error": code}))]


async def told(slack: FakeSlack, platforms: Platforms = SOCKET, environ: dict[str, str] | None = None) -> tuple[str, list[str]]:
    """What was found out, in one text, and what is wrong."""
    found, wrong = await ask(platforms, environ or ENVIRON, slack.url)
    return "\n".join(found), wrong


async def test_all_is_there(slack: FakeSlack) -> None:
    """The bot and its workspace are named, the scopes counted, and the app token opens a connection."""
    answers(slack, set(SCOPES))
    found, wrong = await told(slack)
    assert wrong == []
    assert "the bot @outside-in (UBOT) in the workspace Acme (T1)" in found
    assert f"all {len(SCOPES)} scopes are there" in found
    assert "it takes the blocks of messages, the Home tab, forms, charts." in found
    assert {method for method, _ in slack.calls} == {"blocks.validate", "apps.connections.open"}


async def test_missing_scopes_are_named_each_with_its_reason_and_what_to_do(slack: FakeSlack) -> None:
    """A line a scope: what it's for, where to add it, and that the app must be installed again."""
    answers(slack, set(SCOPES) - {"im:write", "users:read"})
    found, wrong = await told(slack)
    assert [line.split()[3] for line in wrong] == ["im:write", "users:read"]
    assert all(SCOPES[line.split()[3]] in line and "Bot Token Scopes" in line and "install again" in line for line in wrong)
    assert "scopes are there" not in found


async def test_optional_scopes_that_were_refused_say_what_is_missing(slack: FakeSlack) -> None:
    """An admin may refuse them: nothing is wrong, and each says what doesn't work."""
    answers(slack, set(SCOPES) - set(OPTIONAL))
    found, wrong = await told(slack)
    assert wrong == []
    assert all(f"the optional scope {scope} wasn't given. {lost}" in found for scope, lost in OPTIONAL.items())
    assert f"{len(SCOPES) - len(OPTIONAL)} of {len(SCOPES)} scopes are there, all that are needed." in found


async def test_what_slack_would_not_take_is_told_with_where_it_is(slack: FakeSlack) -> None:
    """A fault in our blocks is ours; charts it doesn't know come in words; a method it doesn't know is said."""
    answers(slack, set(SCOPES))
    fault = {"ok": False, "error": "invalid_message", "errors": [{"pointer": "/blocks/1", "message": "must be shorter"}]}
    slack.failures["blocks.validate"] = [Failure(body=json.dumps(fault))]
    slack.charts = False
    found, wrong = await told(slack)
    assert wrong == ["Slack: it wouldn't take our messages: /blocks/1 must be shorter. Is there a newer version of the bot?"]
    assert "it takes the blocks of the Home tab, forms." in found
    assert "they come in words" in found
    refuses(slack, "blocks.validate", "unknown_method")
    answers(slack, set(SCOPES))
    found, wrong = await told(slack)
    assert "can't be asked: unknown_method" in found
    assert wrong == []


async def test_superfluous_scopes_are_named_but_nothing_is_wrong(slack: FakeSlack) -> None:
    """What the app may do beyond its need is told, for whoever cares for it; it hinders nothing."""
    answers(slack, {*SCOPES, "reactions:write"})
    found, wrong = await told(slack)
    assert "the scope reactions:write isn't needed" in found
    assert wrong == []


async def test_a_proxy_that_takes_the_header_out_is_guessed_at(slack: FakeSlack) -> None:
    """Without the header nothing is said of the scopes but that they can't be seen."""
    answers(slack, None)
    _, wrong = await told(slack)
    assert wrong == ["Slack: the answer doesn't say which scopes the app has. Is there a proxy that takes out x-oauth-scopes?"]


async def test_a_persons_token_is_told_from_the_bots(slack: FakeSlack) -> None:
    """auth.test names no bot for it."""
    answers(slack, set(SCOPES), bot_id=None)
    _, wrong = await told(slack)
    assert "a person's token" in wrong[0]
    assert "Bot User OAuth Token" in wrong[0]


@pytest.mark.parametrize(
    ("code", "next_step"),
    [
        ("invalid_auth", "Copy it again"),
        ("account_inactive", "Install it again"),
        ("token_revoked", "Install the app again"),
        ("not_allowed_token_type", "begins with xoxb-"),
        ("team_access_not_granted", "What that means: https://docs.slack.dev/reference/methods"),
        ("ratelimited", "Try again in a minute"),
    ],
)
async def test_a_bot_token_slack_refuses(slack: FakeSlack, code: str, next_step: str) -> None:
    """Its variable is named, with what to do next; the token itself is not."""
    refuses(slack, "auth.test", code)
    found, (line,) = await told(slack)
    assert next_step in line
    assert BOT_TOKEN not in line + found


@pytest.mark.parametrize(
    ("code", "next_step"),
    [
        ("invalid_auth", "App-Level Tokens, with the scope connections:write"),
        ("missing_scope", "lacks the scope connections:write"),
        ("not_allowed_token_type", "begins with xapp-"),
    ],
)
async def test_an_app_token_slack_refuses(slack: FakeSlack, code: str, next_step: str) -> None:
    """The bot token may be right all the same."""
    answers(slack, set(SCOPES))
    refuses(slack, "apps.connections.open", code)
    found, (line,) = await told(slack)
    assert "SLACK_APP_TOKEN" in line
    assert next_step in line
    assert "scopes are there" in found


async def test_over_http_no_connection_is_opened(slack: FakeSlack) -> None:
    """No app token is needed, and it's said when the signing secret shows to be right."""
    answers(slack, set(SCOPES))
    found, wrong = await told(slack, HTTP, {name: value for name, value in ENVIRON.items() if name != "SLACK_APP_TOKEN"})
    assert wrong == []
    assert "SLACK_SIGNING_SECRET" in found
    assert {method for method, _ in slack.calls} == {"blocks.validate"}


@pytest.mark.parametrize(
    "failure", [Failure(cut="before"), Failure(status=502, body="<html>Bad gateway", content_type="text/html")]
)
async def test_a_slack_that_is_not_reached(slack: FakeSlack, failure: Failure) -> None:
    """A cut connection and a proxy's own page are told in a line, and what is left is still asked."""
    slack.failures["auth.test"] = [failure]
    found, (line,) = await told(slack)
    assert "slack.com on port 443" in line or "HTTP 502" in line
    assert "SLACK_APP_TOKEN opens the connection" in found


async def test_a_variable_that_is_not_set(slack: FakeSlack) -> None:
    """The settings' own words."""
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN is not set"):
        await ask(SOCKET, {**ENVIRON, "SLACK_BOT_TOKEN": " "}, slack.url)
