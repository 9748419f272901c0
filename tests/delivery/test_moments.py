"""Nothing the bot sends by itself comes outside somebody's work: the kinds of message, the kinds of moment, and the exceptions."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

import bot.delivery
import handlers
import schedules
from bot.delivery.broadcasts import lanes
from bot.delivery.notifying import notify
from bot.domain.outbox import moments
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Absence
from bot.domain.updates import broadcasts
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from tests.conftest import Life, button, words
from tests.delivery.conftest import Company
from tests.handlers.test_updates import aimed, asked, latest
from tests.places import DOCS

EMIL, ADA, CLEO, AROHA = "emil@firm.example", "ada@firm.example", "cleo@firm.example", "aroha@firm.example"
NIGHT = (2026, 11, 26, 2)
"""Thursday, 03:00 in Prague, 15:00 in Auckland."""


def to_emil(life: Life) -> None:
    """Aroha hands Emil a promise."""
    life.world.fill(life.world.say("/commit @Emil to send the report to Globex", "aroha"), "aroha", due="2026-12-18")


async def test_what_is_handed_over_at_night_waits_for_work_and_its_sender_sees_that(life: Life) -> None:
    """Aroha's afternoon is Emil's night: he is asked at nine, and she is told so at once."""
    await life.until(*NIGHT)
    form = life.world.say("/commit @Emil to send the report to Globex", "aroha")
    told = life.world.fill(form, "aroha", due="2026-12-18")
    assert "Emil Novak's working day starts at 09:00 their time (in 6 h). They'll get it then." in words(told)
    await life.until(2026, 11, 26, 7, 59)
    assert EMIL not in life.outbox.sent_to
    await life.until(2026, 11, 26, 8, 1)
    assert life.outbox.sent_to.count(EMIL) == 1


async def test_urgent_is_chosen_by_the_sender_alone_and_kept(life: Life) -> None:
    """Send now: it is there at once, the row says urgent and whose doing it was; nobody else's press sends it, and a second press nothing."""
    await life.until(*NIGHT)
    told = life.world.fill(life.world.say("/commit @Emil to send the report to Globex", "aroha"), "aroha", due="2026-12-18")
    now = button(told, "Send now")
    assert "Nothing else was sent" in words(life.world.press(now, "ada"))
    assert "Emil Novak" in words(life.world.press(now, "aroha"))
    await life.settle()
    assert life.outbox.sent_to.count(EMIL) == 1
    assert "sent already" in words(life.world.press(now, "aroha"))
    with life.world.database.session() as session:
        row = session.exec(select(Delivery).where(Delivery.subject == "commitment")).one()
    assert (row.exempt, row.requested_by_id) == (moments.URGENT, life.world.ids["aroha"])


async def test_a_question_and_an_approval_at_night_wait(life: Life) -> None:
    """The CX office and the speaker are asked when their work begins; what isn't needed any more by then isn't sent."""
    await life.until(2026, 11, 25, 20)
    card = asked(life.world, aimed(life.world, never=["zone:Pacific/Auckland"]))
    assert "Ada Lovell's working day starts on Thu 26 Nov 2026 at 09:00" in words(card)
    await life.until(2026, 11, 26, 8, 59)
    assert ADA not in life.outbox.sent_to
    await life.until(2026, 11, 26, 9, 1)
    assert ADA in life.outbox.sent_to
    life.world.press(button(latest(life, ADA), "Agree"), "ada")
    await life.settle()
    update = latest(life, EMIL)
    await life.until(2026, 11, 26, 22)
    before = life.outbox.sent_to.count(CLEO)
    asking = life.world.fill(life.world.press(button(update, "Ask a question"), "emil"), "emil", question="For weekends too?")
    assert "Cleo Marsh's working day starts on Fri 27 Nov 2026 at 09:00" in words(asking)
    await life.until(2026, 11, 27, 8, 59)
    assert life.outbox.sent_to.count(CLEO) == before
    await life.until(2026, 11, 27, 9, 1)
    assert life.outbox.sent_to.count(CLEO) > before


async def test_an_answer_waits_unless_it_was_asked_for_just_now(life: Life) -> None:
    """Within a quarter of an hour whoever asked still sits there; an hour later, at night, it waits until morning."""
    asked(life.world, aimed(life.world, never=["zone:Pacific/Auckland"]))
    await life.settle()
    life.world.press(button(latest(life, ADA), "Agree"), "ada")
    await life.until(2026, 11, 25, 22)
    update = latest(life, EMIL, "night line")
    for minutes, said in ((10, 1), (60, 1)):
        life.world.fill(life.world.press(button(update, "Ask a question"), "emil"), "emil", question=f"After {minutes}?")
        await life.until(*(datetime(2026, 11, 25, 22, tzinfo=UTC) + timedelta(minutes=minutes)).timetuple()[:5])
        with life.world.database.session() as session:
            from bot.domain.updates.receipts import Question  # noqa: PLC0415

            question = session.exec(select(Question).order_by(col(Question.id).desc())).first()
            assert question is not None
        from bot.cards import Button  # noqa: PLC0415

        press = Button(label="Answer", command="answer-question", args={"question": str(question.key)})
        life.world.fill(life.world.press(press, "cleo"), "cleo", answer=f"Yes {minutes}", to="asker")
        await life.settle()
        assert sum("Your question about" in cards[0].title for cards in life.outbox.cards.values()) == said
    await life.until(2026, 11, 26, 8, 1)
    assert sum("Your question about" in cards[0].title for cards in life.outbox.cards.values()) == 2


async def test_what_changes_while_it_waits_is_looked_at_again(life: Life) -> None:
    """Leave entered, another zone, other hours, after the timer was set: it comes when work begins by then; who left gets nothing."""
    await life.until(*NIGHT)
    to_emil(life)
    with life.world.database.session() as session:
        session.add(Absence(person_id=life.world.ids["emil"], first=date(2026, 11, 26), last=date(2026, 11, 29)))
    await life.until(2026, 11, 29, 23)
    assert EMIL not in life.outbox.sent_to
    life.change("emil", zone="America/New_York", works_from=time(11), works_until=time(19), country="")
    await life.until(2026, 11, 30, 15, 59)
    assert EMIL not in life.outbox.sent_to
    await life.until(2026, 11, 30, 16, 1)
    assert life.outbox.sent_to.count(EMIL) == 1


async def test_who_left_and_who_acted_elsewhere_get_nothing(life: Life) -> None:
    """Emil accepts in /commitments before his morning: nothing more is asked of him."""
    await life.until(*NIGHT)
    to_emil(life)
    life.world.press(button(life.world.say("/commitments", "emil"), "Accept"), "emil")
    to_emil(life)
    life.change("emil", active=False)
    await life.until(2026, 11, 26, 12)
    assert EMIL not in life.outbox.sent_to


@pytest.mark.parametrize(
    ("hour", "day", "record", "expected"),
    [
        (3, 26, {}, datetime(2026, 11, 26, 9, tzinfo=UTC)),
        (12, 28, {}, datetime(2026, 11, 30, 9, tzinfo=UTC)),
        (12, 25, {"working_days": "mon tue fri"}, datetime(2026, 11, 27, 9, tzinfo=UTC)),
        (12, 25, {"works_from": time(14), "works_until": time(18)}, datetime(2026, 11, 25, 14, tzinfo=UTC)),
        (12, 26, {"country": "US"}, datetime(2026, 11, 27, 9, tzinfo=UTC)),
        (12, 25, {"works_from": time(22), "works_until": time(6)}, datetime(2026, 11, 25, 22, tzinfo=UTC)),
        (8, 26, {"works_from": time(6), "works_until": time(14)}, datetime(2026, 11, 26, 8, tzinfo=UTC)),
        (5, 26, {"works_from": time(5), "works_until": time(14)}, datetime(2026, 11, 26, 7, 30, tzinfo=UTC)),
    ],
    ids=[
        "night",
        "Saturday",
        "part-time",
        "afternoons",
        "Thanksgiving",
        "night shift",
        "early shift",
        "before the hours of updates",
    ],
)
@pytest.mark.parametrize("when", [When.NOW, When.AT])
async def test_an_update_sent_at_once_or_at_a_set_time_waits_for_work(
    company: Company, when: When, hour: int, day: int, record: dict[str, object], expected: datetime
) -> None:
    """Whatever keeps its reader from work, it comes when that begins, within the hours of updates."""
    company.world.clock.instant = datetime(2026, 11, day, hour, tzinfo=UTC)
    ada = company.world.ids["ada"]
    with company.world.database.session() as session:
        for name, value in {"country": "", **record}.items():
            setattr(people.get(session, ada), name, value)
    at = company.world.clock.instant if when == When.AT else None
    company.broadcast(Audience(who=(f"person:{ada}",)), when, at=at)
    await company.settle()
    assert company.row(ADA).not_before == expected


async def test_leave_entered_while_an_update_waits(company: Company) -> None:
    """Its lane looks again when its turn has come: it waits for the return, and the card says until when."""
    company.world.clock.instant = datetime(2026, 11, 25, 20, tzinfo=UTC)
    ada = company.world.ids["ada"]
    broadcast_id = company.broadcast(Audience(who=(f"person:{ada}",)))
    await company.settle()
    with company.world.database.session() as session:
        people.get(session, ada).go_away(date(2026, 11, 26), date(2026, 12, 1))
    await company.later(days=1)
    assert company.slack.copies == {}
    assert company.row(ADA).not_before == datetime(2026, 12, 2, 9, tzinfo=UTC)
    card = company.world.say("/update stats night", "cleo")
    assert "1 when their work begins, the last on Wed 2 Dec 2026 at 09:00, your time" in words(card)
    assert broadcast_id
    await company.later(days=5, hours=14)
    assert company.slack.copies[ADA] == 1


async def test_an_urgent_update_waits_for_nobody(company: Company) -> None:
    """The CX office sends it now; an executive may not."""
    company.world.clock.instant = datetime(2026, 11, 25, 23, tzinfo=UTC)
    company.broadcast(Audience(who=(f"person:{company.world.ids['emil']}",)))
    await company.settle()
    assert company.slack.copies == {}
    card = company.world.say("/update stats night", "cleo")
    now = button(card, "Send now")
    assert "1 people" in now.confirm or "1 person" in now.confirm
    assert "CX office" in words(company.world.press(now, "ada"))
    company.world.press(now, "cleo")
    await company.settle()
    assert company.slack.copies[EMIL] == 1


async def test_only_the_office_is_offered_urgent(company: Company) -> None:
    """An executive's form has no such choice, and one made up is refused."""
    await _offered(company)


async def _offered(company: Company) -> None:
    world = company.world
    for actor, offered in (("cleo", True), ("ada", False)):
        wording = {"title": "T", "changed": "c", "means": "m", "speaker": str(world.ids["ada"])}
        card = world.fill(world.say("/update new", actor), actor, **wording)
        card = world.fill(world.press(button(card, "Audience"), actor), actor, who=[f"person:{world.ids['emil']}"])
        form = world.press(button(card, "Send…"), actor)
        assert ("urgent" in words(form)) is offered
        if not offered:
            assert "CX office" in words(world.fill(form, actor, when="urgent"))


async def test_a_reminder_of_an_update_waits_for_work(company: Company) -> None:
    """Pressed on a Sunday at three in the morning, it comes on Monday; an urgent update's reminder, too."""
    broadcast_id = company.broadcast(Audience(who=(f"person:{company.world.ids['emil']}",)))
    await company.settle()
    company.world.clock.instant = datetime(2026, 11, 29, 3, tzinfo=UTC)
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.urgent = True
        assert lanes.remind(session, broadcast, company.world.clock()) == 1
    await company.settle()
    assert company.slack.copies[EMIL] == 1
    assert "1 to be sent, the last on Mon 30 Nov 2026 at 08:00" in words(company.world.say("/update stats night", "cleo"))
    await company.later(days=1, hours=6)
    assert company.slack.copies[EMIL] == 2


async def test_somebody_with_no_working_day_in_sight_is_looked_at_again(life: Life) -> None:
    """Away for two years: nothing is sent, and nothing is lost when that is taken back."""
    with life.world.database.session() as session:
        emil = people.get(session, life.world.ids["emil"])
        emil.go_away(date(2026, 11, 25), date(2028, 11, 25))
        notify(session, emil, Subject.COMMITMENT, 1, life.world.application.settings, life.world.clock())
    to_emil(life)
    await life.until(2026, 12, 8)
    assert EMIL not in life.outbox.sent_to
    with life.world.database.session() as session:
        for one in session.exec(select(Absence)):
            session.delete(one)
    await life.until(2026, 12, 11)
    assert EMIL in life.outbox.sent_to
    with life.world.database.session() as session:
        assert not session.exec(
            select(Delivery).where(Delivery.state == DeliveryState.QUEUED, Delivery.subject == "commitment")
        ).all()


def test_there_is_no_way_round_the_gate() -> None:
    """Everything queued for a person is queued by `notify`: nobody else calls what is below it."""
    folders = [Path(inspect.getfile(one)).parent for one in (handlers, schedules, bot.delivery)]
    callers = {
        file.name
        for folder in (*folders, folders[2].parent / "workflows")
        for file in folder.rglob("*.py")
        if "deliveries.queue(" in file.read_text()
    }
    assert callers == {"notifying.py"}


def test_the_exceptions_are_few_and_named() -> None:
    """Each has words for why; the documentation says them, too."""
    assert set(moments.EXCEPTIONS) == {moments.ASKED, moments.TEST, moments.URGENT, moments.SECURITY, moments.OUTAGE}
    documentation = (DOCS / "architecture.md").read_text()
    for words_of_it in moments.EXCEPTIONS.values():
        assert words_of_it in " ".join(documentation.split())
