"""Looking for customers and updates from Teams' message box; what is put into a message is for everybody who reads it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import World as Company
from tests.handlers.test_engagements import log
from tests.platforms.teams.shown import check, texts
from tests.platforms.teams.world import World as Teams
from tests.platforms.teams.world import world as served


def query(command: str, typed: str, **more: Any) -> dict[str, Any]:
    """What the client sends while somebody types."""
    return {
        "commandId": command,
        "parameters": [{"name": "query", "value": typed}],
        "queryOptions": {"skip": 0, "count": 25},
        **more,
    }


async def found(teams: Teams, command: str, typed: str) -> list[dict[str, Any]]:
    """The results."""
    status, body = await teams.invoke("composeExtension/query", query(command, typed))
    assert status == 200
    return list(body["composeExtension"].get("attachments", ()))


async def test_a_customer_is_found_and_shown_without_what_was_heard(world: Company) -> None:
    """Best first; owner, segment and when it was last seen, and no word of theirs; nothing is offered to be added."""
    log(world, "ada", "Globex: SENTINEL they said")
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        results = await found(teams, "customers", "glo")
        assert results[0]["preview"]["content"]["title"] == "Globex"
        for one in results:
            check(one["content"])
        assert "today" in " ".join(texts(results[0]["content"]))
        assert "SENTINEL" not in str(results)
        assert "Add “" not in str(results)
        assert await found(teams, "customers", "")


async def test_an_employee_finds_no_customer(world: Company) -> None:
    """Said in the box; the source itself gives them none."""
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "emil@firm.example", "userRole": "user"}
        status, body = await teams.invoke("composeExtension/query", query("customers", "globex"))
        assert (status, body["composeExtension"]["type"]) == (200, "message")


async def test_a_stranger_finds_nothing(world: Company) -> None:
    """Somebody the company doesn't know."""
    async with served(world.application.dispatcher) as teams:
        for command in ("customers", "updates"):
            assert await found(teams, command, "") == []


async def test_nothing_sent_is_nothing_found(world: Company) -> None:
    """No update has gone out yet."""
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        assert await found(teams, "updates", "") == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        "x",
        {"commandId": 7},
        {"commandId": "nothing"},
        {"commandId": "customers", "parameters": [{"name": "query", "value": 7}]},
    ],
)
async def test_what_is_no_search_is_refused(world: Company, value: Any) -> None:
    """400, never 500."""
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        assert (await teams.invoke("composeExtension/query", value))[0] == 400
