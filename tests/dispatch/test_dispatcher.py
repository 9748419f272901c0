"""The one way in, under attack: on a real PostgreSQL, from several threads at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.cards import Button, Card, Form, Reply
from bot.commands import Inbound, Platform, Sender
from bot.domain.access.accounts import Vouch
from bot.domain.people import people
from tests.conftest import World, button, words

LINE = "/logvisit Acme Corp yesterday with their CFO: onboarding takes six weeks"


def at_once(*works: Callable[[], Reply]) -> list[Reply]:
    """Do all of it at the same moment; what one raises fails the test, as an unhandled exception of its thread."""
    found: list[Reply] = []
    start = threading.Barrier(len(works))

    def go(work: Callable[[], Reply]) -> None:
        start.wait()
        found.append(work())

    threads = [threading.Thread(target=go, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == len(works)
    return found


def test_one_form_saved_from_four_threads_is_saved_once(world: World) -> None:
    """A hurried finger, a retry and two processes: one engagement, one answer."""
    form = world.say(LINE, "ada")
    replies = at_once(*[lambda: world.fill(form, "ada")] * 4)
    assert [isinstance(one, Card) and one == replies[0] for one in replies] == [True] * 4
    assert len(world.history("engagements")) == 1


def test_one_event_at_once_is_answered_alike(world: World) -> None:
    """Both copies of a doubled event get the same form."""
    first, second = at_once(*[lambda: world.say(LINE, "ada", event_id="e1")] * 2)
    assert first == second


def test_an_account_seen_for_the_first_time_twice_at_once(world: World) -> None:
    """Two events of a new account are both answered, and link it once, on the audit trail."""
    replies = at_once(*[lambda: world.say("/help", "ada")] * 6)
    assert all("Hello Ada" in words(one) for one in replies)
    linked = world.history("accounts")
    assert [(one.actor_id, one.before) for one in linked] == [(world.ids["ada"], None)]
    assert linked[0].after is not None
    assert (linked[0].after["person_id"], linked[0].after["user_id"]) == (world.ids["ada"], "ada@firm.example")


def test_being_active_is_no_entry_on_the_audit_trail(world: World) -> None:
    """When an account was last seen changes with everything done, and is left out."""
    for _ in range(2):
        world.say("/help", "ada")
        world.clock.forward(minutes=1)
    assert len(world.history("accounts")) == 1


def test_the_same_new_customer_added_by_three_at_once(world: World) -> None:
    """All three are saved, to one customer with one contact."""
    forms = [(world.say("/logvisit", who), who) for who in ("ada", "bruno", "aroha")]

    def save(form: Reply, who: str) -> Callable[[], Reply]:
        return lambda: world.fill(form, who, customer="new:Zed", heard="x", contacts="Bob")

    replies = at_once(*[save(form, who) for form, who in forms])
    assert [one.title for one in replies] == ["Logged: visit with Zed"] * 3
    assert [len(world.history(noun)) for noun in ("engagements", "customers", "contacts")] == [3, 5, 1]


def test_the_same_contact_met_by_two_at_once(world: World) -> None:
    """Two visits with one new contact make one contact."""
    ada, bruno = world.say("/logvisit Globex: x", "ada"), world.say("/logvisit Globex: x", "bruno")
    at_once(lambda: world.fill(ada, "ada", contacts="Bob"), lambda: world.fill(bruno, "bruno", contacts="Bob"))
    assert [len(world.history(noun)) for noun in ("engagements", "contacts")] == [2, 1]


def test_somebody_elses_event_id_gets_nothing_of_theirs(world: World) -> None:
    """An answer is given again to its own sender only."""
    world.fill(world.say(LINE, "ada", event_id="e1"), "ada")
    world.say("/engagements", "ada", event_id="e2")
    for event_id in ("e1", "e2"):
        for other in ("emil", "mallory@elsewhere.example"):
            assert "onboarding" not in words(world.say("hello", other, event_id=event_id))


def test_somebody_elses_form_id_gets_nothing_of_theirs_and_blocks_nothing(world: World) -> None:
    """Neither is an answer leaked to who guesses a form's id, nor the form's own sender kept from saving."""
    form = world.say(LINE, "ada")
    assert isinstance(form, Form)
    guessed = form.model_copy(update={"fields": ()})
    assert "is for executives" in words(world.fill(guessed, "emil"))
    assert "Logged" in words(world.fill(form, "ada"))
    assert "onboarding" not in words(world.fill(guessed, "emil"))
    assert isinstance(world.fill(guessed, "bruno"), Form)


def test_the_same_event_id_in_another_tenant_is_another_event(world: World) -> None:
    """Slack's ids are unique in a workspace, no further."""
    answers = [
        world.application.dispatcher.handle(
            Inbound(Sender(Platform.SLACK, "U1", tenant, f"{who}@firm.example", vouch=Vouch.OURS), "help", event_id="Ev1")
        )
        for tenant, who in (("T1", "ada"), ("T2", "bruno"))
    ]
    assert ["Hello Ada" in words(answers[0]), "Hello Bruno" in words(answers[1])] == [True, True]


def test_an_event_or_form_id_of_any_length_is_taken(world: World) -> None:
    """A forged id of 100,000 random characters doesn't fit into an index row of PostgreSQL's; its digest does."""
    import secrets  # noqa: PLC0415 - only this forgery needs it

    form = world.say(LINE, "ada", event_id=secrets.token_hex(50_000))
    assert isinstance(form, Form)
    forged = form.model_copy(update={"args": {"form_id": secrets.token_hex(50_000)}})
    assert world.fill(forged, "ada") == world.fill(forged, "ada")
    assert len(world.history("engagements")) == 1


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\x00b", "ab"), ("a\ud800b", "a\ufffdb"), ("\ud83d\ude00", "😀"), ("a\x1b\x07b", "ab")]
)
def test_text_that_cannot_be_stored_is_made_fit(world: World, typed: str, kept: str) -> None:
    """U+0000, half of a surrogate pair and control characters: everywhere where they may come in."""
    for command in ("/logvisit", "/logcall", "/engagements", "/customer", "/commitments", "/commit", "/help", ""):
        assert world.say(f"{command} {typed}", "ada", event_id=f"{command}") is not None
    card = world.fill(world.say(LINE, "ada"), "ada", heard=typed, contacts=typed, surprised=typed)
    assert isinstance(card, Card), card
    assert kept in words(card)
    sender = world.sender("ada")
    assert world.application.dispatcher.find_options(sender, "customers", f"Acme{typed}Corp") is not None


def test_line_ends_are_one_kind(world: World) -> None:
    """Teams sends carriage returns; they are line ends like any other."""
    card = world.fill(world.say(LINE, "ada"), "ada", heard="one\r\ntwo\rthree")
    assert isinstance(card, Card)
    assert "one\ntwo\nthree" in [block.text for block in card.blocks if block.kind == "quote"]


@pytest.mark.parametrize(
    "command",
    [
        "edit-engagement", "delete-engagement", "out-until", "nothing-to-log", "remind-tomorrow", "check-customer",
        "customer", "engagements", "logvisit", "commit", "no-such-command",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "args",
    [
        {},
        {"engagement": "1", "prompt": "1", "customer": "1", "offset": "-1", "q": "x"},
        {"engagement": "9999", "prompt": "999", "customer": "999", "offset": "999999999"},
        {"engagement": "9" * 40, "prompt": "9" * 5000, "customer": "²", "offset": "²"},
        {"engagement": None, "customer": 4, "offset": 3.5, "prompt": [7], "q": {"a": 1}},
    ],
)
@pytest.mark.parametrize("form", [None, {}, {"heard": "typed words", "customer": "9" * 40, "owner": "9" * 40}])
def test_any_button_any_one_makes_up_is_answered_and_shows_nothing(
    world: World, command: str, args: dict[str, Any], form: dict[str, Any] | None
) -> None:
    """An employee who forges buttons and forms reads nothing of an executive's, changes nothing, and loses nothing typed."""
    world.fill(world.say("/logvisit Acme Corp: secret worries", "ada"), "ada")
    entries = len(world.history("engagements"))
    reply = world.application.dispatcher.handle(Inbound(world.sender("emil"), command, args=args, form=form))
    assert "secret worries" not in words(reply)
    assert len(world.history("engagements")) == entries
    executive = world.application.dispatcher.handle(Inbound(world.sender("bruno"), command, args=args, form=form))
    assert isinstance(executive, Card | Form)


def test_what_was_typed_into_a_form_comes_back_with_any_refusal(world: World) -> None:
    """The engagement was deleted, the right lost, the person left meanwhile: the words are there to be copied."""
    card = world.fill(world.say(LINE, "ada"), "ada")
    form = world.press(button(card, "Edit"), "ada")
    assert "precious words" in words(world.fill(form, "bruno", heard="precious words"))
    world.press(button(card, "Delete"), "ada")
    for answers in ({"heard": "precious words"}, {"heard": "", "surprised": "precious words"}):
        again = world.fill(form, "ada", **answers)
        assert "This engagement was deleted" in words(again)
        assert "precious words" in words(again)
    new = world.say(LINE, "ada")
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).roles = []
    assert "precious words" in words(world.fill(new, "ada", heard="precious words"))


def test_a_form_refused_for_want_of_a_right_can_be_saved_once_it_is_given(world: World) -> None:
    """A refusal doesn't use up the form's one-time id."""
    form = world.say(LINE, "ada")
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).roles = []
    assert "is for executives" in words(world.fill(form, "ada"))
    with world.database.session() as session:
        people.get(session, world.ids["ada"]).roles = ["executive"]
    assert "Logged" in words(world.fill(form, "ada"))


def test_a_correction_with_mistakes_by_somebody_without_the_right_is_refused(world: World) -> None:
    """The right comes before the mistakes, and neither raises."""
    card = world.fill(world.say(LINE, "ada"), "ada")
    form = world.press(button(card, "Edit"), "ada")
    assert "You can change your own engagements" in words(world.fill(form, "bruno", heard=""))


@pytest.mark.parametrize("length", [301, 3_000, 1_000_000])
def test_a_search_too_long_says_so(world: World, length: int) -> None:
    """PostgreSQL refuses long words and long texts in a search; nobody gets to see that."""
    for text in ("w" * length, "w x " * (length // 4 + 1)):
        assert "300 fit" in words(world.say(f"/engagements {text}", "ada"))
        assert "at most 200 characters" in words(world.say(f"/customer {text}", "ada"))


@pytest.mark.parametrize("text", ["???", "the", "w" * 300, "\"'!&|:*()", "-", "--"])
def test_a_search_for_anything_is_answered(world: World, text: str) -> None:
    """Stop words, punctuation and 300 characters find nothing, in words; the page buttons stay short."""
    reply = world.say(f"/engagements {text}", "ada")
    assert isinstance(reply, Card)
    assert all(isinstance(one, Button) for one in reply.buttons)
