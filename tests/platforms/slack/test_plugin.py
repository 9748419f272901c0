"""Slack as the rest of the house knows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiohttp import web

from bot.database import Database
from bot.platforms.plugin import Host, Questioner
from bot.platforms.slack.platform import PATH
from bot.platforms.slack.plugin import PLATFORM
from bot.settings import parse
from tests.conftest import World
from tests.settings.conftest import VALID

SECRETS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}
MANY = {
    "SLACK_APP_CLIENT_ID": "1.2",
    "SLACK_APP_CLIENT_SECRET": "s",
    "SLACK_TOKEN_KEY": f"{'k' * 43}=",
    "SLACK_SIGNING_SECRET": "s",
}


def host(world: World, more: str, environ: dict[str, str]) -> Host:
    """What it is built with."""
    application = world.application
    return Host(application.dispatcher, application.database, parse(VALID + more), environ, True, None, {})


@pytest.mark.parametrize(("mode", "paths"), [("http", {PATH}), ("socket", set())])
async def test_it_is_built_as_app_yaml_says(world: World, mode: str, paths: set[str]) -> None:
    """Its rates are app.yaml's; over HTTP it has an address, over a socket none."""
    more = f"platforms: {{slack: {{mode: {mode}}}}}\ndelivery: {{slack_per_minute: 120, slack_changes_per_minute: 30}}\n"
    built = await PLATFORM.build(host(world, more, SECRETS))
    site = web.Application()
    for add in built.routes:
        add(site)
    assert {one.canonical for one in site.router.resources()} == paths
    capabilities = built.sender.capabilities
    assert (capabilities.rates["send"], capabilities.rates["change"]) == (2, 0.5)
    assert capabilities.can_look_up
    assert built.connection is not None
    await built.close()


async def test_in_many_workspaces_it_has_the_pages_it_is_installed_by(world: World) -> None:
    """Beside the address that Slack calls."""
    more = "platforms: {slack: {mode: http, workspaces: many}}\nweb: {base_url: https://a.example}\n"
    built = await PLATFORM.build(host(world, more, MANY))
    site = web.Application()
    for add in built.routes:
        add(site)
    assert len(site.router.resources()) > 1
    await built.close()


async def test_a_live_check_of_many_workspaces_asks_the_database(database: Database) -> None:
    """Installed nowhere yet, it says how to; and the database is closed again."""
    opened: list[str] = []

    @contextmanager
    def open_it() -> Iterator[Database]:
        opened.append("open")
        yield database
        opened.append("closed")

    settings = parse(VALID + "platforms: {slack: {mode: http, workspaces: many}}\n")
    assert PLATFORM.live is not None
    found, wrong = await PLATFORM.live(Questioner(settings, MANY, open_it))
    assert opened == ["open", "closed"]
    assert any("in no workspace yet" in line for line in wrong)
    assert any("SLACK_SIGNING_SECRET" in line for line in found)
