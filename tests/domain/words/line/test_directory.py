"""An index of names that is changed for some of them answers as one that is built of them all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate

WORDS = (
    "Acme",
    "Acmes",
    "The",
    "Äther",
    "Bank",
    "Health",
    "GmbH",
    "Kestrelfield",
    "Kestrelfields",
    "and",
    "株式会社",
    "東京電力",
    "🍀",
    "✨",
)
PLACES = st.sampled_from(range(20))
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
ONE = st.builds(lambda key, name, aliases: Candidate(key, name, tuple(aliases)), PLACES, NAMES, st.lists(NAMES, max_size=2))
FEW = st.lists(ONE, max_size=20, unique_by=lambda one: one.id)
TYPED = ("acme", "acmed", "kestrelfild", "kestrelfieldz", "bnak", "healt", "äther", "aether", "東京", "zzz")


def told(directory: Directory) -> object:
    """All that a directory answers, with candidates for their numbers, in the order given."""

    def named(found: object) -> object:
        return None if found is None else [(directory.numbered(one), score) for one, score in dict(found).items()]  # type: ignore[call-overload]

    runs = {" ".join(one.lower() for one in (first, second) if one) for first in WORDS for second in ("", *WORDS)}
    runs |= {run.replace("ä", "a") for run in runs} | {run.replace("ä", "ae") for run in runs}
    return (
        list(directory),
        [(run, named(directory.piece(run)), named(directory.whole(run.replace(" ", "")))) for run in sorted(runs)],
        [named(directory.initials(one)) for one in ("abh", "tab", "aab", "bhg")],
        [(typed, directory.readings(typed), directory.unfinished(typed)) for typed in TYPED],
        [[(name, directory.numbered(one), score) for name, one, score in directory.together(two)] for two in ("東京", "株式")],
        [(sign, directory.numbered(one)) for sign, one in directory.signs()],
    )


@settings(max_examples=60, deadline=None)
@given(FEW, st.lists(FEW, min_size=1, max_size=3))
def test_a_changed_directory_answers_as_a_new_one(first: list[Candidate], more: list[list[Candidate]]) -> None:
    """Whatever comes, goes and is renamed; and what it was changed from answers as before."""
    directory, known = Directory(first), {one.id: one for one in first}
    for change in more:
        before, old = told(directory), directory
        wanted = {one.id: one for one in change}
        gone = [key for key in known if key in wanted or int(key) % 3 == len(change) % 3]
        directory = directory.changed(gone, change)
        known = {key: one for key, one in known.items() if key not in gone} | wanted
        assert told(directory) == told(Directory(known.values()))
        assert told(old) == before


def test_a_piece_that_many_had_is_told_again_when_few_have_it() -> None:
    """Of thirteen with a word none is meant by it; of twelve each may be."""
    many = [Candidate(number, f"Kestrel Yard{number}") for number in range(13)]
    directory = Directory(many)
    assert directory.piece("kestrel") == {}
    fewer = directory.changed([4], [])
    assert [fewer.numbered(one).id for one in fewer.piece("kestrel") or ()] == [0, 1, 10, 11, 12, 2, 3, 5, 6, 7, 8, 9]
    assert fewer.changed([], [many[4]]).piece("kestrel") == {}
