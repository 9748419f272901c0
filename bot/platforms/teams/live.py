"""Ask Microsoft itself whether it gives the bot its tokens. Changes nothing and sends nobody anything."""

from __future__ import annotations

from collections.abc import Mapping

import jwt

from bot.delivery.senders import Refused, RetryLater
from bot.platforms.teams.clouds import CLOUDS
from bot.platforms.teams.connector import Session
from bot.platforms.teams.identity import ManagedIdentity
from bot.platforms.teams.package import GRAPH_PERMISSIONS
from bot.platforms.teams.refusals import explained, unreached
from bot.platforms.teams.tokens import Certificate, Tokens
from bot.settings import Platforms, TeamsSettings


async def ask(platforms: Platforms, environ: Mapping[str, str], token_url: str = "") -> tuple[list[str], list[str]]:
    """Say what was found out and what is wrong, a line each; each wrong thing with what to do next. No secret is repeated.

    Asks for the bot's token and, with platforms.teams.catalog_app_id, for Microsoft Graph's. `token_url` replaces the tenant's own, for
    a test's. The variables must be set (`bot.platforms.discovery.missing`): SettingsError else.
    """
    names = platforms.teams or TeamsSettings()
    if names.playground:
        return ["Teams: the Playground is on, which asks for no token: there is nothing to ask Microsoft."], []
    session = Session()
    try:
        cloud = CLOUDS[names.cloud]
        bot = _tokens(session, platforms, names, environ, token_url, cloud.scope)
        graph = _tokens(session, platforms, names, environ, token_url, cloud.graph_scope)
        found, wrong = await _bot(bot, names)
        if names.catalog_app_id and not wrong:
            more, lacking = await _graph(graph, names)
            found, wrong = found + more, wrong + lacking
    except (OSError, ValueError) as error:
        return [], [
            f"Teams: the certificate that {names.certificate_env} names can't be read: {error}. It must be PEM, with its key."
        ]
    finally:
        await session.close()
    return found, wrong


def _tokens(
    session: Session, platforms: Platforms, names: TeamsSettings, environ: Mapping[str, str], token_url: str, scope: str
) -> Tokens:
    path = platforms.secret(names.certificate_env, environ) if names.certificate_env else ""
    app_id = platforms.secret(names.app_id_env, environ)
    return Tokens(
        session,
        app_id=app_id,
        secret="" if path or names.managed_identity else platforms.secret(names.app_password_env, environ),
        identity=ManagedIdentity(app_id) if names.managed_identity else None,
        certificate=Certificate.read(path) if path else None,
        url=token_url or CLOUDS[names.cloud].token_url(platforms.secret(names.tenant_id_env, environ)),
        scope=scope,
    )


async def _bot(tokens: Tokens, names: TeamsSettings) -> tuple[list[str], list[str]]:
    try:
        await tokens.get()
    except Refused as error:
        return [], [explained(str(error), names)]
    except RetryLater as error:
        return [], [unreached(error, names)]
    place = "the messaging endpoint of the Azure Bot is web.base_url with /api/messages, and its Teams channel is on"
    return [f"Teams: Entra gives the bot its token. Whether {place} shows with the first message."], []


async def _graph(tokens: Tokens, names: TeamsSettings) -> tuple[list[str], list[str]]:
    """Whether Graph's token carries the permissions that installing itself takes."""
    try:
        given = permissions(await tokens.get())
    except Refused as error:
        return [], [explained(str(error), names)]
    except RetryLater as error:
        return [], [unreached(error, names)]
    if given is None:
        return ["Teams: Graph's token doesn't show its permissions; whether the bot may install itself shows when it does."], []
    grant = "Add it (Entra, App registrations, API permissions, Microsoft Graph, Application permissions) and grant admin consent."
    lacking = [
        f"Teams: the permission {name} is missing. {why} {grant}" for name, why in GRAPH_PERMISSIONS.items() if name not in given
    ]
    return ([] if lacking else ["Teams: the bot may install itself for people who never met it."]), lacking


def permissions(token: str) -> frozenset[str] | None:
    """Give the application permissions in one of Graph's tokens; None when it can't be read, for nobody promises that it can.

    https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference (`roles`)
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    return frozenset(str(role) for role in claims.get("roles") or ())
