"""One definition a figure, in the documentation as in the program."""

from __future__ import annotations

from bot.measures import scope
from bot.measures.definitions import DEFINITIONS, page
from bot.measures.report import figures, lines, trend
from tests.conftest import NOW, World
from tests.places import DOCS


def test_the_page_says_what_the_program_says() -> None:
    """docs/measures.md is written from the definitions: `python -m bot.measures.definitions > docs/measures.md`."""
    assert (DOCS / "measures.md").read_text() == page()


def test_every_definition_is_a_figure_and_every_figure_is_defined(world: World) -> None:
    """Coverage is a table of its own; all others are lines of the company's report, in order."""
    settings = world.application.settings
    with world.database.session() as session:
        found = figures(session, scope.COMPANY, scope.quarter(settings, NOW), settings, NOW)
    shown = list(dict.fromkeys(one.definition.key for one in lines(found, settings)))
    assert shown == [one.key for one in DEFINITIONS if one.key != "coverage"]
    assert len({one.key for one in DEFINITIONS}) == len(DEFINITIONS)


def test_an_empty_company_has_no_share_of_nothing(world: World) -> None:
    """Nothing to count is said so; it isn't a bad mark."""
    settings = world.application.settings
    with world.database.session() as session:
        found = figures(session, scope.COMPANY, scope.quarter(settings, NOW), settings, NOW)
        assert len(trend(session, scope.COMPANY, scope.quarter(settings, NOW), settings, NOW)) == scope.QUARTERS
    words = {one.definition.key: one.words for one in lines(found, settings) if not one.detail}
    assert words["commitments_told"] == words["prompts_answered"] == words["days_to_log"] == "none yet"
    assert words["pledges_met"] == "0 of 3 (0%)"


def test_all_but_one_is_not_all() -> None:
    """99.6% is shown as 99: a hundred is said of all alone."""
    assert scope.Share(249, 250).percent == 99
    assert scope.Share(0, 0).percent is None
