"""A person's own page by role: what it holds, what it leads to, and what it keeps from others. Through the real dispatcher."""

from __future__ import annotations

import pytest

from bot.cards import Actions, ButtonStyle, Card, Chart, Divider, Facts, Heading, Text
from bot.domain.engagements import customers, prompts
from bot.domain.people import people
from bot.domain.people.people import Role
from bot.measures.reasons import why_ask
from bot.platforms.slack.blocks import render_card
from tests.conftest import World, button, words
from tests.handlers.test_commitments import made
from tests.handlers.test_engagements import log
from tests.platforms.slack.block_rules import message_faults
from tests.platforms.slack.world import buttons as block_buttons
from tests.platforms.test_parity import _out as update_sent
from tests.platforms.test_parity import _to_approve as update_to_approve

SCREENS = 2 * 34
"""Lines on two screens of a phone, at about 40 characters a line."""


def home(world: World, who: str) -> Card:
    """Somebody's page."""
    card = world.say("home", who)
    assert isinstance(card, Card), card
    assert message_faults(render_card(card)) == []
    assert sum(one.style is ButtonStyle.PRIMARY for one in card.buttons) <= 1
    assert not any(one.replaces for one in card.buttons)
    return card


def lines(card: Card) -> int:
    """How many lines it takes on a phone, roughly: 40 characters a line, two short buttons in one."""
    texts = [card.title]
    count = 0
    for block in card.blocks:
        if isinstance(block, Facts):
            texts += [f"{name}: {value}" for name, value in block.items]
        elif isinstance(block, Text | Heading):
            texts += block.text.split("\n")
        elif isinstance(block, Actions):
            count += (len(block.buttons) + 1) // 2
        elif isinstance(block, Chart):
            count += 6
    return count + sum(1 + len(text) // 40 for text in texts)


def headings(card: Card) -> list[str]:
    """Its headings."""
    return [block.text for block in card.blocks if isinstance(block, Heading)]


def ask(world: World, who: str = "ada") -> None:
    """Have somebody asked, as their prompt comes due."""
    with world.database.session() as session:
        prompt = prompts.ask(session, people.get(session, world.ids[who]), world.application.settings, world.clock(), why_ask)
        assert prompt is not None
        assert prompt.wakes_at is not None
        world.clock.instant = prompt.wakes_at
        prompt.wake(session, world.application.settings, world.clock(), why_ask)


def be(world: World, who: str, *roles: Role) -> None:
    """Give somebody other roles."""
    with world.database.session() as session:
        people.get(session, world.ids[who]).roles = [role.value for role in roles]


def test_an_executives_page_begins_with_what_waits_for_them(world: World) -> None:
    """The open question and its answers, whom to see, the promises, and only then the picture and six lines."""
    made(world)
    ask(world)
    card = home(world, "ada")
    assert card.title == "Your participation"
    assert card.summary == "You: 0 of 2 visits and 0 of 4 calls this quarter, 36 days left"
    assert headings(card) == ["Ada: which customers have you spoken with lately?", "Your commitments: 1"]
    assert [one.label for one in card.buttons[:2]] == ["Log a visit", "Log a call"]
    assert "Suggested next visit: Acme Corp" in words(card)
    kinds = [block.kind for block in card.blocks if not isinstance(block, Divider)]
    assert kinds[-3:] == ["chart", "facts", "actions"]
    assert lines(card) <= SCREENS


def test_without_a_question_there_is_a_button_to_log(world: World) -> None:
    """One that isn't asked yet doesn't show; one put off says until when; an answered one is gone."""
    assert [one.label for one in home(world, "ada").buttons] == ["Log a visit", "The company", "Open the dashboard"]
    ask(world)
    world.press(button(home(world, "ada"), "Remind me tomorrow"), "ada")
    assert "I'll ask again on Thu 26 Nov 2026" in words(home(world, "ada"))
    log(world, "ada", "Globex: they wait for us")
    card = home(world, "ada")
    assert "ask again" not in words(card)
    assert card.summary == "You: 1 of 2 visits and 0 of 4 calls this quarter, 36 days left"


def test_sixty_promises_are_five_late_ones_first(world: World) -> None:
    """Each with a button that shows it with all that can be done; the rest is behind one more."""
    made(world, "/commit @Emil to call Globex by 26 November")
    for number in range(59):
        made(world, f"/commit @Emil to do thing {number} for Acme Corp by 10 December")
    world.clock.forward(days=3)
    card = home(world, "ada")
    assert "Your commitments: 60 (1 overdue)" in headings(card)
    rows = next(block for block in card.blocks if isinstance(block, Facts)).items
    assert len(rows) == 5
    assert rows[0][0] == "1. Globex, late, due Thu 26 Nov 2026"
    shown = world.press(button(card, "1. Globex"), "ada")
    assert isinstance(shown, Card)
    assert [one.label for one in shown.buttons] == ["Change date", "Withdraw"]
    assert "All of them" in [one.label for one in card.buttons]
    assert lines(card) <= SCREENS


def test_long_and_hostile_texts_are_short_and_inert(world: World) -> None:
    """A promise of 2,000 characters to a customer called `<!channel>` takes a line or two; more than fit are refused where they are made."""
    with world.database.session() as session:
        customers.get(session, 3).name = "<!channel> & *Sons* " + "y" * 150
        people.get(session, world.ids["emil"]).name = "<!here> Emil Novak"
    world.fill(world.say("/commit @Emil to call them by Friday", "ada"), "ada", what="x" * 2000, customer="3")
    assert "3,001 characters" in words(world.fill(world.say("/commit", "ada"), "ada", what="x" * 3001))
    card = home(world, "ada")
    assert lines(card) <= SCREENS
    assert "x" * 120 not in words(card)
    assert button(card, "1. <!channel> & *Sons* yyyyy…")
    assert "<!" not in "".join(one["text"]["text"] for one in block_buttons(render_card(card)))


def test_a_delegate_has_their_executives_page(world: World) -> None:
    """With the executive's question, answered in their name."""
    ask(world)
    made(world)
    card = home(world, "dele")
    assert card.title == "Ada Lovell's participation"
    assert "Your commitments: 1" in headings(card)
    put_aside = world.press(button(card, "Nothing this week"), "dele")
    assert "I won't ask again about this" in words(put_aside)
    assert "which customers have you" not in words(home(world, "ada"))


def test_a_delegate_of_two_chooses(world: World) -> None:
    """A button for each; no scorecard of either stands for both."""
    with world.database.session() as session:
        bruno = people.get(session, world.ids["bruno"])
        bruno.delegates.append(people.get(session, world.ids["dele"]))
    card = home(world, "dele")
    assert [one.label for one in card.buttons] == ["Ada Lovell", "Bruno Kraus"]
    assert "Bruno Kraus's participation" in words(world.press(button(card, "Bruno Kraus"), "dele"))


def test_a_delegate_of_nobody_has_a_readers_page(world: World) -> None:
    """Their executive has left: nothing of theirs is shown."""
    made(world)
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).active = False
    card = home(world, "dele")
    assert card.title == "Hello Dele"
    assert "Ada Lovell's participation" not in words(card)


def test_an_employees_page_holds_nothing_of_others(world: World) -> None:
    """Their updates and what they are to keep; no figure, nobody else's promise, and each button's right is checked anew."""
    made(world)
    form = world.say("/commit @Ada to settle the secret invoice with Initech by Friday", "bruno")
    world.fill(form, "bruno")
    update_sent(world)
    card = home(world, "emil")
    assert card.title == "Hello Emil"
    assert headings(card) == ["Updates for you", "Your commitments: 1"]
    assert "outage report" in words(card)
    for other in ("secret invoice", "Pledge", "participation", "Key customers", "Met a customer"):
        assert other not in words(card)
    assert "Waive_the_fee" in words(world.press(button(card, "Read 1"), "emil"))
    foreign = button(home(world, "bruno"), "1. Initech")
    assert "isn't yours to see" in words(world.press(foreign, "emil"))


def test_an_executives_page_holds_nothing_of_other_executives(world: World) -> None:
    """Neither what was heard nor promised there, nor a question that was put to them, nor the office's part."""
    made(world, "/commit @Emil to send Acme Corp the outage report by next Friday", "ada")
    log(world, "ada", "Globex: adas secret")
    ask(world, "ada")
    card = home(world, "bruno")
    for other in ("outage report", "adas secret", "Ada", "which customers have you", "Overdue commitments", "No customer contact"):
        assert other not in words(card)
    assert "isn't yours to see" in words(world.press(button(home(world, "ada"), "1. Acme Corp"), "bruno"))


def test_the_cx_office_sees_what_waits_and_the_company(world: World) -> None:
    """Overdue commitments, questions and approvals, each with a press that deals with it; then the figures and their trend."""
    made(world, "/commit @Emil to call Globex by 26 November")
    update_sent(world)
    update_to_approve(world)
    world.clock.forward(days=3)
    card = home(world, "cleo")
    assert headings(card) == ["The company: October to December 2026, so far"]
    for said in ("Overdue commitments: 1", "Questions without an answer: 1", "Updates waiting for approval: 1", "Met a customer"):
        assert said in words(card)
    assert "Commitment to Globex: overdue" in words(world.press(button(card, "1. Globex"), "cleo"))
    assert "May this go out?" in words(world.press(button(card, "Look at 1"), "cleo"))
    assert world.press(button(card, "Answer 1"), "cleo").kind == "form"
    assert lines(card) <= SCREENS


def test_with_nothing_waiting_the_cx_office_is_told_so(world: World) -> None:
    """In a line, before the figures."""
    assert "Nothing waits for the CX office." in words(home(world, "cleo"))


@pytest.mark.parametrize("who", ["ada", "emil", "dele"])
def test_an_approval_is_shown_to_those_who_may_give_it(world: World, who: str) -> None:
    """The one it speaks for and their delegate see it; an employee is told that there is none."""
    update_to_approve(world)
    shown = world.press(button(home(world, "cleo"), "Look at 1"), who)
    assert ("There is no such broadcast" in words(shown)) is (who == "emil")


def test_two_roles_are_two_parts_with_the_office_last(world: World) -> None:
    """An executive in the CX office: first their own, then the company's; with everything there is, still two screens."""
    be(world, "ada", Role.EXECUTIVE, Role.CX_OFFICE)
    made(world, "/commit @Emil to call Globex by 26 November")
    for number in range(8):
        made(world, f"/commit @Emil to mend {number} of the long onboarding of the fleet in the north for Acme Corp by 10 December")
    update_sent(world)
    update_to_approve(world)
    world.clock.forward(days=3)
    ask(world)
    card = home(world, "ada")
    assert lines(card) <= SCREENS
    said = words(card)
    assert card.title == "Your participation"
    assert said.index("Suggested next visit") < said.index("The company: October to December 2026")
    assert sum(isinstance(block, Chart) for block in card.blocks) == 2


def test_nobody_known_and_who_has_left_learn_how_to_get_access(world: World) -> None:
    """And nothing else."""
    assert "To get access" in words(home(world, "mallory@elsewhere.example"))
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).active = False
    assert home(world, "ada").title == "I don't know you yet"


def test_a_guest_and_somebody_new_have_a_page_too(world: World) -> None:
    """Nothing was sent to them and nothing is theirs to keep: it says so, and what they can do."""
    with world.database.session() as session:
        people.get(session, world.ids["emil"]).guest = True
    card = home(world, "emil")
    assert "None yet." in words(card)
    assert "I keep us close to customers" in words(world.press(button(card, "What I can do here"), "emil"))


def test_a_wrong_button_is_refused_kindly(world: World) -> None:
    """A commitment or broadcast that isn't there, or no number at all: a card that says so, never a fault."""
    shown = made(world)
    for command in ("show-commitment", "show-approval"):
        for value in ("999", "", "<!channel>"):
            args = {"commitment": value, "broadcast": value}
            card = world.press(shown.buttons[0].model_copy(update={"command": command, "args": args}), "ada")
            assert isinstance(card, Card)
            assert card.tone == "warning"


def test_late_is_late_in_the_readers_own_day(world: World) -> None:
    """Due on the day that is today in London and over in Auckland: late for Aroha alone."""
    form = world.say("/commit @Aroha to call Globex by 26 November", "ada")
    world.fill(form, "ada")
    world.clock.forward(days=1, hours=3)
    assert "Your commitments: 1 (1 overdue)" in headings(home(world, "aroha"))
    assert "Your commitments: 1" in headings(home(world, "ada"))
