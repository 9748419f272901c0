"""/commit, /commitments and every press on a commitment, through the real dispatcher."""

import pytest

from bot.cards import Button, Card, Form
from bot.commands import Inbound
from bot.domain.people import people
from bot.domain.plans import roadmap
from bot.domain.promises.commitments import Ages, Commitment
from bot.domain.promises.promises import get, source_edited
from tests.conftest import Life, World, button, words

LINE = "/commit @Emil to send Acme Corp the outage report by next Friday"


def made(world: World, line: str = LINE, actor: str = "ada") -> Card:
    """Make a promise and return its confirmation."""
    card = world.fill(world.say(line, actor), actor)
    assert isinstance(card, Card), card
    return card


def now_is(world: World, key: int = 1) -> Commitment:
    """The commitment as it is now."""
    with world.database.session() as session:
        found = get(session, key)
        _ = found.events, found.owner, found.promised_by
        return found


def press(world: World, label: str, actor: str, **answers: str) -> Card:
    """Press a button of the card as it stands for this person, and fill in its form when there is one."""
    reply = world.press(button(world.say("/commitments", actor), label), actor)
    if isinstance(reply, Form):
        reply = world.fill(reply, actor, **answers)
    assert isinstance(reply, Card), reply
    return reply


def test_a_typed_line_fills_the_form_and_saves_nothing(world: World) -> None:
    """Owner, promise, customer and date are understood, and looked over before anything is saved."""
    form = world.say(LINE, "ada")
    assert isinstance(form, Form)
    assert form.answers["owner"] == str(world.ids["emil"])
    assert form.answers["what"] == "send Acme Corp the outage report"
    assert form.answers["due"] == "2026-12-04"
    assert form.answers["customer"] == "1"
    assert "No open commitments" in words(world.say("/commitments", "ada"))


def test_promised_listed_and_audited(world: World) -> None:
    """The owner sees it to accept, who promised sees it, others don't."""
    assert made(world).title == "Promised, for Emil Novak to keep"
    assert [one.label for one in _buttons(world, "emil")] == ["Accept", "Done", "Change date", "Not me"]
    assert "outage report" in words(world.say("/commitments", "ada"))
    assert "outage report" in words(world.say("/commitments", "dele"))
    assert "outage report" not in words(world.say("/commitments Acme Corp", "bruno"))
    assert "outage report" in words(world.say("/commitments", "cleo"))
    assert world.history("commitments")[0].actor_id == world.ids["ada"]


def _buttons(world: World, actor: str) -> tuple[Button, ...]:
    card = world.say("/commitments", actor)
    assert isinstance(card, Card)
    return card.buttons


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"what": " "}, "what"),
        ({"what": "x" * 2_001}, "what"),
        ({"due": "2026-11-24"}, "due"),
        ({"due": ""}, "due"),
        ({"owner": ""}, "owner"),
        ({"customer": "new:Umbrella"}, "customer"),
    ],
)
def test_mistakes_stand_at_their_field(world: World, answers: dict[str, str], field: str) -> None:
    """Nothing is saved, nothing typed is lost."""
    again = world.fill(world.say(LINE, "ada"), "ada", **answers)
    assert isinstance(again, Form)
    assert set(again.errors) == {field}
    assert world.history("commitments") == []


def test_from_a_visit(world: World) -> None:
    """The confirmation of a visit leads to a promise, with its customer filled in and linked to it."""
    visit = world.fill(world.say("/logvisit Globex: they wait for a report", "ada"), "ada")
    form = world.press(button(visit, "Add a commitment"), "ada")
    assert isinstance(form, Form)
    assert form.answers["customer"] == "3"
    world.fill(form, "ada", what="Send it", owner=str(world.ids["emil"]))
    assert now_is(world).engagement_id == 1
    assert "You can change your own" in words(world.press(button(visit, "Add a commitment"), "bruno"))


def test_from_a_message(world: World) -> None:
    """The message's text and link are kept as they were; its “I” is not whoever presses."""
    text = "I will send Globex the report by Friday"
    source = {"source_text": text, "source_link": "https://chat.example/p1"}
    form = world.application.dispatcher.handle(Inbound(world.sender("ada"), "commit", text, args=source))
    assert isinstance(form, Form)
    assert (form.answers["owner"], form.answers["what"]) == ("", "send Globex the report")
    card = world.fill(form, "ada", owner=str(world.ids["emil"]))
    assert text in words(card)
    assert "https://chat.example/p1" in words(card)


def test_an_edited_message_is_said_to_be(world: World) -> None:
    """The card says that it was edited and when; what was promised, and the text then, stay. No message at all is nobody's."""
    text, ref = "Emil to send Globex the report by Friday", "slack:C1:123.45"
    sender = world.sender("ada")
    form = world.application.dispatcher.handle(Inbound(sender, "commit", text, args={"source_text": text, "source_ref": ref}))
    world.fill(form, "ada", owner=str(world.ids["emil"]))
    made(world)
    world.clock.forward(days=1)
    for source, edited in (("", []), ("slack:C1:9", []), (ref, [1])):
        with world.database.session() as session:
            assert [one.key for one in source_edited(session, source, world.clock())] == edited
    card = words(world.say("/commitments", "emil"))
    assert card.count("edited since, on Thu 26 Nov 2026") == 1
    assert (text in card, now_is(world).what, now_is(world).version) == (True, "send Globex the report", 1)


def test_stage_and_target_are_chosen_or_come_from_the_visit(world: World) -> None:
    """They're asked for only where no engagement says them; the day the need was heard is the visit's."""
    ties = {"stage": "onboard", "evidence_target": "trust", "evidence_holds": "no"}
    visit = world.fill(world.say("/logvisit Globex yesterday: they wait", "ada"), "ada", **ties)
    form = world.press(button(visit, "Add a commitment"), "ada")
    assert not {"stage", "target"} & set(form.answers if isinstance(form, Form) else ())
    world.fill(form, "ada", what="Send it", owner=str(world.ids["emil"]))
    assert isinstance(world.fill(world.say(LINE, "ada"), "ada", stage="onboard", target="trust"), Card)
    assert isinstance(world.fill(world.say(LINE, "ada"), "ada", stage="nowhere"), Form)
    first, second = now_is(world, 1), now_is(world, 2)
    assert (first.stage, first.target, str(first.heard_on)) == ("onboard", "trust", "2026-11-24")
    assert (second.stage, second.target, str(second.heard_on)) == ("onboard", "trust", "2026-11-25")


def test_the_planned_change_that_mends_the_cause(world: World) -> None:
    """Offered once there is one on the roadmap; the card names it."""
    assert "Permanent fix" not in words(world.say(LINE, "ada"))
    with world.database.session() as session:
        plan = roadmap.Plan("Reports by themselves", "onboard")
        roadmap.add(session, plan, people.get(session, world.ids["cleo"]), world.application.settings, world.clock())
    form = world.say(LINE, "ada")
    assert isinstance(world.fill(form, "ada", item="99"), Form)
    card = world.fill(form, "ada", item="1")
    assert "Reports by themselves (next)" in words(card)
    assert now_is(world).item_id == 1


def test_from_promised_to_told(world: World) -> None:
    """Accepted, done, told: the age of each hop is kept."""
    made(world)
    press(world, "Accept", "emil")
    world.clock.forward(days=2)
    card = press(world, "Done", "emil", note="Sent to Jane", link="https://files.example/r")
    assert "Sent to Jane" in words(card)
    world.clock.forward(days=1)
    asked = world.say("/commitments", "ada")
    assert "Done. Ready to tell Acme Corp?" in words(asked)
    assert "done, customer told" in words(world.press(button(asked, "Customer told"), "ada"))
    kept = now_is(world)
    assert kept.kept_on_time() == (True, True)
    assert [str(event.kind) for event in kept.events] == ["made", "accepted", "done", "told"]
    assert kept.told_at is not None
    assert kept.done_at is not None
    assert kept.made_at < kept.done_at < kept.told_at


def test_not_satisfied_opens_it_again(world: World) -> None:
    """With what they said, and a new date; done a second time it's late by the first date, not by the last."""
    made(world)
    press(world, "Done", "emil", note="Sent")
    world.clock.forward(days=14)
    press(world, "Customer not satisfied", "ada", note="Half of it is missing", due="2026-12-20")
    assert now_is(world).is_open
    assert "Half of it is missing" in words(world.say("/commitments", "emil"))
    press(world, "Done", "emil", note="All of it")
    assert now_is(world).kept_on_time() == (False, True)


def test_another_date_is_asked_for_and_agreed_to(world: World) -> None:
    """The owner asks with a reason; the executive agrees; the old date stays on record."""
    made(world)
    press(world, "Change date", "emil", due="2026-12-10", note="The laboratory is closed")
    assert str(now_is(world).due) == "2026-12-04"
    assert "Emil Novak asks for Thu 10 Dec 2026" in words(world.say("/commitments", "ada"))
    press(world, "Agree to Thu 10 Dec 2026", "ada")
    changed = now_is(world)
    assert (str(changed.first_due), str(changed.due), changed.proposed_due) == ("2026-12-04", "2026-12-10", None)
    assert (str(changed.events[-1].old_due), changed.events[-1].note) == ("2026-12-04", "The laboratory is closed")


def test_who_promised_changes_the_date_at_once(world: World) -> None:
    """Nobody's leave is needed, but a reason is."""
    made(world)
    press(world, "Change date", "ada", due="2026-12-10", note="They asked for it")
    assert (str(now_is(world).due), now_is(world).proposed_due) == ("2026-12-10", None)


def test_the_date_is_kept(world: World) -> None:
    """The executive says no: what was promised stays."""
    made(world)
    press(world, "Change date", "emil", due="2026-12-10", note="Busy")
    press(world, "Keep the date", "ada")
    assert (str(now_is(world).due), now_is(world).proposed_due) == ("2026-12-04", None)


def test_not_mine_goes_to_somebody_else(world: World) -> None:
    """Handed on with a word; the new owner has yet to accept; the old one still sees what became of it."""
    made(world)
    press(world, "Not me", "emil", owner=str(world.ids["bruno"]), note="You know them")
    assert "You know them" in words(world.say("/commitments", "bruno"))
    assert now_is(world).accepted_at is None
    again = world.press(button(world.say("/commitments", "bruno"), "Not me"), "bruno")
    assert "has it already" in words(world.fill(again, "bruno", owner=str(world.ids["bruno"])))


@pytest.mark.parametrize(("days", "state"), [(0, "withdrawn"), (30, "missed")])
def test_given_up_in_time_or_not(world: World, days: int, state: str) -> None:
    """Withdrawn while there is time; after its date it was missed."""
    made(world)
    world.clock.forward(days=days)
    press(world, "Withdraw", "ada", note="They don't need it any more")
    assert now_is(world).state == state


def test_two_people_at_once(world: World) -> None:
    """The second sees what the first did; nothing is overwritten, and what they wrote is said back."""
    made(world)
    stale = button(world.say("/commitments", "emil"), "Done")
    form = world.press(stale, "emil")
    press(world, "Withdraw", "ada", note="Not needed")
    late = world.fill(form, "emil", note="I sent it on Tuesday")
    assert "Someone else already did this. Ada Lovell withdrew it." in words(late)
    assert "I sent it on Tuesday" in words(late)
    assert now_is(world).state == "withdrawn"
    assert "Someone else already did this" in words(world.press(button_of(stale, "accept-commitment"), "emil"))


def button_of(other: Button, command: str) -> Button:
    """Another button of the same card."""
    return other.model_copy(update={"command": command})


@pytest.mark.parametrize("command", ["accept-commitment", "agree-date", "keep-date", "told-customer"])
def test_a_click_by_someone_without_the_right(world: World, command: str) -> None:
    """Bruno has nothing to do with it: he isn't even told that it exists."""
    made(world)
    stale = button(world.say("/commitments", "emil"), "Accept")
    assert "isn't yours to see" in words(world.press(button_of(stale, command), "bruno"))
    assert len(now_is(world).events) == 1


@pytest.mark.parametrize("command", ["agree-date", "told-customer"])
def test_the_owner_cannot_decide_for_the_executive(world: World, command: str) -> None:
    """Who keeps it may not agree to their own date, nor say that the customer was told."""
    made(world)
    stale = button(world.say("/commitments", "emil"), "Accept")
    assert "This is for its owner, the executive" in words(world.press(button_of(stale, command), "emil"))


def test_an_owner_who_left_is_brought_up(world: World) -> None:
    """Not into silence: the CX office's list says so first, and can hand it on."""
    made(world)
    with world.database.session() as session:
        session.get_one(type(world.person("emil")), world.ids["emil"]).active = False
    listed = world.say("/commitments", "cleo")
    assert "Emil Novak left, with 1 open" in words(listed)
    press(world, "Someone else", "cleo", owner=str(world.ids["dele"]))
    assert now_is(world).owner_id == world.ids["dele"]


def test_what_a_leaver_left_comes_first(world: World) -> None:
    """However many others are due earlier: six are shown."""
    for day in range(1, 8):
        made(world, f"/commit @Bruno to send part {day} to Globex by 2026-12-0{day}")
    made(world, "/commit @Emil to send the rest to Globex by 2026-12-20")
    change(world, "emil", active=False)
    listed = world.say("/commitments", "cleo")
    assert isinstance(listed, Card)
    assert listed.buttons[0].label == "Hand to Ada Lovell"


def change(world: World, first_name: str, **columns: object) -> None:
    """Change somebody's record."""
    with world.database.session() as session:
        found = people.get(session, world.ids[first_name])
        for name, value in columns.items():
            setattr(found, name, value)


@pytest.mark.parametrize("actor", ["cleo", "ada"])
def test_one_press_hands_it_to_the_manager_of_whoever_left(world: World, actor: str) -> None:
    """The card says that the owner has left and names the manager; the new owner has yet to accept."""
    made(world)
    change(world, "emil", active=False, manager_id=world.ids["bruno"])
    listed = world.say("/commitments", actor)
    assert "Emil Novak, who has left" in words(listed)
    assert "Accept" not in words(listed)
    card = world.press(button(listed, "Hand to Bruno Kraus"), actor)
    assert "Emil Novak has left." in words(card)
    stands = now_is(world)
    assert (stands.owner_id, stands.accepted_at, stands.version) == (world.ids["bruno"], None, 2)
    assert "Accept" in words(world.say("/commitments", "bruno"))


@pytest.mark.parametrize(("manager", "successor"), [(None, "Ada Lovell"), ("gone", "Ada Lovell"), ("ada", "Ada Lovell")])
def test_without_a_manager_it_goes_back_to_who_promised(world: World, manager: str | None, successor: str) -> None:
    """Nor to a manager who has left as well; who takes it on themselves has accepted it."""
    change(world, "bruno", active=manager != "gone")
    made(world)
    change(world, "emil", active=False, manager_id=world.ids["bruno" if manager == "gone" else manager] if manager else None)
    world.press(button(world.say("/commitments", "ada"), f"Hand to {successor}"), "ada")
    stands = now_is(world)
    assert (stands.owner_id, stands.accepted_at is not None) == (world.ids["ada"], True)
    assert [str(event.kind) for event in stands.events] == ["made", "handed_on", "accepted"]


def test_nobody_left_to_propose(world: World) -> None:
    """Without manager and executive there is still “Reassign”, to anybody."""
    made(world)
    change(world, "emil", active=False)
    change(world, "ada", active=False)
    assert "Hand to" not in words(world.say("/commitments", "cleo"))
    assert button(world.say("/commitments", "cleo"), "Reassign")


def test_what_a_leaver_asked_for_needs_no_answer(world: World) -> None:
    """Whoever takes it over may ask anew."""
    made(world)
    press(world, "Change date", "emil", due="2026-12-10", note="Busy")
    change(world, "emil", active=False)
    labels = [one.label for one in _buttons(world, "cleo")]
    assert labels == ["Hand to Ada Lovell", "Someone else", "Done", "Change date", "Withdraw"]


def test_handing_over_is_checked_like_any_press(world: World) -> None:
    """Old buttons show how things stand; the owner may be back, the successor gone; others aren't even told that it exists."""
    made(world)
    change(world, "emil", active=False, manager_id=world.ids["bruno"])
    hand = button(world.say("/commitments", "cleo"), "Hand to Bruno Kraus")
    assert "isn't yours to see" in words(world.press(hand, "bruno"))
    change(world, "emil", active=True)
    assert "Emil Novak is here to keep it" in words(world.press(hand, "cleo"))
    change(world, "emil", active=False)
    change(world, "bruno", active=False)
    assert "can't take it on" in words(world.press(hand, "cleo"))
    nobody = hand.model_copy(update={"args": {**hand.args, "person": "999"}})
    assert "not known here" in words(world.press(nobody, "cleo"))
    world.press(button(world.say("/commitments", "cleo"), "Hand to Ada Lovell"), "cleo")
    assert "Someone else already did this" in words(world.press(hand, "cleo"))
    assert now_is(world).version == 2


def test_the_card_says_how_long_it_took(world: World) -> None:
    """From hearing of it, two days before, to telling the customer."""
    visit = world.fill(world.say("/logvisit Globex 23 November: they wait", "ada"), "ada", promised="@Emil to send it by Friday")
    assert isinstance(visit, Card)
    world.clock.forward(days=1)
    press(world, "Done", "emil", note="Sent")
    world.clock.forward(days=9)
    card = press(world, "Customer told", "ada")
    assert "Heard to told: 12 days" in words(card)
    assert now_is(world).ages() == Ages(2, 1, 9, 12)


async def test_whoever_must_act_is_told_at_once(life: Life) -> None:
    """The owner when it's made, the executive when it's done; older copies show that it has moved on."""
    made(life.world)
    await life.settle()
    assert life.outbox.sent_to == ["emil@firm.example"]
    first = life.outbox.cards["m1"][-1]
    assert first.title == "Ada Lovell has asked you to deliver this for Acme Corp"
    life.world.fill(life.world.press(button(first, "Done"), "emil"), "emil", note="Sent")
    await life.settle()
    assert life.outbox.sent_to[-1] == "ada@firm.example"
    asked = life.outbox.cards["m2"][-1]
    assert asked.title == "Done. Ready to tell Acme Corp?"
    life.world.press(button(asked, "Customer told"), "ada")
    await life.settle()
    assert life.outbox.cards["m2"][-1].title == "Commitment to Acme Corp: done, customer told"
    assert life.outbox.cards["m1"][-1].title == "Commitment to Acme Corp: done, customer told"
    assert not life.outbox.cards["m1"][-1].buttons
