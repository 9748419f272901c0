"""Signed requests through Bolt on a real server, against a fake Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.cards import Actions, Button, Card, Facts, Quote, Text, Tone
from bot.commands import Place
from bot.domain.access.accounts import Vouch
from bot.platforms.slack import listeners
from tests.platforms.slack.world import World, buttons, world

SAVED = Card(title="Visit logged", tone=Tone.GOOD, blocks=(Facts(items=(("Customer", "Acme"),)),))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Serve a platform and its fake Slack."""
    async with world() as made:
        yield made


async def test_command_with_card_is_answered_in_private(slack: World) -> None:
    """A card answers a slash command ephemerally through its response_url, and the acknowledgement is empty."""
    answer = await slack.command("/customer", "Acme")
    assert (answer.status, await answer.text()) == (200, "")
    (message,) = await slack.slack.answers("r")
    assert message["response_type"] == "ephemeral"
    assert message["text"] == "you said customer Acme"
    (seen,) = slack.dispatcher.seen
    assert (seen.command, seen.text, seen.place, seen.sender.user_id, seen.sender.tenant) == (
        "customer",
        "Acme",
        Place.SHARED,
        "U1",
        "T1",
    )


async def test_direct_message_is_a_personal_place(slack: World) -> None:
    """A command typed in a direct message is known to be in private."""
    await slack.command("/customer", channel="D7")
    await slack.slack.answers("r")
    assert slack.dispatcher.seen[0].place is Place.PERSONAL


@pytest.mark.parametrize(("typed", "text"), [("/nonsense", "/nonsense Acme"), ("/hidden", "/hidden Acme")])
async def test_unknown_command_reaches_the_dispatcher_whole(slack: World, typed: str, text: str) -> None:
    """What isn't a listed command is passed on as nothing recognised, with all that was typed."""
    await slack.command(typed, "Acme")
    await slack.slack.answers("r")
    assert (slack.dispatcher.seen[0].command, slack.dispatcher.seen[0].text) == ("", text)


async def test_text_with_the_word_payload_is_not_lost(slack: World) -> None:
    """Bolt reads a form with "payload" in it as an interaction without one; such a command is answered like any other."""
    await slack.command("/customer", "Acme: the payload is late")
    await slack.slack.answers("r")
    assert slack.dispatcher.seen[0].text == "Acme: the payload is late"


async def test_rewritten_text_is_read_as_typed(slack: World) -> None:
    """Mentions, links and entities that Slack rewrote reach the dispatcher as they were typed, an unnamed mention by users.info."""
    await slack.command(
        "/customer", "&lt;Acme&gt; with <@U1> and <@U9|bob>, <mailto:a@b.example|a@b.example> <https://x.example|x.example>"
    )
    await slack.slack.answers("r")
    assert slack.dispatcher.seen[0].text == "<Acme> with @Ann Wu and @bob, a@b.example https://x.example"


async def test_ready_form_opens_at_once(slack: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that is ready in time opens directly, without a stand-in."""
    monkeypatch.setattr(listeners, "FORM_BUDGET", 60)  # in time, on a busy machine too
    await slack.command("/logvisit")
    view = await slack.opened()
    assert view["title"]["text"] == "Log a visit"
    assert "views.update" not in [name for name, _ in slack.slack.calls]


async def test_slow_form_opens_a_stand_in_first(slack: World) -> None:
    """A form whose options take four seconds: a modal opens within the trigger's life and is filled after."""
    slack.dispatcher.delay = 4.0
    await slack.command("/logvisit")
    assert (await slack.opened(stand_in=True))["callback_id"] == "notice"
    view = await slack.opened(updates=1)
    assert (view["callback_id"], view["blocks"][0]["block_id"]) == ("form", "heard")


async def test_refusal_in_an_open_modal_is_shown_there(slack: World) -> None:
    """When the stand-in is open and the answer is a card, the modal shows it."""
    slack.dispatcher.delay = 1.0
    slack.dispatcher.replies["logvisit"] = Card(title="Not for you", tone=Tone.WARNING, blocks=(Text(text="Ask the CX office."),))
    await slack.command("/logvisit")
    view = await slack.opened(updates=1)
    assert "Ask the CX office." in json.dumps(view)
    assert "submit" not in view


async def test_spent_trigger_offers_a_button(slack: World) -> None:
    """When the trigger is gone, the form is offered by a button that carries what was typed, mentions by name."""
    await slack.command("/logvisit", "Acme yesterday with <@U1>", trigger="long.gone")
    (message,) = await slack.slack.answers("r")
    (button,) = buttons(message)
    await slack.press(button)
    await slack.opened()
    assert slack.dispatcher.seen[1].text == "Acme yesterday with @Ann Wu"


async def test_used_up_response_url_moves_to_direct_messages(slack: World) -> None:
    """When the response_url refuses, the answer goes to the person's direct messages and says why."""
    slack.slack.responses["r"] = [{}] * 5
    await slack.command("/customer", "Acme")
    (message,) = await slack.slack.until("chat.postMessage")
    assert message["channel"] == "DU1"
    assert "could no longer be shown where you asked" in json.dumps(message)


async def test_fault_is_told_and_nothing_hangs(slack: World) -> None:
    """A fault of the program is told to the person without its details."""
    slack.dispatcher.replies["customer"] = RuntimeError("secret detail")
    await slack.command("/customer")
    (message,) = await slack.slack.answers("r")
    assert "went wrong" in message["text"]
    assert "secret" not in json.dumps(message)


async def test_answer_that_cannot_be_shown_is_told(slack: World) -> None:
    """A card that breaks the contract (a button that carries too much) is a fault the person hears of, not silence."""
    slack.dispatcher.replies["customer"] = Card(
        title="t", blocks=(Actions(buttons=(Button(label="x", command="x", args={"x": "y" * 2000}),)),)
    )
    await slack.command("/customer")
    (message,) = await slack.slack.answers("r")
    assert "went wrong" in message["text"]


async def test_same_command_twice_is_answered_once(slack: World) -> None:
    """A command delivered twice with the same trigger is acknowledged twice and answered once."""
    trigger = slack.slack.trigger()
    answers = [await slack.command("/customer", trigger=trigger) for _ in range(2)]
    await slack.slack.answers("r")
    await asyncio.sleep(0.1)
    assert [answer.status for answer in answers] == [200, 200]
    assert len(slack.slack.responses["r"]) == 1


async def test_button_answers_in_private_or_replaces(slack: World) -> None:
    """A press on a message is answered ephemerally; one that replaces takes the message's place."""
    card = Card(
        title="Prompt",
        blocks=(
            Actions(
                buttons=(
                    Button(label="Later", command="later", args={"id": "<&>"}),
                    Button(label="Done", command="done", replaces=True),
                )
            ),
        ),
    )
    slack.dispatcher.replies["customer"] = card
    await slack.command("/customer")
    later, done = buttons((await slack.slack.answers("r"))[0])
    await slack.press(later)
    await slack.slack.answers("press", 1)
    await slack.press(done, at="1.2")
    first, second = await slack.slack.answers("press", 2)
    assert (first["replace_original"], first["response_type"], second["replace_original"]) == (False, "ephemeral", True)
    assert slack.dispatcher.seen[1].args == {"id": "<&>"}


async def test_replacing_falls_back_to_the_message_itself(slack: World) -> None:
    """When the response_url is used up, a message of ours is replaced by chat.update."""
    slack.slack.channels["DU1"] = "U1"
    slack.slack.messages["DU1"].append({"ts": "5.5", "text": "old"})
    slack.slack.responses["press"] = [{}] * 5
    await slack.press(_button(replaces=True), channel="DU1", ts="5.5")
    await slack.slack.until("chat.update")
    assert slack.slack.messages["DU1"][0]["text"] == "you said done"


async def test_press_twice_is_answered_once(slack: World) -> None:
    """The same press delivered twice is answered once."""
    for _ in range(2):
        assert (await slack.press(_button())).status == 200
    await slack.slack.answers("press")
    await asyncio.sleep(0.1)
    assert len(slack.slack.responses["press"]) == 1


async def test_press_in_a_modal_changes_the_modal(slack: World) -> None:
    """A button in a modal has no message: its answer takes the modal's place."""
    await slack.command("/logvisit")
    view = await slack.opened()
    await slack.press(_button(), view=view)
    assert "you said done" in json.dumps(await slack.opened(updates=1))


async def test_foreign_action_is_acknowledged(slack: World) -> None:
    """An action that isn't a button of ours is acknowledged and goes nowhere."""
    answer = await slack.press({"type": "button", "action_id": "x", "value": "not ours"})
    assert answer.status == 200
    assert slack.dispatcher.seen == []


async def test_unknown_account_brings_its_email(slack: World) -> None:
    """An account that Slack wasn't asked about within the hour is looked up once; the email travels with Slack's word for it."""
    slack.dispatcher.known = False
    for _ in range(2):
        await slack.command("/customer")
    await slack.slack.answers("r", 2)
    assert [(seen.sender.email, seen.sender.vouch) for seen in slack.dispatcher.seen] == [("ann@acme.example", Vouch.OURS)] * 2
    assert len(slack.slack.called("users.info")) == 1


async def test_person_without_email(slack: World) -> None:
    """A person with no email, or whom Slack won't tell about, reaches the dispatcher without one."""
    slack.dispatcher.known = False
    del slack.slack.users["U1"]
    await slack.command("/customer")
    await slack.slack.answers("r")
    assert slack.dispatcher.seen[0].sender.email == ""


@pytest.mark.parametrize("text", ["<!channel> 😀", "שלום עולם", "x" * 3001, "*bold* _it_ `code`"])
async def test_what_people_write_comes_out_whole(slack: World, text: str) -> None:
    """Pings, right-to-left names, emoji, markup and 3,001 characters are shown as written, in a note and in a name."""
    slack.dispatcher.replies["customer"] = Card(
        title=text[:60], blocks=(Quote(text=text, source=text[:40]), Facts(items=(("Who", text),)))
    )
    await slack.command("/customer")
    (message,) = await slack.slack.answers("r")
    shown = "".join(
        run["text"]
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        for run in part["elements"]
    )
    assert text in shown
    assert "<!channel>" not in message["text"]


def _button(**more: bool) -> dict[str, str]:
    value = json.dumps({"command": "done", "args": {}} | more)
    return {"type": "button", "action_id": "done:0", "value": value}
