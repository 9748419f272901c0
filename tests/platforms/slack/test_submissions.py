"""Forms submitted and searches typed in: signed requests through Bolt on a real server, against a fake Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from bot.cards import Card, Facts, Form, Option, SearchField, Text, TextField, Tone
from bot.commands import Inbound
from bot.platforms.slack.modals import read_sent
from tests.platforms.slack.world import FORM, World, world

SAVED = Card(title="Visit logged", tone=Tone.GOOD, blocks=(Facts(items=(("Customer", "Acme"),)),))


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[World]:
    """Serve a platform and its fake Slack."""
    async with world() as made:
        yield made


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
