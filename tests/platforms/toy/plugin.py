"""Toyland: people send JSON and get JSON. It can't take a message back, nor say what arrived."""

# ruff: noqa: ARG002 - a sender that can do little uses little of what it is given
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiohttp import web

from bot.cards import Card, Form
from bot.commands import Inbound, Sender, read_command
from bot.delivery.senders import Capabilities, Destination, Sent, Uncertain, Unreachable
from bot.domain.access.accounts import Vouch
from bot.domain.people.people import Platform
from bot.platforms.plugin import Built, Environ, Host, PlatformPlugin
from bot.platforms.variables import lacking
from bot.settings import Settings

TOY = Platform("toy")
LETTERS: list[tuple[str, str]] = []


class ToySender:
    """A `bot.delivery.senders.PlatformSender`."""

    platform = TOY
    capabilities = Capabilities(can_look_up=False, can_recall=False, rates={"send": 50})

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """A letter more."""
        LETTERS.append((to.conversation, card.title))
        return Sent(f"toy{delivery_id}", to.conversation, to.user_id)

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """It can't be said."""
        raise Uncertain("letters can't be searched")

    async def update(self, sent: Sent, card: Card) -> None:
        """Never."""
        raise Unreachable("refused", "letters can't be changed")

    async def delete(self, sent: Sent) -> None:
        """Never."""
        raise Unreachable("refused", "letters can't be taken back")

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:
        """Never."""
        raise Unreachable("conversation_gone", "there are no channels")

    async def members(self, channel: str) -> list[str]:
        """Nobody."""
        return []


def _preview(reply: Card | Form) -> dict[str, Any]:
    return {"toy": reply.model_dump(mode="json")}


def _unset(settings: Settings, environ: Environ) -> Iterator[str]:
    section = settings.platforms.on["toy"].model_dump()
    yield from lacking(environ, section["token_env"], "the toy's own token")


async def _build(host: Host) -> Built:
    async def receive(request: web.Request) -> web.Response:
        said = await request.json()
        name = said["as"]
        sender = Sender(TOY, name, "toyland", f"{name}@firm.example", f"box of {name}", Vouch.OURS)
        if "form" in said:
            inbound = Inbound(sender, said["command"], args=said["args"], form=said["form"])
        else:
            inbound = Inbound(sender, *read_command(said["text"], host.dispatcher.commands))
        reply = await host.dispatcher(inbound)
        answers = reply.answers if isinstance(reply, Form) else {}
        return web.json_response({**_preview(reply), "answers": answers})

    def add_routes(site: web.Application) -> None:
        site.router.add_post("/toy", receive)

    async def close() -> None:
        LETTERS.append(("", "closed"))

    return Built(ToySender(), close, routes=(add_routes,))


PLATFORM = PlatformPlugin(TOY, called="Toyland", build=_build, unset=_unset, preview=_preview)
