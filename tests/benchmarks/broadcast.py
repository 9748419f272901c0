"""How fast a broadcast goes out, and what it costs, against bare loops over the same loopback server.

    python -m tests.benchmarks.broadcast [recipients]

The server is a process of its own. Figures depend on the machine: compare those of one run.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
from botbuilder.core import BotFrameworkAdapter, BotFrameworkAdapterSettings, TurnContext
from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, ConversationReference
from botframework.connector.auth import ClaimsIdentity
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import MovableClock, utc_now
from bot.commands import Platform
from bot.delivery.broadcasts import lanes
from bot.domain.updates import expansion
from bot.measures.audience_sizes import reach
from bot.platforms.slack.blocks import render_card
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from bot.platforms.teams.adaptive import render_activity
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.sender import TeamsSender
from bot.platforms.teams.tokens import Tokens
from bot.process import logs
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.process.worker import work, worker_app
from bot.schema import migrate
from bot.settings import load
from tests.benchmarks.company import NOON, Company, card
from tests.places import COMPANY

AT_ONCE = 50


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - what a benchmark is for


@contextmanager
def chat_server(*arguments: str) -> Iterator[str]:
    """Slack and Teams in a process of their own; its address."""
    process = subprocess.Popen([sys.executable, "-m", "tests.delivery.chat_server", *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def figures(url: str) -> dict[str, Any]:
    """What the server has counted."""
    with urllib.request.urlopen(f"{url}figures", timeout=60) as answer:  # noqa: S310 - loopback
        found: dict[str, Any] = json.loads(answer.read())
        return found


def peak() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def timed(number: int, send: Callable[[int], Awaitable[object]], at_once: int = AT_ONCE) -> float:
    """So many messages, so many at once; messages a second."""
    numbers = iter(range(number))

    async def hand() -> None:
        for count in numbers:
            await send(count)

    start = time.perf_counter()
    await asyncio.gather(*(hand() for _ in range(at_once)))
    return number / (time.perf_counter() - start)


async def bare_slack(url: str, number: int) -> float:
    """slack_sdk's AsyncWebClient in a loop, with one shared session."""
    message = render_card(card())
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-fake", base_url=f"{url}api/", session=session)

        async def send(count: int) -> None:
            mark = {"event_type": "outside_in_delivery", "event_payload": {"id": str(count)}}
            await client.chat_postMessage(channel=f"D{count}", metadata=mark, unfurl_links=False, unfurl_media=False, **message)

        return await timed(number, send)


async def bare_teams(url: str, number: int) -> float:
    """Aiohttp in a loop, posting the activity."""
    activity = render_activity(card()) | {"from": {"id": "28:bot"}}
    async with aiohttp.ClientSession() as session:

        async def send(count: int) -> None:
            body = activity | {"conversation": {"id": f"n{count}"}}
            async with session.post(f"{url}teams/v3/conversations/n{count}/activities", json=body) as answer:
                await answer.read()

        return await timed(number, send)


async def stock_teams(url: str, number: int) -> float:
    """Botbuilder's continue_conversation in a loop, as it comes."""
    adapter = BotFrameworkAdapter(BotFrameworkAdapterSettings("", ""))
    activity = render_activity(card())

    async def send(count: int) -> None:
        reference = ConversationReference(
            service_url=f"{url}teams/",
            channel_id="msteams",
            bot=ChannelAccount(id="28:bot"),
            user=ChannelAccount(id=f"29:{count}"),
            conversation=ConversationAccount(id=f"n{count}"),
        )

        async def talk(turn: TurnContext) -> None:
            shown = [Attachment(content_type=one["contentType"], content=one["content"]) for one in activity["attachments"]]
            await turn.send_activity(Activity(type="message", summary=activity["summary"], attachments=shown))

        # Without claims it asks for no token: neither of the three loops pays for one.
        await adapter.continue_conversation(reference, talk, claims_identity=ClaimsIdentity({}, is_authenticated=True))

    return await timed(number, send, 10)


@asynccontextmanager
async def working(company: Company, url: str, per_second: float | None) -> AsyncIterator[None]:
    """A worker with senders to the server."""
    session = Session()
    client = SlackClient("xoxb-fake", f"{url}api/")
    company.application.senders[Platform.SLACK] = SlackSender(client)
    tokens = Tokens(session, app_id="", secret="", certificate=None, url=url)
    company.application.senders[Platform.TEAMS] = TeamsSender(Connector(session, tokens))
    worker_context = replace(
        company.application.worker_context, stopping=threading.Event()
    )  # this worker ends, the next begins anew
    worker_context.pace.everywhere(per_second)
    async with worker_app(company.application.database).open_async() as app:
        worker = asyncio.create_task(work(company.application, app, worker_context))
        yield
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker
    await client.close()
    await session.close()


async def ours(company: Company, url: str, number: int, platform: Platform, per_second: float | None = None) -> float:
    """A broadcast to everybody; messages a second as the server takes them, the making of the rows not counted."""
    company.hire(number, platform, f"{url}teams/")
    async with working(company, url, per_second):
        with company.application.database.session() as session:
            lanes.schedule(session, company.approve(session))
        sent_before = figures(url)["count"]
        while figures(url)["count"] == sent_before:  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.02)
        start = time.perf_counter()
        while figures(url)["count"] - sent_before < number:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.2)
        took = time.perf_counter() - start
        while await asyncio.to_thread(company.left):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.2)
        return number / took


def rows(company: Company, number: int) -> None:
    """Who is meant, and a row for each."""
    company.hire(number, Platform.SLACK, "")
    with company.application.database.session() as session:
        broadcast = company.approve(session)
        start = time.perf_counter()
        found = reach(session, broadcast.audience)
        resolved = time.perf_counter() - start
        made = expansion.expand(session, broadcast, company.application.settings, [Platform.SLACK], NOON)
        broadcast.start(made, company.application.settings, NOON)
        took = time.perf_counter() - start
        session.rollback()
    assert made == found.count == number
    say(f"audience of {number:,}: resolved in {resolved:.2f} s, with all rows made in {took:.2f} s (aim: under 10)")


async def between(bare: Callable[[], Awaitable[float]], broadcast: Callable[[], Awaitable[float]]) -> tuple[float, str]:
    """A broadcast between two turns of a bare loop: its rate, and what it is of their mean. A machine isn't the same every minute."""
    before = await bare()
    rate = await broadcast()
    base = (before + (after := await bare())) / 2
    return rate, f"{rate / base:.0%} of the bare loop ({before:,.0f} a second before it, {after:,.0f} after)"


async def compare(company: Company, number: int) -> None:
    """Each platform against its bare loop."""
    with chat_server() as url:
        some = min(number, 10_000)
        small = await ours(company, url, some, Platform.SLACK)
        at_first = peak()
        rate, told = await between(lambda: bare_slack(url, some), lambda: ours(company, url, number, Platform.SLACK))
        say(f"Slack, a broadcast to {number:,}: {rate:,.0f} a second, {told} over AsyncWebClient (aim: 70%)")
        say(f"  to {some:,}: {small:,.0f} a second; most memory {at_first:.0f} MiB there, {peak():.0f} MiB at {number:,}")
        rate, told = await between(lambda: bare_teams(url, some), lambda: ours(company, url, number, Platform.TEAMS))
        stock = await stock_teams(url, 300)
        say(f"Teams, a broadcast to {number:,}: {rate:,.0f} a second, {told} over aiohttp (aim: 50%),")
        say(
            f"  {rate / stock:.0f} times continue_conversation as it comes, {stock:,.0f} a second (aim: 10); most memory {peak():.0f} MiB"
        )


async def paced(company: Company, platform: Platform, allowed: int, seconds: int) -> None:
    """Against a server that allows so many a second: how near to it, and whether it still refuses after the first minute."""
    with chat_server(str(allowed)) as url:
        await ours(company, url, allowed * seconds, platform, allowed)
        told = figures(url)
    first = min(told["taken"])
    later = [at - first for at in told["taken"] if at - first > 60]
    rate = len(later) / (max(later) - min(later))
    refused = sum(at - first > 60 for at in told["refused"])
    say(f"{platform.value.capitalize()} against {allowed} a second allowed: {rate:.1f} a second, {rate / allowed:.1%} (aim: 97%);")
    say(f"  refused {len(told['refused'])} times in the first minute, {refused} times after it (aim: 0)")


def main() -> None:
    """Everything, printed."""
    logs.to_terminal()  # a line a copy is part of what it costs
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="outside-in-bench-", ignore_cleanup_errors=True) as folder:
        database = open_database(embedded_server(Path(folder)), MovableClock(NOON - utc_now()))
        migrate(database)
        company = Company(build(load(COMPANY), database), 0, 0)
        rows(company, number)
        asyncio.run(compare(company, number))
        asyncio.run(paced(company, Platform.TEAMS, 50, 120))
        asyncio.run(paced(company, Platform.SLACK, 4, 120))  # 240 a minute, a workspace's budget as app.yaml has it
        database.close()


if __name__ == "__main__":
    main()
