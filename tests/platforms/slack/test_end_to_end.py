"""An executive logs a visit in Slack, from the typed command to the stored engagement: the real dispatcher on PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.engagements.engagements import Engagement
from tests.conftest import World as Company
from tests.platforms.slack.world import World as Slack
from tests.platforms.slack.world import as_opened, buttons
from tests.platforms.slack.world import world as served


async def test_visit_is_logged_from_a_typed_command(world: Company) -> None:
    """`/logvisit` with text opens the filled form, the customer is found by searching, and saving stores it once and confirms."""
    async with served(world.application.dispatcher) as slack:
        slack.slack.users["U1"]["profile"]["email"] = "ada@firm.example"
        await slack.command("/logvisit", "Globex yesterday with their CFO: onboarding takes &lt;!channel&gt; six weeks")
        view = await slack.opened()
        fields: dict[str, Any] = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        assert fields["customer"]["initial_option"]["text"]["text"] == "Globex"
        found = await (await slack.search(fields["customer"]["action_id"], "acme")).json()
        assert [option["text"]["text"] for option in found["options"]][:2] == ["Acme Corp", "Acme Health"]
        filled = {name: as_opened(element) for name, element in fields.items()}
        first, second = [await slack.submit(view, filled) for _ in range(2)]
        assert (await first.text(), await second.text()) == ("", "")
        (message,) = await slack.slack.answers("r")
        assert "Globex" in message["text"]
        assert "Edit" in [button["text"]["text"] for button in buttons(message)]
    with world.database.session() as session:
        (engagement,) = session.scalars(sa.select(Engagement)).all()
        assert "onboarding takes <!channel> six weeks" in engagement.heard


async def test_empty_form_says_what_is_missing_at_its_field(world: Company) -> None:
    """Submitting nothing brings the domain's own words to the fields, and stores nothing."""
    async with served(world.application.dispatcher) as slack:
        slack.slack.users["U1"]["profile"]["email"] = "ada@firm.example"
        await slack.command("/logvisit")
        view = await slack.opened()
        answer = await (await slack.submit(view)).json()
        assert answer["response_action"] == "errors"
        assert "customer" in answer["errors"]
    with world.database.session() as session:
        assert session.scalars(sa.select(Engagement)).all() == []


async def test_stranger_is_told_how_to_get_access(world: Company) -> None:
    """Somebody the company doesn't know is told whom to ask, and sees nothing of anyone's."""
    async with served(world.application.dispatcher) as slack:
        await slack.command("/customer", "Acme")
        (message,) = await slack.slack.answers("r")
        assert "cx@firm.example" in json.dumps(message)
        assert "Acme Corp" not in json.dumps(message)


async def test_every_command_answers_in_slack(world: Company) -> None:
    """Every listed command, typed by an executive, brings a message or a form that Slack takes."""
    listed = [name for name, command in world.application.dispatcher.commands.items() if command.listed]
    async with served(world.application.dispatcher) as slack:
        slack.slack.users["U1"]["profile"]["email"] = "ada@firm.example"
        for name in listed:
            await slack.command(f"/{name}", response=name)
        await slack.platform.close()
        answered = len([name for name in listed if slack.slack.responses[name]])
        assert answered + len(slack.slack.called("views.open")) == len(listed)


async def test_a_visit_told_in_plain_words_is_offered_and_opens_filled(world: Company) -> None:
    """Typed text brings no trigger: the card says what is understood and what is asked, and its button opens the form."""
    async with served(world.application.dispatcher) as slack:
        slack.slack.users["U1"]["profile"]["email"] = "ada@firm.example"
        await slack.typed("saw Globex last week, they said &lt;!channel&gt; the water is fine")
        (message,) = await slack.slack.until("chat.postMessage")
        shown = json.dumps(message, ensure_ascii=False)
        assert "Log a visit" in message["text"]
        assert "❓ When: " in shown
        (button,) = buttons(message)
        assert button["text"]["text"] == "Check and save"
        await slack.press(button, channel="DU1", ts=slack.slack.messages["DU1"][0]["ts"])
        view = await slack.opened()
        fields: dict[str, Any] = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        assert fields["customer"]["initial_option"]["text"]["text"] == "Globex"
        assert "initial_date" not in fields["happened_on"]
        assert "<!channel> the water is fine" in fields["heard"]["initial_value"]
        await slack.submit(view, {name: as_opened(element) for name, element in fields.items()} | {"happened_on": "2026-11-20"})
        (saved,) = await slack.slack.answers("press")
        assert "Globex" in saved["text"]


async def heard_in_the_form(slack: Slack, text: str) -> str:
    """What stands in the form's notes after a text too long for a button was typed, and the button of the answer pressed."""
    slack.slack.users["U1"]["profile"]["email"] = "ada@firm.example"
    slack.slack.messages["DU1"].append({"ts": "1600000000.000100", "text": text})
    await slack.typed(text)
    (message,) = await slack.slack.until("chat.postMessage")
    await slack.press(buttons(message)[0], channel="DU1", ts="1.2")
    view = await slack.opened()
    return "".join(block["element"]["initial_value"] for block in view["blocks"] if block.get("block_id", "").startswith("heard"))


async def test_a_long_story_in_plain_words_loses_nothing(world: Company) -> None:
    """3,001 characters don't fit a button: they are read again from the message they were typed in."""
    text = "saw Globex yesterday, " + "water " * 500
    async with served(world.application.dispatcher) as slack:
        heard = await heard_in_the_form(slack, text)
        assert heard.count("water") == 500


async def test_a_mistyped_command_is_asked_about_and_done_by_its_button(world: Company) -> None:
    """The button opens the form with what followed the mistyped command."""
    async with served(world.application.dispatcher) as slack:
        slack.slack.users["U1"]["profile"]["email"] = "ada@firm.example"
        await slack.typed("/logvist Globex yesterday: slow")
        (message,) = await slack.slack.until("chat.postMessage")
        assert message["text"] == "Did you mean /logvisit?"
        await slack.press(buttons(message)[0], channel="DU1", ts="1.2")
        view = await slack.opened()
        fields: dict[str, Any] = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        assert fields["heard"]["initial_value"] == "slow"


@pytest.mark.parametrize("many", [220, 500])
async def test_a_mistyped_command_with_a_long_story_stays_out_of_the_note(world: Company, many: int) -> None:
    """1,320 characters fit the button of the form but not that of the question; 3,000 are read again from their message."""
    text = "/logvist Globex yesterday: " + "water " * many
    async with served(world.application.dispatcher) as slack:
        heard = await heard_in_the_form(slack, text)
        assert heard.count("water") == many
        assert "logvist" not in heard
