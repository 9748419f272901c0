"""Forms as modals and their answers back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Answers, Card, ChoiceField, DateField, Form, Option, SearchField, TextField
from bot.platforms.slack.modals import errors_for, read_answers, read_search, read_sent, refilled, render_form, render_notice
from tests.platforms.slack.block_rules import view_faults

Json = dict[str, Any]
_label = st.text(max_size=100) | st.text(alphabet="a<&>*😀ש\n ", max_size=2500)
_option = st.builds(Option, value=st.text(max_size=24), label=_label, detail=st.text(max_size=90))
_common: dict[str, Any] = {"label": _label, "required": st.booleans(), "help": _label, "question": _label}
_text = st.text(alphabet="ab <&\n😀ש.", max_size=200) | st.integers(0, 12_000).map(lambda count: ("some words, " * 1_001)[:count])
_fields = (
    lambda name: st.builds(
        TextField, name=name, value=_text, multiline=st.booleans(), placeholder=_label, max_length=st.integers(1, 12_000), **_common
    ),
    lambda name: st.builds(DateField, name=name, value=st.none() | st.dates(), **_common),
    lambda name: st.builds(
        ChoiceField, name=name, options=st.lists(_option, max_size=100, unique_by=lambda each: each.value).map(tuple), **_common
    ),
    lambda name: st.builds(
        SearchField,
        name=name,
        source=st.just("customers"),
        query=_label,
        values=st.lists(_option, max_size=4, unique_by=lambda each: each.value).map(tuple),
        multiple=st.booleans(),
        placeholder=_label,
        **_common,
    ),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form of up to eight fields."""
    fields = tuple(draw(draw(st.sampled_from(_fields))(st.just(f"field_{number}"))) for number in range(draw(st.integers(1, 8))))
    names = [item.name for item in fields]
    errors = draw(st.dictionaries(st.sampled_from([*names, ""]), _label, max_size=3))
    return Form(
        title=draw(_label),
        command="logvisit",
        fields=fields,
        submit=draw(_label),
        intro=draw(_label),
        errors=errors,
        args={"id": "<1>"},
    )


def untouched(view: Json) -> Json:
    """Give the view as Slack sends it when it's submitted as it was opened."""
    values = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            keys = {"plain_text_input": ("value", "initial_value"), "datepicker": ("selected_date", "initial_date")}
            multi = (
                ("selected_options", "initial_options")
                if element["type"].startswith("multi_")
                else ("selected_option", "initial_option")
            )
            key, initial = keys.get(element["type"], multi)
            values[block["block_id"]] = {element["action_id"]: {"type": element["type"], key: element.get(initial)}}
    return view | {"state": {"values": values}}


def filled_in(form: Form) -> Answers:
    """Say what a form's fields hold."""
    answers: Answers = {}
    for item in form.fields:
        match item:
            case TextField():
                answers[item.name] = item.value
            case DateField():
                answers[item.name] = item.value.isoformat() if item.value else ""
            case ChoiceField():
                answers[item.name] = item.value
            case SearchField(multiple=True):
                answers[item.name] = [option.value for option in item.values]
            case SearchField():
                answers[item.name] = item.values[0].value if item.values else ""
    return answers


@settings(max_examples=120, deadline=None)
@given(forms())
def test_any_form_is_within_limits_and_reads_back(form: Form) -> None:
    """Whatever a form holds, Slack takes the modal, and submitted untouched it gives back what it was filled in with."""
    view = render_form(form, private="<private>")
    assert view_faults(view) == []
    assert read_answers(untouched(view)) == filled_in(form)
    sent = read_sent(view)
    assert (sent.command, sent.args, sent.private) == ("logvisit", {"id": "<1>"}, "<private>")


@settings(max_examples=60, deadline=None)
@given(forms())
def test_every_field_is_there(form: Form) -> None:
    """Every field of a form has an input, and errors name inputs that the modal has."""
    view = render_form(form)
    ids = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert {item.name for item in form.fields} <= ids
    assert set(errors_for(form)) <= ids


def test_value_of_3001_characters_takes_two_inputs() -> None:
    """A text over Slack's 3,000 is shown in two numbered inputs and joined again."""
    text = ("word " * 601)[:3001]
    view = render_form(
        Form(title="t", command="c", fields=(TextField(name="heard", label="What you heard", value=text, required=True),))
    )
    assert [block["block_id"] for block in view["blocks"]] == ["heard", "heard.2"]
    assert view["blocks"][1]["label"]["text"] == "What you heard (2 of 2)"
    assert [block["optional"] for block in view["blocks"]] == [False, True]
    assert read_answers(untouched(view)) == {"heard": text}


def test_nulls_are_empty_answers() -> None:
    """Nothing selected and nothing typed come back as empty text or an empty list."""
    fields = (
        TextField(name="text", label="T"),
        DateField(name="day", label="D"),
        ChoiceField(name="kind", label="K", options=(Option(value="a", label="A"),)),
        SearchField(name="who", label="W", source="people"),
        SearchField(name="many", label="M", source="people", multiple=True),
    )
    view = untouched(render_form(Form(title="t", command="c", fields=fields)))
    assert read_answers(view) == {"text": "", "day": "", "kind": "", "who": "", "many": []}


def test_a_choice_that_may_stay_open_can_be_taken_back() -> None:
    """Slack can't clear a choice, so an optional one offers "No answer", which comes back empty; a required one doesn't."""
    options = (Option(value="a", label="A"), Option(value="b", label="B", detail="second"))
    free, bound = (
        render_form(
            Form(
                title="t", command="c", fields=(ChoiceField(name="kind", label="K", options=options, value="a", required=required),)
            )
        )
        for required in (False, True)
    )
    element = free["blocks"][0]["element"]
    assert element["type"] == "radio_buttons"
    assert element["options"][-1]["text"]["text"] == "No answer"
    assert element["initial_option"]["value"] == "a"
    assert len(bound["blocks"][0]["element"]["options"]) == 2
    state = {"kind": {"kind": {"type": "radio_buttons", "selected_option": element["options"][-1]}}}
    assert read_answers({"state": {"values": state}}) == {"kind": ""}


def test_many_options_are_a_menu() -> None:
    """A hundred options are shown as a menu."""
    options = tuple(Option(value=str(number), label=f"Option {number}") for number in range(100))
    element = render_form(Form(title="t", command="c", fields=(ChoiceField(name="k", label="K", options=options),)))["blocks"][0][
        "element"
    ]
    assert (element["type"], len(element["options"])) == ("static_select", 100)


def test_search_carries_source_and_hint() -> None:
    """A search asks from the first key, and its id says which list and what had been typed."""
    field = SearchField(name="customer", label="Customer", source="customers", query="Acme <Corp>: Ltd")
    element = render_form(Form(title="t", command="c", fields=(field,)))["blocks"][0]["element"]
    assert (element["type"], element["min_query_length"]) == ("external_select", 0)
    assert read_search(element["action_id"]) == ("customers", "Acme Corp : Ltd")
    with pytest.raises(ValueError, match="not a search"):
        read_search("other:customers:x:y")


def test_chosen_value_too_long_for_slack_is_told() -> None:
    """A chosen value over 150 characters can't stay chosen; the form opens and says so."""
    field = SearchField(
        name="customer", label="C", source="customers", values=(Option(value="new:" + "x" * 150, label="An endless name"),)
    )
    view = render_form(Form(title="t", command="c", fields=(field,)))
    assert view_faults(view) == []
    assert "please shorten: An endless name" in json.dumps(view)


def test_date_is_a_calendar() -> None:
    """A date is picked from a calendar that opens at the value."""
    element = render_form(Form(title="t", command="c", fields=(DateField(name="d", label="D", value=date(2026, 11, 25)),)))[
        "blocks"
    ][0]["element"]
    assert element == {"action_id": "d", "type": "datepicker", "initial_date": "2026-11-25"}


def test_errors_go_to_their_fields() -> None:
    """An error appears at its field; one of the whole form, or of a field it doesn't have, at the first."""
    fields = (TextField(name="a", label="A"), TextField(name="b", label="B"))
    form = Form(
        title="t", command="c", fields=fields, errors={"": "Look again.", "b": "Too long.", "a": "Missing.", "gone": "Unknown."}
    )
    assert errors_for(form) == {"a": "Look again.\nUnknown.\nMissing.", "b": "Too long."}
    assert "Too long." in json.dumps(render_form(form))


def test_long_title_is_shown_whole_inside() -> None:
    """A title over Slack's 24 characters is cut in the bar and whole at the top."""
    view = render_form(Form(title="Correct the visit to Acme Corporation", command="c", fields=(TextField(name="a", label="A"),)))
    assert view["title"]["text"].endswith("…")
    assert "Correct the visit to Acme Corporation" in json.dumps(view["blocks"][0])


def test_form_too_long_is_a_fault_of_ours() -> None:
    """More questions than a modal holds are refused when rendered, not dropped."""
    with pytest.raises(ValueError, match="is too long"):
        render_form(Form(title="t", command="c", fields=tuple(TextField(name=f"f{number}", label="F") for number in range(101))))


def test_refilled_view_keeps_every_kind_of_answer() -> None:
    """A submitted form shown again holds what was typed, picked and chosen."""
    option = {"text": {"type": "plain_text", "text": "Acme"}, "value": "7"}
    fields = (
        TextField(name="text", label="T", value="old"),
        DateField(name="day", label="D"),
        SearchField(name="who", label="W", source="people"),
        SearchField(name="many", label="M", source="people", multiple=True),
    )
    view = render_form(Form(title="t", command="c", fields=fields))
    view["state"] = {
        "values": {
            "text": {"text": {"type": "plain_text_input", "value": None}},
            "day": {"day": {"type": "datepicker", "selected_date": "2026-11-25"}},
            "who": {"s": {"type": "external_select", "selected_option": option}},
            "many": {"s": {"type": "multi_external_select", "selected_options": [option]}},
        }
    }
    again = refilled(view, render_notice(Card(title="No"))["blocks"])
    assert view_faults(again) == []
    assert read_answers(untouched(again)) == {"text": "", "day": "2026-11-25", "who": "7", "many": ["7"]}


def test_a_question_stands_above_its_field_and_what_is_understood_below() -> None:
    """An empty day with the question beside it, and the hint where it came from; as text, whatever was typed."""
    day = DateField(
        name="happened_on", label="When", required=True, help="From “last week”.", question="Which day of <!channel> week?"
    )
    blocks = render_form(Form(title="Log a visit", command="logvisit", fields=(day,)))["blocks"]
    assert [block["type"] for block in blocks] == ["rich_text", "input"]
    assert "❓ Which day of <!channel> week?" in json.dumps(blocks[0], ensure_ascii=False)
    assert blocks[1]["hint"]["text"] == "From “last week”."
    assert "initial_date" not in blocks[1]["element"]
