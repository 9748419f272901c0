"""What typed names are taken to mean."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words.matching import Candidate, Resolution, best, decide, fold

ACME_CORP = Candidate(1, "Acme Corp")
ACME_HEALTH = Candidate(2, "Acme Health")
GLOBEX = Candidate(3, "Globex GmbH", ("GBX",))
ZURICH = Candidate(4, "Zürich Café SA")
ABC = Candidate(5, "A.B.C. Ltd")
COMPANY = [ACME_CORP, ACME_HEALTH, GLOBEX, ZURICH, ABC]


def won(decision: Resolution) -> Candidate | None:
    """Give the winner's candidate."""
    return decision.winner.candidate if decision.winner else None


def chosen(decision: Resolution) -> list[str]:
    """Give the names that fit."""
    return [match.candidate.name for match in decision.choices]


def test_one_name_of_two_companies_is_ambiguous() -> None:
    """Acme may be Acme Corp or Acme Health, so both are given."""
    decision = decide("Acme", COMPANY)
    assert decision.winner is None
    assert chosen(decision) == ["Acme Corp", "Acme Health"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Acme Helth", ACME_HEALTH),
        ("acme health", ACME_HEALTH),
        ("health", ACME_HEALTH),
        ("acme hea", ACME_HEALTH),
        ("Health Acme", ACME_HEALTH),
        ("Acme Corp", ACME_CORP),
        ("ACME corporation", ACME_CORP),
        ("Acme Inc.", ACME_CORP),
        ("Globex", GLOBEX),
        ("Globax", GLOBEX),
        ("gbx", GLOBEX),
        ("Zurich Cafe", ZURICH),
        ("Zu\u0308rich", ZURICH),
        ("ABC", ABC),
        ("abc inc", ABC),
    ],
)
def test_a_typed_name_finds_its_company(typed: str, meant: Candidate) -> None:
    """Misspelled, unfinished, unaccented, turned round, with another legal form or by an alias, a name finds its company."""
    assert won(decide(typed, COMPANY)) == meant


@pytest.mark.parametrize("typed", ["“Acme\u00a0Corp”", "\u200eAcme\u200f Corp", "'acme  corp'", "Acme–Corp", "@Acme Corp:"])
def test_signs_that_clients_put_in_do_not_matter(typed: str) -> None:
    """Smart quotes, non-breaking spaces, direction marks and dashes leave a name what it is."""
    assert decide(typed, COMPANY).winner == best("Acme Corp", COMPANY)[0]


def test_an_exact_name_wins_over_those_that_contain_it() -> None:
    """Acme is Acme, however many names begin with it."""
    acme = Candidate(9, "Acme")
    assert won(decide("acme", [*COMPANY, acme, Candidate(10, "Acme Logistics")])) == acme


def test_an_exact_alias_wins_over_names_that_contain_it() -> None:
    """An alias counts as much as a name."""
    delta = Candidate(9, "Delta Air Lines", ("Acme",))
    assert won(decide("Acme", [*COMPANY, delta])) == delta


def test_two_with_the_very_same_alias_are_ambiguous() -> None:
    """Nobody wins by a name that two go by."""
    one, two = Candidate(1, "North", ("N",)), Candidate(2, "Norse", ("N",))
    assert chosen(decide("n", [one, two])) == ["North", "Norse"]


@pytest.mark.parametrize("typed", ["", "  ", "Initech", "Zzz", "Inc", "GmbH", "a", "Acme Corporate Services Berlin", "???"])
def test_what_nobody_is_called_finds_nobody(typed: str) -> None:
    """Other names, a legal form alone, one letter, or a name with more words than any has, decide nothing."""
    assert decide(typed, COMPANY) == Resolution()


def test_at_most_five_are_given_to_choose_from() -> None:
    """A choice stays short."""
    many = [Candidate(number, f"Acme {letter}ab") for number, letter in enumerate("BCDFGHJKL")]
    assert len(decide("Acme", many).choices) == 5


def test_a_legal_form_in_front_is_part_of_the_name() -> None:
    """AS Roma and Co Op are not stripped to nothing much."""
    roma = Candidate(1, "AS Roma")
    assert won(decide("AS Roma", [roma, Candidate(2, "Roma Foods")])) == roma


def test_other_scripts_are_compared_too() -> None:
    """Hebrew, Arabic, Chinese and Hindi names match, and vowel signs tell names apart."""
    names = ["אקמה בריאות", "شركة أكمي", "华为技术", "कि", "का", "🚀"]
    companies = [Candidate(name, name) for name in names]
    assert [won(decide(f"\u2067{name}\u2069", companies)) for name in names] == companies
    assert won(decide("华为", companies)) == companies[2]


def test_search_lists_the_likeliest_first_and_no_more_than_asked() -> None:
    """Search as one types gives the best first, up to the limit."""
    many = [Candidate(number, f"Contoso {number:03}") for number in range(150)]
    found = best("contoso 1", many, limit=100)
    assert len(found) == 100
    assert all(match.candidate.name.startswith("Contoso 1") for match in found[:50])
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_two_letters_of_a_name_are_enough_to_list_it() -> None:
    """A name being typed is listed, even while it looks like a legal form."""
    assert [match.candidate.name for match in best("co", [Candidate(1, "Contoso"), Candidate(2, "Acme Co")])] == ["Contoso"]


def test_twenty_thousand_companies_are_searched_whole() -> None:
    """The one that is meant is found among 20,000, misspelled too."""
    dice = random.Random(7)  # noqa: S311 - made-up names, not secrets
    names = {"".join(dice.choices(string.ascii_lowercase, k=9)).title() for _ in range(20_000)}
    many = [Candidate(number, f"{name} Ltd") for number, name in enumerate(sorted(names))]
    meant = Candidate("meant", "Wintergreen Logistics")
    assert won(decide("Wintergren Logistics", [*many, meant])) == meant


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=6))
def test_any_text_is_matched_without_fail(query: str, names: list[str]) -> None:
    """Whatever is typed and whatever names there are: scores are within 0 and 100 and a choice is never of one."""
    candidates = [Candidate(number, name, (name[::-1],)) for number, name in enumerate(names)]
    assert all(0 <= match.score <= 100 for match in best(query, candidates))
    decision = decide(query, candidates)
    assert len(decision.choices) in {0, 2, 3, 4, 5}
    assert not (decision.winner and decision.choices)


@given(st.text(min_size=1, max_size=40))
def test_a_name_matches_itself(name: str) -> None:
    """Every name with anything visible in it is its own best match, and folding twice changes nothing."""
    folded = fold(name)
    assert fold(folded) == folded
    if folded:
        assert won(decide(name, [Candidate(1, name)])) == Candidate(1, name)


NAMES = st.text(alphabet="abAé -'’.&🚀ß\u200f\u00a0incoltd", max_size=12) | st.text(max_size=8)


@given(st.lists(NAMES, min_size=1, max_size=5), st.data())
def test_a_candidates_own_name_always_finds_it(names: list[str], data: st.DataObject) -> None:
    """Typed in full, a name wins or is one of the choices, whatever else there is."""
    candidates = [Candidate(number, name) for number, name in enumerate(names)]
    meant = data.draw(st.sampled_from(candidates))
    decision = decide(meant.name, candidates)
    given_back = [match.candidate for match in (decision.winner, *decision.choices) if match]
    assert meant in given_back or not fold(meant.name)
