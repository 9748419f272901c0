"""One company with what is easily miscounted: leavers, a mover, two kinds of pledge, deleted and corrected engagements, customers nobody owns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain.engagements.customers import Tier
from bot.domain.engagements.engagements import Kind
from bot.domain.engagements.prompts import NOTHING_TO_LOG, PromptState
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.promises.commitments import CommitmentState
from bot.domain.updates.receipts import Answer
from tests.measures.plainly import Copy
from tests.measures.worlds import Asked, Met, Promised, Spell, World


def _met(kind: Kind, day: date, who: set[int], customer: int | None, *, deleted: bool = False, moved: date | None = None) -> Met:
    logged = datetime(day.year, day.month, day.day, 20, tzinfo=UTC) + timedelta(days=2)
    return Met(kind, day, logged, frozenset(who), min(who), customer, "onboard", "trust", len(who) > 1, deleted, moved)


def _asked(who: int, day: int, state: PromptState, hours: int, reason: str = "") -> Asked:
    sent = datetime(2026, 6, day, 9, tzinfo=UTC)
    closed = None if state == PromptState.SENT else sent + timedelta(hours=hours)
    return Asked(who, sent, sent + timedelta(days=2), state, reason, closed)


def _promised(by: int, owner: int, customer: int | None, due: date, state: CommitmentState, done: date | None = None) -> Promised:
    return Promised(
        by, owner, customer, datetime(2026, 6, 2, 9, tzinfo=UTC), due - timedelta(days=5), due, state, done, done is not None
    )


_LONG_AGO = date(2025, 1, 1)

EDGES = World(
    zones=("Europe/Berlin", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu"),
    spells=(
        (Spell(_LONG_AGO, "Sales", executive=True, active=True), Spell(date(2026, 2, 3), "Service", executive=True, active=True)),
        (Spell(_LONG_AGO, "Service", executive=True, active=True),),
        (Spell(_LONG_AGO, "Sales", executive=True, active=True), Spell(date(2026, 5, 10), "Sales", executive=True, active=False)),
        (Spell(date(2026, 6, 3), "Service", executive=True, active=True),),
    ),
    customers=(("fleets", Tier.KEY, 0), ("", Tier.STANDARD, None), ("fleets", Tier.KEY, 2)),
    met=(
        _met(Kind.VISIT, date(2026, 4, 7), {0, 1}, 0),
        _met(Kind.CALL, date(2026, 4, 20), {0}, 1),
        _met(Kind.VISIT, date(2026, 5, 5), {1}, 0, deleted=True),
        _met(Kind.BRIEFING, date(2026, 5, 6), {1, 2}, None),
        _met(Kind.LISTENING_SESSION, date(2026, 6, 9), {0, 3}, 1),
        _met(Kind.FRONTLINE_DAY, date(2026, 6, 23), {3}, 1, moved=date(2026, 6, 1)),
        _met(Kind.VISIT, date(2025, 12, 31), {1, 2}, 2),
    ),
    asked=(
        _asked(0, 4, PromptState.ANSWERED, 30),
        _asked(1, 4, PromptState.SKIPPED, 10, NOTHING_TO_LOG),
        _asked(2, 4, PromptState.SKIPPED, 10, "out of office"),
        _asked(3, 22, PromptState.EXPIRED, 47),
    ),
    promised=(
        _promised(0, 1, 0, date(2026, 6, 10), CommitmentState.OPEN),
        _promised(2, 2, 2, date(2026, 6, 12), CommitmentState.OPEN),
        _promised(1, 1, 0, date(2026, 6, 22), CommitmentState.KEPT, date(2026, 6, 22)),
        _promised(1, 3, None, date(2026, 6, 15), CommitmentState.KEPT, date(2026, 6, 18)),
        _promised(0, 0, 1, date(2026, 6, 11), CommitmentState.WITHDRAWN),
    ),
    absences=((3, date(2026, 6, 8), date(2026, 6, 9)),),
)

BECAME: tuple[Copy, ...] = (
    (DeliveryState.SENT, False, Answer.GOT_IT),
    (DeliveryState.RECALLED, False, Answer.CANNOT),
    (DeliveryState.UNCONFIRMED, False, None),
    (DeliveryState.DIGEST, True, Answer.GOT_IT),
    (DeliveryState.FAILED, False, None),
    (DeliveryState.SENT, False, None),
)
"""The last two are an employee's and a guest's, who are in another tenant."""
