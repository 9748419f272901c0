"""What no form offers and no card carries: every command answers with a sentence, and what was typed comes back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import pytest

from bot.cards import Answers, Card, Form, Reply
from bot.commands import Inbound
from bot.domain.engagements.fields import FIELDS as OF_AN_ENGAGEMENT
from tests.conftest import World, button, words

ARGS = (
    *(
        "broadcast",
        "commitment",
        "customer",
        "decision",
        "delivery",
        "digest",
        "engagement",
        "id",
        "item",
        "locale",
        "offset",
        "person",
    ),
    *("prefers", "prompt", "q", "question", "show", "source_link", "source_ref", "source_text", "subject", "update", "version"),
)
FIELDS = (
    *(one.name for one in OF_AN_ENGAGEMENT),
    *(
        "also",
        "answer",
        "at",
        "behaviour",
        "changed",
        "contacts",
        "customer",
        "day",
        "decided_by",
        "decided_on",
        "due",
    ),
    *(
        "executives",
        "happened_on",
        "item",
        "kind",
        "last",
        "link",
        "locale",
        "may",
        "means",
    ),
    *(
        "need",
        "never",
        "note",
        "owner",
        "picture",
        "promised",
        "promised_by",
        "question",
        "speaker",
        "status",
    ),
    *("target", "title", "to", "what", "when", "who", "why"),
)
GARBAGE = (
    *(
        "2147483647",
        "2147483648",
        "9" * 30,
        "9" * 5_000,
        "１２",
        "²",
        "-0",
        "-1",
        "1e3",
        "1.0",
        " 7 ",
        "+1",
        "0x10",
        "٣",
        "0",
        "None",
        "true",
    ),
    *("\x00", "1\x00", "\ud800", "new:", "person:99999999999", "team:１", "channel:x:y", "'; DROP TABLE people; --", "0001-01-01"),
    *("9999-12-31", "2026-02-30", "20261125", "${7*7}"),
)


@pytest.fixture
def things(world: World) -> World:
    """A company with an engagement, a promise, a roadmap item, a decision and a draft: the ids 1 of before are there."""
    made = world.say("/logvisit Acme today: they wait", "ada")
    made = world.fill(made, "ada", customer="1")
    world.fill(world.press(button(made, "Add a commitment"), "ada"), "ada", what="Call back", due="2026-12-01", owner="1")
    return world


def sent(world: World, actor: str, command: str, args: dict[str, str], form: Mapping[str, str | list[str]] | None) -> Reply:
    """Send it as a client may."""
    filled = None if form is None else dict(form)
    return world.application.dispatcher.handle(Inbound(world.sender(actor), command, args=args, form=filled))


TURNS = 3


def some(names: tuple[str, ...], turn: int) -> dict[str, str]:
    """Garbage under each name, other in each turn."""
    return {name: GARBAGE[(7 * number + 5 * turn) % len(GARBAGE)] for number, name in enumerate(names)}


@pytest.mark.parametrize("actor", ["ada", "cleo"])
def test_no_garbage_is_an_exception(things: World, actor: str) -> None:
    """As an argument, as an answer, and as a list where one text is expected; each is answered by a card or a form."""
    for command in things.application.dispatcher.commands:
        for turn in range(TURNS):
            filled: Answers = {**some(FIELDS, turn)}
            if turn % 2:
                filled = {name: [str(value), GARBAGE[turn]] for name, value in filled.items()}
            args = dict.fromkeys(ARGS, "1") if turn % 3 else some(ARGS, turn)
            for form in (None, filled):
                assert isinstance(sent(things, actor, command, args, form), Card | Form), (command, args, form)


def filled_in(form: Form) -> set[str]:
    """The fields that a form gives back."""
    return {one.name for one in form.fields}


@pytest.mark.parametrize(
    ("command", "field", "value", "said"),
    [
        ("logvisit", "happened_on", "31.02.2026", "“31.02.2026” is no date. Choose a day."),
        ("logvisit", "happened_on", "", "Choose a day."),
        ("logvisit", "kind", "dinner", "“dinner” is no kind of engagement. Choose one from the list."),
        ("logvisit", "customer", "１", "Choose one from the list."),
        ("logvisit", "customer", "99999999999", "Choose one from the list."),
        ("logvisit", "evidence_holds", "perhaps", "Choose one from the list."),
        ("commit", "due", "soon", "“soon” is no date. Choose a day."),
        ("commit", "owner", "1e3", "Choose one from the list."),
        ("commit", "owner", "2147483647", "That person is not known here any more. Choose someone from the list."),
        ("commit", "stage", "nowhere", "Choose one from the list."),
        ("add-decision", "item", "-0", "Choose one from the list."),
        ("add-decision", "item", "77", "It is not on the roadmap any more. Choose one from the list."),
        ("add-decision", "decided_on", "2026-13-01", "“2026-13-01” is no date. Choose a day."),
        ("add-roadmap-item", "status", "soon", "Choose one from the list."),
        ("update", "speaker", "1 or 2", "Choose one from the list."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(world: World, command: str, field: str, value: str, said: str) -> None:
    """Nothing is saved, and the form comes back with everything else that was typed."""
    form = sent(world, "ada", command, {"new": "yes"}, None)
    assert isinstance(form, Form)
    given: Answers = {"heard": "They wait", "what": "Call back", "title": "Faster answers", "why": "They asked"}
    given = {name: text for name, text in given.items() if name in filled_in(form)}
    again = world.fill(form, "ada", **given, **{field: value})
    assert isinstance(again, Form), again
    assert again.errors[field] == said
    assert all(str(text) in words(again) for text in given.values())


def test_every_mistake_is_told_at_once(world: World) -> None:
    """What can't be read and what the domain finds wrong, in one answer."""
    form = sent(world, "ada", "logvisit", {}, None)
    again = world.fill(form, "ada", heard="", happened_on="yesterday", kind="dinner", customer="x")
    assert isinstance(again, Form)
    assert set(again.errors) == {"heard", "happened_on", "kind", "customer"}


def test_the_garbage_covers_every_field_and_argument(things: World) -> None:
    """A field or argument that a form here has and the lists above lack would not be tried."""
    forms = [
        form
        for command in things.application.dispatcher.commands
        for args in ({}, dict.fromkeys(("commitment", "customer", "engagement", "item", "decision", "broadcast", "prompt"), "1"))
        if isinstance(form := sent(things, "ada", command, args, None), Form)
    ]
    assert set(chain.from_iterable(filled_in(one) for one in forms)) <= set(FIELDS)
    assert set(chain.from_iterable(one.args for one in forms)) <= {*ARGS, "form_id", "new"}
