"""What operators ask: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import sqlalchemy as sa
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.database import Database
from bot.platforms.connections import Connection


def add_routes(site: web.Application, database: Database, connections: Sequence[Connection] = ()) -> None:
    """GET /healthz (the process answers), /readyz (the database answers too), /metrics (Prometheus text).

    /readyz names the platforms that are away, and stays ready: the others, and the dashboard, need this process.
    """

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_request: web.Request) -> web.Response:
        try:
            await asyncio.to_thread(_ask, database)
        except sa.exc.SQLAlchemyError as error:
            return web.Response(status=503, text=f"the database does not answer: {error.__class__.__name__}\n")
        away = [f"{one.platform} is not connected: {one.why}\n" for one in connections if not one.up]
        return web.Response(text="".join(["ready\n", *away]))

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    site.router.add_get("/healthz", healthz)
    site.router.add_get("/readyz", readyz)
    site.router.add_get("/metrics", metrics)


def _ask(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
