"""Who may read the API, and what is never in it."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.domain.access import api_tokens
from bot.domain.access.api_tokens import ApiToken
from bot.domain.errors import NotFound, Refusal
from bot.web.api.endpoints import ENDPOINTS
from tests.conftest import World
from tests.handlers.test_engagements import log
from tests.web.api.conftest import Reader

NAMES = [one.name for one in ENDPOINTS]


@pytest.mark.parametrize("name", NAMES)
async def test_without_a_good_token_nothing_is_said(reader: Reader, name: str) -> None:
    """None, a wrong one, one that is over, one that was revoked: the same answer, which tells how to get one."""
    over, revoked = reader.make("old", 1), reader.make("gone")
    with reader.world.database.session() as session:
        api_tokens.revoke(session, "gone", reader.world.clock())
    reader.world.clock.forward(days=1)
    said = [await reader.get(name, token) for token in ("", "x", "oi_wrong", over, revoked)]
    assert {status for status, _ in said} == {401}
    assert len({str(body) for _, body in said}) == 1
    assert "outside-in token create" in said[0][1]["detail"]


@pytest.mark.parametrize("name", NAMES)
async def test_a_token_opens_every_endpoint_without_notes(reader: Reader, name: str) -> None:
    """What people typed is in none of them, unless the token is for notes."""
    log(reader.world, "ada", "Globex: SENTINEL they said")
    status, body = await reader.get(name)
    assert status == 200
    assert "SENTINEL" not in str(body)


async def test_a_token_for_notes_reads_them(reader: Reader) -> None:
    """The same row, with its words."""
    log(reader.world, "ada", "Globex: SENTINEL they said")
    _, body = await reader.get("engagements", reader.make("notes", notes=True))
    assert "SENTINEL they said" in body["rows"][0]["heard"]


async def test_its_use_is_noted(reader: Reader) -> None:
    """To the minute, so that an unused one can be taken away."""
    await reader.get("people")
    with reader.world.database.session() as session:
        assert session.exec(select(ApiToken)).one().used_at == reader.world.clock()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
async def test_nothing_can_be_changed(reader: Reader, method: str) -> None:
    """405, with the one method there is."""
    answer = await reader.client.request(method, "/api/v1/people", headers={"Authorization": f"Bearer {reader.token}"})
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET"


async def test_an_address_that_is_not_there_says_so(reader: Reader) -> None:
    """With where to look."""
    status, body = await reader.get("secrets")
    assert (status, body["detail"]) == (404, "See /api/ for what there is.")


async def test_the_page_and_its_description_are_open_and_have_no_script(reader: Reader) -> None:
    """They say what there is to ask, nothing of the company's figures."""
    page = await reader.client.get("/api/")
    text = await page.text()
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert all(f"/api/v1/{name}" in text for name in NAMES)
    assert "<script" not in text
    assert " style=" not in text
    described = await (await reader.client.get("/api/openapi.json")).json()
    assert set(described["paths"]) == {f"/api/v1/{name}" for name in NAMES}


@pytest.mark.parametrize(("name", "days"), [("", 1), ("x" * 81, 1), ("a", 0), ("a", 4000)])
def test_a_token_that_cannot_be_is_refused(world: World, name: str, days: int) -> None:
    """With a sentence."""
    with world.database.session() as session, pytest.raises(Refusal):
        api_tokens.make(session, name, days, world.clock())


def test_a_name_is_given_once(world: World) -> None:
    """So that revoking one is sure to mean that one; an unknown one is said."""
    with world.database.session() as session:
        token, secret = api_tokens.make(session, "BI", 30, world.clock())
        assert secret not in token.model_dump_json()
        with pytest.raises(Refusal):
            api_tokens.make(session, " BI ", 30, world.clock())
        with pytest.raises(NotFound):
            api_tokens.revoke(session, "other", world.clock())
