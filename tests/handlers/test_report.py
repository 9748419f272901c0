"""/report: the week and the letter as they would go out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from bot.cards import Actions, ButtonStyle, Card, Facts, Heading, Quote, Text
from bot.domain.engagements.engagements import Engagement
from bot.domain.people.people import Absence, get
from bot.domain.plans.decisions import Decision
from bot.measures.letter import letter, month_of
from bot.measures.next_steps import next_steps
from bot.views.reports import letter_card
from tests.conftest import World, button, words
from tests.handlers.test_commitments import made
from tests.handlers.test_engagements import log


def headings(world: World, text: str = "/report letter 2026-11") -> list[str]:
    """The parts of a report."""
    card = world.say(text, "cleo")
    assert isinstance(card, Card), card
    return [block.text for block in card.blocks if isinstance(block, Heading)]


def quotes(world: World, text: str = "/report letter 2026-11") -> list[str]:
    """What it quotes."""
    card = world.say(text, "cleo")
    assert isinstance(card, Card), card
    return [block.text for block in card.blocks if isinstance(block, Quote)]


def test_an_empty_month_says_so_honestly(world: World) -> None:
    """A sentence, who met no customer, and what can be done."""
    card = world.say("/report letter 2026-11", "cleo")
    assert "Nothing was logged in November 2026" in words(card)
    assert headings(world) == ["How we are doing", "What you can do next"]
    assert "Ada Lovell, Aroha Ngata, Bruno Kraus" in words(card)


def test_the_letter_quotes_customers_and_what_surprised(world: World) -> None:
    """Verbatim, with who said it to whom; what surprised comes from others than those quoted already."""
    log(world, "ada", "Globex: the oldest one")
    for number in range(3):
        log(world, "bruno", f"Initech: they said {number}")
    assert len(quotes(world)) == 3
    assert "Initech, to Bruno Kraus" in words(world.say("/report letter 2026-11", "cleo"))
    assert "No customer contact yet: Aroha Ngata." in words(world.say("/report letter 2026-11", "cleo"))


def test_what_is_deleted_is_not_quoted(world: World) -> None:
    """Not a minute later."""
    card = log(world, "ada", "Globex: a slip of the tongue")
    assert "slip of the tongue" in str(quotes(world))
    world.press(button(card, "Delete"), "ada")
    assert "slip of the tongue" not in words(world.say("/report letter 2026-11", "cleo"))


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
    said = words(world.say("/report letter 2026-11", "cleo"))
    assert sum(f"Decided: Decision {number}" in said for number in range(5)) == 3
    assert "Decided besides: 2 more." in said


def test_whoever_is_away_is_not_named(world: World) -> None:
    """Nor who has left: said kindly, and only of those who could have."""
    with world.database.session() as session:
        day = world.clock().date()
        session.add(Absence(person_id=world.ids["aroha"], first=day.replace(day=1), last=day.replace(day=30)))
        get(session, world.ids["bruno"]).active = False
    assert "No customer contact yet: Ada Lovell." in words(world.say("/report letter 2026-11", "cleo"))


def test_a_long_note_is_cut_and_a_mention_is_inert(world: World) -> None:
    """3,001 characters of a customer's words are their beginning; what would ping everyone is text (as everywhere)."""
    log(world, "ada", "Globex: <!channel> " + "word " * 600)
    (quoted,) = quotes(world)
    assert quoted.endswith("…")
    assert len(quoted) < 300


def test_the_week_says_what_needs_attention(world: World) -> None:
    """A key customer nobody has ever seen, by name, with its button; and a week in which nothing waits says so."""
    card = world.say("/report", "cleo")
    assert isinstance(card, Card)
    assert card.title == "The week of 23 November"
    assert texts(card)[:2] == ["Key customers overdue: 1 of 1", "1. Acme Corp, never seen (Ada Lovell)"]
    assert world.press(button(card, "Open 1"), "cleo") == world.say("/customer Acme Corp", "cleo")
    log(world, "ada", "Acme Corp: at last")
    card = world.say("/report", "cleo")
    assert "All clear." in words(card)
    assert isinstance(card, Card)
    assert facts(card)[0] == ("Met a customer", "1 of 3 (33%) this quarter")


def texts(card: Card) -> list[str]:
    """Its lines without a label."""
    return [block.text for block in card.blocks if isinstance(block, Text)]


def facts(card: Card) -> list[tuple[str, str]]:
    """All lines with a label."""
    return [one for block in card.blocks if isinstance(block, Facts) for one in block.items]


def test_the_week_begins_with_what_is_late(world: World) -> None:
    """One line each, the longest late first, with a button for each line; how many there are stands above; the chart comes after."""
    for number in range(4):
        made(world, f"/commit @Emil to do thing {number} for Globex by {26 + number % 2} November")
    world.clock.forward(days=5)
    card = world.say("/report weekly", "cleo")
    assert isinstance(card, Card)
    assert [block.text for block in card.blocks[:2] if isinstance(block, Heading | Text)] == [
        "Needs attention",
        "Overdue commitments: 4",
    ]
    assert texts(card)[1] == "1. Globex, 4 days late: do thing 0 for Globex (Emil Novak)"
    assert texts(card)[-1] == "4. Acme Corp, never seen (Ada Lovell)"
    assert [one.label for one in card.buttons] == [
        *("Open 1", "Open 2", "Open 3", "Open 4"),
        *("See participation", "All commitments", "Open the dashboard"),
    ]
    assert card.buttons[0].style is ButtonStyle.PRIMARY
    assert sum(one.style is ButtonStyle.PRIMARY for one in card.buttons) == 1
    opened = world.press(card.buttons[0], "cleo")
    assert "Do thing 0" in words(opened)
    kinds = [block.kind for block in card.blocks]
    assert kinds.index("actions") < kinds.index("chart")
    assert card.summary.startswith("The week: 4 overdue commitments")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("", "The week of 23 November"),
        ("weekly", "The week of 23 November"),
        ("Weekly", "The week of 23 November"),
        ("week", "The week of 23 November"),
        ("this week", "The week of 23 November"),
        ("last week", "The week of 16 November"),
        ("weekly last", "The week of 16 November"),
        ("monthly", "Our customers in October 2026"),
        ("MONTHLY", "Our customers in October 2026"),
        ("letter", "Our customers in October 2026"),
        ("last month", "Our customers in October 2026"),
        ("this month", "Our customers in November 2026"),
        ("monthly 2026-09", "Our customers in September 2026"),
        ("letter  2026-09", "Our customers in September 2026"),
        ("2026-09", "Our customers in September 2026"),
        ("September", "Our customers in September 2026"),
        ("monthly sep", "Our customers in September 2026"),
        ("december", "Our customers in December 2025"),
        ("letter December 2024", "Our customers in December 2024"),
        ("the monthly letter", "Our customers in October 2026"),
        ("monthly last", "Our customers in October 2026"),
        ("monthly this month", "Our customers in November 2026"),
        ("May", "Our customers in May 2026"),
        ("weekly report", "The week of 23 November"),
        ("letter 2031-05", "Our customers in May 2031"),
        ("letter 1990-01", "Our customers in January 1990"),
        ("letter 2200-12", "Our customers in December 2200"),
    ],
)
def test_reports_by_the_words_people_use(world: World, typed: str, title: str) -> None:
    """The letter is about the month that ended, unless another is named."""
    card = world.say(f"/report {typed}", "cleo")
    assert isinstance(card, Card)
    assert card.title == title


def reading(world: World, who: str, month: str = "2026-11") -> Card:
    """The letter as its reader gets it."""
    settings, now = world.application.settings, world.clock()
    reports = settings.reports.model_copy(update={"letter_to": (f"{who}@firm.example",)})
    settings = settings.model_copy(update={"reports": reports})
    with world.database.session() as session:
        reader = get(session, world.ids[who])
        found = letter(session, month_of(date.fromisoformat(f"{month}-01"), settings, now), settings, now)
        return letter_card(found, settings, reader, next_steps(session, found, reader, settings, now))


def test_the_letter_leads_with_customers_words_and_ends_with_things_to_do(world: World) -> None:
    """In the notification too; two or three things, a button each, the last block of all."""
    log(world, "bruno", "Globex: They wait three days for an answer")
    card = reading(world, "ada")
    assert [block.kind for block in card.blocks[:2]] == ["heading", "quote"]
    assert card.summary.startswith("Globex: They wait three days for an answer · 1 engagement")
    buttons = card.blocks[-1]
    assert isinstance(buttons, Actions)
    assert [block.text[:2] for block in card.blocks[-4:-1] if isinstance(block, Text)] == ["1.", "2.", "3."]
    assert [one.label for one in buttons.buttons] == ["Open customer", "See participation", "Log a visit"]
    for one in buttons.buttons:
        answer = world.press(one, "ada")
        assert "isn't" not in words(answer), answer


def test_the_letter_never_names_its_reader_among_the_missing(world: World) -> None:
    """Nobody has met a customer: Ada reads of the others, Bruno of the others."""
    assert "No customer contact yet: Aroha Ngata, Bruno Kraus." in words(reading(world, "ada"))
    assert "No customer contact yet: Ada Lovell, Aroha Ngata." in words(reading(world, "bruno"))
    for who, name in (("ada", "Ada Lovell"), ("bruno", "Bruno Kraus")):
        text = words(reading(world, who))
        assert f"Ask {name}" not in text
        assert f"Ask Aroha Ngata, {name}" not in text


def test_the_letter_is_about_the_month_that_ended(world: World) -> None:
    """Who met a customer after it isn't named; what was heard after it isn't quoted; the quarter stands as at the month's end."""
    log(world, "bruno", "Globex: said later")
    card = reading(world, "ada", "2026-10")
    assert "said later" not in words(card)
    assert "0 of 3 executives met a customer in October. No customer contact yet: Aroha Ngata." in words(card)
    assert "1 of 3 executives met a customer from October to November." in words(reading(world, "ada"))


def test_what_can_be_done_is_the_readers_to_do(world: World) -> None:
    """An overdue commitment of theirs first, and a decision nobody was told of; another's commitment isn't theirs to open."""
    made(world, "/commit @Emil to call Globex by 26 November")
    with world.database.session() as session:
        session.add(
            Decision(
                title="Dates first", why="Why", stage="choose", decided_by_id=world.ids["ada"], decided_on=date(2026, 11, 20),
                recorded_by_id=world.ids["ada"], recorded_at=world.clock(),
            )
        )  # fmt: skip
    world.clock.forward(days=6)
    labels = [one.label for one in reading(world, "ada").buttons]
    assert labels == ["Open commitment", "Tell staff", "Open customer"]
    assert "Open commitment" not in [one.label for one in reading(world, "bruno").buttons]
    assert [one.label for one in reading(world, "cleo").buttons] == ["Open commitment", "Tell staff", "See participation"]
    with world.database.session() as session:
        for one in session.exec(select(Decision)):
            session.delete(one)
    assert len(reading(world, "cleo").buttons) in {2, 3}


def test_another_month_and_week(world: World) -> None:
    """October had nothing; last week began on the sixteenth."""
    log(world, "ada", "Globex today: said this month")
    assert quotes(world, "/report letter 2026-10") == []
    assert "The week of 16 November" in words(world.say("/report last week", "cleo"))


@pytest.mark.parametrize(
    "text",
    [
        "letter 2026-13",
        "letter 0000-01",
        "nonsense",
        "letter 2026",
        "letters",
        "monthly Sept 1",
        "Octoberfest",
        "weekly x",
        "x" * 3001,
    ],
)
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
    assert "No one is named in reports.letter_to" in words(world.say("/report letter 2026-11", "cleo"))
    with world.database.session() as session:
        assert session.exec(select(Engagement).order_by(col(Engagement.id))).first() is None
