"""Cards and forms as HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

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
)
from bot.platforms.console.html import render_card, render_form, render_message
from bot.platforms.console.log import Message
from tests.platforms.console.fake_bot import MARA, visit_form

NASTY = st.one_of(
    st.text(min_size=1),
    st.sampled_from(
        (
            "<script>alert(1)</script>",
            '" onfocus="x',
            "</textarea><b>",
            "{{ 7 * 7 }}",
            "עומר ה'גדול",
            "👩‍👩‍👧 “smart”",
            "&lt;",
            "<!channel>",
        )
    ),
)


class _Reader(HTMLParser):
    """Reads tags, attributes and text as a browser would."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def read(html: str) -> _Reader:
    """What a browser finds in some HTML."""
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    return reader


def every_block(words: str) -> Card:
    """A card with `words` in every place a text can be."""
    return Card(
        title=words,
        blocks=(
            Text(text=words),
            Heading(text=words),
            Quote(text=words, source=words),
            Facts(items=((words, words),)),
            Divider(),
            Link(label=words, url="https://firm.example/"),
            Actions(buttons=(Button(label=words, command="x", args={"a": words}, confirm=words),)),
        ),
    )


def every_field(words: str) -> Form:
    """A form with `words` in every place a text can be."""
    few = (Option(value=words, label=words),)
    many = tuple(Option(value=f"{words}{number}", label=words, detail=words) for number in range(5))
    return Form(
        title=words,
        intro=words,
        command="x",
        submit=words,
        args={"a": words},
        errors={"a": words, "": words},
        fields=(
            TextField(name="a", label=words, value=words, help=words, question=words, placeholder=words, multiline=True),
            TextField(name="b", label=words, value=words),
            ChoiceField(name="c", label=words, options=few, value=words),
            ChoiceField(name="d", label=words, options=many),
            SearchField(name="e", label=words, source="s", query=words, suggestions=many, placeholder=words),
            SearchField(name="f", label=words, source="s", values=few, multiple=True),
            DateField(name="g", label=words),
        ),
    )


@given(NASTY)
def test_nothing_typed_becomes_markup(words: str) -> None:
    """Whatever is typed, the tags and the names of their attributes are those of a harmless text."""
    harmless = "x" * len(words)
    for nasty, plain in (
        (render_card(every_block(words)), render_card(every_block(harmless))),
        (render_form(every_field(words)), render_form(every_field(harmless))),
    ):
        assert _shape(nasty) == _shape(plain)


def _shape(html: str) -> list[tuple[str, set[str]]]:
    return [(tag, set(attributes)) for tag, attributes in read(html).tags]


@given(st.text("abc<>&\"' \n👋ע"))
def test_words_arrive_as_typed(words: str) -> None:
    """Text and line breaks reach the reader unchanged."""
    assert words in read(render_card(Card(title="t", blocks=(Text(text=words),)))).text
    form = Form(title="t", command="x", fields=(TextField(name="a", label="A", value=words, multiline=True),))
    assert f">\n{words}</textarea>" in unescape(render_form(form))


def test_every_button_says_what_it_does() -> None:
    """A button carries its command, its args, and whether it asks first, opens a form or replaces its card."""
    button = Button(label="Delete", command="delete", args={"id": "7"}, confirm="Sure?", replaces=True, opens_form=True)
    html = read(render_card(Card(title="t", blocks=(Actions(buttons=(button,)),))))
    attributes = next(found for tag, found in html.tags if tag == "button")
    assert attributes["data-command"] == "delete"
    assert attributes["data-args"] == '{"id": "7"}'
    assert attributes["data-confirm"] == "Sure?"
    assert {"data-replaces", "data-opens-form"} <= set(attributes)


def test_error_is_tied_to_its_field() -> None:
    """A field with an error is marked invalid and described by the error's text; the others aren't."""
    html = read(render_form(visit_form("", heard="Say what you heard."), key="k"))
    invalid = [attributes for _, attributes in html.tags if attributes.get("aria-invalid") == "true"]
    assert [attributes["id"] for attributes in invalid] == ["k-heard"]
    assert invalid[0]["aria-describedby"] == "k-heard-error"
    assert "k-heard-error" in html.attributes("id")
    assert "Say what you heard." in html.text


def test_every_input_has_a_label() -> None:
    """Each input is labelled, and each label and description points at something that is there."""
    html = read(render_form(visit_form("Acme"), key="k"))
    ids = set(html.attributes("id"))
    assert set(html.attributes("for")) <= ids
    assert {"k-customer", "k-heard", "k-happened_on", "k-with", "k-stage"} <= set(html.attributes("for"))
    assert {one for described in html.attributes("aria-describedby") for one in described.split()} <= ids


def test_few_options_are_radios_and_many_a_list() -> None:
    """Three kinds stand side by side; six stages open as a list, with a way to leave them empty."""
    html = read(render_form(visit_form()))
    radios = [attributes["value"] for tag, attributes in html.tags if tag == "input" and attributes.get("type") == "radio"]
    assert radios == ["visit", "call", "briefing"]
    options = [attributes["value"] for tag, attributes in html.tags if tag == "option"]
    assert options == ["", "s0", "s1", "s2", "s3", "s4", "s5"]


def test_message_tells_time_where_the_person_is() -> None:
    """08:12 in UTC is 09:12 in Copenhagen."""
    message = Message(
        "k-1", 1, datetime(2026, 11, 25, 8, 12, tzinfo=UTC), "bot", reply=Card(title="Hello", summary="Hello in short")
    )
    html = read(render_message(message, MARA))
    assert "09:12" in html.text
    assert html.attributes("data-spoken") == ["Hello in short"]


def test_a_question_describes_its_field() -> None:
    """Whoever hears the page is told it with the field."""
    day = DateField(name="happened_on", label="When", help="From “last week”.", question="Which day?")
    page = render_form(Form(title="Log a visit", command="logvisit", fields=(day,)))
    question = re.search(r'<p class="question" id="([^"]+)"[^>]*>Which day\?</p>', page)
    assert question is not None
    assert f'aria-describedby="{question[1]} ' in page
