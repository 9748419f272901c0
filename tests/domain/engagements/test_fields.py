"""The list of an engagement's fields, and everything that goes by it: a field in the list is in all of them, and nothing else is."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from bot.cards import ChoiceField, Form, TextField
from bot.domain.engagements.engagements import Draft, Engagement
from bot.domain.engagements.fields import FIELDS, LIMIT, EngagementField, Shape, Shown
from bot.spreadsheets.exporting.rows import engagements as exported
from bot.web.api.asking import Asking
from bot.web.api.contract import Dated, EngagementRow
from bot.web.api.rows import engagements as answered
from tests.conftest import World, words

OTHERS = {
    "draft": {"kind", "happened_on", "executives", "customer", "contacts", "problems"},
    "table": {"id", "kind", "customer_id", "happened_on", "logged_at", "logged_by_id", "deleted_at", "words"},
    "form": {"customer", "promised", "happened_on", "kind", "contacts", "executives"},
    "api": {"id", "kind", "customer_id", "happened_on", "logged_at", "logged_by", "executives"},
    "export": {"id", "kind", "happened on", "logged at", "logged by", "executives", "customer", "segment"},
}
"""What each has beside the list: who was there, with whom, when, of which kind, and what the bot itself notes."""

NAMES = {one.name for one in FIELDS}


def asked(world: World, one: EngagementField) -> str:
    """An answer to a field: words of its own, or the first choice there is."""
    settings = world.application.settings
    if one.shape is Shape.STAGE:
        return settings.journey[0].key
    if one.shape is Shape.TARGET:
        return next(target.key for segment in settings.segments for target in segment.targets)
    return "yes" if one.shape is Shape.YES_NO else f"Words of {one.name}"


def kept(value: str, one: EngagementField) -> object:
    """The same as it is stored."""
    return value == "yes" if one.shape is Shape.YES_NO else value


@pytest.fixture
def form(world: World) -> Form:
    """The form of a new visit."""
    found = world.say("/logvisit", "ada")
    assert isinstance(found, Form)
    return found


def test_the_draft_and_the_table_have_each_field_with_one_default() -> None:
    """Left empty, a field says nothing: the same nothing in both."""
    draft = {one.name: one.default for one in fields(Draft)}
    table = Engagement.model_fields
    assert set(draft) - OTHERS["draft"] == set(table) - OTHERS["table"] == NAMES
    for one in FIELDS:
        if not one.required:
            assert draft[one.name] == table[one.name].default == (None if one.shape is Shape.YES_NO else ""), one.name


def test_the_form_asks_each_field_once(form: Form, world: World) -> None:
    """By its label, in an input that fits, with the domain's limit; and nothing else beside its own questions."""
    found = {one.name: one for one in form.fields}
    assert len(found) == len(form.fields)
    assert set(found) - OTHERS["form"] == NAMES
    for one in FIELDS:
        field: Any = found[one.name]
        assert (field.label, field.required) == (one.label, one.required)
        if one.shape.typed:
            assert isinstance(field, TextField)
            assert field.max_length == LIMIT
        else:
            assert isinstance(field, ChoiceField)
            assert asked(world, one) in {option.value for option in field.options}


def test_what_is_said_goes_everywhere(form: Form, world: World) -> None:
    """Filled in, a field is on the card, in the row, the audit trail, the form to correct it, the export and the API."""
    said = {one.name: asked(world, one) for one in FIELDS}
    card = world.fill(form, "ada", customer="1", **said)
    shown = words(card)
    assert all(said[one.name] in shown for one in FIELDS if one.shape.typed and one.shown is not Shown.OWN)
    stored = {one.name: kept(said[one.name], one) for one in FIELDS}
    assert world.history("engagements")[0].after | stored == world.history("engagements")[0].after  # type: ignore[operator]
    with world.database.session() as session:
        row = session.get_one(Engagement, 1)
        assert {name: getattr(row, name) for name in NAMES} == stored
        heads, rows = exported(session)
        exported_row = dict(zip(heads, next(iter(rows)), strict=True))
        assert set(heads) - OTHERS["export"] == {one.heading for one in FIELDS}
        assert {one.name: exported_row[one.heading] for one in FIELDS} == stored
        asking = Asking(session, world.application.settings, world.clock(), notes=True)
        answer = answered(asking, Dated()).rows[0].model_dump()
        assert {name: answer[name] for name in NAMES} == stored
        hidden = answered(Asking(session, world.application.settings, world.clock(), notes=False), Dated()).rows[0].model_dump()
        assert {name for name in NAMES if hidden[name] is None} == {one.name for one in FIELDS if one.shape.typed}
    edit = world.press(next(one for one in card.buttons if one.label == "Edit"), "ada")  # type: ignore[union-attr]
    assert isinstance(edit, Form)
    assert {name: edit.answers[name] for name in NAMES} == said


def test_the_api_has_each_field_and_hides_what_people_wrote() -> None:
    """Typed words may be null there: not every token reads them."""
    found = EngagementRow.model_fields
    assert set(found) - OTHERS["api"] == NAMES
    for one in FIELDS:
        expected = {Shape.YES_NO: bool | None, Shape.STAGE: str, Shape.TARGET: str}.get(one.shape, str | None)
        assert found[one.name].annotation == expected, one.name


def test_each_typed_field_has_the_limit(form: Form, world: World) -> None:
    """One character more is told at its field."""
    typed = [one.name for one in FIELDS if one.shape.typed]
    again = world.fill(form, "ada", customer="1", **dict.fromkeys(typed, "x" * (LIMIT + 1)))
    assert isinstance(again, Form)
    assert set(again.errors) == set(typed)
