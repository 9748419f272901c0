"""The sample company, loaded into a real database with the app.yaml it belongs to."""

import re
from datetime import timedelta

import pytest
from sqlmodel import func, select

from bot.cards import Form
from bot.commands import Inbound, Platform, Sender, read_command
from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Engagement, Kind
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.people.working_time import is_working_day
from bot.domain.plans import decisions, roadmap
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.domain.words.matching import decide
from bot.measures import pledged
from bot.measures.reasons import why_ask
from bot.process.wiring import build
from bot.sample import load_sample
from bot.settings import Settings, load
from tests.conftest import TestClock
from tests.places import APP, COMPANY, ROOT

INGRID = "ingrid.solberg@brightwater.example"


@pytest.fixture(scope="module")
def brightwater() -> Settings:
    """The sample's own settings."""
    return load(APP)


@pytest.fixture
def loaded(database: Database, brightwater: Settings) -> Database:
    """A database with the sample in it."""
    assert load_sample(database, brightwater)
    return database


def _counts(database: Database) -> list[int]:
    with database.session() as session:
        return [session.exec(select(func.count()).select_from(noun)).one() for noun in (Person, Customer, Engagement)]


def test_an_empty_database_is_filled_once(database: Database, brightwater: Settings) -> None:
    """The first call loads everything, the second touches nothing."""
    assert load_sample(database, brightwater) is True
    assert _counts(database) == [16, 16, 37]
    assert load_sample(database, brightwater) is False
    assert _counts(database) == [16, 16, 37]


def test_a_company_that_has_begun_is_left_alone(database: Database, brightwater: Settings) -> None:
    """One person known is enough for nothing to be loaded."""
    with database.session() as session:
        session.add(Person.known("first@firm.example", "First One", "Europe/Oslo"))
    assert load_sample(database, brightwater) is False
    assert _counts(database) == [1, 0, 0]


def test_the_readmes_first_examples_work_here(loaded: Database, brightwater: Settings, clock: TestClock) -> None:
    """Typed as they stand, they fill in a customer who is known, a day, who was met, a person; nothing is left for whoever tries it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    dispatcher, answers = build(brightwater, loaded).dispatcher, []
    for line in re.findall(r"`(/(?:logvisit|commit) [^`]+)`", readme):
        command, rest = read_command(line, dispatcher.commands)
        answers.append(
            dispatcher.handle(Inbound(Sender(Platform.CONSOLE, INGRID, email=INGRID), command, rest, event_id=line[:64]))
        )
    visit, commit = answers
    assert isinstance(visit, Form)
    assert isinstance(commit, Form)
    with loaded.session() as session:
        otters = next(one for one in session.exec(select(Customer)) if one.name == "Three Otters Brewing")
        kaja = people.by_email(session, "kaja.broensted@brightwater.example")
        assert kaja is not None
        assert (visit.answers["customer"], commit.answers["customer"]) == (str(otters.key), str(otters.key))
        assert commit.answers["owner"] == str(kaja.key)
    assert visit.answers["heard"] == "the water changed in spring and nobody told us"
    assert visit.answers["contacts"] == "head brewer"
    assert visit.answers["happened_on"] == str((clock() - timedelta(days=1)).date())


def test_roles_and_delegates_show_every_kind_of_person(loaded: Database) -> None:
    """Six executives in six zones, two who log for them, the Customer Office, an administrator and a guest."""
    with loaded.session() as session:
        executives = people.executives(session)
        assert len(executives) == len({one.zone for one in executives}) == 6
        assert {one.name: len(one.executives) for one in people.with_role(session, Role.DELEGATE)} == {
            "Åse Lindqvist": 2,
            "Noor Siddiqa": 1,
        }
        assert len(people.with_role(session, Role.CX_OFFICE)) == 2
        assert len(people.with_role(session, Role.ADMIN)) == 1
        assert session.exec(select(Person.name).where(Person.guest)).all() == ["Björn Eklöf"]


def test_every_key_is_one_of_app_yaml(loaded: Database, brightwater: Settings) -> None:
    """Segments, stages and targets exist, and a target belongs to its customer's segment."""
    with loaded.session() as session:
        assert {one.segment for one in session.exec(select(Customer))} == {segment.key for segment in brightwater.segments}
        rows = session.exec(select(Engagement)).all()
        assert {row.stage for row in rows} == {stage.key for stage in brightwater.journey}
        shown = {row.evidence_target for row in rows if row.evidence_target}
        assert shown == {target.key for segment in brightwater.segments for target in segment.targets}
        for row in rows:
            assert row.surprised or row.follow_up
            assert (row.evidence_holds is None) == (not row.evidence_target)
            if row.evidence_target:
                assert row.customer
                assert brightwater.segment_of_target(row.evidence_target) == brightwater.segment(row.customer.segment)


def test_the_past_is_likely(loaded: Database, brightwater: Settings, clock: TestClock) -> None:
    """All happened on a working day, was logged later by somebody who may, and is in order; the last is a few days old."""
    with loaded.session() as session:
        rows = session.exec(select(Engagement).order_by(Engagement.id)).all()  # type: ignore[arg-type]
        assert [row.logged_at for row in rows] == sorted(row.logged_at for row in rows)
        for row in rows:
            assert is_working_day(row.executives[0].work_week(brightwater), row.happened_on)
            assert row.happened_on <= row.logged_by.today(row.logged_at) <= row.happened_on + timedelta(days=3)
            assert any(row.logged_by.acts_for(boss.key) for boss in row.executives)
            assert (row.customer is None) == (row.kind == Kind.FRONTLINE_DAY)
            assert {one.customer_id for one in row.contacts} <= {row.customer_id}
        assert timedelta(days=1) < clock() - rows[-1].logged_at < timedelta(days=7)


def test_prompts_have_something_to_say(loaded: Database, brightwater: Settings, clock: TestClock) -> None:
    """One executive has met the pledge, the others are short; one key customer was not seen for long and one never."""
    with loaded.session() as session:
        why = {one.email.split(".")[0]: why_ask(session, one, brightwater, clock()) for one in people.executives(session)}
    assert why.pop("juergen") == []
    assert why["ingrid"][0] == "1 of 2 visits and 1 of 2 calls this month"
    assert why["ingrid"][1].startswith("Saltmarsh Kidney Centre not seen for 11")
    assert why["laila"][1:] == ["First Wells Alliance not seen by any of us yet"]
    assert why["marama"] == ["0 of 3 visits and 1 of 4 calls this quarter"]
    assert all(len(reasons) > 0 for reasons in why.values())


def test_every_executive_has_begun(loaded: Database, brightwater: Settings, clock: TestClock) -> None:
    """Nobody is shown as having done nothing in the period of their pledge."""
    with loaded.session() as session:
        for one in people.executives(session):
            done = pledged.progress(session, one, brightwater, one.today(clock()))
            assert done.visits + done.calls > 0, one.name


def test_plans_and_decisions_with_gaps_to_question(loaded: Database, brightwater: Settings) -> None:
    """Something in every status but stopped; two items and a decision serve no target, and two targets have nothing planned for them."""
    with loaded.session() as session:
        assert {one.status.value for one in roadmap.items(session)} == {"now", "next", "later", "done"}
        assert len(roadmap.untargeted(session, brightwater)) == 2
        assert len(decisions.untargeted(session, brightwater)) == 1
        assert roadmap.unserved(session, brightwater) == ["brewery-recipe", "town-open-book"]


@pytest.mark.parametrize("typed", ["Northgate", "Fenwick"])
def test_some_names_are_ambiguous(loaded: Database, typed: str) -> None:
    """A name that two customers share is asked about."""
    with loaded.session() as session:
        decision = decide(typed, customers.candidates(session))
    assert decision.winner is None
    assert len(decision.choices) == 2


def test_a_company_half_made_ones_own_still_loads(database: Database) -> None:
    """Keys that app.yaml no longer has are left out instead of stopping the start."""
    assert load_sample(database, load(COMPANY))
    with database.session() as session:
        assert {one.segment for one in session.exec(select(Customer))} <= {"", *(one.key for one in load(COMPANY).segments)}


@pytest.mark.parametrize("days", range(0, 366, 31))
def test_it_loads_on_any_day_of_the_year(database: Database, brightwater: Settings, clock: TestClock, days: int) -> None:
    """Holidays and new quarters don't get in the way, and most executives have a reason to be asked."""
    clock.forward(days=days)
    assert load_sample(database, brightwater)
    with database.session() as session:
        asked = [one for one in people.executives(session) if why_ask(session, one, brightwater, clock())]
    assert len(asked) >= 3


def test_promises_were_kept_moved_told_and_left_late(loaded: Database) -> None:
    """What one looks for first is all there: on time, moved, done but not told, and past its date."""
    with loaded.session() as session:
        found = list(session.exec(select(Commitment)))
        day = loaded.clock().date()
        assert {one.state for one in found} == {CommitmentState.KEPT, CommitmentState.OPEN}
        assert any(one.due != one.first_due for one in found)
        assert any(one.to_be_told for one in found)
        assert 1 <= sum(one.is_late(day) for one in found) <= 3
        assert all(one.accepted_at for one in found)
