"""Cards and forms as the exact JSON each platform gets."""

from __future__ import annotations

from collections.abc import Mapping

from bot.platforms.discovery import plugins
from bot.platforms.plugin import Preview

PREVIEWS: Mapping[str, Preview] = {one.platform.value: one.preview for one in plugins() if one.preview is not None}
