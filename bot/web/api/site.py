"""The API's addresses: read only, by token, with errors that say what to do next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from pydantic import ValidationError

from bot.database import Database
from bot.domain.access import api_tokens
from bot.domain.errors import NotFound, Refusal
from bot.domain.rights import Action, token_may
from bot.settings import Settings
from bot.web.api.asking import Asking
from bot.web.api.contract import Problem
from bot.web.api.description import description, parameters
from bot.web.api.endpoints import ENDPOINTS, Endpoint
from bot.web.templating import environment

STATIC = Path(__file__).parent / "static"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

_NOTED_EVERY = timedelta(minutes=1)
"""How precisely it is known when a token was last used."""

_templates = environment(Path(__file__).parent)


class Api:
    """Handlers of the API's addresses."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def add_routes(self, site: web.Application) -> None:
        """Serve it under /api/ on a site."""
        for endpoint in ENDPOINTS:
            site.router.add_get(f"/api/v1/{endpoint.name}", self._served(endpoint), allow_head=False)
            site.router.add_route("*", f"/api/v1/{endpoint.name}", _only_get)
        site.router.add_get("/api/openapi.json", self._openapi)
        site.router.add_get("/api/", self._page)
        site.router.add_static("/api/static/", STATIC)
        site.router.add_route("*", "/api/{rest:.*}", _nothing_here)

    async def _openapi(self, _request: web.Request) -> web.Response:
        return web.json_response(description(self._settings.web.address), headers=HEADERS)

    async def _page(self, _request: web.Request) -> web.Response:
        endpoints = [(one, parameters(one)) for one in ENDPOINTS]
        text = _templates.get_template("api.html").render(
            endpoints=endpoints, address=self._settings.web.address, company=self._settings.company.name
        )
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    def _served(self, endpoint: Endpoint) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            kind, _, secret = request.headers.get("Authorization", "").partition(" ")
            token = secret.strip() if kind.lower() == "bearer" else ""
            return await asyncio.to_thread(self._answer, endpoint, token, dict(request.query))

        return serve

    def _answer(self, endpoint: Endpoint, secret: str, query: dict[str, str]) -> web.Response:
        with self._database.session() as session:
            now = self._database.clock()
            token = api_tokens.find(session, secret, now) if secret else None
            if token is None:
                return problem(
                    401, "No good token", "Send “Authorization: Bearer” and a token; `outside-in token create NAME` makes one."
                )
            if token.used_at is None or now - token.used_at >= _NOTED_EVERY:
                token.used_at = now
            if not token_may(token, endpoint.action):
                return problem(403, "This token doesn't open it", "`outside-in token create NAME` makes one that does.")
            try:
                asked = endpoint.asks.model_validate(query)
                answer = endpoint.run(Asking(session, self._settings, now, token_may(token, Action.READ_API_NOTES)), asked)
            except ValidationError as error:
                return problem(400, "A parameter is wrong", _mistakes(error))
            except NotFound as refusal:
                return problem(404, str(refusal), refusal.advice)
            except Refusal as refusal:
                return problem(400, str(refusal), refusal.advice)
            return web.Response(text=answer.model_dump_json(), content_type="application/json", headers=HEADERS)


def _mistakes(error: ValidationError) -> str:
    """Each wrong parameter with what is wrong with it."""
    return "; ".join(f"{'.'.join(str(part) for part in one['loc']) or 'the address'}: {one['msg']}" for one in error.errors()) + "."


def problem(status: int, title: str, detail: str) -> web.Response:
    """An error as application/problem+json."""
    headers = HEADERS | ({"WWW-Authenticate": 'Bearer realm="Outside In"'} if status == 401 else {})
    text = Problem(title=title, status=status, detail=detail).model_dump_json()
    return web.Response(text=text, status=status, content_type="application/problem+json", headers=headers)


async def _only_get(_request: web.Request) -> web.Response:
    answer = problem(405, "It is read only", "Use GET.")
    answer.headers["Allow"] = "GET"
    return answer


async def _nothing_here(_request: web.Request) -> web.Response:
    return problem(404, "There is nothing here", "See /api/ for what there is.")
