"""The life of a commitment, under any sequence of presses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.people.people import Person, Role
from bot.domain.promises.commitment_events import Happening
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.domain.promises.promises import Promise
from bot.domain.words.matching import Candidate
from bot.domain.words.promise_words import understand_promise

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def person(key: int, name: str, *roles: Role) -> Person:
    """Somebody, without a database."""
    made = Person.known(f"{name}@firm.example", name, "Europe/London", roles)
    made.id = key
    return made


ADA, EMIL, BRUNO, CLEO = person(1, "ada", Role.EXECUTIVE), person(2, "emil"), person(3, "bruno"), person(4, "cleo", Role.CX_OFFICE)
PRESSES = ("accept", "hand_on", "propose", "agree", "keep", "complete", "tell", "reopen", "give_up", "hand_over")


def promised(*, left: bool = False) -> Commitment:
    """A promise by Ada, for Emil to keep, who may have left since."""
    emil = person(2, "emil")
    made = Promise("Send it", date(2026, 11, 20), emil, ADA).commitment(START)
    emil.active, emil.manager = not left, BRUNO
    made.id, made.customer_id = 1, 7
    made.happened(Happening.MADE, ADA, START, new_due=made.due)
    return made


def press(one: Commitment, what: str, actor: Person, other: Person, now: datetime, days: int) -> None:
    """One press, as a handler would make it."""
    due = actor.today(now) + timedelta(days=days)
    steps = {
        "accept": lambda: one.accept(actor, now),
        "hand_on": lambda: one.hand_on(other, "", actor, now),
        "propose": lambda: one.propose(due, "why", actor, now),
        "agree": lambda: one.answer_proposal(agree=True, actor=actor, now=now),
        "keep": lambda: one.answer_proposal(agree=False, actor=actor, now=now),
        "complete": lambda: one.complete("done", "", actor, now),
        "tell": lambda: one.tell(actor, now),
        "reopen": lambda: one.reopen("no", due, actor, now),
        "give_up": lambda: one.give_up("no", actor, now),
        "hand_over": lambda: one.hand_over(one.successor or other, actor, now),
    }
    steps[what]()


Step = tuple[str, int, int, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(PRESSES), st.integers(0, 3), st.integers(0, 3), st.integers(0, 40), st.integers(-3, 30)), max_size=25
)


def live(steps: list[Step], *, left: bool = False) -> Commitment:
    """Press after press, hours apart; what is refused changes nothing."""
    one, now = promised(left=left), START
    team = (ADA, one.owner, BRUNO, CLEO)
    for what, actor, other, hours, days in steps:
        now += timedelta(hours=hours)
        before = (one.version, one.state, one.due, one.owner_id, len(one.events))
        try:
            press(one, what, team[actor], team[other], now, days)
        except Refusal:
            assert (one.version, one.state, one.due, one.owner_id, len(one.events)) == before
    return one


@given(STEPS, st.booleans())
def test_no_sequence_of_presses_makes_an_impossible_state(steps: list[Step], left: bool) -> None:
    """Whether or not its owner left: kept means done on a day; told means kept; open means neither; an event for each change, in order of time."""
    one = live(steps, left=left)
    assert (one.state == CommitmentState.KEPT) == (one.done_at is not None) == (one.done_on is not None)
    assert one.told_at is None or one.state == CommitmentState.KEPT
    assert one.proposed_due is None or one.is_open
    assert one.version == len(one.events)
    times = [event.at for event in one.events]
    assert times == sorted(times)
    assert one.events[0].kind == Happening.MADE
    assert one.successor is None or (one.is_open and not one.owner.active and one.successor.id != one.owner_id)
    hops = one.ages()
    assert (hops.to_done is None, hops.to_told is None) == (one.done_at is None, one.told_at is None)
    assert hops.heard_to_told == (None if one.told_at is None else sum((hops.to_promised, hops.to_done or 0, hops.to_told or 0)))


@given(STEPS, st.booleans())
def test_the_history_alone_tells_how_it_stands(steps: list[Step], left: bool) -> None:
    """A naive recount over the events gives the owner, the date, and whether it was kept on time."""
    one = live(steps, left=left)
    owner, due, done = EMIL.id, date(2026, 11, 20), None
    for event in one.events:
        owner = event.new_owner_id if event.kind == Happening.HANDED_ON else owner
        due = event.new_due if event.kind in {Happening.DATE_CHANGED, Happening.REOPENED} and event.new_due else due
        done = event.at.date() if event.kind == Happening.DONE else None if event.kind == Happening.REOPENED else done
    assert (one.owner_id, one.due) == (owner, due)
    if one.state == CommitmentState.KEPT:
        assert done is not None
        assert one.kept_on_time() == (done <= date(2026, 11, 20), done <= due)
    assert one.first_due == date(2026, 11, 20)


def test_time_never_runs_backwards() -> None:
    """A change before the last one is a fault of the program, not of a person."""
    one = promised()
    with pytest.raises(ValueError, match="before the last change"):
        one.accept(EMIL, START - timedelta(seconds=1))


FOLK = (Candidate(1, "Emil Novak", ("Emil",)), Candidate(2, "Ada Lovell", ("Ada",)))
FIRMS = (Candidate(1, "Acme Corp"), Candidate(2, "Acme Health"), Candidate(3, "Globex"))


@pytest.mark.parametrize(
    ("line", "owner", "what", "due", "customer"),
    [
        ("@Emil to send Globex the report by next Friday", "Emil Novak", "send Globex the report", date(2026, 12, 4), "Globex"),
        ("Emil Novak will call Acme Corp tomorrow", "Emil Novak", "call Acme Corp", date(2026, 11, 26), "Acme Corp"),
        ("send the report by 2026-12-01", None, "send the report", date(2026, 12, 1), None),
        ("@nobody to do it", None, "do it", None, None),
        ("we want to help Globex", None, "we want to help Globex", None, "Globex"),
        ("Emil: fix it", "Emil Novak", "fix it", None, None),
        ("", None, "", None, None),
    ],
)
def test_a_line_is_understood(line: str, owner: str | None, what: str, due: date | None, customer: str | None) -> None:
    """Owner, promise, date and customer; what isn't understood stays in the promise."""
    found = understand_promise(line, today=date(2026, 11, 25), locale="en-GB", people=FOLK, customers=FIRMS)
    assert (found.owner.winner.candidate.name if found.owner.winner else None) == owner
    assert (found.customer.winner.candidate.name if found.customer.winner else None) == customer
    assert (found.what, found.due) == (what, due)


@given(st.text(max_size=200))
def test_any_text_is_taken(line: str) -> None:
    """Nothing raises, whatever is typed."""
    understand_promise(line, today=date(2026, 11, 25), locale="en-GB", people=FOLK, customers=FIRMS)
