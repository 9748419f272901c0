"""Prompts, from the schedule to their end, as weeks go by."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.cards import Card, Form
from bot.domain.engagements.prompts import Prompt
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from tests.conftest import Life, button, words

ADA, BRUNO, AROHA = "ada@firm.example", "bruno@firm.example", "aroha@firm.example"


async def test_each_executive_is_asked_at_their_own_thursday_afternoon(life: Life) -> None:
    """Thursday 15:00 in Auckland is 02:00 UTC: hours before Berlin and London."""
    await life.until(2026, 11, 26, 2, 1)
    assert life.outbox.sent_to == [AROHA]
    await life.until(2026, 11, 26, 14, 1)
    assert life.outbox.sent_to == [AROHA, BRUNO]
    await life.until(2026, 11, 26, 15, 1)
    assert life.outbox.sent_to == [AROHA, BRUNO, ADA]


async def test_it_says_why_it_asks_and_offers_five_answers(life: Life) -> None:
    """The pledge, the customer nobody has seen, and a button for each answer."""
    await life.until(2026, 11, 26, 15, 1)
    card = life.outbox.cards["m3"][0]
    assert "0 of 2 visits and 0 of 4 calls this quarter" in words(card)
    assert "Acme Corp not seen by any of us yet" in words(card)
    labels = ["Log a visit", "Log a call", "Nothing this week", "Remind me tomorrow", "I'm out until…", "Add a commitment"]
    assert [one.label for one in card.buttons] == labels


async def test_nobody_is_asked_whose_pledge_is_met_and_customers_seen(life: Life) -> None:
    """Bruno has met his pledge and owns no key customer."""
    for number in range(6):
        life.world.fill(life.world.say(f"/{'logvisit' if number < 2 else 'logcall'} Initech: hello {number}", "bruno"), "bruno")
    await life.until(2026, 11, 26, 23)
    assert BRUNO not in life.outbox.sent_to


async def test_logging_answers_the_prompt(life: Life) -> None:
    """The form opened from the prompt logs for the one asked; the prompt's message becomes a thank-you, and nothing follows."""
    await life.until(2026, 11, 26, 15, 1)
    form = life.world.press(button(life.outbox.cards["m3"][0], "Log a visit"), "ada")
    life.world.fill(form, "ada", customer=await _customer(life, "Globex"), heard="They grow")
    await life.settle()
    assert life.outbox.cards["m3"][-1].title == "Thank you: visit with Globex is logged"
    assert life.states().count("answered") == 1
    await life.until(2026, 12, 2, 12)
    assert life.outbox.sent_to.count(ADA) == 1


async def _customer(life: Life, name: str) -> str:
    found = await life.world.application.dispatcher.options(life.world.sender("ada"), "customers", name)
    return found[0].value


async def test_a_delegate_answers_for_their_executive(life: Life) -> None:
    """Dele presses the button on Ada's prompt: it is logged in Ada's name. Bruno's click is refused."""
    await life.until(2026, 11, 26, 15, 1)
    press = button(life.outbox.cards["m3"][0], "Log a call")
    assert "for someone else" in words(life.world.press(press, "bruno"))
    form = life.world.press(press, "dele")
    assert isinstance(form, Form)
    card = life.world.fill(form, "dele", customer="new:Umbrella", heard="They wait")
    assert "Dele Okoro" in words(card)
    assert life.states().count("answered") == 1


async def test_a_reminder_after_two_working_days_then_it_closes(life: Life) -> None:
    """Asked on Thursday, reminded on Monday, closed on Wednesday; never over the weekend, and only once."""
    await life.until(2026, 11, 30, 15, 0)
    assert life.outbox.sent_to.count(ADA) == 1
    await life.until(2026, 11, 30, 15, 10)
    assert life.outbox.sent_to.count(ADA) == 2
    assert "reminder" in words(list(life.outbox.cards.values())[-1][0])
    assert life.outbox.cards["m3"][-1].title == "I have asked again below"
    assert not life.outbox.cards["m3"][-1].buttons
    await life.until(2026, 12, 2, 15, 20)
    assert life.outbox.sent_to.count(ADA) == 2
    assert life.outbox.cards["m3"][-1].title == "This question has closed"
    assert life.states() == ["expired"] * 3


async def test_an_answer_after_it_closed_still_counts(life: Life) -> None:
    """Late is better than never: the expired prompt becomes answered."""
    await life.until(2026, 12, 2, 16)
    asked = life.outbox.cards["m3"][0]
    life.world.fill(life.world.press(button(asked, "Log a visit"), "ada"), "ada", customer="new:Umbrella", heard="x")
    assert "answered" in life.states()


async def test_nothing_to_log_ends_it(life: Life) -> None:
    """An honest no is an answer; pressing again says that it was."""
    await life.until(2026, 11, 26, 15, 1)
    nothing = button(life.outbox.cards["m3"][0], "Nothing this week")
    assert "Thank you" in words(life.world.press(nothing, "ada"))
    assert "already put aside" in words(life.world.press(nothing, "ada"))
    await life.until(2026, 12, 2, 12)
    assert life.outbox.sent_to.count(ADA) == 1


async def test_remind_me_tomorrow_asks_again_on_the_next_working_morning(life: Life) -> None:
    """From Thursday to Friday at nine; a second one on Friday goes to Monday."""
    await life.until(2026, 11, 26, 15, 1)
    assert "Fri 27 Nov" in words(life.world.press(button(life.outbox.cards["m3"][0], "Remind me tomorrow"), "ada"))
    await life.settle()
    assert "ask again" in life.outbox.cards["m3"][-1].title
    await life.until(2026, 11, 27, 9, 1)
    assert life.outbox.sent_to[-1] == ADA
    again = list(life.outbox.cards.values())[-1][0]
    assert "Mon 30 Nov" in words(life.world.press(button(again, "Remind me tomorrow"), "ada"))


async def test_out_until_keeps_quiet_until_then(life: Life) -> None:
    """The absence is recorded, the prompt put aside, and the next Thursday passes in silence."""
    await life.until(2026, 11, 26, 15, 1)
    form = life.world.press(button(life.outbox.cards["m3"][0], "I'm out until…"), "ada")
    again = life.world.fill(form, "ada", last="2026-11-01")
    assert isinstance(again, Form)
    assert "past" in again.errors["last"]
    life.world.fill(again, "ada", last="2026-12-09")
    assert [(one.first, one.last) for one in life.world.person("ada").absences] == [(date(2026, 11, 26), date(2026, 12, 9))]
    await life.until(2026, 12, 10, 15, 1)
    assert life.outbox.sent_to.count(ADA) == 2


@pytest.mark.parametrize(
    "record",
    [{"prompts_paused": True}, {"active": False}, {"roles": ["employee"]}, {"working_days": "mon tue wed"}],
    ids=["paused", "left", "no executive any more", "works until Wednesday"],
)
async def test_who_is_not_to_be_asked_is_not(life: Life, record: dict[str, object]) -> None:
    """What changed a minute before the firing counts; one who next works on Monday is left to next week."""
    await life.until(2026, 11, 26, 14, 59)
    life.change("ada", **record)
    await life.until(2026, 11, 26, 17)
    assert ADA not in life.outbox.sent_to


async def test_paused_between_the_timer_and_the_reminder(life: Life) -> None:
    """A pause set after the prompt was sent stops its reminder."""
    await life.until(2026, 11, 26, 15, 1)
    life.change("ada", prompts_paused=True)
    await life.until(2026, 12, 2, 16)
    assert life.outbox.sent_to.count(ADA) == 1


async def test_not_asked_while_away(life: Life) -> None:
    """Out of office over the due time: not asked, and nothing counted."""
    with life.world.database.session() as session:
        ada = people.get(session, life.world.ids["ada"])
        ada.go_away(date(2026, 11, 26), date(2026, 11, 27))
    await life.until(2026, 11, 28)
    assert ADA not in life.outbox.sent_to
    with life.world.database.session() as session:
        asked = session.exec(select(Prompt.person_id)).all()
    assert life.world.ids["ada"] not in asked


async def test_a_holiday_in_their_country_only(life: Life) -> None:
    """Christmas Eve 2026 is a Thursday: asked in London that day; on Friday and Saturday neither is."""
    life.change("ada", country="US")
    life.change("bruno", country="DE", working_days="mon tue wed thu fri sat")
    await life.until(2027, 1, 1)
    with life.world.database.session() as session:
        sent = session.exec(select(Delivery.sent_at)).all()
    assert sent
    days = {one.date() for one in sent if one is not None}
    assert date(2026, 12, 25) not in days
    assert not any(day.weekday() == 6 for day in days)


async def test_at_most_one_open_prompt_a_person(life: Life) -> None:
    """The database itself refuses a second open one."""
    await life.until(2027, 1, 15)
    with life.world.database.session() as session:
        rows = session.execute(
            sa.text(
                "SELECT count(*) FROM prompts a JOIN prompts b ON a.person_id = b.person_id AND a.id < b.id"
                " AND b.created_at < coalesce(a.closed_at, 'infinity')"
            )
        ).scalar_one()
    assert rows == 0
    assert len(life.states()) > 9


async def test_unreachable_is_recorded_and_not_held_against_them(life: Life) -> None:
    """Who can't be reached has not ignored the prompt: it is put aside, with the reason."""
    from bot.delivery.senders import Unreachable  # noqa: PLC0415

    life.outbox.fault = Unreachable("bot_blocked", "MessageWritesBlocked")
    await life.until(2026, 11, 26, 2, 1)
    assert life.states() == ["skipped"]
    with life.world.database.session() as session:
        delivery = session.exec(select(Delivery)).one()
        prompt = session.exec(select(Prompt)).one()
    assert (delivery.state, delivery.reason) == ("failed", "bot_blocked: MessageWritesBlocked")
    assert prompt.skip_reason == "could not be reached (bot_blocked)"


def test_a_card_needs_its_prompt(life: Life) -> None:
    """A press on a prompt that is not known is answered in words."""
    card = life.world.press(button(_asking(), "Nothing this week"), "ada")
    assert isinstance(card, Card)
    assert "not known" in card.title


def _asking() -> Card:
    from bot.cards import Actions, Button  # noqa: PLC0415

    return Card(
        title="", blocks=(Actions(buttons=(Button(label="Nothing this week", command="nothing-to-log", args={"prompt": "99"}),)),)
    )
