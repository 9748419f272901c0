"""/participation and /dashboard, through the real dispatcher."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.cards import Card, Chart, Facts, Link, Reply
from bot.domain.access.sign_ins import SignInLink
from bot.domain.people.people import Absence, Role
from tests.conftest import World, button, words
from tests.handlers.test_engagements import log


def chart(reply: Reply) -> Chart:
    """A card's picture."""
    assert isinstance(reply, Card), reply
    return next(block for block in reply.blocks if isinstance(block, Chart))


def facts(reply: Reply) -> dict[str, str]:
    """A card's lines."""
    assert isinstance(reply, Card), reply
    return dict(next(block for block in reply.blocks if isinstance(block, Facts)).items)


def test_an_executive_sees_one_picture_six_lines_and_one_suggestion(world: World) -> None:
    """Ada has been at Globex; nobody has ever been at Acme Corp, her key customer."""
    log(world, "ada", "Globex: they wait for us")
    card = world.say("/participation", "ada")
    assert chart(card).series[0].values[-1] == 1
    assert len(facts(card)) == 6
    assert facts(card)["Pledge"] == "1 of 2 visits and 0 of 4 calls this quarter, 36 days left"
    assert facts(card)["Met this quarter"] == "1 of 1 segments, 0 of 2 stages"
    assert facts(card)["Key customers"] == "Acme Corp (never)"
    assert "Suggested next visit: Acme Corp" in words(card)
    assert button(card, "Log a visit").args["customer"]


def test_a_delegate_sees_their_executives(world: World) -> None:
    """Dele types nothing and gets Ada's."""
    card = world.say("/participation", "dele")
    assert isinstance(card, Card)
    assert card.title == "Ada Lovell's participation"


@pytest.mark.parametrize("text", ["Bruno", "bruno@firm.example", "Service"])
def test_an_executive_sees_nobody_elses(world: World, text: str) -> None:
    """Neither a colleague nor a department: it says what one may see."""
    with world.database.session() as session:
        from bot.domain.people.people import get  # noqa: PLC0415

        get(session, world.ids["bruno"]).department = "Service"
    refused = world.say(f"/participation {text}", "ada")
    assert "you see your own and the company's totals" in words(refused)


def test_an_executive_sees_the_companys_totals_and_no_names(world: World) -> None:
    """How many have been out, not who."""
    card = world.say("/participation company", "ada")
    assert facts(card)["Met a customer"] == "0 of 3 (0%)"
    assert "Bruno" not in words(card)
    assert "No customer contact yet" not in words(card)


def test_an_employee_sees_nothing(world: World) -> None:
    """Refused, with whom to ask; neither command leads on."""
    for typed in ("/participation", "/participation company", "/dashboard"):
        reply = world.say(typed, "emil")
        assert "Pledge" not in words(reply)
        assert "/dashboard/enter" not in words(reply)


def test_the_cx_office_sees_the_company_and_who_has_not_been_out(world: World) -> None:
    """By name, but for whoever is away."""
    log(world, "ada", "Globex: they wait for us")
    with world.database.session() as session:
        day = world.clock().date()
        session.add(Absence(person_id=world.ids["aroha"], first=day, last=day.replace(day=30)))
    card = world.say("/participation", "cleo")
    assert isinstance(card, Card)
    assert card.title == "The company: October to December 2026, so far"
    assert facts(card)["Met a customer"] == "1 of 3 (33%)"
    assert facts(card)["Engagements"] == "1: 1 visit"
    assert "No customer contact yet: Bruno Kraus" in words(card)
    assert "Aroha" not in words(card)
    assert len(chart(card).labels) == 8


def test_the_cx_office_names_a_person_a_department_or_days(world: World) -> None:
    """In any order, with or without capitals."""
    log(world, "ada", "Globex: they wait for us")
    titles = {
        "ada": "Ada Lovell: October to December 2026, so far",
        "ada last quarter": "Ada Lovell: July to September 2026, in all",
        "last quarter company": "The company: July to September 2026, in all",
        "company 2026-11-01 to 2026-11-30": "The company: November 2026, so far",
        "2026-07-01..2026-08-15 ada": "Ada Lovell: 1 July 2026 to 15 August 2026, in all",
    }
    for text, title in titles.items():
        card = world.say(f"/participation {text}", "cleo")
        assert isinstance(card, Card)
        assert card.title == title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nobody of this name", "No executive or department is called"),
        ("2026-13-01 to 2026-12-31", "not two days of the calendar"),
        ("2026-12-31 to 2026-01-01", "Write the earlier day first"),
        ("1066-10-14 to 2026-01-01", "Write the earlier day first"),
        ("x" * 3001, "300 fit"),
        ("<!channel>", "No executive or department is called"),
    ],
)
def test_what_is_not_understood_is_said(world: World, text: str, said: str) -> None:
    """With what to write instead; never a fault."""
    assert said in words(world.say(f"/participation {text}", "cleo"))


def test_buttons_lead_back_and_on(world: World) -> None:
    """Last quarter, and from there this one."""
    card = world.say("/participation", "cleo")
    before = world.press(button(card, "Last quarter"), "cleo")
    assert "July to September 2026" in words(before)
    assert "October to December 2026" in words(world.press(button(before, "This quarter"), "cleo"))
    company = world.press(button(world.say("/participation", "ada"), "The company"), "ada")
    assert "Your participation" in words(world.press(button(company, "Mine"), "ada"))


def test_an_executive_who_pledged_nothing_isnt_measured_by_it(world: World) -> None:
    """The CX office's own list has no pledge for somebody who is no executive any more."""
    with world.database.session() as session:
        from bot.domain.people.people import get  # noqa: PLC0415

        get(session, world.ids["bruno"]).roles = [Role.EMPLOYEE.value]
    assert facts(world.say("/participation", "cleo"))["Met a customer"] == "0 of 2 (0%)"


def test_a_link_to_the_dashboard_is_personal_and_the_newest_alone_is_good(world: World) -> None:
    """A second one voids the first; the database holds no secret."""
    replies = [world.say("/dashboard", "ada") for _ in range(2)]
    links = [block.url for reply in replies if isinstance(reply, Card) for block in reply.blocks if isinstance(block, Link)]
    assert len(set(links)) == 2
    assert all(link.startswith("http://127.0.0.1:8080/dashboard/enter?key=") for link in links)
    with world.database.session() as session:
        kept = session.exec(select(SignInLink)).all()
    assert [one.person_id for one in kept] == [world.ids["ada"]]
    assert kept[0].token_hash not in links[1]
