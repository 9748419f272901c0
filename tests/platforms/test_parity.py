"""Parity: every fact, button and field of every view is there on Slack, on Teams, on the page and on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.cards import Actions, Byline, Card, Chart, Facts, Form, Heading, Quote, Reply, Text
from bot.domain.engagements import prompts
from bot.domain.errors import Refusal
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.updates import broadcasts, receipts, updates
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.measures.reasons import why_ask
from bot.platforms.console.html import render_card, render_form
from bot.platforms.console.text import render_text
from bot.platforms.previews import PREVIEWS
from bot.views import access, journey, questions, refusals
from bot.views.prompts import closed, prompt_card
from bot.views.updates import copy
from tests.conftest import NOW, World, button

NOTE = "They said: *six* weeks_is_long <!channel> & “more”"


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def plain(text: str) -> str:
    """A text as it's read: without escapes, signs for emphasis, or line breaks."""
    import html  # noqa: PLC0415

    return "".join(sign for sign in html.unescape(text).replace("\\", "") if sign.isalnum())


def rendered(reply: Reply) -> dict[str, str]:
    """What each platform would show, as one run of letters."""
    page = render_card(reply) if isinstance(reply, Card) else render_form(reply)
    shown: dict[str, str] = {name: "".join(texts(render(reply))) for name, render in PREVIEWS.items()}
    return {name: plain(text) for name, text in {**shown, "page": str(page), "terminal": render_text(reply)}.items()}


def expected(reply: Reply) -> Iterator[str]:
    """Every word of a view that must be there everywhere."""
    if isinstance(reply, Form):
        yield from (one.label for one in reply.fields)
        yield from reply.errors.values()
        return
    yield reply.title
    for block in reply.blocks:
        if isinstance(block, Facts):
            yield from (part for pair in block.items for part in pair)
        elif isinstance(block, Actions):
            yield from (one.label for one in block.buttons)
        elif isinstance(block, Byline):
            yield from (block.name, block.role)
        elif isinstance(block, Chart):
            yield block.alt
        elif isinstance(block, Text | Quote | Heading):
            yield block.text


def _logged(world: World) -> Reply:
    form = world.say("/logvisit Globex yesterday with Jane Doe and Tom", "ada")
    return world.fill(
        form,
        "ada",
        heard=NOTE,
        surprised="Nothing_at_all",
        stage="onboard",
        evidence_target="trust",
        evidence_holds="no",
        follow_up="Call",
    )


def _promised(world: World) -> Reply:
    return world.fill(world.say(f"/commit @Emil to call Globex by Friday about {NOTE}", "ada"), "ada")


def _prompt(world: World, skipped: str = "") -> Card:
    with world.database.session() as session:
        prompt = prompts.ask(session, people.get(session, world.ids["ada"]), world.application.settings, world.clock(), why_ask)
        assert prompt is not None
        if skipped:
            prompt.skip(skipped, world.clock())
            return closed(prompt)
        return prompt_card(prompt)


def _planned(world: World) -> Reply:
    form = world.press(button(world.say("/roadmap", "cleo"), "Add one"), "cleo")
    return world.fill(form, "cleo", title=f"Dates {NOTE}"[:60], what=NOTE, stage="choose", target="none", status="now")


def _decided(world: World) -> Reply:
    form = world.press(button(world.say("/decision", "ada"), "Write one down"), "ada")
    return world.fill(form, "ada", title="No fee at night", why=NOTE, need=NOTE, stage="onboard", target="trust")


def _update(world: World) -> Card:
    with world.database.session() as session:
        ada, cleo = (people.get(session, world.ids[name]) for name in ("ada", "cleo"))
        ada.picture, ada.title = "https://pictures.firm.example/ada.png", "Chief <!channel> executive"
        wording = Wording("en", f"Night line: {NOTE}", NOTE, "Give it to *every* customer", may="Waive the fee", behaviour="Listen")
        link = "https://firm.example/night"
        update = updates.write(
            session, UpdateDraft(wording, ada, link=link, picture="https://pictures.firm.example/n.png"), cleo, NOW
        )
        asked = receipts.ask(session, update, cleo, "From when?", NOW)
        asked.reply("From Monday on", ada, NOW, publish=True)
        return copy(update, "en", [asked])


def _draft(world: World) -> Reply:
    form = world.say(f"/update Night <!channel> {NOTE}", "ada")
    card = world.fill(form, "ada", changed=NOTE, means="Give it to *every* customer", may="Waive_the_fee")
    form = world.press(button(card, "Another language"), "ada")
    card = world.fill(form, "ada", locale="de", title="Die <Nacht>", changed="Eine Nummer", means="Für alle")
    return world.fill(world.press(button(card, "Audience"), "ada"), "ada", who=["everyone"], never=["country:NZ"])


def _out(world: World) -> Reply:
    """An update on its way, with somebody not reached, an answer and a question; its card."""
    world.fill(world.press(button(_draft(world), "Send…"), "ada"), "ada", when="now")
    with world.database.session() as session:
        broadcast = broadcasts.of_update(session, updates.newest(session, 1)[0])[-1]
        broadcast.start(2, world.application.settings, NOW)
        states = (("emil", DeliveryState.SENT, ""), ("dele", DeliveryState.FAILED, "bot_not_installed: x"))
        for name, state, reason in states:
            person = people.get(session, world.ids[name])
            session.add(
                Delivery(
                    person_id=person.key,
                    subject=Subject.UPDATE,
                    subject_id=broadcast.update_id,
                    broadcast_id=broadcast.key,
                    state=state,
                    reason=reason,
                    queued_at=NOW,
                    sent_at=NOW,
                )
            )
        emil = people.get(session, world.ids["emil"])
        receipts.give(session, broadcast.update, emil, receipts.Answer.CANNOT, NOW, NOTE)
        receipts.ask(session, broadcast.update, emil, NOTE, NOW)
    return world.say("/update stats", "ada")


def _to_approve(world: World) -> Reply:
    """What Ada is asked: Cleo's words in her name."""
    form = world.say(f"/update {NOTE}", "cleo")
    card = world.fill(form, "cleo", changed=NOTE, means="Give it to *every* customer", speaker=str(world.ids["ada"]))
    card = world.fill(world.press(button(card, "Audience"), "cleo"), "cleo", who=["everyone"])
    card = world.fill(world.press(button(card, "Send…"), "cleo"), "cleo", when="morning", day="2026-11-26")
    old = button(card, "Edit").model_copy(update={"command": "agree-update"})
    return world.press(old.model_copy(update={"args": {**old.args, "version": "old"}}), "ada")


def _question(world: World) -> Reply:
    _out(world)
    with world.database.session() as session:
        return questions.card(receipts.unanswered(session)[0])


def _answered(world: World) -> Reply:
    reply = world.press(button(_question(world), "Answer"), "cleo")
    return world.fill(reply, "cleo", answer=NOTE, to="all")


def _read(world: World) -> Reply:
    _out(world)
    return world.press(button(world.say("/updates", "emil"), "Read"), "emil")


VIEWS: dict[str, Callable[[World], Reply]] = {
    "help": lambda world: world.say("/help", "ada"),
    "not understood": lambda world: world.say("hello there", "emil"),
    "journey": lambda world: world.say("/journey", "emil"),
    "form": lambda world: world.say("/logvisit Acme Corp yesterday with Jane: x", "dele"),
    "form with a question": lambda world: world.say("saw Globex last week with Jane, water is fine, promised a plan", "ada"),
    "a mistyped command": lambda world: world.say("/log Globex last week", "ada"),
    "form with mistakes": lambda world: world.fill(world.say("/logvisit Acme", "ada"), "ada", heard="", happened_on="1925-01-01"),
    "confirmation": _logged,
    "mine": lambda world: (_logged(world), world.say("/engagements", "ada"))[1],
    "everyone's": lambda world: (_logged(world), world.say("/engagements", "cleo"))[1],
    "nothing yet": lambda world: world.say("/engagements", "bruno"),
    "customer": lambda world: (_logged(world), world.say("/customer Globex", "ada"))[1],
    "which customer": lambda world: world.say("/customer Acme", "ada"),
    "deleted": lambda world: world.press(button(_logged(world), "Delete"), "ada"),
    "edit": lambda world: world.press(button(_logged(world), "Edit"), "ada"),
    "not for you": lambda world: world.say("/logvisit", "emil"),
    "no access": lambda world: world.say("/help", "mallory@elsewhere.example"),
    "prompt": _prompt,
    "a promise": lambda world: world.say("/commit @Emil to call Globex by Friday", "ada"),
    "promised": _promised,
    "commitments": lambda world: (_promised(world), world.say("/commitments", "emil"))[1],
    "withdraw": lambda world: world.press(button(_promised(world), "Withdraw"), "ada"),
    "the week": lambda world: (_logged(world), world.say("/report", "cleo"))[1],
    "the letter": lambda world: (_logged(world), world.say("/report letter", "cleo"))[1],
    "update": _update,
    "updates to staff": lambda world: (_draft(world), world.say("/update", "cleo"))[1],
    "write an update": lambda world: world.say(f"/update {NOTE}", "cleo"),
    "an update with mistakes": lambda world: world.fill(world.say("/update new", "cleo"), "cleo", link="x", may="x" * 1201),
    "draft of an update": _draft,
    "audience": lambda world: world.press(button(_draft(world), "Audience"), "ada"),
    "another language": lambda world: world.press(button(_draft(world), "Edit Deutsch"), "ada"),
    "as they will see it": lambda world: world.press(button(_draft(world), "Preview"), "ada"),
    "send": lambda world: world.press(button(_draft(world), "Send…"), "ada"),
    "may this go out": _to_approve,
    "ask for a change": lambda world: world.press(button(_to_approve(world), "Ask for a change"), "ada"),
    "figures": _out,
    "my updates": lambda world: (_out(world), world.say("/updates", "emil"))[1],
    "an update read back": _read,
    "got it": lambda world: world.press(button(_read(world), "Got it"), "emil"),
    "why not": lambda world: world.press(button(_read(world), "I can't, because…"), "emil"),
    "ask": lambda world: world.press(button(_read(world), "Ask a question"), "emil"),
    "a question": _question,
    "answer a question": lambda world: world.press(button(_question(world), "Answer"), "cleo"),
    "a question answered": _answered,
    "the roadmap": lambda world: (_planned(world), world.say("/roadmap", "cleo"))[1],
    "a roadmap item": _planned,
    "gaps": lambda world: world.say("/roadmap gaps", "emil"),
    "a decision": _decided,
    "an executive's own page": lambda world: (_promised(world), world.say("home", "ada"))[1],
    "the CX office's own page": lambda world: (_to_approve(world), _question(world), world.say("home", "cleo"))[2],
    "an employee's own page": lambda world: (_promised(world), _out(world), world.say("home", "emil"))[2],
    "prompt put aside": lambda world: _prompt(world, "nothing to log"),
    "out until": lambda world: world.press(button(_prompt(world), "I'm out until…"), "ada"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_says_the_same_everywhere(world: World, name: str) -> None:
    """Nothing of a view is lost on any platform."""
    reply = VIEWS[name](world)
    for platform, shown in rendered(reply).items():
        missing = [part for part in expected(reply) if plain(part) not in shown]
        assert not missing, f"{platform}: {missing}"


@pytest.mark.parametrize("name", VIEWS)
def test_every_press_arrives_with_what_it_carries(world: World, name: str) -> None:
    """A button's command and arguments are in each platform's payload, to come back at the press."""
    reply = VIEWS[name](world)
    for platform, render in PREVIEWS.items():
        payload = json.dumps(render(reply)).replace("\\", "")
        for one in reply.buttons if isinstance(reply, Card) else ():
            assert one.command in payload, platform
            assert all(f'"{value}"' in payload for value in one.args.values() if value), platform


def test_pictures_are_shown_everywhere(world: World) -> None:
    """The speaker's face and the update's picture are in each platform's payload, and on the page and the terminal."""
    card = _update(world)
    for platform, render in PREVIEWS.items():
        shown = list(texts(render(card)))
        assert {"https://pictures.firm.example/ada.png", "https://pictures.firm.example/n.png"} <= set(shown), platform
    assert 'src="https://pictures.firm.example/n.png"' in str(render_card(card))
    assert "https://pictures.firm.example/n.png" in render_text(card)


def test_views_of_the_house_itself(world: World) -> None:
    """Cards that are made without a command render too."""
    for card in (
        access.no_access(world.application.settings, ""),
        refusals.already_done(),
        refusals.refusal(Refusal("No", "Do this")),
    ):
        assert all(plain(part) in shown for part in expected(card) for shown in rendered(card).values())
    assert journey.card(world.application.settings).blocks
