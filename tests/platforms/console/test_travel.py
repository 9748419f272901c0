"""Moving the clock a day at a time."""

from __future__ import annotations

import asyncio
import re

from tests.platforms.console.conftest import Console
from tests.platforms.console.fake_bot import MARA


async def test_a_week_ends_in_one_line_that_leads_to_those_who_were_asked(console: Console) -> None:
    """Their first names are links, the rest is folded; every open page saw each day pass."""
    async with console.stream() as stream:
        await stream.until_ready()
        moved = await console.outcome("/clock", to="week")
        html = moved["messages"][0]["html"]
        assert re.sub(r"<[^>]+>", "", html.partition("<details>")[0]).strip() == "Mara and עומר were asked"
        assert f"/?as={MARA.email.replace('@', '%40')}" in html
        assert html.count("<details>") == 1
        seen = [(await stream.next())[1] for _ in range(8)]
    days = [*(f"2026-11-{day}" for day in range(25, 31)), "2026-12-01", "2026-12-02"]
    assert [one["now"][:10] for one in seen] == days, "midnights of Copenhagen, in UTC"
    assert ["to" in one for one in seen] == [True] * 7 + [False]


async def test_the_clock_can_be_stopped(console: Console) -> None:
    """It stops at the day it has come to, says so, and can be moved again; two who move it don't get in each other's way."""
    console.clock.until = asyncio.Event()
    moving = asyncio.create_task(console.outcome("/clock", to="week"))
    await console.clock.on_its_way.wait()
    refused = await console.post("/clock", to="week")
    assert refused.status == 422
    assert "already" in (await refused.json())["problem"]
    assert (await console.post("/clock/stop")).status == 200
    console.clock.until.set()
    note = (await moving)["messages"][0]["html"]
    assert "Stopped: it is now Thu 26 Nov 00:00." in note
    assert len(console.clock.moves) == 1
