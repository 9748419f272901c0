"""No secret that is handed to somebody lies anywhere in the database, whatever is asked, twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sa

from bot.cards import Card, Link, Reply
from bot.commands import Action, Inbound
from bot.domain.access import api_tokens
from bot.domain.records import secrets, slack_installations
from tests.conftest import Life, World, words

MARK = "planted-secret-"


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every secret bears a mark by which it is found again."""
    number = count()
    monkeypatch.setattr(secrets, "fresh", lambda: f"{MARK}{next(number):030}")
    yield
    assert next(number) > 0, "no secret was made"


def everything(world: World) -> str:
    """All rows of all tables, of the application's and of the queue's."""
    with world.database.engine.connect() as connection:
        tables = connection.execute(
            sa.text(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            )
        ).scalars()
        return "\n".join(
            row
            for table in tables
            for row in connection.execute(sa.text(f"SELECT row_to_json(t)::text FROM {table} t")).scalars()  # noqa: S608 - our own tables
        )


def link(reply: Reply) -> str:
    """The address a card leads to."""
    assert isinstance(reply, Card)
    return next(block.url for block in reply.blocks if isinstance(block, Link))


@pytest.mark.usefixtures("planted")
async def test_no_command_leaves_a_secret_behind(life: Life) -> None:
    """Every command, typed and pressed, each event twice, and the jobs that follow."""
    world, found = life.world, 0
    for name in world.application.dispatcher.commands:
        for who in ("ada", "cleo"):
            for _ in range(2):
                found += MARK in words(world.say(f"/{name}", who, event_id=f"typed:{name}:{who}"))
                pressed = Inbound(world.sender(who), name, event_id=f"pressed:{name}:{who}")
                found += MARK in words(world.application.dispatcher.handle(pressed))
    await life.settle()
    assert found, "no command handed out a secret: this test looks for nothing"
    assert MARK not in everything(world)


@pytest.mark.usefixtures("planted")
def test_keys_and_install_links_are_kept_as_hashes_only(world: World) -> None:
    """What the command line prints once is nowhere in clear."""
    with world.database.session() as session:
        _, token = api_tokens.make(session, "Power BI", 1, world.clock())
        install = slack_installations.link(session, world.clock())
        assert all(MARK in one for one in (token, install))
    assert MARK not in everything(world)


def test_a_link_asked_for_twice_is_told_and_not_shown_again(world: World) -> None:
    """The second of a doubled event is told how to get another; the first link still works."""
    first = world.say("/dashboard", "ada", event_id="e1")
    assert "/dashboard/enter?key=" in link(first)
    again = world.say("/dashboard", "ada", event_id="e1")
    assert isinstance(again, Card)
    assert again.title == "This was answered already"
    assert "Type /dashboard for a new link." in words(again)


def test_a_card_that_does_not_say_it_holds_a_secret_is_not_stored_either(world: World) -> None:
    """Whoever writes a command and forgets `once` leaves nothing behind: secrets made in the transaction are looked for."""
    from bot.commands import Command, Request  # noqa: PLC0415
    from bot.domain.access import sign_ins  # noqa: PLC0415

    def forgetful(request: Request) -> Card:
        secret = sign_ins.link_for(request.session, request.actor, request.now)
        return Card(title="Here", blocks=(Link(label="Open", url=f"https://a.example/{secret}"),))

    commands = {
        **world.application.dispatcher.commands,
        "forgetful": Command("forgetful", "x", forgetful, action=Action.OPEN_DASHBOARD),
    }
    world.application.dispatcher.commands = commands
    secret = link(world.say("/forgetful", "ada", event_id="e1")).rpartition("/")[2]
    assert secret not in everything(world)
    assert "It is shown once." in words(world.say("/forgetful", "ada", event_id="e1"))
