"""Microsoft Teams, as the rest of the house knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.cards import Card, Form
from bot.domain.access.accounts import conversations
from bot.domain.people.people import Platform
from bot.platforms.plugin import Answers, Built, Environ, Host, Manifest, PlatformPlugin, Questioner, Release
from bot.platforms.variables import certificate, identifier, lacking, value
from bot.settings import Settings, TeamsSettings

if TYPE_CHECKING:
    from bot.platforms.teams.platform import Credentials

_MANIFEST = """Write the Teams app's package to FILE.zip: manifest and icons, to be uploaded in the Teams admin center.

It offers the first twelve commands, the action on messages and, where platforms.teams.dashboard_tab is on, the dashboard as a tab. The bot's
application id comes from the environment. See docs/install-teams.md.
"""


def _section(settings: Settings) -> TeamsSettings:
    """Its part of app.yaml, as it comes where there is none."""
    return settings.platforms.teams or TeamsSettings()


def _unset(settings: Settings, environ: Environ) -> Iterator[str]:
    teams = _section(settings)
    if teams.playground:
        if value(environ, teams.app_id_env):
            clash = "platforms.teams.playground is on, which goes without an app id: take one of the two away"
            yield f"{teams.app_id_env} is set, but {clash}"
        return
    yield from identifier(environ, teams.app_id_env, "the bot's application (client) id, in Microsoft Entra's app registration")
    yield from identifier(environ, teams.tenant_id_env, "the directory (tenant) id, in Microsoft Entra's app registration")
    if teams.managed_identity:
        if teams.certificate_env is not None:
            yield "platforms.teams.certificate_env is set, but a managed identity has no certificate: take one of the two away"
    elif teams.certificate_env is not None:
        yield from certificate(environ, teams.certificate_env)
    else:
        yield from lacking(environ, teams.app_password_env, "a client secret's value, in Microsoft Entra's app registration")


def _unaddressed(settings: Settings, _environ: Environ) -> Iterator[str]:
    if settings.web.base_url is None and not _section(settings).playground:
        yield "web.base_url is not set in app.yaml: Teams sends what people do to /api/messages there"


def _secrets(settings: Settings, environ: Environ) -> Iterator[str]:
    yield value(environ, _section(settings).app_password_env)


def _credentials(settings: Settings, environ: Environ) -> Credentials:
    from bot.platforms.teams.platform import Credentials  # noqa: PLC0415 - the SDK

    teams, secret = _section(settings), settings.platforms.secret
    if teams.playground:
        return Credentials()
    pem = secret(teams.certificate_env, environ) if teams.certificate_env else None
    return Credentials(
        app_id=secret(teams.app_id_env, environ),
        tenant_id=secret(teams.tenant_id_env, environ),
        secret="" if pem or teams.managed_identity else secret(teams.app_password_env, environ),
        certificate_path=pem,
        managed_identity=teams.managed_identity,
    )


async def _build(host: Host) -> Built:
    from bot.platforms.teams.platform import build  # noqa: PLC0415 - the SDK is imported only where Teams is on
    from bot.web.dashboard import TeamsTab  # noqa: PLC0415 - and the web with it

    teams, credentials = _section(host.settings), _credentials(host.settings, host.environ)

    def remembered() -> list[str]:
        with host.database.session() as session:
            return conversations(session, Platform.TEAMS, credentials.tenant_id)

    running = build(
        host.dispatcher,
        credentials,
        playground=teams.playground,
        catalog_app_id="" if teams.playground else teams.catalog_app_id or "",
        names=teams,
        remembered=None if teams.playground else remembered,
        per_second=host.settings.delivery.teams_per_second,
    )
    tab = running.tab if teams.dashboard_tab else None
    tabs = (TeamsTab(host.database, host.settings, tab.sender).add_routes,) if tab else ()
    return Built(
        running.sender, running.close, routes=(running.add_routes, *tabs), begin=running.start, connection=running.connection
    )


def _preview(reply: Card | Form) -> dict[str, Any]:
    from bot.platforms.teams.adaptive import render_card  # noqa: PLC0415 - what only shows a card needs no other platform's renderer
    from bot.platforms.teams.forms import render_form  # noqa: PLC0415

    return render_card(reply) if isinstance(reply, Card) else render_form(reply, inline=True)


async def _live(asked: Questioner) -> Answers:
    from bot.platforms.teams.live import ask  # noqa: PLC0415 - the SDK

    return await ask(asked.settings.platforms, asked.environ)


def _package(release: Release) -> bytes:
    from bot.platforms.teams.extension import ON_MESSAGES, SEARCHES  # noqa: PLC0415 - the SDK
    from bot.platforms.teams.package import manifest, package  # noqa: PLC0415

    app_id = release.settings.platforms.secret(_section(release.settings).app_id_env, release.environ)
    searches = {name: (one.title, one.description) for name, one in SEARCHES.items()}
    whose = {"app_id": app_id, "version": release.version, "about": release.about}
    return package(manifest(release.settings, release.commands, ON_MESSAGES, searches, **whose))


PLATFORM = PlatformPlugin(
    Platform.TEAMS,
    called="Teams",
    build=_build,
    unset=_unset,
    unaddressed=_unaddressed,
    secrets=_secrets,
    preview=_preview,
    live=_live,
    manifest=Manifest(
        _MANIFEST, package=_package, suffix=".zip", done="Upload it in the Teams admin center: Teams apps, Manage apps."
    ),
)
