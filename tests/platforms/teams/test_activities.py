"""What people do in Teams reaches the dispatcher as meant, and the answer reaches them: real HTTP, signed, against a fake connector."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cards import Actions, Button, Card, Form, Option, Text, Tone
from bot.commands import Place
from bot.domain.access.accounts import Vouch
from bot.platforms.teams.activities import WELCOME
from bot.platforms.teams.forms import render_form
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.replies import NO_CHAT, POINTER
from tests.platforms.teams.fake_connector import TENANT, refusal
from tests.platforms.teams.shown import Json, actions, inputs, texts
from tests.platforms.teams.test_forms import submitted
from tests.platforms.teams.world import BOT, CHANNEL, FORM, World, card_of, world

SAVED = Card(title="Logged", tone=Tone.GOOD)
REFUSED = Card(title="Not now", blocks=(Text(text="Ask the CX office."),), tone=Tone.WARNING)
MENTION = {"type": "mention", "text": "<at>Bot</at>", "mentioned": {"id": BOT, "name": "Bot"}}
BEN = {"type": "mention", "text": "<at>Ben</at>", "mentioned": {"id": "29:ben", "name": "Ben O'Neill"}}


@pytest.mark.parametrize(
    ("text", "entities", "command", "rest"),
    [
        ("/logvisit Acme", [], "logvisit", "Acme"),
        ("logvisit", [], "logvisit", ""),
        ("LogVisit\u00a0Acme", [], "logvisit", "Acme"),
        ("<at>Bot</at>&nbsp;/logvisit Acme\r\n", [MENTION], "logvisit", "Acme"),
        (
            "<at>Bot</at> <at></at>logvisit <at>Ben</at> &amp; R&amp;D\r\nsecond",
            [MENTION, BEN],
            "logvisit",
            "@Ben O'Neill & R&D\nsecond",
        ),
        ("logvisit &lt;at&gt;all&lt;/at&gt; &lt;3", [], "logvisit", "<at>all</at> <3"),
        ("logvisit <!channel> *x* مرحبا 🛫", [], "logvisit", "<!channel> *x* مرحبا 🛫"),
        ("logvisit " + "x" * 3_001, [], "logvisit", "x" * 3_001),
        ("what can you do", [], "", "what can you do"),
        ('<quoted messageId="1778622003149"/> logvisit Acme', [], "logvisit", "Acme"),
        ('<quoted messageId="1"/>\n<quoted messageId="2"/>\r\n/logvisit Acme', [], "logvisit", "Acme"),
        ("<quoted messageId='1'>somebody's words</quoted>logvisit Acme", [], "logvisit", "Acme"),
        ('<quoted messageId="1"/><at>Bot</at> logvisit Acme', [MENTION], "logvisit", "Acme"),
        ("&lt;quoted messageId=1/&gt; logvisit", [], "", "<quoted messageId=1/> logvisit"),
        ("\u200blogvisit Acme", [], "logvisit", "Acme"),
        ("\ufeff/log\u00advisit\u200b \u2060Acme 👩\u200d🚒 says\u200bso", [], "logvisit", "Acme 👩\u200d🚒 says\u200bso"),
        ("<at>Bot</at>\u200e logvisit \u200fאקמי", [MENTION], "logvisit", "אקמי"),
        ("logvisit &#" + "9" * 5_000 + "; Acme", [], "logvisit", "\ufffd Acme"),
        ("hidden", [], "", "hidden"),
        (None, [], "", ""),
        ("  \r\n ", [], "", ""),
    ],
)
async def test_what_is_typed_is_understood(text: str | None, entities: list[Json], command: str, rest: str) -> None:
    """With slash or without, with mention, entities and odd spaces: the command and its text as the person typed them."""
    async with world() as teams:
        assert (await teams.typed(text, entities=entities)).status == 200
        (inbound,) = teams.dispatcher.seen
        assert (inbound.command, inbound.text, inbound.place) == (command, rest, Place.PERSONAL)
        assert len(teams.teams.sent("a:personal")) == 1


@pytest.mark.parametrize(
    "attachment",
    [
        {"contentType": "image/*", "contentUrl": "https://x.example/p"},
        {"contentType": "application/vnd.microsoft.teams.file.download.info", "content": {}},
        {"contentType": "audio/mp4"},
        {"contentType": "text/html", "content": '<p><img src="https://x.example/p"></p>'},
        {},
    ],
)
async def test_a_picture_alone_gets_one_line(attachment: Json) -> None:
    """A picture or file without a word is told that it says nothing here; a message's own HTML is no file."""
    async with world() as teams:
        await teams.typed("", attachments=[attachment])
        (message,) = teams.teams.sent("a:personal")
        assert message["summary"].startswith("I can only read typed text")
        assert teams.dispatcher.seen == []
        await teams.typed("help", attachments=[attachment, {"contentType": "text/html", "content": "<p>help</p>"}])
        assert [one.command for one in teams.dispatcher.seen] == ["help"]


async def test_a_submit_that_cannot_be_read_is_told_so() -> None:
    """Data of another version's card, come as a message: beside the card, not help."""
    async with world() as teams:
        await teams.typed(None, value={"verb": "something", "v": 2})
        assert [one["summary"] for one in teams.teams.sent()] == ["This card is from an older version"]
        assert teams.dispatcher.seen == []


async def test_the_sender_is_who_teams_says() -> None:
    """Account, tenant and the way back come from the activity; the email isn't asked for when the account is known."""
    async with world() as teams:
        await teams.typed("help")
        sender = teams.dispatcher.seen[0].sender
        assert (sender.user_id, sender.tenant, sender.email) == ("aad-ada", TENANT, "")
        assert Reference.unpacked(sender.conversation) == Reference(teams.teams.service, "a:personal", TENANT, BOT, "29:ada")


@pytest.mark.parametrize(
    ("member", "email", "vouch"),
    [
        ({"email": "ada@firm.example", "userRole": "user"}, "ada@firm.example", Vouch.OURS),
        ({"userPrincipalName": "ada@firm.example"}, "ada@firm.example", Vouch.OURS),
        ({"email": "a@other.example", "userRole": "guest"}, "", Vouch.NOT_OURS),
        ({"userPrincipalName": "a_other.example#EXT#@firm.example"}, "", Vouch.NOT_OURS),
        (None, "", Vouch.UNKNOWN),
    ],
)
async def test_an_unknown_account_is_looked_up(member: Json | None, email: str, vouch: Vouch) -> None:
    """What Teams says of an account comes from the conversation's roster, once in five minutes; nobody found is no fault."""
    async with world() as teams:
        teams.dispatcher.known = False
        if member:
            teams.teams.members["29:ada"] = member
        await teams.typed("help")
        await teams.typed("help")
        assert [(one.sender.email, one.sender.vouch) for one in teams.dispatcher.seen] == [(email, vouch)] * 2
        assert len([call for call in teams.teams.calls if call[0] == "GET"]) == (1 if member else 2)


async def test_a_member_is_looked_up_in_the_channel_not_the_thread() -> None:
    """A thread's id carries its first message's, which the roster doesn't know."""
    async with world() as teams:
        teams.dispatcher.known = False
        teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}
        await teams.typed("journey", shared=True)
        assert teams.teams.calls[0][1] == "/19:channel@thread.tacv2/members/29:ada"
        assert teams.dispatcher.seen[0].sender.email == "ada@firm.example"


async def test_a_doubled_message_is_answered_once() -> None:
    """The same activity again is taken, and nothing happens."""
    async with world() as teams:
        for _ in range(2):
            assert (await teams.typed("help", id="same")).status == 200
        assert len(teams.teams.sent()) == len(teams.dispatcher.seen) == 1


async def test_a_private_answer_goes_to_the_persons_chat() -> None:
    """A command typed in a channel is answered in the person's own chat, with a pointer where it was typed; no channel is kept."""
    async with world() as teams:
        await teams.typed("<at>Bot</at> logvisit Acme", shared=True, entities=[MENTION])
        (inbound,) = teams.dispatcher.seen
        assert (inbound.place, inbound.sender.conversation) == (Place.SHARED, "")
        assert inputs(card_of(teams.teams.sent("a:new")[0]))
        assert [message["text"] for message in teams.teams.sent(CHANNEL)] == [POINTER]


async def test_a_public_answer_stays_where_it_was_asked() -> None:
    """What everyone may read is shown in the channel."""
    async with world() as teams:
        await teams.typed("<at>Bot</at> journey", shared=True, entities=[MENTION])
        assert [message["summary"] for message in teams.teams.sent(CHANNEL)] == ["you said journey"]
        assert teams.teams.sent("a:new") == []


async def test_without_a_chat_nothing_private_is_shown() -> None:
    """When the person has no chat with the bot, the channel is told so, and nothing else."""
    async with world() as teams:
        teams.teams.script = [refusal(400, "BadArgument"), refusal(403, "BotNotInConversationRoster")]
        await teams.typed("<at>Bot</at> help", shared=True, entities=[MENTION])
        assert [message["text"] for message in teams.teams.sent()] == [NO_CHAT]


async def test_a_throttled_reply_comes_later() -> None:
    """A busy Teams is waited for; a refusal for good is told to the log and ends in no fault."""
    async with world() as teams:
        teams.teams.script = [refusal(429, Retry_After="0")]
        await teams.typed("help")
        assert len(teams.teams.messages) == 1
        teams.teams.script = [refusal(403, "MessageWritesBlocked")]
        assert (await teams.typed("help")).status == 200
        assert len(teams.teams.messages) == 1


async def test_an_install_is_greeted_once() -> None:
    """However many activities an install sends, one greeting comes; people who join later, or an uninstall, bring none."""
    async with world() as teams:
        added = [{"id": BOT}, {"id": "29:ada"}]
        await teams.post(teams.activity("conversationUpdate", membersAdded=[{"id": "29:ben"}]))
        await teams.post(teams.activity("installationUpdate", action="remove"))
        assert teams.teams.sent() == []
        await teams.post(teams.activity("installationUpdate", action="add"))
        await teams.post(teams.activity("conversationUpdate", membersAdded=added))
        await teams.post(teams.activity("conversationUpdate", membersAdded=added))
        assert [one.command for one in teams.dispatcher.seen] == ["help"]
        assert len(teams.teams.sent("a:personal")) == 1
        await teams.post(teams.activity("conversationUpdate", shared=True, membersAdded=added))
        assert [message["summary"] for message in teams.teams.sent(CHANNEL)] == [WELCOME.title]


async def test_a_press_is_answered_below() -> None:
    """A button that doesn't replace its card brings a new message, and a line to the one who pressed."""
    async with world() as teams:
        body = await teams.press({"command": "hidden", "args": {"id": "7"}})
        assert dict(teams.dispatcher.seen[0].args) == {"id": "7"}
        assert body["type"] == "application/vnd.microsoft.activity.message"
        assert len(teams.teams.sent()) == 1
        assert teams.teams.updated() == []


async def test_a_press_that_replaces_changes_the_card_for_good() -> None:
    """The answer takes the card's place at once, and the message itself is changed; a refusal leaves the card."""
    async with world() as teams:
        teams.dispatcher.replies["hidden"] = SAVED
        body = await teams.press({"command": "hidden", "replaces": True})
        assert "✅ Logged" in texts(body["value"])
        assert [number for number, _ in teams.teams.updated()] == ["m-card"]
        teams.dispatcher.replies["hidden"] = REFUSED
        body = await teams.press({"command": "hidden", "replaces": True})
        assert body["value"] == "Not now"
        assert len(teams.teams.updated()) == 1


async def test_a_private_press_in_a_channel_is_answered_in_private() -> None:
    """A button anyone can press doesn't turn into one person's answer before all."""
    async with world() as teams:
        body = await teams.press({"command": "hidden", "replaces": True}, shared=True)
        assert body["value"] == POINTER
        assert (teams.teams.sent(CHANNEL), teams.teams.updated()) == ([], [])
        assert len(teams.teams.sent("a:new")) == 1


async def test_a_doubled_press_is_answered_alike_and_done_once() -> None:
    """A client that asks again after 15 s is given the same answer, with no second message."""
    async with world() as teams:
        first, second = [await teams.press({"command": "hidden"}, id="same") for _ in range(2)]
        assert first == second
        assert len(teams.dispatcher.seen) == len(teams.teams.sent()) == 1


async def _form_after(teams: World) -> Json:
    await teams.typed("logvisit Acme")
    return card_of(teams.teams.sent()[-1])


async def test_a_typed_command_brings_a_form_that_its_confirmation_replaces() -> None:
    """The form in the chat is filled in, saved, and gone: it can't be sent twice."""
    async with world() as teams:
        form = await _form_after(teams)
        teams.dispatcher.replies["logvisit"] = SAVED
        body = await teams.press(submitted(form, {"text-heard": "six weeks"}))
        assert (teams.dispatcher.seen[-1].form, dict(teams.dispatcher.seen[-1].args)) == ({"heard": "six weeks"}, {"form_id": "f1"})
        assert "✅ Logged" in texts(body["value"])
        ((number, message),) = teams.teams.updated()
        assert (number, inputs(card_of(message))) == ("m-card", {})


async def test_mistakes_bring_the_form_again() -> None:
    """A form with mistakes comes back in its place with them; an empty submission is no fault."""
    async with world() as teams:
        form = await _form_after(teams)
        teams.dispatcher.replies["logvisit"] = FORM.model_copy(update={"errors": {"heard": "Say what you heard"}})
        body = await teams.press(submitted(form))
        assert teams.dispatcher.seen[-1].form == {"heard": ""}
        assert "⚠️ Say what you heard" in texts(body["value"])


async def test_a_refused_form_keeps_what_was_typed() -> None:
    """When the whole is refused, the reason stands above the form with everything still in it."""
    async with world() as teams:
        form = await _form_after(teams)
        teams.dispatcher.replies["logvisit"] = lambda inbound: FORM if inbound.form is None else REFUSED
        body = await teams.press(submitted(form, {"text-heard": "six weeks"}))
        assert "Not now. Ask the CX office." in texts(body["value"])
        assert inputs(body["value"])["text-heard"]["value"] == "six weeks"


async def test_a_button_opens_a_dialog_and_saving_closes_it() -> None:
    """The form comes as a dialog; mistakes stay in it; saved, it closes and the confirmation comes to the chat, once."""
    async with world() as teams:
        status, body = await teams.invoke(
            "task/fetch", {"data": {"msteams": {"type": "task/fetch"}, "command": "logvisit", "args": {}}}
        )
        task = body["task"]
        assert (status, task["type"], task["value"]["title"]) == (200, "continue", "Log a visit")
        form = task["value"]["card"]["content"]
        assert actions(form)[-1]["type"] == "Action.Submit"
        data = submitted(form, {"text-heard": "six weeks"})
        teams.dispatcher.replies["logvisit"] = FORM.model_copy(update={"errors": {"heard": "More, please"}})
        _, body = await teams.invoke("task/submit", {"data": data})
        assert "⚠️ More, please" in texts(body["task"]["value"]["card"]["content"])
        teams.dispatcher.replies["logvisit"] = SAVED
        for _ in range(2):
            assert await teams.invoke("task/submit", {"data": data}, id="same") == (200, None)
        assert [message["summary"] for message in teams.teams.sent()] == ["Logged"]


async def test_a_dialogs_confirmation_replaces_the_card_its_button_was_on() -> None:
    """A prompt answered through its dialog turns into the confirmation; when that message is gone, it comes as a new one."""
    async with world() as teams:
        asked = {"data": {"command": "logvisit", "args": {}, "replaces": True}}
        _, body = await teams.invoke("task/fetch", asked, replyToId="m-prompt")
        data = submitted(body["task"]["value"]["card"]["content"], {"text-heard": "x"})
        teams.dispatcher.replies["logvisit"] = SAVED
        await teams.invoke("task/submit", {"data": data})
        assert [number for number, _ in teams.teams.updated()] == ["m-prompt"]
        assert teams.teams.sent() == []
        teams.teams.script = [refusal(404, "ActivityNotFound")]
        await teams.invoke("task/submit", {"data": data})
        assert len(teams.teams.sent()) == 1


async def test_a_submit_that_comes_as_a_message_is_a_press() -> None:
    """A client without dialogs sends a button's or form's data as a message with no text."""
    async with world() as teams:
        await teams.typed(None, value={"command": "logvisit", "args": {}, "dialog": True})
        form = card_of(teams.teams.sent()[-1])
        assert actions(form)[-1]["type"] == "Action.Execute"
        teams.dispatcher.replies["logvisit"] = SAVED
        await teams.typed(None, value=submitted(form, {"text-heard": "six"}), replyToId="m1")
        assert teams.dispatcher.seen[-1].form == {"heard": "six"}
        assert [number for number, _ in teams.teams.updated()] == ["m1"]


async def test_a_list_is_searched_as_one_types() -> None:
    """What is typed reaches the list by its name, and the best come back with values that stand a comma."""
    async with world() as teams:
        teams.dispatcher.found = (
            Option(value="new:A, B", label="A, B", detail="new"),
            *(Option(value=str(n), label="x") for n in range(200)),
        )
        value = {"queryText": "a, b", "queryOptions": {"skip": 0, "top": 15}, "dataset": "customers"}
        status, body = await teams.invoke("application/search", value)
        assert (status, body["type"]) == (200, "application/vnd.microsoft.search.searchResponse")
        assert body["value"]["results"][0] == {"value": "new:A%2C B", "title": "A, B · new"}
        assert len(body["value"]["results"]) == 100
        assert teams.dispatcher.searched[0][1:] == ("customers", "a, b")


@pytest.mark.parametrize(
    "name", ["adaptiveCard/action", "task/fetch", "task/submit", "application/search", "signin/verifyState", ""]
)
@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        5,
        [],
        {},
        {"data": None},
        {"data": {"command": 5}},
        {"data": {"command": "help", "args": [1]}},
        {"action": "x"},
        {"dataset": 1},
    ],
)
async def test_an_odd_invoke_is_refused(name: str, value: Any) -> None:
    """A missing or odd value is answered as such, in the way its sender reads, and nothing happens."""
    async with world() as teams:
        status, body = await teams.invoke(name, value)
        assert status in {200, 400, 501}
        assert status != 200 or body["statusCode"] == 400
        assert teams.dispatcher.seen == []


async def test_a_dialog_can_show_a_card() -> None:
    """A button that was to open a form may be answered with a card, when there is nothing to fill in."""
    async with world() as teams:
        teams.dispatcher.replies["logvisit"] = Card(
            title="Not yours", blocks=(Actions(buttons=(Button(label="Help", command="help"),)),)
        )
        _, body = await teams.invoke("task/fetch", {"data": {"command": "logvisit"}})
        assert texts(body["task"]["value"]["card"]["content"]) == ["Not yours"]


def test_a_form_of_the_contract_is_drawn() -> None:
    """The form the fake dispatcher gives is one that Teams takes."""
    assert isinstance(FORM, Form)
    assert list(inputs(render_form(FORM, inline=True))) == ["text-heard"]
