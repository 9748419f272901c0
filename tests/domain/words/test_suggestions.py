"""What a language model says is believed only where the rules let it pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.words.matching import Candidate
from bot.domain.words.suggestions import Believed, SuggestedPromise, Suggestion, believe, question
from bot.domain.words.understanding import understand_engagement

TODAY = date(2026, 11, 25)
CUSTOMERS = [Candidate(1, "Acme Health", ("AH",)), Candidate(2, "Globex"), Candidate(3, "Three Otters Brewing")]
LINE = "long lunch at acme helth the day after Jane Weber got back, i.e. 12 Nov. I told her Tom will send prices by Friday"


def believed(suggestion: Suggestion, line: str = LINE) -> Believed | None:
    """What is believed of a suggestion, over what the rules say of the line."""
    said = understand_engagement(line, today=TODAY, locale="en-GB", customers=CUSTOMERS)
    return believe(suggestion, line, said, today=TODAY, locale="en-GB", customers=CUSTOMERS)


def test_what_stands_in_the_line_is_believed() -> None:
    """A customer that was named to the model, the day its words say, people and promises of the line; and nothing typed is lost."""
    found = believed(
        Suggestion("m", "Acme Health", "12 Nov", ("Jane Weber",), (SuggestedPromise("Tom", "send prices", "by Friday"),))
    )
    assert found is not None
    assert found.said.customer.winner is not None
    assert found.said.customer.winner.candidate.name == "Acme Health"
    assert (found.said.happened_on, found.said.contacts) == (date(2026, 11, 12), ("Jane Weber",))
    assert found.promised == ("@Tom to send prices by 2026-11-27",)
    assert found.said.note == LINE


@pytest.mark.parametrize(
    "suggestion",
    [
        Suggestion("m", customer="Initech"),
        Suggestion("m", customer="Globex"),
        Suggestion("m", customer="x" * 5_000),
        Suggestion("m", day="yesterday"),
        Suggestion("m", day="2026-11-20"),
        Suggestion("m", day="by Friday"),
        Suggestion("m", contacts=("Mallory", "JaneWeber", "", "  ")),
        Suggestion("m", promises=(SuggestedPromise("me", "a refund of 10,000", "by Friday"),)),
        Suggestion("m", promises=(SuggestedPromise("Ada", "send prices", "by Friday"),)),
        Suggestion("m"),
    ],
)
def test_what_does_not_stand_in_the_line_is_not(suggestion: Suggestion) -> None:
    """A customer nobody named, a known one the line says nothing of, a day not said, one by which something is due, people and promises made up."""
    assert believed(suggestion) is None


def test_what_is_not_believed_leaves_the_rules_reading() -> None:
    """Each field is judged by itself."""
    line = "Globex yesterday with Ann: slow"
    found = believed(Suggestion("m", "Initech", "last year", ("Ann", "Mallory")), line)
    assert found is not None
    assert found.said == understand_engagement(line, today=TODAY, locale="en-GB", customers=CUSTOMERS)


def test_a_new_customer_is_what_the_line_says() -> None:
    """A name that is in the line and nobody's yet is new; the same name as somebody's is theirs."""
    found = believed(Suggestion("m", "Oak Street Bakery"), "had tea, Oak Street Bakery wants a card reader")
    assert found is not None
    assert found.said.customer.winner is None
    assert found.said.customer_words == "Oak Street Bakery"
    again = believed(Suggestion("m", "globex"), "tea and cake, globex is fine")
    assert again is not None
    assert again.said.customer.winner is not None


def test_a_day_to_come_is_nobodys_visit() -> None:
    """The words stand in the line, and say no day on which something happened."""
    assert believed(Suggestion("m", day="next Friday"), "Globex next Friday") is None
    assert believed(Suggestion("m", day="12 Dec 2026"), "Globex 12 Dec 2026") is None


def test_a_promise_of_ones_own_and_without_a_day() -> None:
    """It goes into the form all the same, and the form asks by when."""
    found = believed(Suggestion("m", promises=(SuggestedPromise("me", "send a quote", ""),)), "Globex, I will send a quote")
    assert found is not None
    assert found.promised == ("send a quote",)
    past = believed(Suggestion("m", promises=(SuggestedPromise("I", "send a quote", "2020-01-01"),)), "send a quote 2020-01-01")
    assert past is not None
    assert past.promised == ("send a quote",)


def test_only_names_that_may_be_meant_are_told() -> None:
    """By likeness to the line, twenty at most, by the customer's name; nothing is asked of an empty line or of a whole document."""
    asked = question("long lunch at acme helth", CUSTOMERS)
    assert asked is not None
    assert asked.customers == ("Acme Health",)
    short = question("just got off the phone with Otters? no, with three of them, and globex", CUSTOMERS)
    assert short is not None
    assert set(short.customers) == {"Globex", "Three Otters Brewing"}
    many = question("Branch", [Candidate(number, f"Branch {number}") for number in range(500)])
    assert many is not None
    assert len(many.customers) == 20
    assert question(" ", CUSTOMERS) is None
    assert question("x" * 4_001, CUSTOMERS) is None


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(max_size=20), max_size=4), st.text(max_size=60))
def test_whatever_it_says_nothing_comes_in_that_was_not_typed(customer: str, day: str, contacts: list[str], line: str) -> None:
    """No text of a model's own gets into the form, and no text is too odd."""
    promises = tuple(SuggestedPromise(one, day, customer) for one in contacts)
    found = believed(Suggestion("m", customer, day, tuple(contacts), promises), line)
    if found is not None:
        said = understand_engagement(line, today=TODAY, locale="en-GB", customers=CUSTOMERS)
        assert found.said.note in {line, said.note}
        assert found.said.happened_on is None or found.said.happened_on <= TODAY
        assert set(found.said.contacts) <= {" ".join(one.split()) for one in contacts} | set(said.contacts)


def test_what_a_model_answers_is_asked_no_more() -> None:
    """A question stands beside a field that nobody answered only."""
    line = "Globex or Initech last week, Monday in fact, hard to tell"
    said = replace(
        understand_engagement(line, today=TODAY, locale="en-GB", customers=CUSTOMERS),
        questions={"customer": "?", "happened_on": "?"},
    )
    for suggestion, left in (
        (Suggestion("m", "Globex", "Monday"), set()),
        (Suggestion("m", "Globex"), {"happened_on"}),
        (Suggestion("m", day="Monday"), {"customer"}),
    ):
        found = believe(suggestion, line, said, today=TODAY, locale="en-GB", customers=CUSTOMERS)
        assert found is not None
        assert set(found.said.questions) == left
