"""Companies made up by hypothesis: who was where when, what they did, and the same put into the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlmodel import Session

from bot.database import Database, context
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.engagements.prompts import NOTHING_TO_LOG, Prompt, PromptState
from bot.domain.people.people import Absence, Person, Role
from bot.domain.promises.commitments import Commitment, CommitmentState

FIRST, LAST = date(2025, 9, 1), date(2026, 6, 30)
"""The days things happen on: over a year's end, and both changes of the clocks in either hemisphere."""

ZONES = ("Europe/Berlin", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu")
DEPARTMENTS = ("Sales", "Service")
STAGES = ("onboard", "")
SEGMENTS = ("fleets", "")

days = st.dates(FIRST, LAST)
people = st.integers(0, 3)


@dataclass(frozen=True)
class Spell:
    """From this day on: in which department, whether an executive, whether there at all."""

    day: date
    department: str
    executive: bool
    active: bool


@dataclass(frozen=True)
class Met:
    """An engagement."""

    kind: Kind
    day: date
    logged_at: datetime
    who: frozenset[int]
    logger: int
    customer: int | None
    stage: str
    target: str
    holds: bool
    deleted: bool
    moved_from: date | None


@dataclass(frozen=True)
class Asked:
    """A prompt."""

    who: int
    sent: datetime
    answer_by: datetime
    state: PromptState
    reason: str
    closed: datetime | None


@dataclass(frozen=True)
class Promised:
    """A commitment."""

    by: int
    owner: int
    customer: int | None
    made: datetime
    first_due: date
    due: date
    state: CommitmentState
    done: date | None
    told: bool


@dataclass(frozen=True)
class World:
    """A company. `spells` are each person's, the first on a day before everything; `customers` are (segment, tier, owner)."""

    zones: tuple[str, ...]
    spells: tuple[tuple[Spell, ...], ...]
    customers: tuple[tuple[str, Tier, int | None], ...]
    met: tuple[Met, ...]
    asked: tuple[Asked, ...]
    promised: tuple[Promised, ...]
    absences: tuple[tuple[int, date, date], ...]
    ids: dict[str, list[int]] = field(default_factory=dict, compare=False)


instants = st.builds(
    lambda day, minute: datetime.combine(day, time(0), UTC) + timedelta(minutes=minute), days, st.integers(0, 24 * 60 - 1)
)


@st.composite
def _spells(draw: st.DrawFn) -> tuple[Spell, ...]:
    first = Spell(date(2025, 1, 1), draw(st.sampled_from(DEPARTMENTS)), draw(st.booleans()), active=True)
    joins = draw(st.one_of(st.none(), days))
    if joins is not None:
        first = Spell(joins, first.department, first.executive, active=True)
    found = [first]
    for day in sorted(draw(st.sets(days, max_size=3))):
        if day > found[-1].day + timedelta(days=1):
            found.append(Spell(day, draw(st.sampled_from(DEPARTMENTS)), draw(st.booleans()), draw(st.integers(0, 3)) > 0))
    return tuple(found)


@st.composite
def _met(draw: st.DrawFn) -> Met:
    day = draw(days)
    target = draw(st.sampled_from(("", "trust")))
    logged = datetime.combine(day, time(0), UTC) + timedelta(minutes=draw(st.integers(-12 * 60, 9 * 24 * 60)))
    return Met(
        draw(st.sampled_from(Kind)),
        day,
        logged,
        draw(st.frozensets(people, min_size=1, max_size=3)),
        draw(people),
        draw(st.one_of(st.none(), st.integers(0, 2))),
        draw(st.sampled_from(STAGES)),
        target,
        draw(st.booleans()),
        draw(st.integers(0, 5)) == 0,
        draw(st.one_of(st.none(), days)),
    )


@st.composite
def _asked(draw: st.DrawFn) -> Asked:
    sent = draw(instants)
    state = draw(st.sampled_from(PromptState))
    closed = state in {PromptState.ANSWERED, PromptState.SKIPPED, PromptState.EXPIRED}
    reason = draw(st.sampled_from((NOTHING_TO_LOG, "out of office"))) if state == PromptState.SKIPPED else ""
    after = timedelta(hours=draw(st.integers(0, 200)))
    return Asked(
        draw(people), sent, sent + timedelta(days=draw(st.integers(2, 4))), state, reason, sent + after if closed else None
    )


@st.composite
def _promised(draw: st.DrawFn) -> Promised:
    made, state, first_due = draw(instants), draw(st.sampled_from(CommitmentState)), draw(days)
    kept = state == CommitmentState.KEPT
    return Promised(
        draw(people),
        draw(people),
        draw(st.one_of(st.none(), st.integers(0, 2))),
        made,
        first_due,
        first_due + timedelta(days=draw(st.integers(-5, 20))),
        state,
        draw(days) if kept else None,
        kept and draw(st.booleans()),
    )


customers = st.tuples(st.sampled_from(SEGMENTS), st.sampled_from(Tier), st.one_of(st.none(), people))
absences = st.builds(lambda who, first, length: (who, first, first + timedelta(days=length)), people, days, st.integers(0, 20))

worlds = st.builds(
    World,
    st.tuples(*(st.sampled_from(ZONES) for _ in range(4))),
    st.tuples(*(_spells() for _ in range(4))),
    st.tuples(*(customers for _ in range(3))),
    st.lists(_met(), max_size=12).map(tuple),
    st.lists(_asked(), max_size=4, unique_by=lambda one: one.who).map(tuple),
    st.lists(_promised(), max_size=6).map(tuple),
    st.lists(absences, max_size=3).map(tuple),
)


def live(database: Database, world: World) -> None:
    """Let it happen, each person's spells at noon of their own day, so that tenures are kept as in life."""
    events = sorted((spell.day, who, number) for who, spells in enumerate(world.spells) for number, spell in enumerate(spells))
    ids: dict[int, int] = {}
    # Somebody known long before anyone else: else whoever comes first would count as having been there always.
    _on(
        database, datetime(2024, 12, 1, 12, tzinfo=UTC), lambda session: session.add(Person.known("old@firm.example", "Old", "UTC"))
    )
    for day, who, number in events:
        spell, zone = world.spells[who][number], world.zones[who]
        moment = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
        ids[who] = _on(database, moment, lambda session, who=who, spell=spell: _become(session, world, ids.get(who), who, spell))
    world.ids["people"] = [ids[who] for who in range(4)]
    _on(database, datetime(2026, 7, 1, tzinfo=UTC), lambda session: _happen(session, world))


def _on(database: Database, moment: datetime, what: object) -> int:
    with database.session() as session:
        context(session).clock = lambda: moment
        return what(session)  # type: ignore[operator,no-any-return]


def _become(session: Session, world: World, key: int | None, who: int, spell: Spell) -> int:
    roles = [Role.EXECUTIVE] if spell.executive else []
    if key is None:
        person = Person.known(f"p{who}@firm.example", f"Person {who}", world.zones[who], roles, department=spell.department)
        session.add(person)
    else:
        person = session.get_one(Person, key)
        person.roles, person.department, person.active = [role.value for role in roles], spell.department, spell.active
    session.flush()
    return person.key


def _happen(session: Session, world: World) -> None:
    people_ids = world.ids["people"]
    made = [
        Customer.named(f"Customer {number}", segment=segment, tier=tier, owner_id=None if owner is None else people_ids[owner])
        for number, (segment, tier, owner) in enumerate(world.customers)
    ]
    session.add_all(made)
    session.flush()
    session.add_all(Absence(person_id=people_ids[who], first=first, last=last) for who, first, last in world.absences)
    for one in world.met:
        _meet(session, one, people_ids, made)
    for ask in world.asked:
        prompt = Prompt(
            person_id=people_ids[ask.who], state=ask.state, skip_reason=ask.reason, created_at=ask.sent, sent_at=ask.sent
        )
        prompt.answer_by, prompt.closed_at = ask.answer_by, ask.closed
        session.add(prompt)
    session.add_all(_commitment(one, people_ids, made) for one in world.promised)
    session.flush()


def _meet(session: Session, one: Met, people_ids: list[int], made: list[Customer]) -> None:
    """Log it, perhaps on a wrong day that is corrected later, and perhaps delete it again."""
    engagement = Engagement(
        kind=one.kind,
        customer_id=None if one.customer is None else made[one.customer].key,
        happened_on=one.moved_from or one.day,
        logged_at=one.logged_at,
        logged_by_id=people_ids[one.logger],
        stage=one.stage,
        heard="words",
        evidence_target=one.target,
        evidence_holds=one.holds if one.target else None,
    )
    engagement.executives = [session.get_one(Person, people_ids[who]) for who in sorted(one.who)]
    session.add(engagement)
    session.flush()
    engagement.happened_on = one.day
    if one.deleted:
        engagement.deleted_at = one.logged_at


def _commitment(one: Promised, people_ids: list[int], made: list[Customer]) -> Commitment:
    return Commitment(
        what="something",
        customer_id=None if one.customer is None else made[one.customer].key,
        promised_by_id=people_ids[one.by],
        owner_id=people_ids[one.owner],
        heard_on=one.made.date(),
        made_at=one.made,
        first_due=one.first_due,
        due=one.due,
        state=one.state,
        done_on=one.done,
        done_at=None if one.done is None else datetime.combine(one.done, time(12), UTC),
        told_at=one.made if one.told else None,
    )
