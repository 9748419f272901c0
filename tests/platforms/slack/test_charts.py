"""Slack's own charts: within its limits or in words, and in words where a workspace refuses them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Card, Chart, Series, Text
from bot.delivery.senders import Destination
from bot.domain.people.people import Platform
from bot.platforms.slack.blocks import render_card, render_view
from bot.platforms.slack.charts import has_chart
from bot.platforms.slack.client import SlackClient
from tests.platforms.slack.block_rules import home_faults, message_faults
from tests.platforms.slack.world import World, world

LABELS = ("Q1", "Q2", "Q3", "Q4")
CHART = Chart(title="Visits", alt="Two visits.", labels=LABELS, series=(Series(name="Visits", values=(None, 1.0, 0.0, 2.5)),))
CARD = Card(title="The week", blocks=(CHART,))
_name = st.text(min_size=0, max_size=60)
_values = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32)


@st.composite
def _charts(draw: st.DrawFn) -> Chart:
    labels = tuple(draw(st.lists(_name, max_size=24)))
    rows = st.lists(_values, min_size=len(labels), max_size=len(labels)).map(tuple)
    series = draw(st.lists(st.builds(Series, name=_name, values=rows), max_size=8).map(tuple))
    return Chart(title=draw(_name), alt=draw(_name), labels=labels, series=series, style=draw(st.sampled_from(["bars", "line"])))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Slack, and the bot."""
    async with world() as made:
        yield made


@settings(max_examples=60, deadline=None)
@given(st.lists(_charts(), max_size=4))
def test_any_chart_is_within_limits(charts: list[Chart]) -> None:
    """Whatever charts a card has, Slack takes the message, and the Home tab as well."""
    card = Card(title="t", blocks=tuple(charts))
    assert message_faults(render_card(card)) == []
    assert home_faults({"type": "home", "blocks": render_view(card)}) == []


def test_a_gap_before_the_first_value_is_left_out_and_never_zero() -> None:
    """The chart begins where there is something; the sentence stands above it for those who don't see it."""
    said, chart = render_card(CARD)["blocks"][1:]
    assert "Two visits." in json.dumps(said)
    assert chart["title"] == "Visits"
    assert chart["chart"]["axis_config"]["categories"] == ["Q2", "Q3", "Q4"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [1.0, 0.0, 2.5]


@pytest.mark.parametrize(
    "change",
    [
        {"series": (Series(name="Visits", values=(1.0, None, 2.0, 3.0)),)},
        {"series": (Series(name="A", values=(1.0,) * 4), Series(name="A", values=(2.0,) * 4))},
        {"series": tuple(Series(name=str(number), values=(1.0,) * 4) for number in range(7))},
        {"labels": ("x", "a long name of a quarter 1", "a long name of a quarter 2", "y")},
        {"series": ()},
    ],
)
def test_what_slack_cannot_show_true_comes_in_words(change: dict[str, object]) -> None:
    """A gap within, names alike, too many: the numbers in a line each, without bars made of letters."""
    blocks = render_card(Card(title="t", blocks=(CHART.model_copy(update=change),)))["blocks"]
    assert not has_chart(blocks)
    assert not set("▁▂▃▄▅▆▇█") & set(json.dumps(blocks, ensure_ascii=False))


def test_a_third_chart_comes_in_words() -> None:
    """Two a message are all Slack takes."""
    blocks = render_card(Card(title="t", blocks=(CHART, CHART, CHART)))["blocks"]
    assert [block["type"] for block in blocks].count("data_visualization") == 2
    assert "Visits: Q1 –, Q2 1, Q3 0, Q4 2.5" in json.dumps(blocks[-1], ensure_ascii=False)


async def test_a_workspace_that_refuses_them_gets_words_and_is_remembered(slack: World) -> None:
    """Refused once, said in words at once; the next isn't tried. A faulty message with no chart is no reason to remember."""
    slack.slack.charts = False
    to = Destination(Platform.SLACK, "U1", "ann@acme.example")
    for number in range(2):
        await slack.platform.sender.send(to, CARD, f"d{number}")
    tried = [has_chart(args.get("blocks")) for name, args in slack.slack.calls if name == "chat.postMessage"]
    assert tried == [True, False, False]
    sent = [message for messages in slack.slack.messages.values() for message in messages]
    assert len(sent) == 2
    assert all("Visits: Q2 1, Q3 0, Q4 2.5" in json.dumps(message, ensure_ascii=False) for message in sent)


async def test_an_answer_keeps_its_chart_or_its_words(slack: World) -> None:
    """Where a command was typed, and in a change of a message: by the same rule."""
    slack.dispatcher.replies["customer"] = Card(title="The week", blocks=(Text(text="x"), CHART))
    await slack.command("/customer")
    (answer,) = await slack.slack.answers("r")
    assert has_chart(answer)
    assert message_faults(answer) == []


async def test_an_answer_that_is_refused_for_its_chart_comes_in_words_and_is_remembered(slack: World) -> None:
    """A response_url takes five answers in all: the second command's is in words at once."""
    slack.slack.charts = False
    slack.dispatcher.replies["customer"] = CARD
    for _ in range(2):
        await slack.command("/customer")
    answers = await slack.slack.answers("r", 2)
    assert not any(map(has_chart, answers))
    assert slack.slack.undrawn == 1


async def test_an_answer_whose_fate_is_unknown_is_not_said_again_in_words() -> None:
    """Slack took it and the connection broke: a second one would stand below it."""
    posted: list[object] = []

    async def taken(request: web.Request) -> web.Response:
        posted.append(await request.json())
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    site = web.Application()
    site.router.add_post("/r", taken)
    async with TestServer(site) as server:
        client = SlackClient("xoxb-1", base_url=str(server.make_url("/api/")))
        try:
            assert await client.respond(str(server.make_url("/r")), render_card(CARD)) is False
        finally:
            await client.close()
    assert len(posted) == 1
