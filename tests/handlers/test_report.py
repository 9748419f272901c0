"""/report: the week and the letter as they would go out."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.cards import Card, Facts, Heading, Quote
from bot.domain.engagements.engagements import Engagement
from bot.domain.people.people import Absence, get
from bot.domain.plans.decisions import Decision
from tests.conftest import World, button, words
from tests.handlers.test_engagements import log


def headings(world: World, text: str = "/report letter") -> list[str]:
    """The parts of a report."""
    card = world.say(text, "cleo")
    assert isinstance(card, Card), card
    return [block.text for block in card.blocks if isinstance(block, Heading)]


def quotes(world: World, text: str = "/report letter") -> list[str]:
    """What it quotes."""
    card = world.say(text, "cleo")
    assert isinstance(card, Card), card
    return [block.text for block in card.blocks if isinstance(block, Quote)]


def test_an_empty_month_says_so_honestly(world: World) -> None:
    """Two sentences, and who has not been out."""
    card = world.say("/report letter", "cleo")
    assert "Nothing was heard, promised or changed" in words(card)
    assert headings(world) == ["How we are doing"]
    assert "Ada Lovell, Aroha Ngata, Bruno Kraus" in words(card)


def test_the_letter_quotes_customers_and_what_surprised(world: World) -> None:
    """Verbatim, with who said it to whom; what surprised comes from others than those quoted already."""
    log(world, "ada", "Globex: the oldest one")
    for number in range(3):
        log(world, "bruno", f"Initech: they said {number}")
    assert len(quotes(world)) == 3
    assert "Initech, to Bruno Kraus" in words(world.say("/report letter", "cleo"))
    assert "Not out yet in their current period: Aroha Ngata." in words(world.say("/report letter", "cleo"))


def test_what_is_deleted_is_not_quoted(world: World) -> None:
    """Not a minute later."""
    card = log(world, "ada", "Globex: a slip of the tongue")
    assert "slip of the tongue" in str(quotes(world))
    world.press(button(card, "Delete"), "ada")
    assert "slip of the tongue" not in words(world.say("/report letter", "cleo"))


def test_of_many_decisions_three_are_named_and_the_rest_counted(world: World) -> None:
    """A letter of one screen that hides nothing."""
    with world.database.session() as session:
        for number in range(5):
            session.add(
                Decision(
                    title=f"Decision {number}",
                    why="Why",
                    stage="choose",
                    decided_by_id=world.ids["ada"],
                    decided_on=world.clock().date(),
                    recorded_by_id=world.ids["ada"],
                    recorded_at=world.clock(),
                )
            )
    said = words(world.say("/report letter", "cleo"))
    assert sum(f"Decided: Decision {number}" in said for number in range(5)) == 3
    assert "Decided besides: 2 more." in said


def test_whoever_is_away_is_not_named(world: World) -> None:
    """Nor who has left: said kindly, and only of those who could have."""
    with world.database.session() as session:
        day = world.clock().date()
        session.add(Absence(person_id=world.ids["aroha"], first=day.replace(day=1), last=day.replace(day=30)))
        get(session, world.ids["bruno"]).active = False
    assert "Not out yet in their current period: Ada Lovell." in words(world.say("/report letter", "cleo"))


def test_a_long_note_is_cut_and_a_mention_is_inert(world: World) -> None:
    """3,001 characters of a customer's words are their beginning; what would ping everyone is text (as everywhere)."""
    log(world, "ada", "Globex: <!channel> " + "word " * 600)
    (quoted,) = quotes(world)
    assert quoted.endswith("…")
    assert len(quoted) < 300


def test_the_week_says_what_needs_somebody(world: World) -> None:
    """A key customer nobody has ever seen, by name; and a week in which nothing waits says so."""
    card = world.say("/report", "cleo")
    assert isinstance(card, Card)
    assert card.title == "The week of 23 November"
    assert "Acme Corp (never seen)" in words(card)
    log(world, "ada", "Acme Corp: at last")
    card = world.say("/report", "cleo")
    assert "Nothing waits for anybody" in words(card)
    assert isinstance(card, Card)
    facts = next(block for block in card.blocks if isinstance(block, Facts))
    assert ("Met a customer", "1 of 3 (33%) this quarter") in facts.items


def test_another_month_and_week(world: World) -> None:
    """October had nothing; last week began on the sixteenth."""
    log(world, "ada", "Globex: in November")
    assert quotes(world, "/report letter 2026-10") == []
    assert "The week of 16 November" in words(world.say("/report last week", "cleo"))


@pytest.mark.parametrize("text", ["letter 2026-13", "letter 0000-01", "nonsense", "letter 2026", "x" * 3001])
def test_what_is_no_report_is_said(world: World, text: str) -> None:
    """With what to type."""
    assert "/report letter 2026-10" in words(world.say(f"/report {text}", "cleo"))


@pytest.mark.parametrize("actor", ["ada", "dele", "emil"])
def test_only_the_cx_office_looks_beforehand(world: World, actor: str) -> None:
    """Others are refused, and see nothing of it."""
    log(world, "bruno", "Globex: a secret")
    assert "a secret" not in words(world.say("/report letter", actor))


def test_a_letter_for_another_says_for_whom(world: World) -> None:
    """The tests' company names nobody: the CX office is told to pass it on."""
    assert "No one is named in reports.letter_to" in words(world.say("/report letter", "cleo"))
    with world.database.session() as session:
        assert session.exec(select(Engagement).order_by(col(Engagement.id))).first() is None
