"""Where people talk to the bot. Secrets are never here: only the names of the environment variables that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated, Literal

from pydantic import Field

from bot.settings.errors import SettingsError
from bot.settings.values import Address, Flag, Number, Section, Variable, Words


class ConsoleSettings(Section):
    """The local web page where one picks a person and talks to the bot in their name."""

    enabled: Flag | None = None
    """Whether it is served. Left out: when neither Slack nor Teams is set up. It can't be on beside real accounts."""


class SlackSettings(Section):
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


class TeamsSettings(Section):
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
    playground: Flag = False
    """Whether to accept the Microsoft 365 Agents Playground, which signs nothing. For trying things on one machine only."""


class Platforms(Section):
    """The platforms that are switched on: each whose section is there."""

    console: ConsoleSettings = ConsoleSettings()
    """The local console."""
    slack: SlackSettings | None = None
    """Slack; off when left out. `slack: {}` switches it on as it comes."""
    teams: TeamsSettings | None = None
    """Microsoft Teams; off when left out. `teams: {}` switches it on as it comes."""

    @property
    def console_on(self) -> bool:
        """Whether the console is served."""
        if self.console.enabled is None:
            return self.slack is None and self.teams is None
        return self.console.enabled

    @property
    def has_accounts(self) -> bool:
        """Whether real people's accounts are behind a platform, so that nothing may pass without signature."""
        return self.slack is not None or (self.teams is not None and not self.teams.playground)

    def secret(self, name_env: str, environ: Mapping[str, str]) -> str:
        """Read the environment variable `name_env`, white space around it taken off. SettingsError when it is unset or empty."""
        value = environ.get(name_env, "").strip()
        if not value:
            msg = f"The environment variable {name_env} is not set. `outside-in check` lists all that is missing."
            raise SettingsError(msg)
        return value


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
