"""The neutral blocks every message and form is made of.

A card says *what* is shown (a fact, a quotation, a button); each platform's renderer says *how*. Nothing here
knows Block Kit, Adaptive Cards or HTML, and nothing here has a length limit: keeping a platform's limits, by
splitting or by cutting with "more", is its renderer's work.

All text is plain text as a person typed it. Renderers escape it; no markup in it is ever interpreted.

Every model is frozen and turns into JSON and back (`Card.model_validate_json(card.model_dump_json())`), so an
answer can be stored and given again when an event arrives twice.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Tone(StrEnum):
    """What a text means to its reader; the renderer picks colour, weight or sign."""

    NORMAL = "normal"
    MUTED = "muted"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


class ButtonStyle(StrEnum):
    """How much a button stands out: at most one `PRIMARY` a card."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Model):
    """A paragraph. Line breaks are kept; `strong` sets the whole of it in bold."""

    kind: Literal["text"] = "text"
    text: str
    tone: Tone = Tone.NORMAL
    strong: bool = False


class Heading(_Model):
    """A heading inside a card, under the card's own title."""

    kind: Literal["heading"] = "heading"
    text: str


class Quote(_Model):
    """Words of a person, verbatim. `source` is who said them, below; `label` what they are (“What surprised you”), above."""

    kind: Literal["quote"] = "quote"
    text: str
    source: str = ""
    label: str = ""


class Facts(_Model):
    """Label and value pairs, shown as a small table. Pairs with an empty value are left out by the views."""

    kind: Literal["facts"] = "facts"
    items: tuple[tuple[str, str], ...]


class Divider(_Model):
    """A line between two parts of a card."""

    kind: Literal["divider"] = "divider"


class Link(_Model):
    """A web address, shown as its label. `url` starts with http:// or https://."""

    kind: Literal["link"] = "link"
    label: str
    url: Annotated[str, Field(pattern=r"^https?://")]


class Byline(_Model):
    """Whose words these are: a person's name, what they are, and their picture (a https address) where there is one."""

    kind: Literal["byline"] = "byline"
    name: str
    role: str = ""
    picture: Annotated[str, Field(pattern=r"^(https://.*)?$")] = ""


class Picture(_Model):
    """A picture as wide as the card; `alt` says what it shows, for those who don't see it. `url` starts with https://."""

    kind: Literal["picture"] = "picture"
    url: Annotated[str, Field(pattern=r"^https://")]
    alt: str


class Series(_Model):
    """One row of a chart's values, one for each label; None where there is nothing to show (not zero)."""

    name: str
    values: tuple[Annotated[float, Field(allow_inf_nan=False)] | None, ...]


class Chart(_Model):
    """A small chart. `alt` says in a sentence what it shows: it is all that some readers get.

    `labels` are along its foot, a few characters each. `unit` follows each value (`%`, or nothing); with `%` it goes from 0 to 100.
    """

    kind: Literal["chart"] = "chart"
    title: str
    alt: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    style: Literal["bars", "line"] = "bars"
    unit: Literal["", "%"] = ""

    @model_validator(mode="after")
    def _a_value_for_each_label(self) -> Self:
        if any(len(one.values) != len(self.labels) for one in self.series):
            msg = "a chart needs as many values in each series as it has labels"
            raise ValueError(msg)
        return self


class Button(_Model):
    """A press that runs `command` with `args` in the name of whoever presses it.

    The right to do so is checked again at the press. `opens_form` says that the command answers with a form, so that
    the platform can open a dialog. `replaces` says that the answer takes the place of the card the button is on.
    `confirm`, when not empty, is a question asked before anything is done. `later` says that few need it: it is in the menu
    beside the others (`bot.folding`). All `args` together stay under 1,500 characters of JSON (Slack's button value holds 2,000).
    """

    kind: Literal["button"] = "button"
    label: str
    command: str
    args: dict[str, str] = Field(default_factory=dict)
    style: ButtonStyle = ButtonStyle.NORMAL
    opens_form: bool = False
    replaces: bool = False
    confirm: str = ""
    later: bool = False


class Actions(_Model):
    """A row of buttons, in order of priority: two or three are shown, the rest is in a menu. All of them where they are `choices`."""

    kind: Literal["actions"] = "actions"
    buttons: tuple[Button, ...]
    choices: bool = False


Block = Annotated[Text | Heading | Quote | Facts | Divider | Link | Byline | Picture | Chart | Actions, Field(discriminator="kind")]


class Card(_Model):
    """One message. `title` is its first line and the notification's text; `tone` tints it.

    `once` is not empty for a card with a secret in it, such as a sign-in link: it is shown once and never stored, and whoever asks
    again is told this instead. `summary` (default: the title) is what a notification or a screen reader says when blocks can't be
    shown. `refresh` is what gives the card as it is now, for a platform that asks by itself when it is looked at (Teams).
    `aside` says that nothing was done: it is shown beside the card or form it answers, which stays as it is.
    """

    kind: Literal["card"] = "card"
    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = Tone.NORMAL
    summary: str = ""
    refresh: Button | None = None
    once: str = ""
    aside: bool = False

    @property
    def spoken(self) -> str:
        """The card in one line, for notifications."""
        return self.summary or self.title

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button of the card, in reading order."""
        return tuple(button for block in self.blocks if isinstance(block, Actions) for button in block.buttons)


class Option(_Model):
    """One choice: `value` is what comes back, `label` what is read, `detail` a second line where there is room."""

    value: str
    label: str
    detail: str = ""


class _FieldBase(_Model):
    """What every field has. `help` explains it; `question` asks, beside it, what couldn't be told from what was typed, and forbids nothing."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    required: bool = False
    help: str = ""
    question: str = ""


class TextField(_FieldBase):
    """Free text. `value` is what it is filled in with.

    `max_length` is the domain's limit in characters. A platform whose own input is shorter (Slack: 3,000) shows as many inputs
    as the value needs and joins them again.
    """

    kind: Literal["text_field"] = "text_field"
    value: str = ""
    multiline: bool = False
    placeholder: str = ""
    max_length: int = 12_000


class DateField(_FieldBase):
    """A calendar day. Comes back as ISO text (`2026-11-25`), or empty."""

    kind: Literal["date_field"] = "date_field"
    value: date | None = None


class ChoiceField(_FieldBase):
    """One of a few options (at most 100). Comes back as the option's value, or empty."""

    kind: Literal["choice_field"] = "choice_field"
    options: tuple[Option, ...]
    value: str = ""


class SearchField(_FieldBase):
    """One or several of many, found by typing; `source` names the list (see `bot.commands.SOURCES`).

    `suggestions` are the best options before anything is typed, at most 100: a platform that can ask while the person types does
    so, others offer these. `query` is what the person had already typed for it. `values` are chosen already. Comes back
    as the chosen values: one text, or several when `multiple`.
    """

    kind: Literal["search_field"] = "search_field"
    source: str
    query: str = ""
    suggestions: tuple[Option, ...] = ()
    values: tuple[Option, ...] = ()
    multiple: bool = False
    placeholder: str = ""


FormField = Annotated[TextField | DateField | ChoiceField | SearchField, Field(discriminator="kind")]


class Form(_Model):
    """Questions, and the command their answers are sent to.

    `args` travel with the form and come back untouched (what is edited, and the form's one-time id: see
    `bot.dispatch.dispatcher`). `errors` says, by field name, what is wrong with what was typed; the fields' values are then what was typed. An
    error under the name "" concerns the whole form.
    """

    kind: Literal["form"] = "form"
    title: str
    command: str
    fields: tuple[FormField, ...]
    args: dict[str, str] = Field(default_factory=dict)
    submit: str = "Save"
    intro: str = ""
    errors: dict[str, str] = Field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        """What it sends back when nobody touches it."""
        return {one.name: _answer(one) for one in self.fields}


def _answer(one: TextField | DateField | ChoiceField | SearchField) -> str | list[str]:
    if isinstance(one, SearchField):
        values = [option.value for option in one.values]
        return values if one.multiple else next(iter(values), "")
    if isinstance(one, DateField):
        return one.value.isoformat() if one.value else ""
    return one.value


Reply = Annotated[Card | Form, Field(discriminator="kind")]

Answers = dict[str, str | list[str]]
"""What a filled form sends back, by field name: text, or a list of texts for a multiple `SearchField`. Never None:
a platform's null (nothing selected) is turned into "" or []."""
