"""The story of a message in words: who caused it, why it waited, each try, where it stands, what happens next; and one trace through all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.cli.why import told
from bot.delivery.notifying import notify
from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable
from bot.domain.outbox import posts
from bot.domain.outbox.deliveries import Delivery
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.domain.updates import broadcasts
from tests.conftest import Life
from tests.delivery.conftest import Company
from tests.delivery.shown.test_bundling import hand_over, night

EMIL = "emil@firm.example"


def story(life: Life, what: str = EMIL, number: int = 1) -> str:
    """What `why` says."""
    with life.world.database.session() as session:
        return "\n".join(told(session, what, number))


def count(kind: str, platform: str, outcome: str) -> float:
    """How often an outcome was counted."""
    labels = {"kind": kind, "platform": platform, "outcome": outcome}
    return REGISTRY.get_sample_value("outside_in_deliveries_total", labels) or 0


def outcomes(lines: Sequence[Mapping[str, Any]], **wanted: object) -> list[str]:
    """The outcomes that the log tells."""
    return [one["outcome"] for one in lines if "trace" in one and wanted.items() <= one.items() and "tries" in one]


async def test_one_that_arrived_at_once(life: Life) -> None:
    """Who caused it and when; one line and one count; nothing to come but its being shown anew."""
    before = count("message", "console", "sent")
    with capture_logs() as lines:
        hand_over(life, "call")
        await life.settle()
    said = story(life)
    assert "commitment 1, for Emil Novak <emil@firm.example>" in said
    assert "caused by Aroha Ngata <aroha@firm.example>" in said
    assert "Now: sent on Console, 2026-11-25" in said
    assert "Next: it is shown anew when its subject changes." in said
    assert outcomes(lines, delivery=1) == ["sent"]
    assert count("message", "console", "sent") == before + len(outcomes(lines))


async def test_one_trace_from_the_click_to_the_copy(life: Life) -> None:
    """The line of the answer, the row, the job that sends it and the line of its outcome have the same id; another click another one."""
    with capture_logs() as lines:
        hand_over(life, "call")
        hand_over(life, "write")
        await life.settle()
    with life.world.database.session() as session:
        first, second = (
            one.trace for one in session.exec(select(Delivery).order_by(col(Delivery.id))) if one.subject == "commitment"
        )
    assert first != second
    assert [one["outcome"] for one in lines if one.get("trace") == first and one.get("delivery")] == ["sent"]
    assert re.search(rf"Trace {second}: the log has it", story(life))


async def test_one_that_waited_for_its_reader(life: Life) -> None:
    """In Emil's night: why and until when, and when the queue comes back to it."""
    await night(life, "call")
    said = story(life)
    assert "waits, because it is outside Emil Novak's working hours, or a day off; again from 2026-11-26 08:00:00 UTC" in said
    assert "Now: waits to be sent." in said
    assert "Next: the queue comes back to it at " in said


async def test_one_that_went_with_another(life: Life) -> None:
    """Two that waited came as one message: each names the other."""
    await night(life, "call", "write")
    await life.until(2026, 11, 26, 8, 1)
    said = story(life, number=2)
    assert "It went in one message with delivery 2, because both were due." in said
    assert "The same message has the deliveries 3, which were due as well." in said


async def test_one_over_the_weeks_limit(life: Life) -> None:
    """Emil, who is no executive, has had three this week: the next waits, and says so."""
    for number in range(4):
        hand_over(life, f"thing {number}")
        await life.settle()
    assert "waits, because Emil Novak has had enough messages for a week; again from 2026-12-0" in story(life)


async def test_one_whose_reader_never_works(life: Life) -> None:
    """Looked at again in a week."""
    life.change("emil", working_days="")
    with life.world.database.session() as session:
        emil = people.get(session, life.world.ids["emil"])
        emil.go_away(date(2026, 11, 1), date(2030, 11, 1))
    hand_over(life, "call")
    assert "waits, because Emil Novak has no working day in sight; again from 2026-12-02" in story(life)


@pytest.mark.parametrize(
    ("fault", "tried", "now", "then"),
    [
        (
            RetryLater(600, "ratelimited"),
            "the platform throttles; the try doesn't count (ratelimited); again from",
            "waits to be sent",
            "at 20",
        ),
        (
            RetryLater(None, "no connection"),
            "not sent (no connection); again from",
            "waits to be sent",
            "the queue comes back to it at",
        ),
        (
            Uncertain("cut"),
            "it may have arrived; it is looked up before",
            "handed to the platform",
            "the queue comes back to it at",
        ),
        (Unreachable("bot_blocked", "x"), "failed (bot_blocked: x)", "failed: the bot is blocked", "nothing by itself."),
        (
            Refused("token_revoked"),
            "failed (platform_refused: token_revoked)",
            "failed: the platform refuses the bot",
            "nothing by itself.",
        ),
    ],
)
async def test_each_try_and_what_it_came_to(life: Life, fault: Exception, tried: str, now: str, then: str) -> None:
    """The platform's answer, where it stands and what happens next."""
    life.outbox.fault = fault
    with capture_logs() as lines:
        hand_over(life, "call")
        await life.settle()
    said = story(life)
    assert f"tried on Console: {tried}" in said
    assert f"Now: {now}" in said
    assert then in said.partition("Next: ")[2]
    assert len(outcomes(lines, delivery=1)) == 1


async def test_one_that_nobody_can_say_of(life: Life) -> None:
    """It is never sent twice; somebody must ask."""
    life.outbox.after_sending, life.outbox.can_look_up = Uncertain("cut"), False
    hand_over(life, "call")
    await life.settle()
    assert "Now: it may have arrived; the platform can't say (cut)." in story(life)
    assert "Next: nothing: it is never sent twice." in story(life)


async def test_one_that_is_given_up(life: Life) -> None:
    """A platform that never has an address: tried eight times, then failed with a reason, and no job is left."""
    life.outbox.send = _no_address  # type: ignore[method-assign, assignment]
    hand_over(life, "call")
    await life.until(2026, 11, 26, 17)
    said = story(life)
    assert said.count("tried on Console: ") == 8
    assert "Now: failed: the platform was busy for too long: try again (gave_up: no address yet)." in said


async def _no_address(*_: object) -> Any:
    raise RetryLater(None, "no address yet")


async def test_one_that_nobody_needs_any_more(life: Life) -> None:
    """Accepted before his work began: called off, and counted."""
    await night(life, "call")
    with life.world.database.session() as session:
        people.get(session, life.world.ids["emil"]).active = False
    with capture_logs() as lines:
        await life.until(2026, 11, 26, 9)
    assert "not needed any more (left)." in story(life)
    assert "Now: called off (left)." in story(life)
    assert outcomes(lines, delivery=2) == ["cancelled"]


async def test_one_without_a_job(life: Life) -> None:
    """Its job was lost: the story says that nothing sends it."""
    hand_over(life, "call")
    with life.world.database.session() as session:
        session.connection().exec_driver_sql("DELETE FROM procrastinate_jobs")
    assert "no job is in the queue for it, so nothing sends it" in story(life)


async def test_what_may_go_at_any_time(life: Life) -> None:
    """The exception is named."""
    with life.world.database.session() as session:
        emil = people.get(session, life.world.ids["emil"])
        notify(session, emil, Subject.OUTAGE, 1, life.world.application.settings, life.world.database.clock(), exempt="outage")
    assert "May go at any time: that a platform refuses the bot" in story(life)
    assert "caused by the bot itself, by a schedule or timer" in story(life)


async def test_a_broadcasts_copies(company: Company) -> None:
    """One sent, one that failed, one left to the digest: each with its broadcast, its trace and its own end; a line and a count each."""
    company.people(3)
    with company.world.database.session() as session:
        people.get(session, company.world.ids["emil"]).digest = True
    company.slack.before = lambda email: _raise(Unreachable("bot_blocked")) if email == "p1@firm.example" else None
    with capture_logs() as lines:
        company.broadcast()
        await company.settle()
    rows = {name: company.row(f"{name}@firm.example") for name in ("p0", "p1", "emil")}
    assert {one.trace for one in rows.values()} == {rows["p0"].trace}
    assert rows["p0"].trace
    assert outcomes(lines, delivery=rows["p0"].key, trace=rows["p0"].trace) == ["sent"]
    assert outcomes(lines, delivery=rows["p1"].key) == ["failed"]
    with company.world.database.session() as session:
        said = {name: "\n".join(told(session, str(row.key), 1)) for name, row in rows.items()}
    assert "caused by broadcast 1, which Cleo Marsh <cleo@firm.example> asked for." in said["p0"]
    assert "Now: sent on Slack" in said["p0"]
    assert "Next: nothing by itself. Whoever sent the update can press Resend." in said["p1"]
    assert "Left to the digest, because Emil Novak has chosen the digest." in said["emil"]
    assert "Next: Emil Novak's next digest tells it." in said["emil"]


def _raise(error: Exception) -> None:
    raise error


async def test_a_broadcast_that_is_paused(company: Company) -> None:
    """Its copies say why nothing happens."""
    company.slack.before = lambda _: _raise(Refused("token_revoked"))
    broadcast_id = company.broadcast()
    await company.settle()
    assert company.standing(broadcast_id).state == "paused"
    with company.world.database.session() as session:
        key = company.row(EMIL).key
        said = "\n".join(told(session, str(key), 1))
        assert broadcasts.get(session, broadcast_id).reason in said
    assert f"Next: nothing while broadcast {broadcast_id} is paused" in said


async def test_a_post_in_a_channel(life: Life) -> None:
    """By `post-` and its number."""
    with life.world.database.session() as session:
        ada = people.get(session, life.world.ids["ada"])
        posts.queue(session, Subject.CELEBRATION, 1, (Platform.SLACK, "C01"), ada, life.world.database.clock())
    said = story(life, "post-1")
    assert "Post 1: the celebration of commitment 1, in slack channel C01." in said
    assert "caused by Ada Lovell <ada@firm.example>" in said


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("99", "There is no delivery 99"),
        ("post-99", "There is no post 99"),
        ("nobody@firm.example", "Nobody has the email"),
        ("²", "neither a delivery's number"),
        ("9" * 30, "neither a delivery's number"),
        ("", "neither a delivery's number"),
    ],
)
async def test_what_there_is_no_story_of(life: Life, what: str, words: str) -> None:
    """Said, with what else could be asked."""
    with pytest.raises(LookupError, match=re.escape(words)):
        story(life, what)


async def test_somebody_who_never_got_anything(life: Life) -> None:
    """Said so."""
    assert story(life) == "Nothing was ever queued for Emil Novak <emil@firm.example>."
