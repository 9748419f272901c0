"""Forms become inputs that keep what was typed, and what is sent back is read from the submission alone."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import ChoiceField, DateField, Form, Option, SearchField, TextField
from bot.platforms.teams import limits
from bot.platforms.teams.forms import read_answers, render_form
from bot.platforms.teams.text import weight
from tests.platforms.teams.shown import Json, actions, check, inputs, texts

ACME = Option(value="new:Acme, 100% Inc", label="Acme, 100% Inc", detail="not known yet")
FORM = Form(
    title="Log a visit",
    command="logvisit",
    intro="What did you hear?",
    args={"form_id": "f1"},
    fields=(
        SearchField(
            name="customer",
            label="Customer",
            source="customers",
            required=True,
            values=(ACME,),
            suggestions=(Option(value="2", label="Globex"),),
        ),
        SearchField(
            name="who", label="Who was there", source="people", multiple=True, values=(ACME, Option(value="9", label="Ada"))
        ),
        DateField(name="on", label="When", value=date(2026, 11, 24)),
        ChoiceField(name="stage", label="Stage", options=(Option(value="buy", label="Buying"),), value="buy"),
        TextField(
            name="heard", label="What you heard", multiline=True, value="*six* weeks\nand more", required=True, help="Their words"
        ),
    ),
    errors={"heard": "Say a little more", "": "Nothing saved yet"},
)

_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
_WORDS = st.text(max_size=40)
_OPTIONS = st.builds(Option, value=st.from_regex(r"[a-z0-9:,%é]{1,9}", fullmatch=True), label=_WORDS, detail=_WORDS)
_MANY = st.lists(_OPTIONS, max_size=4, unique_by=lambda one: one.value).map(tuple)
_SHARED = {"name": _NAMES, "label": _WORDS, "required": st.booleans(), "help": _WORDS, "question": _WORDS}
_FIELDS = st.one_of(
    st.builds(TextField, value=_WORDS, multiline=st.booleans(), **_SHARED),
    st.builds(DateField, value=st.none() | st.dates(), **_SHARED),
    st.builds(ChoiceField, options=_MANY, **_SHARED),
    st.builds(SearchField, source=_NAMES, query=_WORDS, suggestions=_MANY, values=_MANY, multiple=st.booleans(), **_SHARED),
)
_FORMS = st.builds(
    Form,
    title=_WORDS,
    command=_NAMES,
    intro=_WORDS,
    fields=st.lists(_FIELDS, max_size=6, unique_by=lambda one: one.name).map(tuple),
    args=st.dictionaries(_NAMES, _WORDS, max_size=2),
    errors=st.dictionaries(_NAMES, _WORDS, max_size=2),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_FORMS, st.booleans())
def test_any_form_is_valid_and_comes_back_as_it_is(form: Form, inline: bool) -> None:
    """Whatever a form asks, it keeps to the schema, shows every field, and untouched gives its own answers and args."""
    card = render_form(form, inline=inline)
    check(card)
    assert [name.partition("-")[2] for name in inputs(card)] == [one.name for one in form.fields]
    data = submitted(card)
    assert read_answers(data) == form.answers
    assert data["args"] == form.args


def submitted(card: Json, changes: dict[str, str] | None = None) -> Json:
    """What a client sends for a card: its submit's data and every input that isn't empty, as text."""
    values = {name: str(one["value"]) for name, one in inputs(card).items() if one.get("value")}
    merged = values | (changes or {})
    data: Json = actions(card)[-1]["data"]
    return data | {name: value for name, value in merged.items() if value}


def test_a_form_shows_every_field_filled_in() -> None:
    """Each field has the input that fits it, with its label, its limits and what it holds."""
    card = render_form(FORM, inline=True)
    check(card)
    shown = inputs(card)
    assert list(shown) == ["search-customer", "many-who", "date-on", "choice-stage", "text-heard"]
    assert shown["text-heard"]["value"] == "*six* weeks\nand more"
    assert (shown["text-heard"]["isMultiline"], shown["text-heard"]["maxLength"]) == (True, 12_000)
    assert shown["date-on"]["value"] == "2026-11-24"
    assert [one["title"] for one in shown["search-customer"]["choices"]] == ["Acme, 100% Inc · not known yet", "Globex"]
    assert shown["search-customer"]["choices.data"] == {"type": "Data.Query", "dataset": "customers"}
    assert shown["text-heard"]["isRequired"]
    assert shown["text-heard"]["errorMessage"]


def test_mistakes_stand_at_their_field() -> None:
    """An error follows its input in the colour of attention; the form's own stands above."""
    card = render_form(FORM, inline=True)
    body = card["body"]
    at = next(number for number, one in enumerate(body) if one.get("id") == "text-heard")
    assert body[at + 1]["inlines"][0]["color"] == "attention"
    assert "Say a little more" in body[at + 1]["inlines"][0]["text"]
    assert texts(card).index("Nothing saved yet") < texts(card).index("Their words")


def test_an_untouched_form_comes_back_as_it_is() -> None:
    """Reading what is submitted gives the form's own answers, commas and percent signs in values included."""
    for inline in (True, False):
        assert read_answers(submitted(render_form(FORM, inline=inline))) == FORM.answers


def test_inputs_a_client_leaves_out_come_back_empty() -> None:
    """Nothing selected is "" or [], never a missing answer."""
    data = submitted(render_form(FORM, inline=True), {"search-customer": "", "many-who": "", "date-on": "", "text-heard": ""})
    assert read_answers(data) == {"customer": "", "who": [], "on": "", "stage": "buy", "heard": ""}


def test_odd_submissions_are_read_without_fault() -> None:
    """A null, a number, a list or a strange key is no fault of the program."""
    data = {"text-a": None, "text-b": 5, "inputs": [3, "many-c", "date-d"], "x": 1, "-": "2", "odd-key": "3"}
    assert read_answers(data) == {"a": "", "b": "5", "c": [], "d": ""}


def test_the_submit_fits_where_the_form_is() -> None:
    """In a message the form is executed; in a dialog it is submitted, and knows whose button opened it."""
    inline, dialog = (actions(render_form(FORM, inline=inline, on="m1"))[-1] for inline in (True, False))
    assert (inline["type"], inline["verb"], dialog["type"]) == ("Action.Execute", "logvisit", "Action.Submit")
    assert dialog["data"]["args"] == {"form_id": "f1"}
    assert dialog["data"]["on"] == "m1"


def test_what_was_typed_for_a_search_is_shown() -> None:
    """A name that fits nobody surely is shown above the choice of who is meant."""
    field = SearchField(name="customer", label="Customer", source="customers", query="Akme", suggestions=(ACME,))
    card = render_form(Form(title="t", command="c", fields=(field,)), inline=True)
    assert "You wrote “Akme”. Choose what you mean." in texts(card)


def test_650_customers_are_offered_as_the_first_100() -> None:
    """A list too long to read is cut to its best; the rest is found by typing."""
    field = SearchField(
        name="c", label="C", source="customers", suggestions=tuple(Option(value=str(n), label=str(n)) for n in range(650))
    )
    assert len(inputs(render_form(Form(title="t", command="c", fields=(field,)), inline=True))["search-c"]["choices"]) == 100


def test_a_form_too_large_for_a_message_offers_less_and_says_what_it_cuts() -> None:
    """Suggestions go first and unnoticed; a text is only cut when nothing else is left, and its field says so."""
    search = SearchField(
        name="c", label="C", source="s", suggestions=tuple(Option(value=str(n), label="n" * 200) for n in range(100))
    )
    text = TextField(name="heard", label="Heard", value="w" * 25_000, max_length=30_000)
    roomy = render_form(Form(title="t", command="c", fields=(search, text)), inline=True)
    assert weight(roomy) <= limits.CARD_BYTES
    assert inputs(roomy)["text-heard"]["value"] == "w" * 25_000
    tight = render_form(Form(title="t", command="c", fields=(search, text, text.model_copy(update={"name": "more"}))), inline=True)
    assert weight(tight) <= limits.CARD_BYTES
    assert any("Too long for Teams" in one for one in texts(tight))


def test_a_choice_can_be_left_or_taken_back() -> None:
    """What needn't be answered offers an empty choice, with a value of its own as every option must have; it comes back as ""."""
    field = ChoiceField(name="stage", label="Stage", options=(Option(value="buy", label="Buying"),))
    card = render_form(Form(title="t", command="c", fields=(field,)), inline=True)
    options = inputs(card)["choice-stage"]["choices"]
    assert [one["title"] for one in options] == ["—", "Buying"]
    assert all(one["value"] for one in options)
    assert read_answers(submitted(card, {"choice-stage": options[0]["value"]})) == {"stage": ""}


def test_a_question_stands_below_its_field() -> None:
    """Before the hint, and the field itself is empty."""
    day = DateField(name="happened_on", label="When", required=True, help="From “last week”.", question="Which day?")
    card = render_form(Form(title="Log a visit", command="logvisit", fields=(day,)), inline=True)
    check(card)
    assert [one for one in texts(card) if "?" in one or "From" in one] == ["❓ Which day?", "From “last week”."]
    assert "value" not in inputs(card)["date-happened_on"]
