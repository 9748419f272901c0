"""Log a visit in Toyland, and get a prompt there: run in a copy of the tree that the toy was added to."""

import asyncio
import importlib
import json
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

import bot
from bot.app import _add_platforms
from bot.delivery.notifying import notify
from bot.domain.engagements import prompts
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.measures.reasons import why_ask
from bot.platforms.discovery import missing
from bot.platforms.previews import PREVIEWS
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.process.worker import run_due_jobs, worker_app
from bot.schema import migrate
from bot.settings import load
from bot.web.server import web_application
from tests.conftest import TestClock, World, populate

TOY = Platform("toy")
LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks"


async def live(world: World, told: dict[str, object]) -> None:
    """What is done there, told."""
    application, site = world.application, web_application()
    async with AsyncExitStack() as stack:
        worker = worker_app(application.database)
        await stack.enter_async_context(worker.open_async())
        await _add_platforms(application, {"TOY_TOKEN": "t"}, site, worker, stack)
        told["senders"] = [platform.value for platform in application.senders]
        told["pace"] = application.worker_context.pace.of(TOY, "toyland").per_second
        client = await stack.enter_async_context(TestClient(TestServer(site)))
        form = await (await client.post("/toy", json={"as": "ada", "text": LINE})).json()
        shown = form["toy"]
        saved = {"as": "ada", "command": shown["command"], "args": shown["args"], "form": form["answers"] | {"stage": "onboard"}}
        told["saved"] = (await (await client.post("/toy", json=saved)).json())["toy"]["title"]
        told["listed"] = (
            "onboarding takes six weeks" in await (await client.post("/toy", json={"as": "ada", "text": "/engagements"})).text()
        )
        told["stranger"] = (await (await client.post("/toy", json={"as": "nobody", "text": "/help"})).json())["toy"]["title"]
        with application.database.session() as session:
            ada = people.get(session, world.ids["ada"])
            prompt = prompts.ask(session, ada, application.settings, world.clock(), why_ask)
            assert prompt is not None
            notify(session, ada, Subject.PROMPT, prompt.key, application.settings, world.clock())
        await run_due_jobs(application, worker, application.worker_context)
    told["letters"] = importlib.import_module("bot.platforms.toy.plugin").LETTERS


def main() -> None:
    """Ready the company, live, and print as JSON what was seen."""
    settings = load(Path("toy.yaml"))
    told: dict[str, object] = {
        "where": str(bot.__path__[0]),
        "missing": missing(settings, {}),
        "none missing": missing(settings, {"TOY_TOKEN": "t"}),
    }
    told["previews"] = sorted(PREVIEWS)
    told["names"] = [TOY.label, TOY.real, settings.platforms.has_accounts, settings.platforms.console_on]
    clock = TestClock()
    database = open_database(os.environ["TOY_DATABASE"], clock)
    migrate(database)
    world = World(build(settings, database), clock)
    populate(world)
    asyncio.run(live(world, told))
    database.close()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
