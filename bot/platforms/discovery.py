"""The platforms there are: each folder beside this file with a `PLATFORM` in its `plugin` module."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from bot import platforms
from bot.platforms import language_model_variables
from bot.platforms.plugin import PlatformPlugin
from bot.platforms.variables import password, value
from bot.settings import Settings


@cache
def plugins() -> tuple[PlatformPlugin, ...]:
    """Every platform, by its folder's name. TypeError when a folder offers none."""
    found = [_offered(f"{info.name}.plugin") for info in pkgutil.iter_modules(platforms.__path__, "bot.platforms.") if info.ispkg]
    if len({one.platform for one in found}) < len(found):
        msg = f"a platform is there twice: {', '.join(one.platform.value for one in found)}"
        raise ValueError(msg)
    return tuple(found)


def _offered(module: str) -> PlatformPlugin:
    offered = getattr(importlib.import_module(module), "PLATFORM", None)
    if not isinstance(offered, PlatformPlugin):
        msg = f"{module} has no PLATFORM"
        raise TypeError(msg)
    return offered


def switched_on(settings: Settings) -> tuple[PlatformPlugin, ...]:
    """Those that app.yaml switches on."""
    on = settings.platforms.on
    return tuple(one for one in plugins() if one.platform.value in on)


def missing(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Say, one sentence a thing, what is missing or can't be right in the environment or beside it; empty when all is there.

    Never repeats a value: it may be a secret.
    """
    addresses = [line for one in switched_on(settings) for line in one.unaddressed(settings, environ)]
    return [*unset(settings, environ), *addresses]


def unset(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """The same of the environment alone: without it nothing starts."""
    theirs = [line for one in switched_on(settings) for line in one.unset(settings, environ)]
    return [*theirs, *language_model_variables.unset(settings, environ)]


def secrets(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """The values in the environment that nobody may read anywhere: those app.yaml names, and the database's password."""
    theirs = [secret for one in plugins() for secret in one.secrets(settings, environ)]
    theirs += language_model_variables.secrets(settings, environ)
    return [one for one in (*theirs, *password(value(environ, "DATABASE_URL"))) if one]
