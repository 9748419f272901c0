"""The console's addresses: the page, its event stream, and what it posts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from bot.platforms.console import moves
from bot.platforms.console.contract import ConsolePerson, Parts
from bot.platforms.console.guard import HEADERS, guarded
from bot.platforms.console.html import STATIC, render_form, render_message, render_page
from bot.platforms.console.log import Event, Log, Message, Signal
from bot.platforms.console.talk import Outcome, Pressed, Said, Submitted, Talk, sender
from bot.platforms.console.travel import Travel
from bot.web.drawing.svg import STATIC as DRAWING

SHOWN_PEOPLE = 300
"""People listed at once; a company's others are found by typing a name."""

_BEAT = 15.0
"""Seconds between signs of life on a quiet stream, so that a dead connection is noticed."""

_Body = TypeVar("_Body", bound=BaseModel)


class Moved(BaseModel):
    """Where the clock is to go: see `moves.target`."""

    as_: str = Field(alias="as", max_length=320)
    to: str = Field(max_length=40)


class Stopped(BaseModel):
    """That the clock is to go no further than the day it is at."""

    as_: str = Field(alias="as", max_length=320)


class Pages:
    """Handlers of the console's addresses."""

    def __init__(self, parts: Parts, log: Log) -> None:
        self._parts = parts
        self._log = log
        self._talk = Talk(parts, log)
        self._travel = Travel(parts, log)
        self._closing = False

    def add_routes(self, site: web.Application) -> None:
        """Serve the console on a site that listens on the loopback interface."""
        site.router.add_get("/", guarded(self.page))
        site.router.add_get("/events", guarded(self.events))
        site.router.add_post("/say", guarded(self.say))
        site.router.add_post("/press", guarded(self.press))
        site.router.add_post("/submit", guarded(self.submit))
        site.router.add_post("/clock", guarded(self.move_clock))
        site.router.add_post("/clock/stop", guarded(self.stop_clock))
        site.router.add_get("/options", guarded(self.options))
        site.router.add_get("/completions", guarded(self.completions))
        site.router.add_get("/preview", guarded(self.preview))
        site.router.add_static("/static/console/", STATIC)
        site.router.add_static("/static/drawing/", DRAWING)
        site.on_shutdown.append(self._close_with_site)
        site.on_response_prepare.append(_revalidate)

    async def close(self) -> None:
        """End the open streams, so that the server needn't wait for them."""
        self._closing = True
        self._log.close()

    async def _close_with_site(self, _site: web.Application) -> None:
        await self.close()

    async def page(self, request: web.Request) -> web.Response:
        """Show the page; with `as`, as that person, else with the question who one is."""
        people = await self._parts.people()
        email = request.query.get("as", "")
        find = request.query.get("find", "").strip()
        person = _find(people, email)
        found = [one for one in people if find.casefold() in f"{one.name} {one.email} {one.department}".casefold()]
        now = await self._parts.clock.now()
        there = person.zone if person else "UTC"
        zone = self._parts.guide.zone or there
        return _html(
            render_page(
                person=person,
                unknown="" if person else email,
                people=found[:SHOWN_PEOPLE],
                more=max(0, len(found) - SHOWN_PEOPLE),
                find=find,
                unread={who: count for who, count in self._log.unread().items() if person is None or who != person.email},
                completions=await self._parts.completions(person.email) if person else [],
                now=now,
                zone=zone,
                clock=moves.words(now, zone),
                there=there if there != zone else "",
                moving=self._travel.moving,
                starts=[] if person or find else await self._parts.guide.starts(),
                platforms=tuple(self._parts.previews),
                sample=self._parts.sample,
                company=self._parts.company,
            ),
            status=404 if email and person is None else 200,
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream messages as server-sent events, from `Last-Event-ID` on; greets whoever is here for the first time."""
        person = await self._person(request.query.get("as", ""))
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        async with aclosing(self._stream(person, request.headers.get("Last-Event-ID", ""))) as chunks:
            async for chunk in chunks:
                try:
                    await response.write(chunk.encode())
                except ConnectionResetError:  # the page was closed: nobody is left to write to
                    break
        return response

    async def _stream(self, person: ConsolePerson, last_event_id: str) -> AsyncGenerator[str, None]:
        with self._log.watching(person.email) as page:
            if not last_event_id:
                await self._talk.greet(person.email)
            said, backlog = self._log.version, self._log.since(person.email, last_event_id)
            for message in backlog:
                # Only the last event bears an id: cut off before it, the page asks for all of them again, and loses none.
                yield _event("message", _shown(message, person))
            now = await self._parts.clock.now()
            yield _event("ready", {"now": now.isoformat(), "moving": int(self._travel.moving)}, self._log.event_id(said))
            while not self._closing:
                try:
                    event = await asyncio.wait_for(page.get(), _BEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    break
                if isinstance(event, Signal) or event.version > said:
                    yield self._written(event, person)

    def _written(self, event: Event, person: ConsolePerson) -> str:
        if isinstance(event, Signal):
            return _event(event.name, event.data)
        return _event("message", _shown(event, person), self._log.event_id(event.version))

    async def say(self, request: web.Request) -> web.Response:
        """Take what was typed."""
        said = await _body(request, Said)
        person = await self._person(said.as_)
        return _outcome(await self._talk.say(person.email, said), person)

    async def press(self, request: web.Request) -> web.Response:
        """Take a button's press."""
        pressed = await _body(request, Pressed)
        person = await self._person(pressed.as_)
        return _outcome(await self._talk.press(person.email, pressed), person)

    async def submit(self, request: web.Request) -> web.Response:
        """Take a filled form."""
        submitted = await _body(request, Submitted)
        person = await self._person(submitted.as_)
        return _outcome(await self._talk.submit(person.email, submitted), person)

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move the clock, and note in the conversation what happened."""
        moved = await _body(request, Moved)
        person = await self._person(moved.as_)
        try:
            message, happened = await self._travel.go(person, moved.to)
        except ValueError as error:
            return _problem(str(error), 422)
        now = await self._parts.clock.now()
        return web.json_response({"now": now.isoformat(), "happened": happened, "messages": [_shown(message, person)]})

    async def stop_clock(self, request: web.Request) -> web.Response:
        """Have a clock that is being moved stop at the day it has come to."""
        await self._person((await _body(request, Stopped)).as_)
        self._travel.stop()
        return web.json_response({})

    async def options(self, request: web.Request) -> web.Response:
        """Find options for a search field."""
        person = await self._person(request.query.get("as", ""))
        found = await self._parts.dispatcher.options(
            sender(person.email), request.query.get("source", ""), request.query.get("q", "")
        )
        return web.json_response([one.model_dump() for one in found])

    async def completions(self, request: web.Request) -> web.Response:
        """List the commands this person may use."""
        person = await self._person(request.query.get("as", ""))
        found = await self._parts.completions(person.email)
        return web.json_response([{"name": name, "usage": usage, "help": line} for name, usage, line in found])

    async def preview(self, request: web.Request) -> web.Response:
        """Show the exact JSON a message becomes on each platform."""
        person = await self._person(request.query.get("as", ""))
        message = self._log.get(person.email, request.query.get("key", ""))
        if message is None or message.reply is None:
            return _problem("This message is older than what the console remembers.", 404)
        return web.json_response({name: _pretty(render(message.reply)) for name, render in self._parts.previews.items()})

    async def _person(self, email: str) -> ConsolePerson:
        person = _find(await self._parts.people(), email)
        if person is None:
            raise web.HTTPNotFound(
                text=json.dumps({"problem": f"Nobody here has the address {email}."}), content_type="application/json"
            )
        return person


async def _revalidate(request: web.Request, response: web.StreamResponse) -> None:
    """Have browsers ask each time whether a static file has changed: after an upgrade, old and new scripts must not meet."""
    if request.path.startswith("/static/console/"):
        response.headers.update({"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})


def _find(people: list[ConsolePerson], email: str) -> ConsolePerson | None:
    wanted = email.strip().casefold()
    return next((one for one in people if one.email.casefold() == wanted), None)


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status)


def _problem(problem: str, status: int) -> web.Response:
    return web.json_response({"problem": problem}, status=status)


async def _body(request: web.Request, model: type[_Body]) -> _Body:
    """Read a JSON body; 415 for anything else, so that no foreign page's plain form gets in, 400 when it isn't right."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="The console takes JSON.\n")
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        problem = {"problem": "The page sent something the console doesn't understand. Reload it and try again."}
        raise web.HTTPBadRequest(text=json.dumps(problem), content_type="application/json") from error


def _pretty(payload: dict[str, Any]) -> str:
    return json.dumps(payload, indent=2, ensure_ascii=False)


def _shown(message: Message, person: ConsolePerson) -> dict[str, str | int]:
    return {"key": message.key, "version": message.version, "html": render_message(message, person)}


def _outcome(outcome: Outcome, person: ConsolePerson) -> web.Response:
    dialog = outcome.dialog
    form = None
    if dialog is not None and dialog.reply is not None and dialog.reply.kind == "form":
        form = {"key": dialog.key, "html": render_form(dialog.reply, key=dialog.key)}
    return web.json_response({"messages": [_shown(one, person) for one in outcome.messages], "dialog": form})


def _event(name: str, data: dict[str, str | int], event_id: str = "") -> str:
    identity = f"id: {event_id}\n" if event_id else ""
    return f"{identity}event: {name}\ndata: {json.dumps(data)}\n\n"
