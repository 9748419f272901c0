"""Prompts when things change between the ask and the answer."""

import threading

from bot.cards import Card, Form
from tests.conftest import Life, button, words

ADA = "ada@firm.example"


async def asked(life: Life) -> Card:
    """Ada's prompt, sent."""
    await life.until(2026, 11, 26, 15, 1)
    return life.outbox.cards["m3"][0]


async def test_an_executive_whose_role_was_taken_is_not_reminded(life: Life) -> None:
    """Whoever is no executive any more owes nothing, and the prompt that waits is put aside."""
    await asked(life)
    life.change("ada", roles=[])
    await life.until(2026, 12, 4, 12)
    assert life.outbox.sent_to.count(ADA) == 1
    assert life.states().count("skipped") == 1


async def test_a_day_out_far_ahead_is_a_slip(life: Life) -> None:
    """31 December 9999 would silence the prompts for good; today is fine, and so is being away already."""
    form = life.world.press(button(await asked(life), "I'm out until…"), "ada")
    for last, part in (("9999-12-31", "more than a year ahead"), ("2026-11-25", "That day is past"), ("", "Choose your last day")):
        again = life.world.fill(form, "ada", last=last)
        assert isinstance(again, Form), again
        assert part in again.errors["last"]
    assert "out until" in words(life.world.fill(form, "ada", last="2026-12-31"))
    assert "already put aside" in words(life.world.press(button(life.outbox.cards["m3"][0], "Nothing to log"), "ada"))


async def test_remind_me_tomorrow_twice_asks_once(life: Life) -> None:
    """The second press changes nothing more: one copy comes the next working day."""
    card = await asked(life)
    for _ in range(2):
        assert "I'll ask again on Fri 27 Nov 2026" in words(life.world.press(button(card, "Remind me tomorrow"), "ada"))
    await life.until(2026, 11, 27, 12)
    assert life.outbox.sent_to.count(ADA) == 2


async def test_the_cx_office_answers_a_prompt_by_logging_for_the_one_asked(life: Life) -> None:
    """Who logs it doesn't matter; who was there does."""
    await asked(life)
    form = life.world.say("/logvisit Globex: hello", "cleo")
    life.world.fill(form, "cleo", executives=[str(life.world.ids["ada"]), str(life.world.ids["bruno"])])
    await life.settle()
    assert life.states().count("answered") == 2


async def test_a_late_answer_is_for_an_executive_who_was_there(life: Life) -> None:
    """An expired prompt isn't answered by an engagement of somebody else's."""
    card = await asked(life)
    await life.until(2026, 12, 4, 16)
    assert life.states()[2] == "expired"
    form = life.world.press(button(card, "Log a visit"), "cleo")
    saved = life.world.fill(form, "cleo", customer="3", heard="hello", executives=[str(life.world.ids["bruno"])])
    assert isinstance(saved, Card)
    assert life.states()[2] == "expired"


async def test_a_prompt_answered_and_put_aside_at_once_ends_once(life: Life) -> None:
    """Save and Nothing to log at the same moment: both are answered, and the prompt is closed by one of them."""
    card = await asked(life)
    form = life.world.press(button(card, "Log a visit"), "ada")
    replies: list[object] = []
    works = (
        lambda: life.world.fill(form, "ada", customer="3", heard="hello"),
        lambda: life.world.press(button(card, "Nothing to log"), "ada"),
    )
    threads = [threading.Thread(target=lambda work=work: replies.append(work())) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(replies) == 2
    assert life.states()[2] in {"answered", "skipped"}


async def test_nobody_but_those_it_concerns_answers_a_prompt(life: Life) -> None:
    """Somebody else's press is refused on every one of the five answers; a promise is no answer, and would be their own."""
    card = await asked(life)
    answers = [one for one in card.buttons if one.args.get("prompt")]
    assert len(answers) == len(card.buttons) - 1 == 5
    for one in answers:
        for other in ("emil", "bruno"):
            assert "somebody else" in words(life.world.press(one, other)) or "is for executives" in words(
                life.world.press(one, other)
            )
    assert life.states().count("sent") == 3


async def test_a_prompt_does_not_thank_for_what_was_deleted(life: Life) -> None:
    """The answered prompt's own message says so once the engagement that answered it is gone."""
    form = life.world.press(button(await asked(life), "Log a visit"), "ada")
    saved = life.world.fill(form, "ada", customer="3", heard="hello")
    await life.settle()
    assert life.outbox.cards["m3"][-1].title == "Thank you: visit with Globex is logged"
    life.world.press(button(saved, "Delete"), "ada")
    await life.settle()
    assert life.outbox.cards["m3"][-1].title == "Answered, and what was logged was deleted since"
