"""Cards and forms on a terminal."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import (
    Actions,
    Button,
    Card,
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
    Text,
    TextField,
    Tone,
)
from bot.platforms.console.text import render_text


def test_card_shows_every_block() -> None:
    """Everything a card holds can be read on a terminal, facts aligned and buttons in brackets."""
    card = Card(
        title="Logged: visit with Acme",
        tone=Tone.GOOD,
        blocks=(
            Text(text="First line\nsecond line"),
            Heading(text="Details"),
            Facts(items=(("Who", "Ada Lovell"), ("Follow-up", "Send the plan"))),
            Divider(),
            Quote(text="It takes six weeks", source="What surprised"),
            Link(label="Notes", url="https://firm.example/notes"),
            Actions(buttons=(Button(label="Edit", command="edit"), Button(label="Delete", command="delete"))),
        ),
    )
    lines = render_text(card).split("\n")
    assert lines[0] == "✓ Logged: visit with Acme"
    assert lines[2:4] == ["First line", "second line"]
    assert "Who        Ada Lovell" in lines
    assert "Follow-up  Send the plan" in lines
    assert lines[lines.index("What surprised:") + 1] == "  │ It takes six weeks"
    assert "Notes: https://firm.example/notes" in lines
    assert lines[-1] == "[Edit] [Delete]"


def test_form_shows_names_values_and_errors() -> None:
    """A form says each field's name (to fill it in by), its value, what may be chosen and what is wrong."""
    form = Form(
        title="Log a visit",
        command="logvisit",
        intro="Look it over.",
        errors={"heard": "Say what you heard.", "": "Not saved yet."},
        fields=(
            SearchField(name="customer", label="Customer", source="customers", query="Acm", required=True),
            TextField(name="heard", label="What you heard", required=True, help="In their words"),
            DateField(name="happened_on", label="When", value=date(2026, 11, 24)),
            ChoiceField(name="kind", label="Kind", options=(Option(value="visit", label="Visit"),), value="visit"),
        ),
    )
    text = render_text(form)
    assert "Customer (customer, required)\n  │ “Acm”?" in text
    assert "What you heard (heard, required)\n  │ …\n  In their words\n  ✗ Say what you heard." in text
    assert "  │ 2026-11-24" in text
    assert "  │ (•) Visit = visit" in text
    assert "✗ Not saved yet." in text
    assert text.endswith("[Save]")


@given(st.text(), st.text(), st.integers(min_value=1, max_value=200))
def test_no_control_characters_reach_the_terminal(title: str, value: str, width: int) -> None:
    """Whatever people typed, nothing but text and line ends is printed."""
    card = Card(title=title, blocks=(Text(text=value), Quote(text=value), Facts(items=((title, value), (value, title)))))
    assert not {char for char in render_text(card, width) if char != "\n" and (ord(char) < 32 or 127 <= ord(char) < 160)}


@given(st.lists(st.text("abcdefg ", min_size=1, max_size=18), min_size=1), st.integers(min_value=40, max_value=120))
def test_lines_fit_the_width(words: list[str], width: int) -> None:
    """No line is longer than the terminal is wide when its words fit."""
    card = Card(title=" ".join(words), blocks=(Facts(items=tuple((word, " ".join(words)) for word in words)),))
    assert max(len(line) for line in render_text(card, width).split("\n")) <= width


def test_a_question_stands_at_its_field() -> None:
    """Before the hint."""
    day = DateField(name="happened_on", label="When", help="From “last week”.", question="Which day?")
    text = render_text(Form(title="Log a visit", command="logvisit", fields=(day,)))
    assert "When (happened_on)\n  │ …\n  ? Which day?\n  From “last week”." in text
