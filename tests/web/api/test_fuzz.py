"""The API against its own description, by schemathesis: whatever is asked, what is answered is what was described, and never a 500."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bot.domain.access import api_tokens
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.settings import Settings
from bot.web.api import Api
from bot.web.api.description import description
from tests.conftest import _EMPTY, TestClock, World, populate
from tests.handlers.test_engagements import log


@pytest.fixture(scope="module")
def served(migrated: str, settings: Settings) -> Iterator[tuple[str, str]]:
    """The address of a running API with something in it, and a token."""
    clock = TestClock(datetime(2026, 11, 25, 9, 30, tzinfo=UTC))
    database = open_database(migrated, clock)
    with database.engine.begin() as connection:
        connection.execute(_EMPTY)
    world = World(build(settings, database), clock)
    populate(world)
    log(world, "ada", "Globex: they wait")
    with database.session() as session:
        _, token = api_tokens.make(session, "fuzz", 1, clock(), notes=True)
    loop, ready, address = asyncio.new_event_loop(), threading.Event(), list[str]()

    async def serve() -> web.AppRunner:
        site = web.Application()
        Api(database, settings).add_routes(site)
        runner = web.AppRunner(site)
        await runner.setup()
        listening = web.TCPSite(runner, "127.0.0.1", 0)
        await listening.start()
        host, port = runner.addresses[0][:2]
        address.append(f"http://{host}:{port}")
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    yield address[0], token
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    database.close()


# Without its security: a token goes along with every request here, and what happens without one is in test_access.
schema = schemathesis.openapi.from_dict(
    {name: part for name, part in description("http://127.0.0.1").items() if name != "security"}
)


TIED = ("figures", "trend", "coverage")
"""Where parameters depend on each other (both days or neither, the earlier first), which OpenAPI can't say: right ones may be refused."""


@schema.parametrize()
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_answers_as_described(case: schemathesis.Case[Any], served: tuple[str, str]) -> None:
    """Right parameters, wrong ones, none, odd methods: every check that schemathesis has."""
    left_out: list[Any] = [positive_data_acceptance] if case.path.rpartition("/")[2] in TIED else []
    case.call_and_validate(base_url=served[0], headers={"Authorization": f"Bearer {served[1]}"}, excluded_checks=left_out)
