"""Prompts when things change between the ask and the answer."""

import itertools
import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from bot.cards import Card, Form
from bot.domain.engagements import prompts
from bot.domain.engagements.prompts import Prompt, PromptState
from bot.domain.people import people
from bot.measures.reasons import why_ask
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
    assert "already put aside" in words(life.world.press(button(life.outbox.cards["m3"][0], "Nothing this week"), "ada"))


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
        lambda: life.world.press(button(card, "Nothing this week"), "ada"),
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
            assert "someone else" in words(life.world.press(one, other)) or "is for executives" in words(
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


def sent_on(life: Life, first_name: str) -> list[date]:
    """The days on which somebody was asked, reminders aside."""
    with life.world.database.session() as session:
        wanted = select(Prompt).where(Prompt.person_id == life.world.ids[first_name], col(Prompt.sent_at).is_not(None))
        person = people.get(session, life.world.ids[first_name])
        return [person.today(one.sent_at) for one in session.exec(wanted.order_by(col(Prompt.sent_at))) if one.sent_at]


@pytest.mark.parametrize(
    ("record", "first"),
    [
        ({"working_days": "mon tue wed"}, date(2026, 11, 30)),
        ({"works_from": time(8), "works_until": time(14)}, date(2026, 11, 27)),
        ({"working_days": "sun mon tue wed thu", "works_from": time(9), "works_until": time(14)}, date(2026, 11, 29)),
        ({"country": "US"}, date(2026, 11, 27)),
    ],
    ids=["part-time", "mornings", "Ramadan hours", "a holiday"],
)
async def test_who_does_not_work_on_thursday_afternoon_is_asked_next(life: Life, record: dict[str, object], first: date) -> None:
    """At their next working moment; and never twice within a week, whatever moved."""
    life.change("ada", **record)
    await life.until(2026, 12, 20)
    days = sent_on(life, "ada")
    assert days[0] == first
    assert len(days) >= 2
    assert all(later - earlier >= timedelta(days=6) for earlier, later in itertools.pairwise(days))


async def test_company_holidays_on_both_last_thursdays(life: Life) -> None:
    """24 and 31 December are off: whoever works between is asked between, once."""
    base = life.world.application.settings
    off = base.working_time.model_copy(update={"company_holidays": (date(2026, 12, 24), date(2026, 12, 31))})
    settings = base.model_copy(update={"working_time": off})
    with life.world.database.session() as session:
        ada = people.get(session, life.world.ids["ada"])
        moments = []
        for day in (24, 31):
            now = datetime(2026, 12, day, 15, tzinfo=UTC)
            prompt = prompts.ask(session, ada, settings, now, why_ask)
            assert prompt is not None
            moments.append(prompt.wakes_at)
            prompt.sent_at, prompt.state = prompt.wakes_at, PromptState.EXPIRED
            prompt.reasons = []
            session.flush()
        assert prompts.ask(session, ada, settings, datetime(2027, 1, 7, 15, tzinfo=UTC), why_ask) is None
    assert moments == [datetime(2026, 12, 29, 9, tzinfo=UTC), datetime(2027, 1, 4, 9, tzinfo=UTC)]


async def test_no_reason_is_said_twice_within_two_weeks(life: Life) -> None:
    """Nothing changes for six weeks: what is true is said every other week, never sooner; the reminder says none of it again."""
    await life.until(2027, 1, 5)
    told: dict[str, list[date]] = {}
    with life.world.database.session() as session:
        asked_ = select(Prompt).where(Prompt.person_id == life.world.ids["ada"], col(Prompt.sent_at).is_not(None))
        for one in session.exec(asked_.order_by(col(Prompt.id))):
            for reason in one.reasons:
                told.setdefault(reason, []).append(one.person.today(one.sent_at or one.created_at))
    assert told
    for days in told.values():
        assert all(later - earlier >= timedelta(days=14) for earlier, later in itertools.pairwise(days))
    reminders = [cards[0] for cards in life.outbox.cards.values() if "reminder" in cards[0].title]
    assert reminders
    assert not any(reason in words(card) for card in reminders for reason in told)


async def test_what_was_heard_is_asked_about_when_nothing_else_is_new(life: Life) -> None:
    """The pledge was said last week and hasn't changed: the last conversation is something to ask about, too."""
    life.change("ada", roles=["executive"])
    life.world.fill(life.world.say("/logvisit Acme Corp: six weeks are too long", "ada"), "ada")
    await life.until(2026, 12, 4)
    with life.world.database.session() as session:
        ada = people.get(session, life.world.ids["ada"])
        found = [one.reasons for one in session.exec(select(Prompt).where(Prompt.person_id == ada.key).order_by(col(Prompt.id)))]
    assert found[0] == ["1 of 2 visits and 0 of 4 calls this quarter"]
    assert found[1] == ["Last heard at Acme Corp: “six weeks are too long”. What has come of it?"]


async def test_what_was_put_off_is_asked_again_as_it_was(life: Life) -> None:
    """The pledge was said in the week before, so the last conversation is asked about; put off, it comes again, and not once more after that."""
    life.change("ada", roles=["executive"])
    life.world.fill(life.world.say("/logvisit Acme Corp: six weeks are too long", "ada"), "ada")
    await life.until(2026, 12, 3, 15, 1)
    asks = [cards[0] for to, cards in zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True) if to == ADA]
    assert "six weeks are too long" in words(asks[-1])
    life.world.press(button(asks[-1], "Remind me tomorrow"), "ada")
    await life.until(2026, 12, 24)
    said = [words(cards[0]) for to, cards in zip(life.outbox.sent_to, life.outbox.cards.values(), strict=True) if to == ADA]
    again = [one for one in said if "You asked to be reminded on Fri 4 Dec" in one]
    assert len(again) == 1
    assert "six weeks are too long" in again[0]
    assert len(said) == len(set(said))


async def test_a_prompt_woken_too_early_is_woken_again(life: Life) -> None:
    """The database's clock is ahead of the bot's, and gives out the timer before its time: the reminder comes all the same, once."""
    await asked(life)
    early = sa.text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name LIKE '%wake_prompt' AND status = 'todo'")
    with life.world.database.session() as session:
        session.connection().execute(early)
    await life.settle()
    assert life.outbox.sent_to.count(ADA) == 1
    await life.until(2026, 11, 30, 16)
    assert life.outbox.sent_to.count(ADA) == 2
