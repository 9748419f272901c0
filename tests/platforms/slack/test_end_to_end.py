"""An executive logs a visit in Slack, from the typed command to the stored engagement: the real dispatcher on PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from bot.domain.engagements.engagements import Engagement
from tests.conftest import World as Company
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
