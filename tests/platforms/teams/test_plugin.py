"""Teams as the rest of the house knows it."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.platforms.plugin import Host
from bot.platforms.teams.platform import PATH
from bot.platforms.teams.plugin import PLATFORM
from bot.settings import parse
from tests.conftest import World
from tests.settings.conftest import VALID

APP_ID = "11111111-1111-1111-1111-111111111111"
SECRETS = {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": APP_ID, "TEAMS_APP_PASSWORD": "p"}


@pytest.mark.parametrize(
    ("section", "environ", "tab"),
    [("playground: true, dashboard_tab: true", {}, False), ("dashboard_tab: true", SECRETS, True), ("cloud: gcc", SECRETS, False)],
)
async def test_it_is_built_as_app_yaml_says(world: World, section: str, environ: dict[str, str], tab: bool) -> None:
    """The dashboard is a tab where that is on and Microsoft says who asks; what it sent can't be looked up; its pace is app.yaml's."""
    application, site = world.application, web.Application()
    settings = parse(f"{VALID}platforms: {{teams: {{{section}}}}}\ndelivery: {{teams_per_second: 12}}\n")
    built = await PLATFORM.build(Host(application.dispatcher, application.database, settings, environ, True, None, {}))
    for add in built.routes:
        add(site)
    paths = {one.canonical for one in site.router.resources()}
    assert PATH in paths
    assert ("/dashboard/teams" in paths) is tab
    assert built.sender.capabilities.rates == {"send": 12}
    assert not built.sender.capabilities.can_look_up
    await built.close()
