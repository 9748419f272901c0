"""What the platforms that are switched on still need from the environment, in words for whoever sets it up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.settings.model import Settings
from bot.settings.platforms import SlackSettings, TeamsSettings

_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
"""A Fernet key: 32 bytes, in the alphabet fit for addresses. https://github.com/fernet/spec"""
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def missing(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Say, one sentence a thing, what is missing or can't be right in the environment or beside it; empty when all is there.

    Never repeats a value: it may be a secret.
    """
    slack, teams = settings.platforms.slack, settings.platforms.teams
    found = unset(settings, environ)
    if settings.web.base_url is None:
        if slack is not None and slack.mode == "http":
            found.append("web.base_url is not set in app.yaml: with mode: http, Slack must be told the address it calls")
        elif slack is not None and slack.workspaces == "many":
            found.append("web.base_url is not set in app.yaml: with workspaces: many, Slack sends whoever installs it back there")
        if teams is not None and not teams.playground:
            found.append("web.base_url is not set in app.yaml: Teams sends what people do to /api/messages there")
    return found


def unset(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """The same of the environment alone: without it nothing starts."""
    slack, teams = settings.platforms.slack, settings.platforms.teams
    return [*(_slack(slack, environ) if slack is not None else ()), *(_teams(teams, environ) if teams is not None else ())]


def secrets(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """The values in the environment that nobody may read anywhere: those app.yaml names, and the database's password."""
    slack, teams = settings.platforms.slack or SlackSettings(), settings.platforms.teams or TeamsSettings()
    names = (slack.bot_token_env, slack.app_token_env, slack.signing_secret_env, slack.client_secret_env, teams.app_password_env)
    keys = [one.strip() for one in _value(environ, slack.token_key_env).split(",")]
    return [one for one in (*(_value(environ, name) for name in names), *keys, *_password(_value(environ, "DATABASE_URL"))) if one]


def _password(url: str) -> tuple[str, ...]:
    """The password in a database's address, as it stands there and as it is typed; () of one that can't be read, which is told elsewhere."""
    try:
        password = urlsplit(url).password or ""
    except ValueError:
        return ()
    return password, unquote(password)


def _slack(slack: SlackSettings, environ: Mapping[str, str]) -> Iterator[str]:
    if slack.workspaces == "one":
        yield from _token(environ, slack.bot_token_env, "xoxb-", "Slack's bot token: app settings, OAuth & Permissions")
    else:
        yield from _many(slack, environ)
    if slack.mode == "socket":
        yield from _token(environ, slack.app_token_env, "xapp-", "Slack's app-level token: app settings, Basic Information")
    elif not _value(environ, slack.signing_secret_env):
        yield f"{slack.signing_secret_env} is not set (Slack's signing secret: app settings, Basic Information)"


def _many(slack: SlackSettings, environ: Mapping[str, str]) -> Iterator[str]:
    for name, what in ((slack.client_id_env, "client id"), (slack.client_secret_env, "client secret")):
        if not _value(environ, name):
            yield f"{name} is not set (the app's {what}: app settings, Basic Information)"
    keys = _value(environ, slack.token_key_env)
    if not keys:
        yield f"{slack.token_key_env} is not set (what tokens are encrypted with: outside-in slack key makes one)"
    elif not all(_KEY.fullmatch(one.strip()) for one in keys.split(",")):
        yield f"{slack.token_key_env} doesn't hold keys of 44 characters, with commas between: outside-in slack key makes one"


def _teams(teams: TeamsSettings, environ: Mapping[str, str]) -> Iterator[str]:
    if teams.playground:
        if _value(environ, teams.app_id_env):
            clash = "platforms.teams.playground is on, which goes without an app id: take one of the two away"
            yield f"{teams.app_id_env} is set, but {clash}"
        return
    yield from _identifier(environ, teams.app_id_env, "the bot's application (client) id, in Microsoft Entra's app registration")
    yield from _identifier(environ, teams.tenant_id_env, "the directory (tenant) id, in Microsoft Entra's app registration")
    if teams.managed_identity:
        if teams.certificate_env is not None:
            yield "platforms.teams.certificate_env is set, but a managed identity has no certificate: take one of the two away"
    elif teams.certificate_env is not None:
        yield from _certificate(environ, teams.certificate_env)
    elif not _value(environ, teams.app_password_env):
        yield f"{teams.app_password_env} is not set (a client secret's value, in Microsoft Entra's app registration)"


def _value(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _token(environ: Mapping[str, str], name: str, prefix: str, what: str) -> Iterator[str]:
    value = _value(environ, name)
    if not value:
        yield f"{name} is not set ({what})"
    elif not value.startswith(prefix):
        yield f"{name} doesn't hold {what}; it would begin with {prefix}"


def _identifier(environ: Mapping[str, str], name: str, what: str) -> Iterator[str]:
    value = _value(environ, name)
    if not value:
        yield f"{name} is not set ({what})"
    elif not _ID.fullmatch(value):
        yield f"{name} doesn't hold {what}; it would be 32 hexadecimal digits in five groups"


def _certificate(environ: Mapping[str, str], name: str) -> Iterator[str]:
    value = _value(environ, name)
    if not value:
        yield f"{name} is not set (the path of a PEM file with the certificate and its private key)"
        return
    try:
        Path(value).read_bytes()
    except FileNotFoundError:
        yield f"{name} names a file that isn't there"
    except OSError as error:
        yield f"{name} names a file that can't be read: {error.strerror or error}"
