"""The weekly report and the monthly letter: what needs attention first, and silence said as what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.cards import Card
from bot.domain.people import people
from bot.measures import letter, weekly
from bot.measures.scope import Share
from bot.views import reports
from tests.conftest import NOW, World, words
from tests.domain.engagements.test_engagements import log
from tests.handlers.test_commitments import made

LATER = NOW + timedelta(days=30)


def week(world: World) -> Card:
    """The report of the week a month from now."""
    settings = world.application.settings
    with world.database.session() as session:
        return reports.weekly_card(weekly.weekly(session, weekly.week_of(LATER.date(), settings, LATER), settings, LATER))


def test_what_is_late_comes_first_each_with_a_button(world: World) -> None:
    """Numbered through; only the first stands out; then what happened."""
    for number in range(2):
        made(world, f"/commit @Emil to do thing {number} for Globex by 2026-12-0{number + 1}")
    card = week(world)
    said = words(card)
    assert said.index("Needs attention") < said.index("What happened")
    assert "Overdue commitments: 2" in said
    opens = [(one.label, one.style.value) for one in card.buttons if one.command == "show-commitment"]
    assert [label for label, _ in opens] == ["Open 1", "Open 2"]
    assert len({style for _, style in opens}) == 2
    assert "2 overdue commitments" in card.summary


def test_its_summary_says_that_nothing_is_overdue(world: World) -> None:
    """And how many engagements there were in this week, and in the one before."""
    with world.database.session() as session:
        log(session, world)
    card = week(world)
    assert card.summary == "The week: nothing overdue, 0 engagements (0 the week before)"


def test_a_month_in_which_nothing_was_heard_says_so(world: World) -> None:
    """The letter isn't left out; one of a month in which something was, quotes it."""
    settings = world.application.settings
    with world.database.session() as session:
        window = letter.month_of(NOW.date(), settings, NOW)
        cleo = people.get(session, world.ids["cleo"])
        silent = reports.letter_card(letter.letter(session, window, settings, NOW), settings, cleo)
        assert "Nothing was logged in November 2026" in words(silent)
        log(session, world, heard="They wait for us.")
        said = words(reports.letter_card(letter.letter(session, window, settings, NOW), settings, cleo))
    assert "They wait for us." in said
    assert "Nothing was logged" not in said


def test_one_of_one_has_no_s(world: World) -> None:
    """The letter speaks of the only customer, and of the only executive, as of one."""
    settings = world.application.settings
    with world.database.session() as session:
        found = letter.letter(session, letter.month_of(NOW.date(), settings, NOW), settings, NOW)
        cleo = people.get(session, world.ids["cleo"])
        told = replace(found.promises, told=Share(1, 1))
        said = words(reports.letter_card(replace(found, promises=told, begun=Share(1, 1)), settings, cleo))
        several = words(reports.letter_card(replace(found, promises=replace(told, told=Share(0, 2))), settings, cleo))
    assert "1 of 1 customer has been informed." in said
    assert "1 of 1 executive met a customer" in said
    assert "0 of 2 customers have been informed." in several


def test_what_is_withheld_shows_nothing_of_it() -> None:
    """To whom it isn't theirs any more."""
    assert not reports.letter_withheld().buttons
    assert "wait" not in words(reports.letter_withheld()).lower().replace("await", "")
