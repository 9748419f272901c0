"""The Slack app's manifest: it says what the code does and no more, and keeps to what Slack takes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Command
from bot.platforms.slack import inbound, platform
from bot.platforms.slack.edits import edited
from bot.platforms.slack.manifest import APP_SCOPES, EVENTS, INSTALLED, MANY_EVENTS, PATH, SCOPES, manifest
from bot.platforms.slack.shortcuts import ON_MESSAGES
from bot.process.wiring import commands
from bot.settings import Settings, SettingsError, SlackSettings
from tests.places import ROOT
from tests.platforms.slack.world import unused, unused_form

Json = dict[str, Any]

# What each method the code calls must be allowed, by its own page: https://docs.slack.dev/reference/methods/NAME.
# Methods on conversations need one scope a kind of conversation; the kinds are those the bot uses. It opens no group direct
# messages (conversations.open is given one person), so that none of the mpim: scopes is asked for.
NEEDS: Mapping[str, set[str]] = {
    "apps_connections_open": set(),  # connections:write, which the app-level token has
    "auth_test": set(),
    "blocks_validate": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postMessage": {"chat:write"},
    "chat_unfurl": {"links:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "oauth_v2_access": set(),  # the app's client secret, in place of a token
    "users_info": {"users:read", "users:read.email"},  # the email in it: https://docs.slack.dev/reference/scopes/users.read.email
    "users_list": {"users:read", "users:read.email"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
# By each event's own page: https://docs.slack.dev/reference/events/NAME.
EVENT_NEEDS: Mapping[str, set[str]] = {
    "app_home_opened": set(),
    "link_shared": {"links:read"},
    "app_uninstalled": set(),
    "tokens_revoked": set(),
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "user_change": {"users:read"},
    "message.im": {"im:history"},
}
# https://docs.slack.dev/reference/scopes/commands: slash commands and both kinds of shortcut.
FEATURE_NEEDS = {"slash_commands": {"commands"}, "shortcuts": {"commands"}}

# Names that makers of other apps report Slack to keep for itself, or that its own help lists:
# https://slack.com/help/articles/201259356-Use-built-in-slash-commands. One of them, and the whole manifest is refused.
BUILT_IN = {
    *("active", "apps", "archive", "away", "call", "close", "collapse", "commands", "dm", "dnd", "expand", "feed", "feedback"),
    *("huddle", "invite", "join", "kick", "leave", "me", "msg", "mute", "open", "part", "remind", "remove", "rename", "search"),
    *("shortcuts", "shrug", "star", "status", "topic", "unarchive", "who"),
}


def methods_called() -> set[str]:
    """Every Web API method that is called anywhere in bot/platforms/slack, in the SDK's spelling."""
    found: set[str] = set()
    for file in (ROOT / "bot" / "platforms" / "slack").glob("*.py"):
        found |= set(_called(ast.parse(file.read_text(encoding="utf-8"))))
    return found


def _called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"post_written", "api_call"} and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value).replace(".", "_")
            elif node.func.attr in vars(AsyncWebClient) and "_" in node.func.attr.strip("_"):
                yield node.func.attr


def with_slack(settings: Settings, mode: str, base_url: str | None = None) -> Settings:
    """The same settings with Slack on, in a mode."""
    slack = SlackSettings.model_validate({"mode": mode})
    return settings.model_copy(
        update={
            "platforms": settings.platforms.model_copy(update={"slack": slack}),
            "web": settings.web.model_copy(update={"base_url": base_url}),
        }
    )


def made(settings: Settings, mode: str = "socket") -> Json:
    """The manifest of all our commands."""
    base_url = "https://outside-in.company.example" if mode == "http" else None
    return manifest(with_slack(settings, mode, base_url), commands().values(), ON_MESSAGES)


def addresses(node: object) -> list[str]:
    """Every web address in a manifest."""
    return re.findall(r'https?://[^"]+', json.dumps(node))


def test_every_scope_is_needed_and_none_is_missing(settings: Settings) -> None:
    """What the methods called, the events sent and the features offered need is what is asked for."""
    called = methods_called()
    assert called <= set(NEEDS), "say what these methods need, by their page"
    found = made(settings)
    needed = set[str]().union(
        *(NEEDS[method] for method in called),
        *(EVENT_NEEDS[event] for event in found["settings"]["event_subscriptions"]["bot_events"]),
        *(needs for feature, needs in FEATURE_NEEDS.items() if found["features"][feature]),
    )
    assert set(found["oauth_config"]["scopes"]["bot"]) == needed == set(SCOPES)
    assert set(found["oauth_config"]["scopes"]["bot_optional"]) < needed


def test_many_workspaces_need_no_scope_more(settings: Settings) -> None:
    """An address to come back to, rotation, the organization, and the two events of being taken out; refused without an address."""
    on = with_slack(settings, "socket", "https://outside-in.company.example/")
    many = SlackSettings.model_validate({"workspaces": "many"})
    on = on.model_copy(update={"platforms": on.platforms.model_copy(update={"slack": many})})
    found = manifest(on, commands().values(), ON_MESSAGES)
    assert found["oauth_config"]["redirect_urls"] == [f"https://outside-in.company.example{INSTALLED}"]
    assert set(found["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert found["settings"]["token_rotation_enabled"]
    assert found["settings"]["org_deploy_enabled"]
    assert set(found["settings"]["event_subscriptions"]["bot_events"]) == {*EVENTS, *MANY_EVENTS}
    nowhere = on.model_copy(update={"web": on.web.model_copy(update={"base_url": None})})
    with pytest.raises(SettingsError, match=r"web\.base_url"):
        manifest(nowhere, commands().values(), ON_MESSAGES)


def test_the_methods_stated_here_are_those_the_code_calls() -> None:
    """The search finds calls by name and by written text, so that its silence means something."""
    assert {"chat_postMessage", "conversations_members", "users_lookupByEmail", "views_open"} <= methods_called()


@pytest.mark.parametrize("table", [SCOPES, EVENTS, MANY_EVENTS, APP_SCOPES])
def test_every_reason_is_one_sentence(table: Mapping[str, str]) -> None:
    """IT reads them one by one."""
    for reason in table.values():
        assert reason.endswith(".")
        assert reason.count(". ") == 0
        assert len(reason) < 200


@pytest.mark.parametrize(("event", "kind"), [("message.channels", "channel"), ("message.groups", "group"), ("message.im", "im")])
def test_each_message_event_is_one_the_code_acts_on(event: str, kind: str) -> None:
    """An edit is noted wherever the bot reads along; only in its own conversation is what is typed answered."""
    assert event in EVENTS
    typed = {"type": "message", "channel_type": kind, "channel": "C1", "user": "U1", "text": "help", "ts": "1.1"}
    change = {"message": {"text": "new", "ts": "1.1"}, "previous_message": {"text": "old"}}
    assert edited(typed | {"subtype": "message_changed"} | change) == "slack:C1:1.1"
    assert inbound.is_typed(typed) is (kind == "im")


def test_slash_commands_are_the_listed_ones_in_their_order(settings: Settings) -> None:
    """Each command that help shows is there once, with its own words; what only a button reaches is not."""
    listed = sorted((one for one in commands().values() if one.listed), key=lambda one: one.order)
    found = made(settings)["features"]["slash_commands"]
    assert [one["command"] for one in found] == [f"/{one.name}" for one in listed]
    assert [one["description"] for one in found] == [one.help for one in listed]
    assert [one.get("usage_hint", "") for one in found] == [one.usage for one in listed]
    assert not {one.name for one in listed} & BUILT_IN


def test_shortcuts_open_forms(settings: Settings) -> None:
    """Each names a listed command with a form, once: from a message those that make something of one, the others from anywhere."""
    found = made(settings)["features"]["shortcuts"]
    known = commands()
    assert {one["callback_id"] for one in found} == {one.name for one in known.values() if one.listed and one.form}
    assert len({one["callback_id"] for one in found}) == len(found)
    assert {one["callback_id"] for one in found if one["type"] == "message"} == ON_MESSAGES
    assert [one["name"] for one in found][:3] == ["Log a visit", "Log a call", "Add a commitment"]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_it_keeps_to_slacks_rules(settings: Settings, mode: str) -> None:
    """Lengths, counts and letters are those of https://docs.slack.dev/reference/app-manifest."""
    found = made(settings, mode)
    shown, features = found["display_information"], found["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert re.fullmatch("[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    assert 1 <= len(features["slash_commands"]) <= 50
    for command in features["slash_commands"]:
        assert re.fullmatch("/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 100
        assert len(command.get("usage_hint", "x")) in range(1, 1_001)
    assert 1 <= len(features["shortcuts"]) <= 10
    for shortcut in features["shortcuts"]:
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["description"]) <= 150
        assert len(shortcut["callback_id"]) <= 255
    assert len(json.dumps(found)) < 50_000


def test_over_a_socket_nothing_has_an_address(settings: Settings) -> None:
    """Slack is told no address, so that nothing has to be reachable from outside."""
    found = made(settings)
    assert found["settings"]["socket_mode_enabled"] is True
    assert addresses(found) == []


def test_over_http_everything_goes_to_the_one_address_we_serve(settings: Settings) -> None:
    """Commands, events, interactions and the lists of forms go to the path the platform takes them at."""
    found = made(settings, "http")
    url = f"https://outside-in.company.example{platform.PATH}"
    assert found["settings"]["socket_mode_enabled"] is False
    assert set(addresses(found)) == {url}
    assert all(one["url"] == url for one in found["features"]["slash_commands"])
    assert found["settings"]["event_subscriptions"]["request_url"] == url
    assert found["settings"]["interactivity"] == {"is_enabled": True, "request_url": url, "message_menu_options_url": url}
    assert platform.PATH == PATH


@pytest.mark.parametrize("base_url", [None, "http://outside-in.company.example"])
def test_over_http_an_https_address_is_needed(settings: Settings, base_url: str | None) -> None:
    """Without one that Slack would call, it's said what to set."""
    with pytest.raises(SettingsError, match=r"web\.base_url"):
        manifest(with_slack(settings, "http", base_url), commands().values(), ON_MESSAGES)


def test_the_home_and_messages_tabs_are_on(settings: Settings) -> None:
    """People can open the app's home and write to it."""
    home = made(settings)["features"]["app_home"]
    assert home == {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}


def test_words_too_long_are_cut_and_too_many_things_refused(settings: Settings) -> None:
    """A name that fits nowhere is shortened visibly; the 51st command is told, not dropped."""
    long = Command("long", "Do " + "much " * 60, unused, form=unused_form, label="A label of more than 24 letters")
    features = manifest(settings, [long], ())["features"]
    assert len(features["slash_commands"][0]["description"]) <= 100
    assert features["shortcuts"][0]["name"] == "A label of more than 24…"
    with pytest.raises(SettingsError, match="51 slash commands; Slack takes 50"):
        manifest(settings, [Command(f"c{number}", "Help", unused) for number in range(51)], ())


def test_slack_tells_of_links_to_the_dashboard_alone(settings: Settings) -> None:
    """Its host, once it has an address; until then of none."""
    assert made(settings, "http")["features"]["unfurl_domains"] == ["outside-in.company.example"]
    assert "unfurl_domains" not in made(settings)["features"]
