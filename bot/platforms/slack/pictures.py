"""Charts as pictures: a message goes out with its charts in words at once, and the pictures take their place when Slack has them.

So nothing waits for a picture, and where one can't be had the words stay. Only a message that lasts is changed so: an ephemeral one
can't be, and keeps its words.
https://docs.slack.dev/messaging/working-with-files, https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
"""

from __future__ import annotations

import asyncio

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.cards import Card, Chart
from bot.platforms.slack.blocks import render_card
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.failures import error_code
from bot.web.drawing.png import png

_log = structlog.get_logger(__name__)

# Slack takes a file in at once and looks through it afterwards; until then a block that names it is refused. Its `mimetype` says when.
_LOOKS = 8
_PAUSE = 0.25
"""Seconds before the first look; each next pause is half as long again, so that all last about 12."""


def has_charts(card: Card) -> bool:
    """Whether there is anything to draw."""
    return any(isinstance(block, Chart) for block in card.blocks)


class Gallery:
    """Charts' pictures, over one client."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    async def attach(self, card: Card, channel: str, ts: str) -> None:
        """Put pictures in the place of the charts of a message that shows `card`. Where that fails it stays as it is; the log says why."""
        if not has_charts(card):
            return
        try:
            charts = [block for block in card.blocks if isinstance(block, Chart)]
            found = await asyncio.gather(*(self._kept(chart) for chart in charts))
            pictures = {chart: name for chart, name in zip(charts, found, strict=True) if name}
            if pictures:
                await self._client.chat_update(channel=channel, ts=ts, **render_card(card, pictures))
        except SlackApiError as error:
            _log.warning("charts stay in words", message=ts, reason=error_code(error))
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.warning("charts stay in words", message=ts, reason=f"{type(error).__name__}: {error}")

    async def _kept(self, chart: Chart) -> str:
        """The file a chart's picture is in; "" when it can't be drawn or isn't ready in time."""
        drawn = await asyncio.to_thread(png, chart)
        if drawn is None:
            _log.info("charts stay in words", chart=chart.title, reason="no font here can draw it")
            return ""
        name = await self._uploaded(chart, drawn)
        return name if await self._ready(name) else ""

    async def _uploaded(self, chart: Chart, drawn: bytes) -> str:
        """Put a file in Slack that nobody but the bot has, until a message shows it."""
        place = await self._client.files_getUploadURLExternal(filename="chart.png", length=len(drawn), alt_txt=chart.alt)
        async with self._client.open().post(place["upload_url"], data=drawn, headers={"Content-Type": "image/png"}) as answer:
            answer.raise_for_status()
        name = str(place["file_id"])
        await self._client.files_completeUploadExternal(files=[{"id": name, "title": chart.title}])
        return name

    async def _ready(self, name: str) -> bool:
        pause = _PAUSE
        for _ in range(_LOOKS):
            await asyncio.sleep(pause)
            pause *= 1.5
            answer = await self._client.files_info(file=name)
            if answer["file"].get("mimetype"):
                return True
        _log.warning("charts stay in words", file=name, reason="the file wasn't ready in time")
        return False
