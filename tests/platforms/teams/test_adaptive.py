"""Cards become Adaptive Cards that Teams takes, with everything in them and nothing in them interpreted."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import Actions, Button, ButtonStyle, Card, Divider, Facts, Heading, Link, Quote, Text, Tone
from bot.platforms.teams import limits
from bot.platforms.teams.adaptive import render_activity, render_card
from bot.platforms.teams.text import dumps, weight
from tests.platforms.teams.shown import actions, check, nodes, texts

HOSTILE = [
    "*bold* _it_ [x](javascript:alert(1))",
    "<at>everyone</at>",
    "<!channel>",
    "مرحبا بالعميل",
    "🛫 flew 👩‍👩‍👧",
    "# head\n- item\n1. one",
]
_WORDS = st.text(max_size=60)
_NAMES = st.from_regex(r"[a-z][a-z-]{0,12}", fullmatch=True)
_BUTTONS = st.builds(
    Button,
    label=_WORDS,
    command=_NAMES,
    args=st.dictionaries(_NAMES, _WORDS, max_size=3),
    style=st.sampled_from(ButtonStyle),
    opens_form=st.booleans(),
    replaces=st.booleans(),
    confirm=st.sampled_from(["", "Delete this visit?"]),
)
_BLOCKS = st.one_of(
    st.builds(Text, text=_WORDS, tone=st.sampled_from(Tone), strong=st.booleans()),
    st.builds(Heading, text=_WORDS),
    st.builds(Quote, text=_WORDS, source=_WORDS),
    st.builds(Facts, items=st.lists(st.tuples(_WORDS, _WORDS), max_size=4).map(tuple)),
    st.just(Divider()),
    st.builds(Link, label=_WORDS, url=st.just("https://firm.example/a?b=c")),
    st.builds(Actions, buttons=st.lists(_BUTTONS, max_size=9).map(tuple)),
)
_CARDS = st.builds(Card, title=_WORDS, blocks=st.lists(_BLOCKS, max_size=8).map(tuple), tone=st.sampled_from(Tone))


def _flat(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_CARDS)
def test_any_card_is_valid_and_whole(card: Card) -> None:
    """Whatever a card holds, it keeps to the schema and shows every fact, quotation and button."""
    shown = render_card(card)
    check(shown)
    read = _flat("".join(texts(shown)))
    pressed = [action for action in actions(shown) if action["type"] in {"Action.Execute", "Action.Submit"}]
    carried = [(one["data"]["command"], sorted(one["data"]["args"].items())) for one in pressed]
    assert sorted(carried) == sorted((one.command, sorted(one.args.items())) for one in card.buttons)
    for block in card.blocks:
        match block:
            case Facts():
                assert all(_flat(part) in read for pair in block.items for part in pair)
            case Quote() | Text() | Heading():
                assert _flat(block.text) in read
            case Link():
                assert block.url in [action.get("url") for action in actions(shown)]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_text(text: str) -> None:
    """Markdown, mentions and other scripts stay characters: no element that reads markdown is ever used."""
    facts = Facts(items=((text, text),))
    shown = render_card(Card(title=text, blocks=(Text(text=text), Quote(text=text, source=text), facts, Heading(text=text))))
    check(shown)
    assert not {"TextBlock", "FactSet", "Fact"} & {str(node.get("type")) for node in nodes(shown)}
    assert _flat("".join(texts(shown))).count(_flat(text)) == 7


def test_a_button_runs_its_command() -> None:
    """A press is an Action.Execute whose verb is the command, with everything it carries."""
    button = Button(label="Done", command="complete", args={"id": "7"}, replaces=True, style=ButtonStyle.PRIMARY)
    (action,) = actions(render_card(Card(title="t", blocks=(Actions(buttons=(button,)),))))
    data = {"command": "complete", "args": {"id": "7"}, "replaces": True}
    assert action == {"type": "Action.Execute", "title": "Done", "verb": "complete", "data": data, "style": "positive"}


def test_a_button_that_opens_a_form_asks_for_a_dialog() -> None:
    """Only a submit with task/fetch opens a dialog from a card."""
    (action,) = actions(
        render_card(Card(title="t", blocks=(Actions(buttons=(Button(label="Log", command="logvisit", opens_form=True),)),)))
    )
    assert action["type"] == "Action.Submit"
    assert action["data"]["msteams"] == {"type": "task/fetch"}


def test_a_question_is_asked_before_a_press_counts() -> None:
    """Adaptive Cards have no question before an action: the button unfolds it, and the button that acts is below."""
    button = Button(label="Celebrate", command="celebrate", confirm="Post this?")
    shown = render_card(Card(title="t", blocks=(Actions(buttons=(button,)),)))
    check(shown)
    ask, act = actions(shown)
    assert (ask["type"], act["type"]) == ("Action.ShowCard", "Action.Execute")
    assert ask["card"]["body"][0]["inlines"][0]["text"] == "Post this?"


def test_the_menu_holds_what_is_seldom_needed() -> None:
    """Delete isn't beside the others: it's in the menu, and asks in a dialog, for nothing unfolds there."""
    delete = Button(label="Delete", command="delete", confirm="Delete this?", style=ButtonStyle.DANGER, replaces=True)
    row = Actions(buttons=(Button(label="Edit", command="edit"), delete, Button(label="Later", command="later", later=True)))
    shown = render_card(Card(title="t", blocks=(row,)))
    check(shown)
    edit, later, asking = actions(shown)
    assert [one.get("mode") for one in (edit, later, asking)] == [None, "secondary", "secondary"]
    said = {"command": "delete", "args": {}, "replaces": True, "dialog": True, "confirm": "Delete this?", "label": "Delete"}
    assert asking["data"] == {"msteams": {"type": "task/fetch"}} | said


def test_rows_are_as_long_as_a_phone_has_room_for() -> None:
    """Three short buttons are a row; longer ones take a second row; a label too long for any is a line that wraps."""
    labels = (("Yes", "No", "Help"), ("Log a visit", "Log a call", "Nothing this week"), ("A decision " * 6,))
    found = [
        render_card(Card(title="t", blocks=(Actions(buttons=tuple(Button(label=one, command="a") for one in row)),)))["body"][1:]
        for row in labels
    ]
    assert [[len(row["actions"]) for row in rows] for rows in found[:2]] == [[3], [2, 1]]
    assert [row["type"] for row in found[2]] == ["Container"]
    assert found[2][0]["selectAction"]["data"]["command"] == "a"


def test_the_notification_says_what_it_is_about() -> None:
    """A message carries the card's one line as summary, cut where a notification ends."""
    message = render_activity(Card(title="a" * 3_001))
    assert message["type"] == "message"
    assert len(message["summary"]) == limits.SUMMARY
    assert message["attachments"][0]["content"]["body"][0]["inlines"][0]["text"] == "a" * 3_001


@pytest.mark.parametrize("char", ["a", "é", "😀", '"', "\n", "\x00"])
def test_too_long_a_card_is_cut_and_keeps_its_buttons(char: str) -> None:
    """A message never passes 80 KB of UTF-16; what is left out is said, and one can still press."""
    card = Card(title="t", blocks=(Quote(text=f"x{char}" * 50_000), Actions(buttons=(Button(label="Ok", command="ok"),))))
    message = render_activity(card)
    check(message["attachments"][0]["content"])
    assert weight(message) <= limits.MESSAGE_BYTES
    assert "… more" in dumps(message)
    assert [one["title"] for one in actions(message["attachments"][0]["content"])] == ["Ok"]


def test_a_great_many_facts_and_buttons_are_cut_too() -> None:
    """Even buttons that alone pass the limit leave a message that Teams takes."""
    row = Actions(buttons=tuple(Button(label="b", command="c", args={"a": "x" * 1_400}) for _ in range(4)))
    facts = Facts(items=(("name", "value"),) * 2_000)
    message = render_activity(Card(title="t", blocks=(facts, *([row] * 40))))
    assert weight(message) <= limits.MESSAGE_BYTES
    assert "… more" in dumps(message)


def test_half_a_surrogate_pair_can_be_sent() -> None:
    """Text cut through an emoji by somebody else's program still goes out as UTF-8."""
    assert json.loads(dumps(render_card(Card(title="\ud83d x"))).encode("utf-8"))
