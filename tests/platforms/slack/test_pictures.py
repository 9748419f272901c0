"""Charts on Slack: in words at once, and as a picture as soon as Slack has it; never without either."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from structlog.typing import EventDict

from bot.cards import Card, Chart, Series, Text
from bot.delivery.senders import Destination, Sent
from bot.domain.people.people import Platform
from bot.platforms.slack import pictures
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.origin import Origin
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.sender import SlackSender
from bot.web.drawing import png as drawing
from tests.platforms.slack.fake_slack import BOT_TOKEN, Failure, FakeSlack, eventually
from tests.platforms.slack.world import World
from tests.platforms.slack.world import world as served

Json = dict[str, Any]
CHART = Chart(
    title="By kind <!channel>", alt="12 in all.", labels=("Visit", "Call"), series=(Series(name="Engagements", values=(7, 5)),)
)
CARD = Card(title="The quarter", blocks=(CHART, Text(text="See Globex next.")))
TO = Destination(Platform.SLACK, "U1", "ann@acme.example")

pytestmark = pytest.mark.skipif(
    not drawing.has_font(), reason="charts are drawn with a font of the machine: apt-get install fonts-dejavu-core"
)


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A fake Slack to which nothing faulty may be sent."""
    slack = FakeSlack()
    await slack.server.start_server()
    yield slack
    await slack.server.close()
    assert slack.faults == []


@pytest_asyncio.fixture
async def client(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackClient]:
    """The product's client; it looks for its files without waiting long."""
    monkeypatch.setattr(pictures, "_PAUSE", 0.001)
    client = SlackClient(BOT_TOKEN, slack.url, timeout=aiohttp.ClientTimeout(total=5))
    yield client
    await client.close()


def shown(message: Json) -> tuple[list[str], str]:
    """The files a message shows, and all it says."""
    return [block["slack_file"]["id"] for block in message["blocks"] if block["type"] == "image"], str(message["blocks"])


async def test_a_delivery_shows_a_picture_that_is_ready(slack: FakeSlack, client: SlackClient) -> None:
    """It arrives in words, marked with its delivery; the picture, a PNG nobody else has, takes their place and says them to a screen reader."""
    sent = await SlackSender(client).send(TO, CARD, "d1")
    first = slack.called("chat.postMessage")[0]
    assert shown(first)[0] == []
    assert "Visit: 7" in shown(first)[1]
    (message,) = slack.messages["DU1"]
    assert sent.message_id == message["ts"]
    assert message["metadata"]["event_payload"] == {"id": "d1"}
    (file_id,), said = shown(message)
    assert slack.files[file_id].content.startswith(b"\x89PNG")
    assert all("channel" not in name and "channels" not in name for name in slack.called("files.completeUploadExternal"))
    assert "12 in all. Visit: 7 Call: 5" in said
    assert "<!channel>" not in said
    assert "See Globex next." in said


async def test_a_card_without_charts_costs_no_file(slack: FakeSlack, client: SlackClient) -> None:
    """Everything else goes as it always went."""
    await SlackSender(client).send(TO, Card(title="Hello"), "d1")
    assert [name for name, _ in slack.calls] == ["conversations.open", "chat.postMessage"]


@pytest.mark.parametrize(
    ("method", "failure"),
    [
        ("files.getUploadURLExternal", Failure(body='{"ok": false, "error": "missing_scope"}')),
        ("files.completeUploadExternal", Failure(status=500)),
        ("files.completeUploadExternal", Failure(cut="before")),
        ("files.info", Failure(body='{"ok": false, "error": "missing_scope"}')),
        ("chat.update", Failure(body='{"ok": false, "error": "invalid_blocks"}')),
        ("chat.update", Failure(status=429, headers={"Retry-After": "30"}, body='{"ok": false, "error": "ratelimited"}')),
    ],
)
async def test_the_words_stay_where_the_picture_fails(
    slack: FakeSlack, client: SlackClient, method: str, failure: Failure, logged: list[EventDict]
) -> None:
    """Whatever goes wrong with a picture, the message was sent, once, and the log says what is missing."""
    slack.failures[method].append(failure)
    sent = await SlackSender(client).send(TO, CARD, "d1")
    (message,) = slack.messages["DU1"]
    assert sent.message_id == message["ts"]
    assert shown(message)[0] == []
    assert "charts stay in words" in [one["event"] for one in logged]


async def test_a_file_that_is_never_ready_is_not_waited_for(slack: FakeSlack, client: SlackClient) -> None:
    """It's looked for eight times."""
    slack.failures["files.info"] = [Failure(body='{"ok": true, "file": {"mimetype": ""}}')] * 20
    await SlackSender(client).send(TO, CARD, "d1")
    assert shown(slack.messages["DU1"][0])[0] == []
    assert len(slack.failures["files.info"]) == 12


async def test_without_a_font_it_comes_in_words(slack: FakeSlack, client: SlackClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server that has none."""
    monkeypatch.setattr(drawing, "has_font", lambda: False)
    await SlackSender(client).send(TO, CARD, "d1")
    assert "Visit: 7" in shown(slack.messages["DU1"][0])[1]
    assert slack.files == {}


async def test_a_changed_message_has_its_picture_again(slack: FakeSlack, client: SlackClient) -> None:
    """What is refreshed shows the chart of then."""
    sender = SlackSender(client)
    sent = await sender.send(TO, CARD, "d1")
    before = shown(slack.messages["DU1"][0])[0]
    await sender.update(Sent(sent.message_id, "DU1", "U1"), CARD.model_copy(update={"title": "The quarter so far"}))
    after = shown(slack.messages["DU1"][0])[0]
    assert len(after) == 1
    assert before != after


async def test_a_slash_command_in_the_bots_own_conversation_is_answered_with_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the answer is a message that lasts; in anybody else's conversation, and in channels, only the asker sees it, in words."""
    monkeypatch.setattr(pictures, "_PAUSE", 0.001)
    async with served() as slack_world:
        world: World = slack_world
        world.dispatcher.replies["customer"] = CARD
        world.slack.channels |= {"DU1": "U1", "D9": "U9", "C1": "C1"}
        await world.command("customer", channel="DU1", response="own")
        await eventually(lambda: bool(world.slack.messages["DU1"] and shown(world.slack.messages["DU1"][0])[0]))
        assert world.slack.responses["own"] == []
        for channel in ("D9", "C1"):
            await world.command("customer", channel=channel, response=channel)
            (answer,) = await world.slack.answers(channel)
            assert answer["response_type"] == "ephemeral"
            assert "Visit: 7" in str(answer["blocks"])
            assert shown(answer)[0] == []
        assert len(world.slack.files) == 1


async def test_a_press_that_changes_a_message_hangs_the_new_picture(slack: FakeSlack, client: SlackClient) -> None:
    """“Last quarter”, pressed on the card in the bot's own conversation."""
    sent = await SlackSender(client).send(TO, CARD, "d1")
    url = slack.response_url("press")
    origin = Origin("U1", response_url=url, channel="DU1", message=sent.message_id, replaces=True)
    before = len(slack.called("chat.update"))
    await Replies(client).card(origin, CARD)
    assert len(slack.responses["press"]) == 1
    assert len(slack.called("chat.update")) == before + 1
    assert len(shown(slack.messages["DU1"][0])[0]) == 1
