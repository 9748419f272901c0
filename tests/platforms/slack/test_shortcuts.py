"""A promise made of any message, and forms opened by a shortcut: signed payloads through Bolt, and the real dispatcher's answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa

from bot.cards import Form, Reply, TextField
from bot.commands import Inbound, Place
from bot.domain.promises.commitments import Commitment
from bot.platforms.slack import listeners
from bot.platforms.slack.modals import read_sent
from bot.platforms.slack.shortcuts import excerpt, shortened
from tests.conftest import World as Company
from tests.platforms.slack.fake_slack import Failure
from tests.platforms.slack.world import World, buttons
from tests.platforms.slack.world import world as served

Json = dict[str, Any]
TS = "1600000000.000100"
LINK = "https://acme.slack.com/archives/C1/p1600000000000100"
LINE = "<@U2> to send Acme Corp the outage report by next Friday &amp; tell <!channel>"
TYPED = "@Emil Novak to send Acme Corp the outage report by next Friday & tell @channel"
NASTY = '<"\n😀' * 750 + "x"


def message(text: str | None = LINE, **more: object) -> Json:
    """Make a message as a shortcut's payload has it."""
    said = {} if text is None else {"text": text}
    return {"type": "message", "user": "U2", "ts": TS} | said | more


def known(slack: World, email: str = "ada@firm.example") -> None:
    """Let U1 be somebody of the company, and U2 Emil."""
    slack.slack.users["U1"]["profile"]["email"] = email
    slack.slack.add_user("U2", email="emil@firm.example", name="Emil Novak")


def as_opened(view: Json) -> Json:
    """Everything the form was opened with, by block id."""
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    names = ("initial_value", "initial_date", "initial_option")
    return {name: next((element[each] for each in names if each in element), None) for name, element in inputs.items()}


def promises(world: Company) -> list[Commitment]:
    """Everything promised."""
    with world.database.session() as session:
        found = list(session.scalars(sa.select(Commitment)))
        session.expunge_all()
        return found


async def test_message_becomes_a_promise(world: Company) -> None:
    """The form opens filled in from the message; what is saved, once, carries its link and its words, and is confirmed in private."""
    async with served(world.application.dispatcher) as slack:
        known(slack)
        answer = await slack.on_message(message())
        assert (answer.status, await answer.text()) == (200, "")
        view = await slack.opened()
        filled = as_opened(view)
        assert filled["owner"]["text"]["text"] == "Emil Novak"
        assert filled["customer"]["text"]["text"] == "Acme Corp"
        assert (filled["what"], filled["due"]) == ("send Acme Corp the outage report & tell @channel", "2026-12-04")
        for _ in range(2):
            assert await (await slack.submit(view, filled)).text() == ""
        (shown,) = await slack.slack.answers("r")
        assert shown["response_type"] == "ephemeral"
        assert "Emil Novak" in shown["text"]
    (promise,) = promises(world)
    assert (promise.source_link, promise.source_text) == (LINK, TYPED)


async def test_field_error_keeps_link_and_text(world: Company) -> None:
    """A form sent back for its mistakes and sent again still knows the message it was made from."""
    async with served(world.application.dispatcher) as slack:
        known(slack)
        await slack.on_message(message())
        view = await slack.opened()
        filled = as_opened(view)
        wrong = await (await slack.submit(view, filled | {"what": ""})).json()
        assert "what" in wrong["errors"]
        await slack.submit(view, filled)
    (promise,) = promises(world)
    assert (promise.source_link, promise.source_text) == (LINK, TYPED)


@pytest.mark.parametrize("text", ["a" * 3_001, NASTY], ids=["plain", "nasty"])
async def test_long_message_is_cut_visibly_and_can_be_saved(world: Company, text: str) -> None:
    """3,001 characters, even of those that JSON writes long: the form takes 2,000, the promise keeps an excerpt, both end in "…"."""
    async with served(world.application.dispatcher) as slack:
        known(slack)
        await slack.on_message(message(text.replace("<", "&lt;")))
        view = await slack.opened()
        filled = as_opened(view)
        typed = "".join(value for name, value in filled.items() if name.startswith("what"))
        assert 1_995 <= len(typed) <= 2_000  # no blank stands before the sign
        assert typed.endswith("…")
        await slack.submit(view, filled | {"owner": {"value": str(world.ids["emil"])}, "due": "2026-12-04"})
        await slack.slack.answers("r")
    (promise,) = promises(world)
    assert promise.what == typed
    assert promise.source_text.endswith("…")
    assert text.startswith(promise.source_text[:-1])
    assert promise.source_link == LINK


@pytest.mark.parametrize("more", [{"blocks": [{"type": "divider"}]}, {"bot_id": "B7", "subtype": "bot_message"}])
async def test_message_without_text_opens_the_empty_form(world: Company, more: Json) -> None:
    """Of a message made of blocks alone, or a bot's, the link is kept; the promise is written by hand."""
    async with served(world.application.dispatcher) as slack:
        known(slack)
        await slack.on_message(message("" if "bot_id" in more else None, **more))
        view = await slack.opened()
        assert as_opened(view)["what"] is None
        args = read_sent(view).args
        assert (args["source_link"], "source_text" in args) == (LINK, False)


async def test_without_the_right_it_is_refused(world: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff who may not promise for an executive are told so in private, and no form opens."""
    monkeypatch.setattr(listeners, "FORM_BUDGET", 60)  # a busy machine would hold its place with a modal
    async with served(world.application.dispatcher) as slack:
        known(slack, "emil@firm.example")
        await slack.on_message(message())
        (shown,) = await slack.slack.answers("r")
        assert shown["response_type"] == "ephemeral"
        assert "/commit" in json.dumps(shown)
        assert slack.slack.called("views.open") == []
    assert promises(world) == []


@pytest.mark.parametrize(
    "failure",
    [
        Failure(body='{"ok": false, "error": "channel_not_found"}'),
        Failure(status=503, body="down", content_type="text/plain"),
        Failure(cut="before"),
        Failure(delay=4.0),
    ],
    ids=["refused", "down", "cut", "slow"],
)
async def test_without_a_permalink_the_promise_is_still_made(failure: Failure) -> None:
    """Where Slack won't give the message's address, or not in time, the form opens all the same and carries the text alone."""
    async with served() as slack:
        slack.dispatcher.replies["commit"] = kept
        slack.slack.failures["chat.getPermalink"] += [failure] * 2  # aiohttp asks again where a kept connection was cut
        await slack.on_message(message("Send the report"))
        view = await slack.opened(updates=1 if failure.delay else 0)
        assert read_sent(view).args == {"source_text": "Send the report", "source_ref": "slack:C1:1600000000.000100"}
        assert as_opened(view) == {"what": "Send the report"}


def kept(inbound: Inbound) -> Reply:
    """Answer with a form that keeps what it was opened from, as the real one does."""
    fields = (TextField(name="what", label="What", value=inbound.text, multiline=True, max_length=2_000),)
    return Form(title="Add a commitment", command="commit", fields=fields, args=dict(inbound.args))


async def test_doubled_delivery_opens_one_form() -> None:
    """The same use of a shortcut delivered twice reaches the dispatcher once; used again, it opens a form again."""
    async with served() as slack:
        slack.dispatcher.replies["commit"] = kept
        for at in ("5.1", "5.1", "5.2"):
            await slack.on_message(message("Send the report"), at=at)
        await slack.slack.until("views.open", 2)
        await slack.platform.close()
        assert [seen.event_id for seen in slack.dispatcher.seen] == ["action:U1:5.1:commit", "action:U1:5.2:commit"]
        assert {seen.place for seen in slack.dispatcher.seen} == {Place.SHARED}


@pytest.mark.parametrize("text", ["Send <@U1> the report", "y" * 1_700, NASTY], ids=["short", "long", "nasty"])
async def test_spent_trigger_offers_what_fits_a_button(text: str) -> None:
    """When the trigger is gone, a button opens the form with link and text; a text too long for it is shown instead."""
    async with served() as slack:
        slack.dispatcher.replies["commit"] = kept
        await slack.on_message(message(text.replace('<"', '&lt;"')), trigger="long.gone")
        (shown,) = await slack.slack.answers("r")
        (button,) = buttons(shown)
        await slack.press(button)
        view = await slack.opened()
        first, second = slack.dispatcher.seen
        assert second.args["source_link"] == LINK
        assert second.text == ("" if text == NASTY else first.text)
        assert second.text or first.text[:100].splitlines()[0] in json.dumps(shown).replace('\\"', '"')
        assert read_sent(view).command == "commit"


@pytest.mark.parametrize("callback", ["nonsense", "customer", "hidden", "logvisit"])
async def test_unknown_message_shortcut_is_answered_as_nothing_recognised(callback: str) -> None:
    """A callback id that makes nothing of messages reaches the dispatcher without a command, and nothing of the message with it."""
    async with served() as slack:
        await slack.on_message(message(), callback)
        await slack.slack.answers("r")
        (seen,) = slack.dispatcher.seen
        assert (seen.command, seen.text, dict(seen.args)) == ("", "", {})


@pytest.mark.parametrize("callback", ["logvisit", "logcall", "commit"])
async def test_global_shortcut_opens_its_form_and_saves(world: Company, callback: str) -> None:
    """From the workspace's shortcut menu the form opens empty; sent so, its mistakes are said at its fields."""
    async with served(world.application.dispatcher) as slack:
        known(slack)
        answer = await slack.shortcut(callback)
        assert (answer.status, await answer.text()) == (200, "")
        view = await slack.opened()
        assert read_sent(view).command in {callback, "logvisit"}
        assert (await (await slack.submit(view)).json())["response_action"] == "errors"


async def test_global_shortcut_answers_in_direct_messages() -> None:
    """It belongs to no channel: what it can't open, and an unknown one's help, come as a direct message."""
    async with served() as slack:
        await slack.shortcut("nonsense")
        (shown,) = await slack.slack.until("chat.postMessage")
        assert shown["channel"] == "DU1"
        assert slack.dispatcher.seen[0].command == ""


def test_excerpt_fits_and_says_that_it_is_one() -> None:
    """Short text stays; long text is cut to 1,500 characters, and further where JSON needs more room for it."""
    assert excerpt("short") == "short"
    assert excerpt("a" * 1_500) == "a" * 1_500
    assert excerpt("a" * 1_501) == "a" * 1_499 + "…"
    assert len(json.dumps(excerpt("&" * 3_000)).replace("&", "\\u0026")) <= 1_900
    assert shortened("abc", 2) == "a…"
