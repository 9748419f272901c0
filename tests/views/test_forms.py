"""A form that comes back with its mistakes."""

from __future__ import annotations

from datetime import date

from bot.cards import DateField, Form, Option, SearchField, TextField
from bot.views.forms import with_errors

FORM = Form(
    title="Log a visit",
    command="logvisit",
    fields=(
        TextField(name="heard", label="Heard", value="before"),
        DateField(name="day", label="Day"),
        SearchField(name="customer", label="Customer", source="customers", suggestions=(Option(value="3", label="Globex"),)),
        TextField(name="left", label="Left", value="as it was"),
    ),
)


def test_all_that_was_typed_is_kept_and_each_mistake_stands_at_its_field() -> None:
    """One of a field that isn't there is told for the whole form; a customer keeps their name, a new one theirs."""
    answers: dict[str, str | list[str]] = {"heard": "They wait", "day": "2026-11-24", "customer": "3"}
    form = with_errors(FORM, answers, {"heard": "too short", "gone": "This is over."}, {"prompt": "7"})
    heard, day, customer, left = form.fields
    assert isinstance(heard, TextField)
    assert isinstance(day, DateField)
    assert isinstance(customer, SearchField)
    assert isinstance(left, TextField)
    assert (heard.value, day.value, left.value) == ("They wait", date(2026, 11, 24), "as it was")
    assert [(one.value, one.label) for one in customer.values] == [("3", "Globex")]
    assert (form.errors, dict(form.args)) == ({"heard": "too short", "": "This is over."}, {"prompt": "7"})
    again = with_errors(FORM, {"customer": "new:Acme"}, {}, {}).fields[2]
    assert isinstance(again, SearchField)
    assert [one.label for one in again.values] == ["Acme"]


def test_a_day_that_is_none_leaves_the_field_empty() -> None:
    """It isn't taken for another."""
    day = with_errors(FORM, {"day": "soon"}, {"day": "Choose a day."}, {}).fields[1]
    assert isinstance(day, DateField)
    assert day.value is None
