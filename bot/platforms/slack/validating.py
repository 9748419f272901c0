"""Ask Slack itself whether it takes what our cards and forms are made of: one of each kind of block, shown to nobody.

Every card is made of these blocks by the same renderer. https://docs.slack.dev/reference/methods/blocks.validate
"""

from __future__ import annotations

import json
from datetime import date

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.cards import (
    Actions,
    Block,
    Button,
    ButtonStyle,
    Byline,
    Card,
    Chart,
    ChoiceField,
    DateField,
    Divider,
    Facts,
    Form,
    Heading,
    Link,
    Option,
    Quote,
    SearchField,
    Series,
    Text,
    TextField,
    Tone,
)
from bot.platforms.slack.blocks import render_card, render_view
from bot.platforms.slack.buttons import Json
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.failures import error_code
from bot.platforms.slack.modals import render_form

_FAULTS = {"invalid_blocks", "invalid_message", "invalid_view"}
_NUMBERS = Series(name="Visits", values=(1.0, 2.0))


def _chart(style: str) -> Chart:
    return Chart.model_validate({"title": "Visits", "alt": "Two.", "labels": ("Q1", "Q2"), "series": (_NUMBERS,), "style": style})


_PARTS: tuple[Block, ...] = (
    Byline(name="Ada Lovell", role="Chief executive"),
    *(Text(text="A sentence <with> *signs*.", tone=tone) for tone in Tone),
    Heading(text="Heading"),
    Quote(text="Words", source="CFO", label="What surprised you"),
    Facts(items=(("Due", "Tue 24 Nov 2026"), ("What", "a long line " * 20))),
    Divider(),
    Link(label="The message", url="https://example.com/1"),
    Actions(
        buttons=(
            Button(label="Accept", command="help", style=ButtonStyle.PRIMARY),
            Button(label="Ask", command="help", confirm="Sure?"),
            Button(label="Delete", command="help", style=ButtonStyle.DANGER, confirm="Delete this?"),
        )
    ),
)
CARD = Card(title="A card", tone=Tone.GOOD, blocks=_PARTS)
CHARTS = Card(title="Charts", blocks=(_chart("bars"), _chart("line")))
_CHOICES = tuple(Option(value=str(number), label=f"Choice {number}") for number in range(12))
FORM = Form(
    title="A form",
    command="help",
    intro="What it is for.",
    fields=(
        TextField(name="heard", label="What you heard", required=True, multiline=True, help="A sentence"),
        DateField(name="day", label="When", value=date(2026, 11, 24)),
        ChoiceField(name="few", label="Which", options=_CHOICES[:2]),
        ChoiceField(name="many", label="Which", options=_CHOICES),
        SearchField(name="who", label="Who", source="people", multiple=True),
    ),
)


def specimens() -> dict[str, Json]:
    """What is asked about, by what a person would call it: the method's one argument."""
    home = {"type": "home", "blocks": render_view(CARD.model_copy(update={"blocks": (*CARD.blocks, *CHARTS.blocks)}))}
    return {
        "messages": {"message": json.dumps(render_card(CARD))},
        "the Home tab": {"view": json.dumps(home)},
        "forms": {"view": json.dumps(render_form(FORM))},
        "charts": {"message": json.dumps(render_card(CHARTS))},
    }


async def validate(client: SlackClient, found: list[str], wrong: list[str]) -> None:
    """Say what Slack takes and what it doesn't, a line each; charts it doesn't take come in words, which is no fault."""
    taken = []
    for name, asked in specimens().items():
        try:
            await client.api_call("blocks.validate", json=asked)
        except SlackApiError as error:
            if (code := error_code(error)) not in _FAULTS:
                found.append(f"Slack: whether it takes our blocks can't be asked: {code or 'no reason given'}.")
                return
            if name == "charts":
                found.append("Slack: it doesn't take charts of its own here yet; they come in words.")
            else:
                wrong.append(f"Slack: it wouldn't take our {name}: {_why(error)}. Is there a newer version of the bot?")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            found.append(f"Slack: whether it takes our blocks couldn't be asked: {type(error).__name__}.")
            return
        else:
            taken.append(name)
    if taken:
        found.append(f"Slack: it takes the blocks of {', '.join(taken)}.")


def _why(error: SlackApiError) -> str:
    data = error.response.data if isinstance(error.response.data, dict) else {}
    said = data.get("errors")
    named = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    return "; ".join(f"{one.get('pointer', '')} {one.get('message', '')}".strip() for one in named[:3]) or error_code(error)
