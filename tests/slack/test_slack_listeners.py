"""Signed requests through Bolt on a real server, against a fake Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from fake_slack import eventually
from slack_world import FORM, World, buttons, world

from bot.cards import Actions, Button, Card, Facts, Form, Option, Quote, SearchField, Text, TextField, Tone
from bot.commands import Inbound, Place
from bot.slack.modals import read_sent

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


async def test_ready_form_opens_at_once(slack: World) -> None:
    """A form that is ready in time opens directly, without a stand-in."""
    await slack.command("/logvisit")
    view = await slack.opened()
    assert view["title"]["text"] == "Log a visit"
    assert "views.update" not in [name for name, _ in slack.slack.calls]


async def test_slow_form_opens_a_stand_in_first(slack: World) -> None:
    """A form whose options take four seconds: a modal opens within the trigger's life and is filled after."""
    slack.dispatcher.delay = 4.0
    await slack.command("/logvisit")
    assert (await slack.opened())["callback_id"] == "notice"
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
    """When the trigger is gone, the form is offered by a button that carries what was typed."""
    await slack.command("/logvisit", "Acme yesterday", trigger="long.gone")
    (message,) = await slack.slack.answers("r")
    (button,) = buttons(message)
    await slack.press(button)
    await slack.opened()
    assert slack.dispatcher.seen[1].text == "Acme yesterday"


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


async def test_same_command_twice_is_answered_once(slack: World) -> None:
    """A command delivered twice with the same trigger is acknowledged twice and answered once."""
    trigger = slack.slack.trigger()
    answers = [await slack.command("/customer", trigger=trigger) for _ in range(2)]
    await slack.slack.answers("r")
    await asyncio.sleep(0.1)
    assert [answer.status for answer in answers] == [200, 200]
    assert len(slack.slack.responses["r"]) == 1


async def test_typed_text_is_answered_in_the_conversation(slack: World) -> None:
    """A command typed to the bot, slash or none, is answered by a message that stays."""
    await slack.typed("customer\u00a0Acme")
    (message,) = await slack.slack.until("chat.postMessage")
    assert (message["channel"], message["text"]) == ("DU1", "you said customer Acme")
    assert slack.dispatcher.seen[0].sender.conversation == "DU1"


async def test_typed_form_is_offered_and_opens_filled(slack: World) -> None:
    """Typed text brings no trigger: a button opens the form with the text, and the confirmation takes the button's place."""
    slack.dispatcher.replies["logvisit"] = lambda inbound: FORM if inbound.form is None else SAVED
    await slack.typed("logvisit Acme: slow onboarding")
    (message,) = await slack.slack.until("chat.postMessage")
    (button,) = buttons(message)
    await slack.press(button, channel="DU1", ts=slack.slack.messages["DU1"][0]["ts"])
    view = await slack.opened()
    assert slack.dispatcher.seen[1].text == "Acme: slow onboarding"
    await slack.submit(view, {"heard": "slow"})
    (replaced,) = await slack.slack.answers("press")
    assert replaced["replace_original"] is True
    assert "Visit logged" in replaced["text"]


async def test_long_typed_text_is_read_again_from_its_message(slack: World) -> None:
    """Text of 3,001 characters doesn't fit a button: at the press it is read again from the message it was typed in."""
    text = "logvisit " + "x" * 2992
    slack.slack.messages["DU1"].append({"ts": "1600000000.000100", "text": text})
    await slack.typed(text)
    (message,) = await slack.slack.until("chat.postMessage")
    await slack.press(buttons(message)[0], channel="DU1", ts="1.2")
    await slack.opened()
    assert slack.dispatcher.seen[1].text == "x" * 2992


@pytest.mark.parametrize("more", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"user": "UBOT"}, {"channel_type": "channel"}])
async def test_other_messages_are_left_alone(slack: World, more: dict[str, Any]) -> None:
    """Edits, the bot's own messages, other bots' and channels' are acknowledged and not answered."""
    answer = await slack.typed("customer Acme", **more)
    await asyncio.sleep(0.05)
    assert answer.status == 200
    assert slack.dispatcher.seen == []


async def test_other_events_are_acknowledged(slack: World) -> None:
    """An event the bot has no use for is answered 200, so that Slack doesn't count it as a failure."""
    answer = await slack.event({"type": "app_home_opened", "user": "U1", "tab": "home"})
    assert answer.status == 200


async def test_event_twice_is_answered_once(slack: World) -> None:
    """The same event, again with a retry header, has one effect and one answer, and both deliveries are answered 200."""
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    answers = [await slack.typed("customer Acme"), await slack.typed("customer Acme", headers=retry)]
    await slack.slack.until("chat.postMessage")
    await asyncio.sleep(0.1)
    assert [answer.status for answer in answers] == [200, 200]
    assert len(slack.slack.messages["DU1"]) == 1


async def test_retry_after_a_restart_is_answered_once(slack: World) -> None:
    """A retry that finds the first answer in the conversation isn't answered again; one that doesn't, is."""
    retry = {"X-Slack-Retry-Num": "1"}
    await slack.typed("customer Acme", "Ev7", retry)
    await slack.slack.until("chat.postMessage")
    async with world() as restarted:
        restarted.slack.messages["DU1"] = slack.slack.messages["DU1"]
        await restarted.typed("customer Acme", "Ev7", retry)
        await restarted.slack.until("conversations.history")
        await restarted.platform.close()
        assert restarted.dispatcher.seen == []


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


async def test_submission_closes_and_confirms_where_it_began(slack: World) -> None:
    """A saved form closes the modal, and the confirmation appears where the command was typed, once."""
    view = await _form(slack, SAVED)
    answers = [await slack.submit(view, {"heard": "slow"}) for _ in range(2)]
    assert [await answer.text() for answer in answers] == ["", ""]
    (message,) = await slack.slack.answers("r")
    assert "Visit logged" in message["text"]
    assert slack.dispatcher.seen[1].form == {"heard": "slow"}
    await asyncio.sleep(0.1)
    assert len(slack.slack.responses["r"]) == 1


async def test_nothing_filled_in_is_a_field_error(slack: World) -> None:
    """Submitting with nothing selected sends nulls, which reach the dispatcher as empty text; its error appears at the field."""
    view = await _form(slack, FORM.model_copy(update={"errors": {"heard": "Say what you heard."}}))
    answer = await (await slack.submit(view)).json()
    assert answer == {"response_action": "errors", "errors": {"heard": "Say what you heard."}}
    assert slack.dispatcher.seen[1].form == {"heard": ""}


async def test_corrected_form_is_a_new_submission(slack: World) -> None:
    """After field errors the same view comes again, corrected: it isn't taken for a repetition of the first."""

    def check(inbound: Inbound) -> Card | Form:
        if inbound.form is None:
            return FORM
        return SAVED if inbound.form["heard"] else FORM.model_copy(update={"errors": {"heard": "Say what you heard."}})

    slack.dispatcher.replies["logvisit"] = check
    await slack.command("/logvisit")
    view = await slack.opened()
    await slack.submit(view)
    assert await (await slack.submit(view, {"heard": "slow"})).text() == ""
    await slack.slack.answers("r")


async def test_changed_form_replaces_the_modal(slack: World) -> None:
    """A form that comes back with another field can't be answered by field errors: the modal is replaced, errors in it."""
    more = FORM.model_copy(
        update={"fields": (*FORM.fields, TextField(name="who", label="Who")), "errors": {"who": "Who was it?", "": "Look again."}}
    )
    view = await _form(slack, more)
    answer = await (await slack.submit(view, {"heard": "slow"})).json()
    assert answer["response_action"] == "update"
    assert "Who was it?" in json.dumps(answer)
    assert "Look again." in json.dumps(answer)


async def test_refused_form_keeps_what_was_typed(slack: World) -> None:
    """A refusal is shown above the form, which keeps what was typed and can be sent again."""
    view = await _form(slack, Card(title="Too late", tone=Tone.WARNING, blocks=(Text(text="It was deleted."),)))
    answer = await (await slack.submit(view, {"heard": "a long story"})).json()
    field = answer["view"]["blocks"][-1]
    assert field["element"]["initial_value"] == "a long story"
    assert "It was deleted." in json.dumps(answer)
    assert read_sent(answer["view"]) == read_sent(view)


async def test_fault_keeps_what_was_typed(slack: World) -> None:
    """A fault while saving shows the form again, as it was filled in."""
    view = await _form(slack, RuntimeError("database gone"))
    answer = await (await slack.submit(view, {"heard": "a long story"})).json()
    assert answer["view"]["blocks"][-1]["element"]["initial_value"] == "a long story"


async def test_slow_saving_shows_a_stand_in(slack: World) -> None:
    """Saving that takes longer than Slack waits: the modal says so, then that it's done, and the confirmation comes."""
    view = await _form(slack, SAVED)
    slack.dispatcher.delay = 2.6
    answer = await (await slack.submit(view, {"heard": "slow"})).json()
    assert answer["view"]["title"]["text"] == "Saving…"
    await slack.slack.answers("r")
    assert "Visit logged" in json.dumps(await slack.opened(updates=1))


async def test_slow_errors_in_a_closed_modal_give_the_text_back(slack: World) -> None:
    """When the stand-in was closed before errors came back, what was typed is sent to the person."""
    view = await _form(slack, FORM.model_copy(update={"errors": {"heard": "Say more."}}))
    slack.dispatcher.delay = 2.6
    await slack.submit(view, {"heard": "a long story"})
    slack.slack.views.clear()
    (message,) = await slack.slack.until("chat.postMessage")
    assert "a long story" in json.dumps(message)
    assert "Say more." in json.dumps(message)


async def test_search_in_many_customers(slack: World) -> None:
    """Of 650 customers the first hundred are offered, with the word that typing on finds others."""
    slack.dispatcher.found = tuple(Option(value=str(number), label=f"Customer {number} <!channel>") for number in range(650))
    field = SearchField(name="customer", label="Customer", source="customers", query="Acme & Co")
    slack.dispatcher.replies["logvisit"] = FORM.model_copy(update={"fields": (field,)})
    await slack.command("/logvisit")
    element = (await slack.opened())["blocks"][0]["element"]
    answer = await (await slack.search(element["action_id"])).json()
    (group,) = answer["option_groups"]
    assert len(group["options"]) == 100
    assert "keep typing" in group["label"]["text"]
    assert "<" not in json.dumps(group)
    await slack.search(element["action_id"], "glob")
    assert [query for _, _, query in slack.dispatcher.searched] == ["Acme Co", "glob"]


async def test_few_found_are_plain_options(slack: World) -> None:
    """Fewer than a hundred come as they are; a value too long for Slack is left out, not an error for all."""
    slack.dispatcher.found = (Option(value="1", label="Acme", detail="Key customer"), Option(value="x" * 151, label="Endless"))
    answer = await (await slack.search("search:customers:customer:")).json()
    assert [option["value"] for option in answer["options"]] == ["1"]


async def test_slow_search_answers_in_time(slack: World) -> None:
    """A search slower than Slack waits is answered with nothing rather than not at all."""
    slack.dispatcher.delay = 3.5
    answer = await slack.search("search:customers:customer:", "a")
    assert await answer.json() == {"options": []}


async def test_unknown_account_brings_its_email(slack: World) -> None:
    """An account not linked to a person is looked up once; the email and being a guest travel with it."""
    slack.dispatcher.known = False
    slack.slack.users["U1"]["is_ultra_restricted"] = True
    for _ in range(2):
        await slack.command("/customer")
    await slack.slack.answers("r", 2)
    assert [(seen.sender.email, seen.sender.guest) for seen in slack.dispatcher.seen] == [("ann@acme.example", True)] * 2
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


async def test_forged_requests_are_refused(slack: World) -> None:
    """A wrong signature, a stale, missing or non-numeric timestamp is 401, a body that isn't JSON 400, and nothing happens."""
    body = "command=%2Fcustomer&text=x&user_id=U1&channel_id=C1&trigger_id=t"
    statuses = [
        (await slack.post(body, secret="another")).status,
        (await slack.post(body, timestamp="1600000000")).status,
        (await slack.post(body, timestamp="soon")).status,
        (await slack.post(body, timestamp="١٢٣")).status,
        (await slack.post(body, {"X-Slack-Request-Timestamp": ""})).status,
        (await slack.post(body, {"X-Slack-Signature": "v0=ü"})).status,
        (await slack.post("{nothing")).status,
    ]
    assert statuses == [401, 401, 401, 401, 401, 401, 400]
    assert slack.dispatcher.seen == []


async def test_url_verification(slack: World) -> None:
    """Slack's challenge at set-up is given back."""
    answer = await slack.post(json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert (await answer.json())["challenge"] == "abc"


async def test_closing_waits_for_answers(slack: World) -> None:
    """Closing lets an answer in work go out."""
    slack.dispatcher.delay = 0.5
    await slack.command("/customer")
    await eventually(lambda: bool(slack.dispatcher.seen))
    await slack.platform.close()
    assert len(slack.slack.responses["r"]) == 1


def _button(**more: bool) -> dict[str, str]:
    value = json.dumps({"command": "done", "args": {}} | more)
    return {"type": "button", "action_id": "done:0", "value": value}


async def _form(slack: World, then: Card | Form | Exception) -> dict[str, Any]:
    """Open the form, and let its submission be answered with `then`."""

    def answer(inbound: Inbound) -> Card | Form:
        if inbound.form is None:
            return FORM
        if isinstance(then, Exception):
            raise then
        return then

    slack.dispatcher.replies["logvisit"] = answer
    await slack.command("/logvisit")
    return await slack.opened()
