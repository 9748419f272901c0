"""Where people talk to the bot. Secrets are never here: only the names of the environment variables that hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.settings.errors import SettingsError
from bot.settings.values import Address, Flag, Number, Section, Variable, Words, wrong


@dataclass(frozen=True)
class ChannelForm:
    """How a platform's ids of channels look, and where to find one in words."""

    pattern: str
    hint: str

    def fits(self, text: str) -> bool:
        """Whether this is such an id."""
        return re.fullmatch(self.pattern, text) is not None

    def checked(self, value: str) -> str:
        """The value, if it is such an id."""
        if not self.fits(value):
            raise wrong(f"“{value}” is not a channel's id", self.hint)
        return value


CHANNEL_FORMS: Mapping[str, ChannelForm] = {
    "slack": ChannelForm(
        r"[CG][A-Z0-9]{4,30}", "Slack's id of it, such as C0123ABCDEF: it stands at the foot of the channel's details"
    ),
    "teams": ChannelForm(
        r"19:[^\s;%@]+@thread\.\w+",
        "Teams' id of it, such as 19:0a1b2c@thread.tacv2: it is in the channel's link, with %3A for : and %40 for @",
    ),
}
"""By the platform's name; one that isn't here has no channels."""


_LONGER_THAN_A_WORD = 7
"""Characters from which on a typed id is no word in capitals, such as GREEN."""


def channel_named(text: str) -> tuple[str, str] | None:
    """The platform and the channel whose id was typed, with or without a #; None when it is none."""
    channel = text.strip().removeprefix("#")
    if len(channel) < _LONGER_THAN_A_WORD:
        return None
    return next(((name, channel) for name, form in CHANNEL_FORMS.items() if form.fits(channel)), None)


class PlatformSection(Section):
    """A platform's part of app.yaml, which switches it on."""

    @property
    def open_door(self) -> str:
        """What lets anyone act as anyone there, in words; "" where accounts are real and checked."""
        return ""


class ConsoleSettings(PlatformSection):
    """The local web page where one picks a person and talks to the bot in their name."""

    enabled: Flag | None = None
    """Whether it is served. Left out: when neither Slack nor Teams is set up. It can't be on beside real accounts."""

    @property
    def open_door(self) -> str:
        """Whoever is there picks whom they are."""
        return "the console"


class SlackSettings(PlatformSection):
    """The Slack app."""

    mode: Literal["socket", "http"] = "socket"
    """`socket`: the bot calls Slack, and needs no public address. `http`: Slack calls the bot at `web.base_url`."""
    workspaces: Literal["one", "many"] = "one"
    """`one`, whose bot token is in the environment; `many`, or an organization, with encrypted tokens in the database: docs/install-slack.md."""
    bot_token_env: Variable = "SLACK_BOT_TOKEN"  # noqa: S105 - a variable's name
    """The environment variable that holds the bot token (`xoxb-`); used with `one`."""
    app_token_env: Variable = "SLACK_APP_TOKEN"  # noqa: S105
    """The environment variable that holds the app-level token (`xapp-`); used with `socket`."""
    signing_secret_env: Variable = "SLACK_SIGNING_SECRET"  # noqa: S105
    """The environment variable that holds the signing secret; used with `http`."""
    client_id_env: Variable = "SLACK_APP_CLIENT_ID"
    """The environment variable that holds the app's client id; used with `many`, as are the next two."""
    client_secret_env: Variable = "SLACK_APP_CLIENT_SECRET"  # noqa: S105
    """The environment variable that holds the app's client secret."""
    token_key_env: Variable = "SLACK_TOKEN_KEY"  # noqa: S105
    """The environment variable that holds the keys tokens are encrypted with, the newest first, with commas between: `outside-in slack key`."""


class TeamsSettings(PlatformSection):
    """The Microsoft Teams bot: a single-tenant app registration with a secret or a certificate, or a managed identity."""

    cloud: Literal["commercial", "gcc", "gcc_high", "dod", "china"] = "commercial"
    """Which of Microsoft's clouds the tenant is in: the US government's (`gcc`, `gcc_high`, `dod`) and China's have addresses of their own."""
    app_id_env: Variable = "TEAMS_APP_ID"
    """The environment variable that holds the application (client) id."""
    tenant_id_env: Variable = "TEAMS_TENANT_ID"
    """The environment variable that holds the directory (tenant) id."""
    app_password_env: Variable = "TEAMS_APP_PASSWORD"  # noqa: S105
    """The environment variable that holds the client secret; not used with a certificate."""
    certificate_env: Variable | None = None
    """The environment variable that holds the path of a PEM file: certificate and private key. Left out, the secret is used."""
    managed_identity: Flag = False
    """Whether the bot is a user-assigned managed identity, on a machine of Azure's: then it has neither secret nor certificate."""
    catalog_app_id: Words | None = None
    """The app's id in the organization's catalog. With it the bot installs itself, through Microsoft Graph, for people who never met it."""
    link_by: Literal["upn", "email"] = "upn"
    """What says who somebody is: the sign-in name (`upn`), which Entra assures, or `email`, which administrators can set: docs/accounts.md."""
    dashboard_tab: Flag = False
    """Whether the dashboard is a tab beside the chat with the bot. Entra must know of it first: docs/install-teams.md says how."""
    answers_in_channels: Flag = True
    """Whether what is for one person alone is answered in the channel, seen by them alone; else in their own chat with the bot."""
    playground: Flag = False
    """Whether to accept the Microsoft 365 Agents Playground, which signs nothing. For trying things on one machine only."""

    @property
    def open_door(self) -> str:
        """The Playground signs nothing."""
        return "the Teams Playground" if self.playground else ""


class Platforms(Section):
    """The platforms that are switched on: each whose section is there."""

    console: ConsoleSettings = ConsoleSettings()
    """The local console."""
    slack: SlackSettings | None = None
    """Slack; off when left out. `slack: {}` switches it on as it comes."""
    teams: TeamsSettings | None = None
    """Microsoft Teams; off when left out. `teams: {}` switches it on as it comes."""

    @property
    def on(self) -> dict[str, PlatformSection]:
        """The sections of those that are switched on, by the platform's name."""
        return {**({"console": self.console} if self.console_on else {}), **self._connected}

    @property
    def _connected(self) -> dict[str, PlatformSection]:
        """All but the console, which is there by itself."""
        sections = {name: getattr(self, name) for name in type(self).model_fields if name != "console"}
        return {name: section for name, section in sections.items() if section is not None}

    @property
    def console_on(self) -> bool:
        """Whether the console is served."""
        return not self._connected if self.console.enabled is None else self.console.enabled

    @property
    def has_accounts(self) -> bool:
        """Whether real people's accounts are behind a platform, so that nothing may pass without signature."""
        return any(not section.open_door for section in self._connected.values())

    def secret(self, name_env: str, environ: Mapping[str, str]) -> str:
        """Read the environment variable `name_env`, white space around it taken off. SettingsError when it is unset or empty."""
        value = environ.get(name_env, "").strip()
        if not value:
            msg = f"The environment variable {name_env} is not set. `outside-in check` lists all that is missing."
            raise SettingsError(msg)
        return value


class Channel(Section):
    """One channel, on Slack, on Teams, or on both."""

    slack: Annotated[str, AfterValidator(CHANNEL_FORMS["slack"].checked)] | None = None
    """The channel's id on Slack. Invite the bot to it."""
    teams: Annotated[str, AfterValidator(CHANNEL_FORMS["teams"].checked)] | None = None
    """The channel's id on Teams. Add the bot to its team."""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not self.ids:
            raise wrong("names no channel", "slack, teams, or both, each with the channel's id")
        return self

    @property
    def ids(self) -> dict[str, str]:
        """Its ids, by the platform's name."""
        return {name: channel for name in type(self).model_fields if (channel := getattr(self, name))}

    def on(self, platforms: Platforms) -> dict[str, str]:
        """Its ids on the platforms that are switched on, by the platform's name."""
        return {name: channel for name, channel in self.ids.items() if name in platforms.on}


class WebSettings(Section):
    """The web server: platforms' calls, the console, pages, health and metrics."""

    port: Annotated[Number, Field(ge=1, le=65535)] = 8080
    """The port it listens on. The environment variable PORT goes before it."""
    host: Words = "127.0.0.1"
    """The address it listens on. 127.0.0.1 is reached from this machine alone; 0.0.0.0 from everywhere."""
    base_url: Address | None = None
    """How others reach it, such as the proxy's address: where Slack (`http`) and Teams are told to send what people do, and the dashboard is."""

    @property
    def address(self) -> str:
        """Where people find it, without a slash at the end: `base_url`, else this machine's own."""
        return str(self.base_url).rstrip("/") if self.base_url else f"http://{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
