"""What a language model needs in the environment. Apart from the model itself, so that looking imports nothing that calls others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.platforms.variables import lacking, value
from bot.settings import Settings


def unset(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """What is missing or can't be right, a sentence each, where app.yaml names a model; never with a value in it."""
    if (asked := settings.understanding) is None:
        return
    yield from lacking(environ, asked.address_env, "the language model's address, what comes before /chat/completions")
    address = value(environ, asked.address_env)
    if address and not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", address):
        yield f"{asked.address_env} doesn't hold a web address; it would be like https://models.company.example/v1"
    if asked.key_env:
        yield from lacking(environ, asked.key_env, "the language model's key; where it needs none, write key_env: null in app.yaml")


def secrets(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """Its key, which nobody may read anywhere."""
    if settings.understanding and settings.understanding.key_env:
        yield value(environ, settings.understanding.key_env)
