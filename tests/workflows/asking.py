"""Ask a workflow as somebody of the company, without the dispatcher between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.commands import Request
from bot.domain.people import people
from tests.conftest import World


@contextmanager
def asking(
    world: World, actor: str, text: str = "", args: Mapping[str, str] | None = None, **answers: str | list[str]
) -> Iterator[Request]:
    """What a handler is given when `actor` asks, with what a button carries and a form was filled in with; nothing of it is kept."""
    application = world.application
    with application.database.session() as session:
        yield Request(
            actor=people.get(session, world.ids[actor]),
            session=session,
            settings=application.settings,
            now=application.database.clock(),
            command="",
            text=text,
            args=args or {},
            answers=answers,
        )
        session.rollback()
