"""What the form of an engagement is filled in with from a typed line: where it comes from, and what is asked instead of guessed."""

import pytest

from bot.cards import Card, Form, SearchField
from bot.domain.engagements.engagements import Kind
from bot.workflows.engagement_filling import question, understood
from tests.conftest import World, words
from tests.workflows.asking import asking

LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks, promised a fix by Friday"


def test_two_customers_that_fit_are_asked_about(world: World) -> None:
    """“Acme” may be either: none is chosen, both are offered first, and Save without choosing says so at the field."""
    form = world.say("/logvisit Acme: slow", "ada")
    assert isinstance(form, Form)
    field = form.fields[0]
    assert isinstance(field, SearchField)
    assert field.values == ()
    assert [one.label for one in field.suggestions[:2]] == ["Acme Corp", "Acme Health"]
    assert field.question == "Is it Acme Corp or Acme Health?"
    again = world.fill(form, "ada")
    assert isinstance(again, Form)
    assert set(again.errors) == {"customer"}
    assert again.answers["heard"] == "slow"


def test_each_field_says_where_it_comes_from(world: World) -> None:
    """The words of the line stand below what was understood of them; the commitment is a line of its field, and stays in the note."""
    form = world.say(LINE, "ada")
    assert isinstance(form, Form)
    hints = {one.name: one.help for one in form.fields}
    assert hints["customer"] == "From “Acme Corp”."
    assert hints["happened_on"] == "From “yesterday”."
    assert hints["contacts"] == "From “with their CFO”."
    assert hints["promised"].startswith("From “promised a fix by Friday”.")
    assert form.answers["promised"] == "a fix by 2026-11-27"
    assert not any(one.question for one in form.fields)


@pytest.mark.parametrize(
    "line",
    ["Acme Corp last week: slow", "Acme Corp tomorrow: slow", "Thursday 20 Nov Acme Corp: slow", "Acme Corp on 31 February: slow"],
)
def test_a_day_in_doubt_is_left_empty_and_asked_for(world: World, line: str) -> None:
    """No silent guess; and Save without a day says so at the field, with all that was typed kept."""
    form = world.say(f"/logvisit {line}", "ada")
    assert isinstance(form, Form)
    assert form.answers["happened_on"] == ""
    assert next(one for one in form.fields if one.name == "happened_on").question.endswith("?")
    again = world.fill(form, "ada")
    assert isinstance(again, Form)
    assert again.errors == {"happened_on": "Choose a day."}
    assert again.answers["heard"] == form.answers["heard"]
    assert "Nothing logged" in words(world.say("/engagements", "ada"))
    assert isinstance(world.fill(again, "ada", happened_on="2026-11-20"), Card)


def test_today_is_filled_in_only_where_no_day_is_said(world: World) -> None:
    """And the form says that it is because of that."""
    form = world.say("/logvisit Acme Corp: slow", "ada")
    assert isinstance(form, Form)
    assert form.answers["happened_on"] == "2026-11-25"
    assert next(one for one in form.fields if one.name == "happened_on").help == "No day in what you wrote, so today."


def test_a_commitment_without_a_day_or_an_owner_known_here_is_asked_about(world: World) -> None:
    """Before anything is saved; what was found stands in its field."""
    form = world.say("/logvisit Acme Corp yesterday: slow. Promised a discount. Quentin will send them the plan by Friday", "ada")
    assert isinstance(form, Form)
    field = next(one for one in form.fields if one.name == "promised")
    assert form.answers["promised"] == "a discount\n@Quentin to send them the plan by 2026-11-27"
    assert "by when?" in field.question
    assert "I know no “Quentin”" in field.question


def test_more_commitments_than_fit_are_said(world: World) -> None:
    """Three stand in the field, all in the note, and the fourth is named."""
    said = "1) send A by Friday 2) send B by Friday 3) send C by Friday 4) send D by Friday"
    form = world.say(f"/logvisit Acme Corp yesterday: {said}", "ada")
    assert isinstance(form, Form)
    assert len(str(form.answers["promised"]).splitlines()) == 3
    assert "send D" in next(one for one in form.fields if one.name == "promised").question
    assert "send D by Friday" in form.answers["heard"]


def test_a_new_customer_is_offered_in_the_words_typed(world: World) -> None:
    """It says that it is new and who will check it; nothing is added before Save."""
    with asking(world, "ada", "Umbrella yesterday: growing") as request:
        filling = understood(request, Kind.VISIT)
    assert filling.customer is not None
    assert filling.customer.value == "new:Umbrella"
    assert filling.hints["customer"] == "“Umbrella” is new here: it will be added, for the CX office to check. Or choose another."
    assert "Umbrella" not in {(one.after or {}).get("name") for one in world.history("customers")}


def test_a_model_is_asked_about_what_was_typed_alone(world: World) -> None:
    """Nothing typed, nothing asked."""
    with asking(world, "ada") as request:
        assert question(request) is None
