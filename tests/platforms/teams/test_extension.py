"""A promise made of a message in Teams: its words and link are kept, and it knows when the message is edited."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.promises.commitments import Commitment
from tests.conftest import World as Company
from tests.platforms.teams.shown import check, texts
from tests.platforms.teams.test_forms import submitted
from tests.platforms.teams.world import CHANNEL
from tests.platforms.teams.world import world as served

WORDS = "<div><at>Emil Novak</at> to call Globex by next Friday &amp; ask <!channel><script>alert(1)</script></div>"
LINK = "https://teams.example/l/message/1"


def payload(**more: Any) -> dict[str, Any]:
    """A message as the client hands it over."""
    message = {"id": "1700", "linkToMessage": LINK, "body": {"contentType": "html", "content": WORDS}, "from": None, "new": [1]}
    return {"commandId": "commit", "commandContext": "message", "messagePayload": message | more}


async def test_from_a_message_to_a_promise(world: Company) -> None:
    """The dialog comes filled in; saved twice, there is one promise, which keeps words and link; nothing is said in the channel."""
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        status, body = await teams.invoke("composeExtension/fetchTask", payload(), shared=True)
        assert status == 200
        form = body["task"]["value"]["card"]["content"]
        check(form)
        data = submitted(form)
        before = len(teams.teams.sent())
        answers = [
            await teams.invoke("composeExtension/submitAction", {"commandId": "commit", "data": data}, shared=True) for _ in "ab"
        ]
        assert answers[0] == answers[1]
        confirmed = answers[0][1]["task"]["value"]["card"]["content"]
        check(confirmed)
        assert any("Emil Novak" in text for text in texts(confirmed))
        assert len(teams.teams.sent(CHANNEL)) == 0
        assert len(teams.teams.sent()) == before
        await teams.post(teams.activity("messageUpdate", shared=True, id="1700", channelData={"eventType": "editMessage"}))
    with world.database.session() as session:
        (made,) = session.scalars(sa.select(Commitment)).all()
        assert (made.owner.name, made.source_link) == ("Emil Novak", LINK)
        assert made.source_text == "@Emil Novak to call Globex by next Friday & ask"
        assert made.source_ref == f"teams:{CHANNEL.partition(';')[0]}:1700"
        assert made.source_edited_at is not None


async def test_mistakes_stay_in_the_dialog(world: Company) -> None:
    """What was filled in comes back with what is wrong."""
    async with served(world.application.dispatcher) as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        _, body = await teams.invoke("composeExtension/fetchTask", payload(body={"contentType": "text", "content": ""}))
        data = submitted(body["task"]["value"]["card"]["content"])
        _, body = await teams.invoke("composeExtension/submitAction", {"commandId": "commit", "data": data})
        assert [text for text in texts(body["task"]["value"]["card"]["content"]) if "⚠️" in text]
    with world.database.session() as session:
        assert session.scalars(sa.select(Commitment)).all() == []


async def test_a_stranger_is_told_whom_to_ask(world: Company) -> None:
    """Somebody the company doesn't know."""
    async with served(world.application.dispatcher) as teams:
        _, body = await teams.invoke("composeExtension/fetchTask", payload())
        assert "cx@firm.example" in " ".join(texts(body["task"]["value"]["card"]["content"]))


@pytest.mark.parametrize(
    ("more", "text", "kept"),
    [
        ({"deletedDateTime": "2026-11-25"}, "", {"source_link": LINK, "source_ref": "teams:a:personal:1700"}),
        ({"body": None, "linkToMessage": "http://x"}, "", {"source_ref": "teams:a:personal:1700"}),
        ({"id": 1700, "body": {"content": "x" * 5000}, "linkToMessage": 7}, "x", {"source_ref": "teams:a:personal:1700"}),
        ({"id": None, "body": {"content": "call"}, "linkToMessage": ""}, "call", {"source_text": "call"}),
    ],
)
async def test_odd_messages(more: dict[str, Any], text: str, kept: dict[str, str]) -> None:
    """Deleted, empty, overlong, without an id: what there is goes along, within what a form carries."""
    async with served() as teams:
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        status, _ = await teams.invoke("composeExtension/fetchTask", payload(**more))
        assert status == 200
        (asked,) = teams.dispatcher.seen
        assert asked.text[:4] == text[:4] or asked.text.startswith(text)
        assert len(asked.text) <= 2000
        assert len(asked.args.get("source_text", "")) <= 1500
        assert kept.items() <= dict(asked.args).items()


@pytest.mark.parametrize(
    "value", [None, "x", {}, {"commandId": "help", "messagePayload": {}}, {"commandId": "commit"}, {"commandId": ["commit"]}]
)
@pytest.mark.parametrize("name", ["composeExtension/fetchTask", "composeExtension/submitAction"])
async def test_what_is_not_ours_is_refused(name: str, value: Any) -> None:
    """Never a fault of the server's."""
    async with served() as teams:
        status, body = await teams.invoke(name, value)
        assert (status, body["error"]["code"]) == (400, "BadRequest")
