"""A broadcast: everyone once, told truthfully, whatever the platform does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.broadcasts import lanes
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.domain.updates import broadcasts, receipts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import BroadcastState, When
from bot.domain.updates.receipts import Answer
from bot.domain.updates.updates import Wording
from tests.conftest import words
from tests.delivery.conftest import Company


async def test_everyone_once(company: Company) -> None:
    """All get one copy, the broadcast is done, and beginning it again makes none."""
    company.people(30)
    broadcast_id = company.broadcast()
    await company.settle()
    assert company.states() == {"sent": 36}
    assert set(company.slack.copies.values()) == {1}
    assert company.standing(broadcast_id).state == BroadcastState.DONE
    with company.world.database.session() as session:
        lanes.schedule(session, broadcasts.get(session, broadcast_id))
    await company.settle()
    assert sum(company.slack.copies.values()) == 36


async def test_each_person_on_one_platform(company: Company) -> None:
    """Somebody on both is written to where they were seen last, or where they'd rather be."""
    with company.world.database.session() as session:
        for name in ("emil", "cleo"):
            people.get(session, company.world.ids[name]).link(Platform.TEAMS, "M1", f"aad-{name}", company.world.clock())
        people.get(session, company.world.ids["cleo"]).prefers = "slack"
    company.broadcast()
    await company.settle()
    assert company.teams.copies == {"emil@firm.example": 1}
    assert company.slack.copies["cleo@firm.example"] == 1
    assert "emil@firm.example" not in company.slack.copies


async def test_a_guest_is_left_out_unless_named(company: Company) -> None:
    """“Everyone” means those who work here; a guest is reached by being named."""
    with company.world.database.session() as session:
        people.get(session, company.world.ids["emil"]).guest = True
    company.broadcast()
    company.broadcast(Audience(who=("guests",)))
    await company.settle()
    assert company.slack.copies["emil@firm.example"] == 1
    assert company.states() == {"sent": 6}


async def test_the_exact_reason_and_another_platform(company: Company) -> None:
    """Who can't be reached says why; who has an account elsewhere is reached there."""

    def blocked(email: str) -> None:
        if email.startswith(("emil", "dele")):
            raise Unreachable("bot_blocked", "x")

    company.slack.before = blocked
    with company.world.database.session() as session:
        dele = people.get(session, company.world.ids["dele"])
        dele.link(Platform.TEAMS, "M1", "aad-dele", datetime(2025, 1, 1, tzinfo=UTC))
    broadcast_id = company.broadcast()
    await company.settle()
    await company.settle()
    assert company.row("emil@firm.example").reason == "bot_blocked: x"
    assert company.teams.copies == {"dele@firm.example": 1}
    assert company.states() == {"sent": 5, "failed": 1}
    company.slack.before = lambda _: None
    with company.world.database.session() as session:
        assert lanes.resend(session, broadcasts.get(session, broadcast_id), company.worker_context.settings) == 1
    await company.settle()
    assert company.states() == {"sent": 6}


async def test_a_throttle_holds_up_its_tenant_only_as_long_as_it_says(company: Company) -> None:
    """One 429 with Retry-After: the rest wait that long, nobody is lost, and the try doesn't count."""
    throttled = iter([True])

    def once(_: str) -> None:
        if next(throttled, False):
            raise RetryLater(0.2, "ratelimited")

    company.people(10)
    company.slack.before = once
    company.broadcast()
    await company.settle()
    assert company.states() == {"sent": 15, "queued": 1}
    await company.later(seconds=1)
    assert company.states() == {"sent": 16}
    assert {company.row(f"p{count}@firm.example").attempts for count in range(10)} == {1}


async def test_what_may_have_arrived_is_looked_up(company: Company) -> None:
    """The answer is lost on the way: the message is found by its mark, and not sent again."""
    lost = iter([True, True])

    def cut(_: str) -> None:
        if next(lost, False):
            raise Uncertain("connection cut")

    company.slack.after = cut
    company.broadcast()
    await company.settle()
    await company.later(minutes=1)
    assert company.states() == {"sent": 6}
    assert set(company.slack.copies.values()) == {1}
    assert company.slack.looked_up == 2


async def test_on_teams_what_may_have_arrived_stays_in_doubt(company: Company) -> None:
    """Teams can't be asked: it says unconfirmed, and nothing is sent twice."""
    with company.world.database.session() as session:
        emil = people.get(session, company.world.ids["emil"])
        emil.link(Platform.TEAMS, "M1", "aad", company.world.clock())

    def cut(_: str) -> None:
        raise Uncertain("HTTP 500")

    company.teams.after = cut
    broadcast_id = company.broadcast()
    await company.settle()
    assert company.row("emil@firm.example").state == "unconfirmed"
    assert company.teams.copies == {"emil@firm.example": 1}
    assert company.standing(broadcast_id).state == BroadcastState.DONE


async def test_a_revoked_token_pauses_and_tells_the_cx_office(company: Company) -> None:
    """The platform refuses the bot: the broadcast says so and waits; going on sends the rest, each once."""
    company.people(40)
    sent = iter(range(100))

    def revoked(_: str) -> None:
        if next(sent) >= 10:
            raise Refused("token_revoked")

    company.slack.before = revoked
    broadcast_id = company.broadcast()
    await company.settle()
    paused = company.standing(broadcast_id)
    assert (paused.state, paused.reason) == (BroadcastState.PAUSED, "Slack refuses the bot: token_revoked")
    assert company.states() == {"sent": 10, "queued": 36}
    company.slack.before = lambda _: None
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.resume(people.get(session, company.world.ids["cleo"]))
        lanes.wake(session, broadcast.update)
    await company.settle()
    assert company.states() == {"sent": 46}
    assert set(company.slack.copies.values()) <= {1, 2}, "Cleo has the news of the pause as well"
    assert [email for email, number in company.slack.copies.items() if number == 2] in ([], ["cleo@firm.example"])


async def test_somebody_who_left_between_is_not_written_to(company: Company) -> None:
    """Queued for tomorrow morning, gone by then."""
    company.broadcast(when=When.MORNING, day=date(2026, 11, 26))
    await company.later(hours=1)
    with company.world.database.session() as session:
        people.get(session, company.world.ids["emil"]).active = False
    await company.later(days=1)
    assert company.row("emil@firm.example").reason == "left"
    assert "emil@firm.example" not in company.slack.copies


async def test_an_edit_while_sending_reaches_everyone(company: Company) -> None:
    """The words change when half is sent: nobody ends with the old ones."""
    company.people(60)
    sent = iter(range(1000))

    def edited(_: str) -> None:
        if next(sent) == 30:
            with company.world.database.session() as session:
                update = updates.get(session, company.update_ids[0], lock=True)
                cleo = people.get(session, company.world.ids["cleo"])
                update.say(Wording("en", "Night line, corrected", "One.", "Give it."), cleo)
                lanes.wake(session, update)

    company.slack.after = edited
    company.broadcast()
    await company.settle()
    assert company.slack.titles() == {"Night line, corrected": 66}
    assert company.states() == {"sent": 66}
    assert set(company.slack.copies.values()) == {1}


async def test_a_copy_that_arrived_elsewhere_is_changed_there(company: Company) -> None:
    """The platform says in which workspace somebody was found: their copy belongs to that one's lane from then on."""
    company.slack.elsewhere = {"emil@firm.example": "T2"}
    company.broadcast()
    await company.settle()
    assert (company.row("emil@firm.example").tenant, company.row("ada@firm.example").tenant) == ("T2", "T1")
    with company.world.database.session() as session:
        update = updates.get(session, company.update_ids[0], lock=True)
        update.say(Wording("en", "Corrected", "One.", "Give it."), people.get(session, company.world.ids["cleo"]))
        lanes.wake(session, update)
    await company.settle()
    assert company.slack.titles() == {"Corrected": 6}
    assert company.slack.changed_in == {"T1": 5, "T2": 1}


async def test_an_edit_keeps_what_its_reader_said(company: Company) -> None:
    """Who had answered sees the new words with their answer, and the ways to say something else; the others the buttons."""
    company.broadcast()
    await company.settle()
    with company.world.database.session() as session:
        update = updates.get(session, company.update_ids[0], lock=True)
        cleo, emil = (people.get(session, company.world.ids[name]) for name in ("cleo", "emil"))
        receipts.give(session, update, emil, Answer.GOT_IT, company.world.clock())
        update.say(Wording("en", "Night line, corrected", "One.", "Give it."), cleo)
        lanes.wake(session, update)
    await company.settle()
    shown = {one.email: one.cards[-1] for one in company.slack.messages.values()}
    assert {card.title for card in shown.values()} == {"Night line, corrected"}
    said = {email for email, card in shown.items() if "You said: Got it" in words(card)}
    assert said == {"emil@firm.example"}


async def test_a_recall_while_sending_leaves_nobody_with_it(company: Company) -> None:
    """Recalled when half is sent: what waits isn't sent, what was sent is taken back."""
    company.people(300)
    sent = iter(range(1000))

    def recalled(_: str) -> None:
        if next(sent) == 30:
            with company.world.database.session() as session:
                update = updates.get(session, company.update_ids[0], lock=True)
                update.recall(people.get(session, company.world.ids["cleo"]), company.world.clock())
                lanes.wake(session, update)

    company.slack.after = recalled
    broadcast_id = company.broadcast()
    await company.settle()
    assert company.slack.titles() == {}
    assert set(company.states()) == {"recalled", "cancelled"}
    assert company.states().total() == 306
    assert company.standing(broadcast_id).state == BroadcastState.CANCELLED


async def test_a_copy_that_cannot_be_taken_back_is_counted(company: Company) -> None:
    """One message can't be deleted any more: it stays SENT, with the reason; the others are gone."""
    company.broadcast()
    await company.settle()

    def too_old(email: str) -> None:
        if email.startswith("emil"):
            raise Unreachable("refused", "cant_delete_message")

    company.slack.on_change = too_old
    with company.world.database.session() as session:
        update = updates.get(session, company.update_ids[0], lock=True)
        update.recall(people.get(session, company.world.ids["cleo"]), company.world.clock())
        lanes.wake(session, update)
    await company.settle()
    assert company.states() == {"recalled": 5, "sent": 1}
    assert company.row("emil@firm.example").change_reason == "refused: cant_delete_message"


async def test_paused_midway_and_resumed(company: Company) -> None:
    """Pause holds what isn't with the platform yet; going on sends the rest, each once."""
    company.people(150)
    sent = iter(range(1000))

    def paused(_: str) -> None:
        if next(sent) == 20:
            with company.world.database.session() as session:
                broadcasts.get(session, broadcast_id).pause(people.get(session, company.world.ids["cleo"]))

    company.slack.after = paused
    broadcast_id = company.broadcast()
    await company.settle()
    held = company.states()
    assert held["queued"] > 0
    assert held["sent"] >= 20
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.resume(people.get(session, company.world.ids["cleo"]))
        lanes.wake(session, broadcast.update)
    await company.settle()
    assert company.states() == {"sent": 156}
    assert set(company.slack.copies.values()) == {1}


async def test_cancelled_midway(company: Company) -> None:
    """Nobody more gets it; those who have it keep it."""
    company.people(50)
    broadcast_id = company.broadcast(when=When.MORNING, day=date(2026, 11, 26))
    await company.later(hours=1)
    with company.world.database.session() as session:
        broadcast = broadcasts.get(session, broadcast_id)
        broadcast.cancel(people.get(session, company.world.ids["cleo"]))
        assert lanes.cancel_rest(session, broadcast) == 56
    await company.later(days=2)
    assert company.states() == {"cancelled": 56}
    assert not company.slack.messages


async def test_over_the_weeks_limit_goes_into_the_digest(company: Company) -> None:
    """The fourth update within a week isn't sent: it waits for the digest."""
    for _ in range(4):
        company.broadcast(Audience(who=("department:none", f"person:{company.world.ids['emil']}")))
        await company.settle()
    assert company.slack.copies == {"emil@firm.example": 3}
    assert company.states() == {"sent": 3, "digest": 1}


@pytest.mark.parametrize(("hour", "expected"), [(3, 9), (12, 12), (18, 33), (22, 33)])
async def test_never_at_night(company: Company, hour: int, expected: int) -> None:
    """Sent at once, it waits where it is night: until the reader's working day begins."""
    company.world.clock.instant = datetime(2026, 11, 25, hour, tzinfo=UTC)
    company.broadcast(Audience(who=(f"person:{company.world.ids['ada']}",)))
    await company.settle()
    assert company.row("ada@firm.example").not_before == datetime(2026, 11, 25, tzinfo=UTC) + timedelta(hours=expected)


async def test_reminded_only_while_silent_and_here(company: Company) -> None:
    """Who has answered isn't asked again, nor who is away."""
    broadcast_id = company.broadcast()
    await company.settle()
    with company.world.database.session() as session:
        update, now = updates.get(session, company.update_ids[0]), company.world.clock()
        receipts.give(session, update, people.get(session, company.world.ids["emil"]), Answer.GOT_IT, now)
        people.get(session, company.world.ids["ada"]).go_away(date(2026, 11, 24), date(2026, 11, 28))
        assert lanes.remind(session, broadcasts.get(session, broadcast_id), now) == 4
    await company.settle()
    assert company.slack.copies["emil@firm.example"] == company.slack.copies["ada@firm.example"] == 1
    assert company.slack.copies["bruno@firm.example"] == 2
