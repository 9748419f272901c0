"""/logvisit and /logcall, through the real dispatcher on a real PostgreSQL."""

from datetime import date

import pytest

from bot.cards import Card, Form, SearchField
from tests.conftest import World, button, words

LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks, promised a fix by Friday"


def test_the_form_comes_empty_without_text(world: World) -> None:
    """Without text the form asks, with today filled in and only what matters required."""
    form = world.say("/logvisit", "ada")
    assert isinstance(form, Form)
    assert form.answers["happened_on"] == "2026-11-25"
    assert [one.name for one in form.fields if one.required] == ["heard", "happened_on", "kind"]


def test_a_typed_line_fills_the_form_and_saves_nothing(world: World) -> None:
    """What was understood is shown to be looked over; nothing is stored before Save."""
    form = world.say(LINE, "ada")
    assert isinstance(form, Form)
    customer = next(one for one in form.fields if isinstance(one, SearchField) and one.name == "customer")
    assert customer.values[0].label == "Acme Corp"
    assert form.answers["happened_on"] == "2026-11-24"
    assert form.answers["contacts"] == "CFO"
    assert form.answers["heard"] == "onboarding takes six weeks, promised a fix by Friday"
    assert "Nothing logged" in words(world.say("/engagements", "ada"))


def test_saving_confirms_lists_and_audits(world: World) -> None:
    """What was saved is confirmed with what it adds up to, listed, and on the audit trail with who did it."""
    card = world.fill(world.say(LINE, "ada"), "ada", surprised="They like the forms", stage="onboard")
    assert isinstance(card, Card)
    assert card.title == "Logged: visit with Acme Corp"
    assert "1 of 2 visits and 0 of 4 calls this quarter" in words(card)
    assert "onboarding takes six weeks" in words(world.say("/engagements", "ada"))
    created = world.history("engagements")[0]
    assert (created.actor_id, created.before) == (world.ids["ada"], None)
    assert created.after is not None
    assert created.after["heard"].startswith("onboarding")
    assert created.after["executives"] == [world.ids["ada"]]


def test_an_unknown_customer_is_added_and_marked_for_checking(world: World) -> None:
    """A new name is offered to be added; the confirmation says that the CX office will check it."""
    card = world.fill(world.say("/logvisit Umbrella yesterday: they are growing", "ada"), "ada")
    assert "Umbrella is new here" in words(card)
    assert "has not checked it" in words(world.say("/customer Umbrella", "ada"))
    lead = button(world.say("/engagements", "cleo"), "Umbrella")
    press = button(world.press(lead, "cleo"), "Checked")
    assert "is for the CX office and administrators" in words(world.press(press, "ada"))
    assert "has not checked it" not in words(world.press(press, "cleo"))
    assert world.history("customers")[-1].before == {"unchecked": True}


@pytest.mark.parametrize(
    ("answers", "field", "part"),
    [
        ({"heard": ""}, "heard", "Write a sentence"),
        ({"heard": "  \u00a0 "}, "heard", "Write a sentence"),
        ({"customer": ""}, "customer", "Choose the customer"),
        ({"customer": "x"}, "customer", "Choose one from the list"),
        ({"happened_on": "2026-11-26"}, "happened_on", "hasn't come yet"),
        ({"happened_on": "1925-11-24"}, "happened_on", "more than 366 days ago"),
        ({"happened_on": "2027-01-01"}, "happened_on", "hasn't come yet"),
        ({"happened_on": "soon"}, "happened_on", "no date"),
        ({"happened_on": ""}, "happened_on", "Choose a day"),
        ({"heard": "x" * 12_001}, "heard", "12,001 characters"),
        ({"evidence_target": "trust"}, "evidence_holds", "Say whether"),
        ({"customer": "new:" + "n" * 201}, "customer", "1 to 200 characters"),
    ],
)
def test_mistakes_stand_at_their_field_and_nothing_typed_is_lost(
    world: World, answers: dict[str, str | list[str]], field: str, part: str
) -> None:
    """Each mistake is told at its field with what to do; the rest of the form is as it was typed; nothing is saved."""
    form = world.say(LINE, "ada")
    again = world.fill(form, "ada", **answers)
    assert isinstance(again, Form), again
    assert part in again.errors[field]
    for name, value in answers.items():
        if name not in {"happened_on"}:
            assert again.answers[name] == value
    assert again.answers["contacts"] == "CFO"
    assert world.history("engagements") == []


def test_a_mistake_corrected_is_saved_under_the_same_form(world: World) -> None:
    """The form's one-time id isn't used up by a mistake."""
    again = world.fill(world.say(LINE, "ada"), "ada", heard="")
    assert isinstance(world.fill(again, "ada", heard="better"), Card)
    assert len(world.history("engagements")) == 1


def test_pressing_save_twice_saves_once(world: World) -> None:
    """The second submission of one form gets the first one's answer."""
    form = world.say(LINE, "ada")
    first, second = world.fill(form, "ada"), world.fill(form, "ada")
    assert first == second
    assert len(world.history("engagements")) == 1


def test_an_event_that_comes_twice_is_answered_alike(world: World) -> None:
    """A doubled event gets the same form again, with the same one-time id."""
    assert world.say(LINE, "ada", event_id="e1") == world.say(LINE, "ada", event_id="e1")


def test_3001_characters_are_kept(world: World) -> None:
    """A note longer than Slack's input is stored whole."""
    long = "word " * 600 + "!"
    world.fill(world.say(f"/logvisit Globex: {long}", "ada"), "ada")
    created = world.history("engagements")[0]
    assert created.after is not None
    assert created.after["heard"] == long


@pytest.mark.parametrize(
    "note", ["<!channel> look", "<@U1> said", "שלום עולם", "🚰🚱", "“smart” – quotes", "<https://a.example|a.example>"]
)
def test_any_text_is_kept_as_typed(world: World, note: str) -> None:
    """Text of any kind comes back as it was typed."""
    card = world.fill(world.say("/logcall Globex", "ada"), "ada", heard=note)
    assert isinstance(card, Card)
    assert note in [block.text for block in card.blocks if block.kind == "quote"]


def test_a_delegate_logs_in_the_executives_name(world: World) -> None:
    """Both are recorded: who was there and who wrote it down; and it counts for the executive."""
    card = world.fill(world.say(LINE, "dele"), "dele")
    assert "Logged by" in words(card)
    assert "Dele Okoro" in words(card)
    assert "onboarding takes" in words(world.say("/engagements", "ada"))
    assert "1 of 2 visits" in words(card)


def test_a_delegate_cannot_log_for_somebody_else(world: World) -> None:
    """The right is checked at the save, whatever the form was made to say."""
    again = world.fill(world.say(LINE, "dele"), "dele", executives=[str(world.ids["bruno"])])
    assert isinstance(again, Form)
    assert "executive you log for" in again.errors["executives"]


def test_an_employee_is_told_whom_it_is_for(world: World) -> None:
    """Without the right: who has it, whom to ask, and a way on."""
    card = world.say("/logvisit Globex: x", "emil")
    assert isinstance(card, Card)
    assert card.title == "/logvisit is for executives, their delegates, the CX office and administrators"
    assert "cx@firm.example" in words(card)
    assert button(card, "What I can do here").command == "help"


def test_an_unknown_sender_sees_how_to_get_access_and_nothing_else(world: World) -> None:
    """Nobody's names or customers are shown to somebody not known."""
    world.fill(world.say(LINE, "ada"), "ada")
    for text in ("/logvisit Acme", "/customer Acme Corp", "/engagements", "hello", "/journey"):
        card = world.say(text, "mallory@elsewhere.example")
        assert isinstance(card, Card)
        assert card.title == "I don't know you yet"
        assert not {"Acme", "Ada", "onboarding"} & set(words(card).replace('"', " ").split())


def test_somebody_who_left_is_not_known(world: World) -> None:
    """A deactivated person gets no further than a stranger."""
    with world.database.session() as session:
        session.get_one(type(world.person("ada")), world.ids["ada"]).active = False
    assert "I don't know you yet" in words(world.say("/engagements", "ada"))


def test_a_call_counts_as_a_call(world: World) -> None:
    """/logcall is the same form with the other kind."""
    card = world.fill(world.say("/logcall Globex today: fine", "ada"), "ada")
    assert "0 of 2 visits and 1 of 4 calls" in words(card)


def test_a_frontline_day_needs_no_customer(world: World) -> None:
    """A day with those who serve customers is an engagement without one."""
    card = world.fill(world.say("/logvisit", "ada"), "ada", kind="frontline_day", heard="They phone twice")
    assert isinstance(card, Card)
    assert card.title == "Logged: frontline day"


def test_yesterday_is_the_persons_own(world: World) -> None:
    """In Auckland it is already Thursday there at 13:00 UTC on Wednesday."""
    world.clock.forward(hours=4)
    form = world.say("/logvisit Globex yesterday: x", "aroha")
    assert isinstance(form, Form)
    assert form.answers["happened_on"] == date(2026, 11, 25).isoformat()


def test_the_audit_trail_is_in_the_same_transaction(world: World) -> None:
    """A save that fails leaves neither record nor entry."""
    world.fill(world.say(LINE, "ada"), "ada", happened_on="1925-01-01")
    assert world.history("engagements") == world.history("contacts") == []


def test_commitments_of_a_line_are_saved_with_it(world: World) -> None:
    """As they stand in the form, unless they are changed."""
    card = world.fill(world.say("/logvisit Acme Corp yesterday: slow. We'll send the plan by Friday", "ada"), "ada")
    assert isinstance(card, Card)
    assert "send the plan" in words(card)
    assert "end the plan" in words(world.say("/commitments", "ada"))
