"""Buttons and forms of another version: they say so, keep what was typed, and leave the card they are on alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from structlog.typing import EventDict

from bot.cards import Button, Card, Form
from bot.commands import Inbound
from bot.platforms.slack.buttons import render_button
from bot.platforms.slack.modals import render_form
from bot.views import refusals
from tests.conftest import World, words
from tests.platforms.slack.world import FORM
from tests.platforms.slack.world import World as Slack
from tests.platforms.slack.world import world as on_slack
from tests.platforms.teams.world import world as on_teams

TITLE = "This card is from an older version"
OLD = Button(label="Tick off", command="tick-off", args={"visit": "1"}, replaces=True)
TYPED: dict[str, str | list[str]] = {"heard": "six weeks to onboard", "customer": "4"}


def test_an_unknown_command_is_no_help(world: World) -> None:
    """The dispatcher says what happened and gives back what was typed; what is only typed and not understood still gets help."""
    pressed = world.press(OLD, "ada")
    assert isinstance(pressed, Card)
    assert (pressed.title, pressed.aside) == (TITLE, True)
    assert "Nothing was done." in words(pressed)
    sent = world.application.dispatcher.handle(Inbound(world.sender("ada"), "tick-off", form=TYPED))
    assert isinstance(sent, Card)
    assert (sent.title, sent.aside) == (TITLE, True)
    assert "Nothing was saved." in words(sent)
    assert "six weeks to onboard" in words(sent)
    assert world.say("tick off", "ada").title == "I didn't understand that"


async def pressed_on_slack(slack: Slack, element: dict[str, Any]) -> None:
    """A press on a message in the person's own conversation is answered beside it."""
    slack.slack.channels["DU1"] = "U1"
    await slack.press(element, channel="DU1", ts="7.1")
    (answer,) = await slack.slack.until("chat.postMessage")
    assert TITLE in json.dumps(answer)
    calls = [name for name, _ in slack.slack.calls]
    assert "chat.update" not in calls
    assert not any(one.get("replace_original") for one in slack.slack.responses["press"])


async def test_a_button_on_slack() -> None:
    """The message stays as it is, and the answer comes below."""
    async with on_slack() as slack:
        slack.dispatcher.replies["tick-off"] = refusals.outdated()
        await pressed_on_slack(slack, render_button(OLD, 1))


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "[" * 1_900,
        "[]",
        '"x"',
        "{}",
        '{"command": 7}',
        '{"command": "x", "args": []}',
        '{"command": "x", "args": {"a": 1}}',
        '{"command": "x", "args": null}',
        '{"command": "x", "args": {}, "text": 5}',
        '{"command": "x", "source": null}',
        '{"n": ' + "9" * 1_900 + "}",
    ],
)
async def test_a_button_on_slack_that_cannot_be_read(value: str) -> None:
    """Likewise, and nothing is asked of the dispatcher."""
    async with on_slack() as slack:
        await pressed_on_slack(slack, {"type": "button", "action_id": "x:1", "value": value})
        assert slack.dispatcher.seen == []


async def view_on_slack(slack: Slack) -> dict[str, Any]:
    """A form, opened."""
    await slack.command("/logvisit")
    return await slack.opened()


@pytest.mark.parametrize(
    "private",
    [
        "",
        "{",
        "null",
        "[]",
        "[" * 2_900,
        '{"v": 2, "command": "logvisit", "args": {}, "private": ""}',
        '{"command": "logvisit"}',
        '{"command": "logvisit", "args": [], "private": ""}',
        '{"command": "logvisit", "args": {"a": 1}, "private": ""}',
        '{"command": null, "args": {}, "private": ""}',
    ],
)
async def test_a_form_on_slack_whose_metadata_cannot_be_read(private: str) -> None:
    """The form stays open with what was typed, and says above what is the matter."""
    async with on_slack() as slack:
        view = await view_on_slack(slack)
        answer = await slack.submit(view | {"private_metadata": private}, {"heard": "six weeks"})
        shown = await answer.json()
        assert (answer.status, shown["response_action"]) == (200, "update")
        assert TITLE in json.dumps(shown)
        assert shown["view"]["blocks"][-1]["element"]["initial_value"] == "six weeks"
        assert len(slack.dispatcher.seen) == 1


@pytest.mark.parametrize("state", [None, {}, {"values": None}, {"values": []}, 5, "x"])
async def test_a_form_on_slack_without_its_state(state: object) -> None:
    """That isn't a form left empty: nothing is saved, and it says so."""
    async with on_slack() as slack:
        view = await view_on_slack(slack)
        answer = await slack.interact({"type": "view_submission", "view": view | {"state": state}})
        assert (answer.status, TITLE in await answer.text()) == (200, True)
        assert len(slack.dispatcher.seen) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"heard": None},
        {"heard": {"heard": None}},
        {"heard": {"heard": {}}},
        {"heard": {"heard": {"type": 5, "value": "x"}}},
        {"heard.²": {"x": {"type": "plain_text_input", "value": "x"}}},
        {"heard.99999": {"x": {"type": "plain_text_input", "value": "x"}}},
        {"": {"": {"type": "static_select", "selected_option": None}}},
    ],
)
async def test_a_form_on_slack_with_odd_values(values: dict[str, Any]) -> None:
    """What a newer or older form holds is read as far as it can be."""
    async with on_slack() as slack:
        view = await view_on_slack(slack)
        answer = await slack.interact({"type": "view_submission", "view": view | {"state": {"values": values}}})
        assert answer.status == 200
        assert len(slack.dispatcher.seen) == 2


@pytest.mark.parametrize("origin", ["{", "[]", '{"channel": 7}', '{"thread_of": "x", "user_id": "U9"}', "null", "[" * 900])
async def test_a_form_on_slack_whose_origin_cannot_be_read(origin: str) -> None:
    """It is saved all the same; the confirmation goes to the person's direct messages."""
    async with on_slack() as slack:
        view = render_form(FORM, private=origin) | {"id": "V1", "hash": "h"}
        slack.dispatcher.replies["logvisit"] = Card(title="Saved")
        assert (await slack.submit(view, {"heard": "x"})).status == 200
        (answer,) = await slack.slack.until("chat.postMessage")
        assert answer["channel"] == "DU1"


async def test_a_form_in_a_card_in_teams() -> None:
    """The card with what was typed in it stays, and the answer with it comes below."""
    async with on_teams() as teams:
        teams.dispatcher.replies["tick-off"] = refusals.outdated({"heard": "six weeks"})
        data = {"command": "tick-off", "args": {}, "inputs": ["text-heard"], "text-heard": "six weeks", "replaces": True}
        body = await teams.press(data)
        assert body["type"] == "application/vnd.microsoft.activity.message"
        assert teams.teams.updated() == []
        (answer,) = teams.teams.sent()
        assert TITLE in json.dumps(answer)
        assert "six weeks" in json.dumps(answer)


async def test_a_dialog_and_a_message_in_teams() -> None:
    """A dialog says it with what was typed; a submit that comes as a message is answered below its card."""
    async with on_teams() as teams:
        teams.dispatcher.replies["tick-off"] = refusals.outdated({"heard": "six weeks"})
        data = {"command": "tick-off", "args": {}, "inputs": ["text-heard"], "text-heard": "six weeks", "replaces": True}
        status, body = await teams.invoke("task/submit", {"data": data})
        assert (status, body["task"]["value"]["title"]) == (200, TITLE)
        assert "six weeks" in json.dumps(body)
        await teams.typed(None, value=data, replyToId="m1")
        assert teams.teams.updated() == []
        assert TITLE in json.dumps(teams.teams.sent())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task/fetch", {"data": {"secret": "words"}}),
        ("task/submit", "words"),
        ("adaptiveCard/action", {"action": {"data": ["words"]}}),
        ("application/search", {"queryText": ["words"]}),
        ("composeExtension/query", {"commandId": "words"}),
        ("composeExtension/submitAction", None),
    ],
)
async def test_a_refused_invoke_leaves_a_line(name: str, value: object, logged: list[EventDict]) -> None:
    """Which, and why; nothing of what is in it."""
    async with on_teams() as teams:
        status, body = await teams.invoke(name, value)
        assert 400 in {status, body.get("statusCode")}
    (line,) = [one for one in logged if one.get("name") == name]
    assert line["event"] == "invoke refused"
    assert "words" not in line["reason"].replace("without a list or words", "")


@pytest.mark.parametrize(("command", "kind"), [("logcall", "Call"), ("logvisit", "Visit")])
@pytest.mark.parametrize("given", [None, ""])
def test_a_form_that_does_not_ask_for_the_kind(world: World, command: str, kind: str, given: str | None) -> None:
    """The command says what it is."""
    form = world.say(f"/{command} Globex: they wait", "ada")
    assert isinstance(form, Form)
    answers = {name: value for name, value in form.answers.items() if name != "kind"} | ({} if given is None else {"kind": given})
    saved = world.application.dispatcher.handle(Inbound(world.sender("ada"), command, args=form.args, form=answers))
    assert isinstance(saved, Card), saved
    assert [one.after and one.after["kind"] for one in world.history("engagements")] == [kind.lower()]


@pytest.mark.parametrize("command", ["logcall", "logvisit"])
@pytest.mark.parametrize("kind", ["coffee", "VISIT", "\x00", "9" * 5_000])
def test_a_kind_that_is_none_is_a_field_error(world: World, command: str, kind: str) -> None:
    """Nothing is saved as something it isn't."""
    form = world.say(f"/{command} Globex: they wait", "ada")
    again = world.fill(form, "ada", kind=kind)
    if kind == "\x00":  # which is no text, and so an answer left empty
        assert isinstance(again, Card)
        return
    assert isinstance(again, Form)
    assert "is no kind of engagement" in again.errors["kind"]
    assert world.history("engagements") == []


def test_what_an_older_form_did_not_ask_for_stays(world: World) -> None:
    """An edit with fewer fields changes those it has, and wipes nothing."""
    filled = {"surprised": "the cold", "kind": "call", "contacts": "Bob"}
    card = world.fill(world.say("/logvisit Globex: they wait", "ada"), "ada", **filled)
    assert isinstance(card, Card)
    edit = next(one for one in card.buttons if one.label == "Edit")
    form = world.press(edit, "ada")
    assert isinstance(form, Form)
    few: dict[str, str | list[str]] = {"heard": "they wait long", "happened_on": form.answers["happened_on"]}
    saved = world.application.dispatcher.handle(Inbound(world.sender("ada"), form.command, args=form.args, form=few))
    assert isinstance(saved, Card), saved
    after = world.press(edit, "ada")
    assert isinstance(after, Form)
    kept = after.answers
    assert (kept["heard"], kept["surprised"], kept["kind"], kept["contacts"]) == ("they wait long", "the cold", "call", "Bob")
