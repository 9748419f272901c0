"""Cards as Block Kit: within every limit, whole where it fits, never markup."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Actions, Button, ButtonStyle, Byline, Card, Divider, Facts, Heading, Link, Quote, Text, Tone
from bot.platforms.slack.blocks import render_card
from bot.platforms.slack.buttons import Press, read_press
from bot.platforms.slack.text import unescape
from tests.platforms.slack.block_rules import message_faults, texts, units
from tests.platforms.slack.world import buttons

_words = (
    st.text(max_size=60)
    | st.text(alphabet="a& <>*_`😀ש\n", max_size=4000)
    | st.integers(0, 40).map(lambda count: "long words " * count * 40)
)
_name = st.text(max_size=90)
_button = st.builds(
    Button,
    label=_name,
    command=st.from_regex(r"[a-z-]{1,20}", fullmatch=True),
    args=st.dictionaries(st.text(max_size=10), st.text(max_size=30), max_size=4),
    style=st.sampled_from(ButtonStyle),
    opens_form=st.booleans(),
    replaces=st.booleans(),
    confirm=_name | st.just("really? " * 60),
)
_block = st.one_of(
    st.builds(Text, text=_words, tone=st.sampled_from(Tone), strong=st.booleans()),
    st.builds(Heading, text=_name),
    st.builds(Quote, text=_words, source=_name | _words),
    st.builds(Facts, items=st.lists(st.tuples(_name, _words), max_size=30).map(tuple)),
    st.just(Divider()),
    st.builds(Link, label=_name | _words, url=st.integers(0, 4000).map(lambda count: "https://a.example/" + "x" * count)),
    st.builds(Actions, buttons=st.lists(_button, max_size=8).map(tuple)),
)
_card = st.builds(Card, title=_words, blocks=st.lists(_block, max_size=30).map(tuple), tone=st.sampled_from(Tone), summary=_name)


def shown(message: dict[str, Any]) -> str:
    """Everything a message shows, as a person reads it."""
    return "\n".join(
        unescape(text) if block["type"] != "rich_text" else text for block in message["blocks"] for text in texts(block)
    )


@settings(max_examples=120, deadline=None)
@given(_card)
def test_any_card_is_within_limits(card: Card) -> None:
    """Whatever a card holds, Slack takes the message."""
    assert message_faults(render_card(card)) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("abc<&*", min_size=1, max_size=20), st.text("abc<&*_ש", min_size=1, max_size=50)), min_size=1, max_size=10
    )
)
def test_every_fact_is_shown(pairs: list[tuple[str, str]]) -> None:
    """Every label and value of a card's facts is in the message, character by character."""
    found = shown(render_card(Card(title="t", blocks=(Facts(items=tuple(pairs)),))))
    assert all(name in found and value in found for name, value in pairs)


@settings(max_examples=60, deadline=None)
@given(st.lists(_button, min_size=1, max_size=25))
def test_every_button_is_there_and_reads_back(given_buttons: list[Button]) -> None:
    """Every button of a card is in the message with its label, and its press asks for what it was made for."""
    message = render_card(Card(title="t", blocks=(Actions(buttons=tuple(given_buttons)),)))
    read = [press for element in buttons(message) if (press := read_press(element))]
    assert sorted(map(_told, read)) == sorted(map(_told, given_buttons))
    assert all(press.confirm for press in read if press.label and _asks(press, given_buttons))


def _told(one: Press | Button) -> str:
    return json.dumps([one.command, dict(one.args), one.opens_form, one.replaces], sort_keys=True)


def _asks(press: Press, given_buttons: list[Button]) -> bool:
    """Whether each button it may be of asks before it does something."""
    return all(one.confirm for one in given_buttons if _told(one) == _told(press))


def test_three_buttons_are_seen_and_the_rest_is_in_the_menu() -> None:
    """The step that fits now first; what is dangerous or seldom needed waits in the menu, with its question; what doesn't fit there stays."""
    row = Actions(
        buttons=(
            Button(label="Edit", command="edit"),
            Button(label="Delete", command="delete", style=ButtonStyle.DANGER, confirm="Delete this?", args={"id": "7"}),
            Button(label="Out", command="out", later=True),
            Button(label="Long", command="long", later=True, args={"x": "y" * 150}),
            Button(label="Accept", command="accept", style=ButtonStyle.PRIMARY),
        )
    )
    (block,) = render_card(Card(title="t", blocks=(row,)))["blocks"][1:]
    assert [one.get("text", {}).get("text") for one in block["elements"]] == ["Accept", "Edit", "Long", None]
    menu = block["elements"][-1]
    assert [one["text"]["text"] for one in menu["options"]] == ["Out", "Delete"]
    press = read_press({"type": "overflow", "action_id": menu["action_id"], "selected_option": menu["options"][1]})
    assert press == Press("delete", {"id": "7"}, confirm="Delete this?", label="Delete")


def test_parts_of_a_card_in_order() -> None:
    """Title, text, heading, quote, facts, link and buttons come in the card's order, each in its own shape."""
    card = Card(
        title="Acme",
        tone=Tone.WARNING,
        blocks=(
            Text(text="Plain", strong=True),
            Heading(text="Heard"),
            Quote(text="Too slow", source="CFO"),
            Divider(),
            Link(label="Record", url="https://a.example/1"),
            Text(text="small", tone=Tone.MUTED),
            Actions(buttons=(Button(label="Edit", command="edit", style=ButtonStyle.PRIMARY),)),
        ),
    )
    message = render_card(card)
    kinds = [block["type"] for block in message["blocks"]]
    assert kinds == ["header", "rich_text", "rich_text", "rich_text", "divider", "rich_text", "context", "actions"]
    assert message["text"] == "⚠️ Acme"
    assert message["blocks"][3]["elements"][0]["type"] == "rich_text_quote"
    assert message["blocks"][5]["elements"][0]["elements"][0] == {"type": "link", "url": "https://a.example/1", "text": "Record"}
    assert buttons(message)[0]["style"] == "primary"


def test_whose_words_first_then_short_facts_in_columns_and_quotes_under_their_label() -> None:
    """The speaker's picture and name above the title; a name above its value, two side by side; what a quote is above it, who said it below."""
    card = Card(
        title="Night line",
        blocks=(
            Byline(name="Ada Lovell", role="CEO", picture="https://p.example/a.png"),
            Facts(items=(("Due", "Tue 24 Nov"), ("Owner", "Emil *Novak* <!here>"), ("What", "long " * 20), ("To", "Globex"))),
            Quote(text="Too slow", label="What surprised you", source="CFO"),
        ),
    )
    byline, title, short, long, again, quote = render_card(card)["blocks"]
    assert (byline["type"], byline["elements"][0]["image_url"], title["type"]) == ("context", "https://p.example/a.png", "header")
    assert [field["text"] for field in short["fields"]] == ["Due\nTue 24 Nov", "Owner\nEmil *Novak* &lt;!here&gt;"]
    assert {field["type"] for field in short["fields"]} == {"plain_text"}
    assert long["elements"][0]["elements"][0] == {"type": "text", "text": "What: ", "style": {"bold": True}}
    assert [field["text"] for field in again["fields"]] == ["To\nGlobex"]
    assert [part["elements"][0]["text"] for part in quote["elements"]] == ["What surprised you", "Too slow", "— CFO"]


def test_mentions_are_inert_everywhere() -> None:
    """A ping in a title, a note, a name, a label or the fallback pings nobody."""
    bad = "<!channel> <@U1> *b*"
    card = Card(
        title=bad,
        summary=bad,
        blocks=(Text(text=bad, tone=Tone.MUTED), Actions(buttons=(Button(label=bad, command="x", confirm=bad),))),
    )
    message = render_card(card)
    assert "<!" not in json.dumps(message)
    assert "mrkdwn" not in json.dumps(message)


@pytest.mark.parametrize("length", [2999, 3000, 3001, 11_000])
def test_long_text_is_split_whole(length: int) -> None:
    """Text over a block's limit goes on in the next, with nothing lost."""
    text = ("word " * 3000)[: length - 1] + "!"
    message = render_card(Card(title="t", blocks=(Quote(text=text),)))
    assert "".join(run["text"] for block in message["blocks"][1:] for part in block["elements"] for run in part["elements"]) == text


def test_digest_of_sixty_items_fits() -> None:
    """Sixty short items become one message with every item in it."""
    card = Card(title="Digest", blocks=tuple(Text(text=f"Item number {number}: something happened") for number in range(60)))
    message = render_card(card)
    assert message_faults(message) == []
    assert all(f"Item number {number}:" in shown(message) for number in range(60))


def test_what_does_not_fit_is_cut_visibly_and_buttons_stay() -> None:
    """Too much for one message: the beginning and the buttons at the end are kept, and it says that there is more."""
    rows = tuple(
        Actions(buttons=(Button(label=f"Open {number}", command="open", args={"id": str(number)}),)) for number in range(60)
    )
    items = tuple(block for number in range(60) for block in (Text(text=f"Item {number} " + "x" * 300), rows[number], Divider()))
    message = render_card(Card(title="Digest", blocks=(*items, Actions(buttons=(Button(label="Next page", command="next"),)))))
    assert message_faults(message) == []
    assert "… more" in shown(message)
    assert buttons(message)[-1]["text"]["text"] == "Next page"
    assert "Item 0 " in shown(message)


def test_one_endless_text_is_cut_visibly() -> None:
    """Fifty thousand characters: as much as a message takes, "… more", and the buttons."""
    message = render_card(
        Card(title="t", blocks=(Text(text="word " * 10_000), Actions(buttons=(Button(label="Got it", command="got-it"),))))
    )
    assert message_faults(message) == []
    assert sum(units(text) for block in message["blocks"] for text in texts(block)) > 11_000
    assert "… more" in shown(message)
    assert "Got it" in shown(message)


def test_long_title_is_shown_whole() -> None:
    """A title too long for a header becomes bold text."""
    title = "A very long title " * 12
    assert title.strip() in shown(render_card(Card(title=title)))


def test_overloaded_button_is_a_fault_of_ours() -> None:
    """Args over Slack's 2,000 characters are refused when rendered, with the button named."""
    with pytest.raises(ValueError, match="'Edit' carries"):
        render_card(Card(title="t", blocks=(Actions(buttons=(Button(label="Edit", command="edit", args={"x": "y" * 2000}),)),)))


def test_rendering_imports_no_sdk() -> None:
    """Blocks, modals and text can be used without importing Slack's SDKs or a web framework."""
    code = (
        "import sys, bot.platforms.slack.blocks, bot.platforms.slack.modals, bot.platforms.slack.text;"
        "print([name for name in ('slack_sdk', 'slack_bolt', 'aiohttp') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
