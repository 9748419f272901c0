"""/engagements, Edit and Delete, and /customer, through the real dispatcher."""

import pytest
from sqlalchemy import event

from bot.cards import Card, Form
from bot.domain.people.people import Person, Role
from bot.measures import pledged, scope
from tests.conftest import World, button, words


def log(world: World, actor: str, text: str) -> Card:
    """Log a visit and return its confirmation."""
    card = world.fill(world.say(f"/logvisit {text}", actor), actor)
    assert isinstance(card, Card), card
    return card


def test_the_newest_comes_first_and_older_ones_by_page(world: World) -> None:
    """Five a page; the button leads to the rest, and back."""
    for number in range(1, 8):
        log(world, "ada", f"Globex {number} November: note {number}")
    first = world.say("/engagements", "ada")
    assert words(first).index("note 7") < words(first).index("note 3")
    assert "note 2" not in words(first)
    assert "1 to 5 of 7" in words(first)
    second = world.press(button(first, "Older"), "ada")
    assert "6 to 7 of 7" in words(second)
    assert world.press(button(second, "Newer"), "ada") == first


def test_an_executive_sees_only_their_own(world: World) -> None:
    """Another executive's list is refused with a way on; one's own holds nobody else's."""
    log(world, "ada", "Globex: adas secret")
    assert "adas secret" not in words(world.say("/engagements", "bruno"))
    refused = world.say("/engagements Ada Lovell", "bruno")
    assert "Only Ada Lovell" in words(refused)
    assert "adas secret" not in words(refused)


def test_the_cx_office_sees_everyone_and_who_has_not_been_out(world: World) -> None:
    """The first line of the CX office's list says who has logged this quarter and who hasn't."""
    log(world, "ada", "Globex: hello")
    card = world.say("/engagements", "cleo")
    assert "1 of 3 executives have met a customer this quarter." in words(card)
    assert isinstance(card, Card)
    lines = next(block for block in card.blocks if block.kind == "facts").items
    assert [name for name, _ in lines] == ["Aroha Ngata", "Bruno Kraus", "Ada Lovell"]
    assert lines[-1] == ("Ada Lovell", "1 of 2 visits and 0 of 4 calls this quarter")
    assert "hello" in words(card)
    assert "hello" in words(world.say("/engagements ada", "cleo"))


def test_who_has_been_out_is_asked_once_for_all(world: World) -> None:
    """Three executives in three zones, one deleted visit, a call: each as their own page has it, with as few questions for a hundred more."""
    log(world, "ada", "Globex: hello")
    gone = log(world, "bruno", "Globex: a mistake")
    world.press(button(gone, "Delete"), "bruno")
    world.fill(world.say("/logcall Globex: again", "aroha"), "aroha")
    settings, now = world.application.settings, world.clock()
    few = _asked(world)
    with world.database.session() as session:
        for count in range(100):
            session.add(Person.known(f"e{count}@firm.example", f"Executive {count}", "Europe/London", (Role.EXECUTIVE,)))
    assert _asked(world) == few
    with world.database.session() as session:
        standings = pledged.standings(session, scope.COMPANY, scope.quarter(settings, now), settings)
        for person, found in pledged.with_people(session, standings):
            assert found.running == pledged.progress(session, person, settings, person.today(now))


def _asked(world: World) -> int:
    """How many questions the database is asked for it."""
    asked = []

    def note(*_: object) -> None:
        asked.append(1)

    event.listen(world.database.engine, "before_cursor_execute", note)
    with world.database.session() as session:
        settings = world.application.settings
        standings = pledged.standings(session, scope.COMPANY, scope.quarter(settings, world.clock()), settings)
        pledged.with_people(session, standings)
    event.remove(world.database.engine, "before_cursor_execute", note)
    return len(asked)


def test_words_heard_are_found(world: World) -> None:
    """Full-text search finds what was heard, in other grammatical forms too."""
    log(world, "ada", "Globex: the onboarding takes weeks")
    log(world, "ada", "Initech: all is well")
    found = words(world.say("/engagements week", "cleo"))
    assert "onboarding" in found
    assert "all is well" not in found
    assert "onboarding" not in words(world.say("/engagements week", "bruno"))


def test_a_customers_engagements(world: World) -> None:
    """By a customer's name; when two fit, the choice is offered as buttons that lead on."""
    log(world, "ada", "Acme Corp: hello")
    choice = world.say("/engagements Acme", "cleo")
    assert isinstance(choice, Card)
    assert [one.label for one in choice.buttons] == ["Acme Corp", "Acme Health"]
    assert "hello" in words(world.press(choice.buttons[0], "cleo"))


def test_editing_changes_and_audits(world: World) -> None:
    """Edit opens the form with what it says; what changed is on the audit trail with before and after."""
    card = log(world, "ada", "Globex with Jane: first")
    form = world.press(button(card, "Edit"), "ada")
    assert isinstance(form, Form)
    assert (form.answers["heard"], form.answers["contacts"]) == ("first", "Jane")
    changed = world.fill(form, "ada", heard="second", stage="choose")
    assert isinstance(changed, Card)
    assert changed.title == "Changed: visit with Globex"
    entry = world.history("engagements")[-1]
    assert entry.before == {"heard": "first", "stage": ""}
    assert entry.after == {"heard": "second", "stage": "choose"}


def test_deleting_takes_it_out_and_keeps_the_trail(world: World) -> None:
    """Deleted: gone from lists, kept on the trail; pressed again, or on another copy, it shows the same, and nothing else happens."""
    card = log(world, "ada", "Globex: oops")
    delete = button(card, "Delete")
    assert delete.confirm
    gone = world.press(delete, "ada")
    assert "Deleted: visit with Globex" in words(gone)
    assert "oops" not in words(world.say("/engagements", "ada"))
    assert world.press(delete, "ada") == gone
    assert "was deleted" in words(world.press(button(card, "Edit"), "ada"))
    assert [entry.after is not None and "deleted_at" in entry.after for entry in world.history("engagements")] == [True, True]


def test_a_deletion_is_undone_by_whoever_deleted_it(world: World) -> None:
    """Or by the CX office; the executive who was there may have it changed, but what another deleted stays so for them."""
    card = log(world, "ada", "Globex: oops")
    gone = world.press(button(card, "Delete"), "dele")
    assert "Undo" not in words(world.press(button(card, "Delete"), "ada"))
    assert "Someone else deleted this" in words(world.press(button(gone, "Undo"), "ada"))
    assert "oops" not in words(world.say("/engagements", "ada"))
    assert "Restored: visit with Globex" in words(world.press(button(gone, "Undo"), "dele"))
    world.press(button(card, "Delete"), "ada")
    assert "Someone else deleted this" in words(world.press(button(gone, "Undo"), "dele")), "the last deletion counts"
    assert button(world.press(button(card, "Delete"), "cleo"), "Undo")
    assert "Restored: visit with Globex" in words(world.press(button(gone, "Undo"), "cleo"))
    assert "oops" in words(world.say("/engagements", "ada"))


def test_a_deletion_can_be_undone_for_ten_minutes(world: World) -> None:
    """Undo puts it back, twice as once; after ten minutes it says what to do instead, and the card no longer offers it."""
    card = log(world, "ada", "Globex: oops")
    gone = world.press(button(card, "Delete"), "ada")
    assert "You can undo this until 09:40." in words(gone)
    undo = button(gone, "Undo")
    assert "You can change your own" in words(world.press(undo, "bruno"))
    for _ in range(2):
        back = world.press(undo, "ada")
        assert isinstance(back, Card)
        assert back.title == "Restored: visit with Globex"
    assert "oops" in words(world.say("/engagements", "ada"))
    world.press(button(back, "Delete"), "ada")
    world.clock.forward(minutes=10, seconds=1)
    assert "more than ten minutes ago" in words(world.press(undo, "ada"))
    assert "Undo" not in words(world.press(button(card, "Delete"), "ada"))
    assert "oops" not in words(world.say("/engagements", "ada"))


@pytest.mark.parametrize(
    ("actor", "days", "allowed"), [("ada", 30, True), ("ada", 31, False), ("dele", 30, True), ("cleo", 400, True)]
)
def test_thirty_days_to_correct_ones_own(world: World, actor: str, days: int, allowed: bool) -> None:
    """Own, or an executive's for the delegate, for 30 days; the CX office always."""
    card = log(world, "ada", "Globex: x")
    world.clock.forward(days=days)
    answer = world.press(button(card, "Edit"), actor)
    assert isinstance(answer, Form) == allowed
    assert ("30 days" in words(answer)) != allowed


@pytest.mark.parametrize("actor", ["bruno", "emil"])
@pytest.mark.parametrize("label", ["Edit", "Delete"])
def test_a_click_by_someone_without_the_right(world: World, actor: str, label: str) -> None:
    """The right is checked at the click, not only when the card was made."""
    card = log(world, "ada", "Globex: x")
    assert "You can change your own engagements" in words(world.press(button(card, label), actor))
    assert len(world.history("engagements")) == 1


def test_a_customers_page(world: World) -> None:
    """Owner, segment, days since the last, what was heard, and a button to log the next."""
    log(world, "ada", "Acme Corp 5 days ago with Jane: they plan to grow")
    card = world.say("/customer acme corp", "bruno")
    for part in ("Ada Lovell", "Fleets", "5 days ago", "Jane", "they plan to grow"):
        assert part in words(card)
    form = world.press(button(card, "Log a visit"), "bruno")
    assert isinstance(form, Form)
    assert form.answers["customer"] != ""


def test_staff_see_the_customers_they_own(world: World) -> None:
    """Emil owns Globex; what was heard elsewhere isn't his to read."""
    assert "Emil Novak" in words(world.say("/customer Globex", "emil"))
    assert "Ask the CX office" in words(world.say("/customer Initech", "emil"))


def test_a_customer_nobody_knows(world: World) -> None:
    """A name that fits nothing is said back, with what to do."""
    assert "No customer is called “Umbrella”" in words(world.say("/customer Umbrella", "ada"))
    assert "Which customer?" in words(world.say("/customer", "ada"))


def test_the_journey_is_everyones(world: World) -> None:
    """Stages with success, segments with what is wanted and what is today."""
    for part in ("Choosing", "It runs within a week.", "Fleets", "They trust our dates", "They phone"):
        assert part in words(world.say("/journey", "emil"))


@pytest.mark.parametrize(
    ("actor", "there", "missing"),
    [
        ("ada", {"/logvisit", "/logcall", "/commit", "/engagements", "/commitments", "/customer"}, set()),
        ("emil", {"/customer", "/journey"}, {"/logvisit"}),
    ],
)
def test_help_is_by_role_and_at_most_six_lines(world: World, actor: str, there: set[str], missing: set[str]) -> None:
    """Six lines of what this person may do, with buttons."""
    card = world.say("/help", actor)
    assert isinstance(card, Card)
    lines = next(block for block in card.blocks if block.kind == "facts").items
    assert there <= {name for name, _ in lines}
    assert not missing & {name for name, _ in lines}
    assert len(lines) <= 6
    assert card.buttons


def test_what_is_not_understood_is_said_back(world: World) -> None:
    """Nothing typed is lost: it is shown, with what the bot can do."""
    card = world.say("what can you do for me?", "ada")
    assert isinstance(card, Card)
    assert card.title == "I didn't understand that"
    assert "what can you do for me?" in words(card)


def test_a_button_of_an_old_card_says_so(world: World) -> None:
    """Arguments that make no sense are no fault of the program."""
    card = log(world, "ada", "Globex: x")
    stale = button(card, "Edit").model_copy(update={"args": {}})
    assert "out of date" in words(world.press(stale, "ada"))
    gone = button(card, "Edit").model_copy(update={"args": {"engagement": "999"}})
    assert "no such engagement" in words(world.press(gone, "ada"))
