"""One figure, one number: every figure there is, asked at each way in that shows it, beside a plain count of a made-up company."""

from __future__ import annotations

import asyncio
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

import bot.measures
from bot.cards import Card
from bot.database import Database
from bot.delivery.shown.homes import home_card
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.people.people import Person
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.receipts import Answer
from bot.measures import reasons, scope, standings
from bot.measures.definitions import EVERY
from bot.measures.letter import letter, month_of
from bot.measures.next_steps import next_steps
from bot.measures.scope import Share
from bot.measures.weekly import week_of, weekly
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.settings import Settings
from bot.settings.company import Pledge
from bot.spreadsheets.exporting import figures as sheets
from bot.spreadsheets.exporting import rows as tables
from bot.views.broadcasts import card as broadcast_card
from bot.views.reports import letter_card, weekly_card
from bot.web.api import Api
from bot.web.dashboard import Dashboard
from tests.conftest import _EMPTY, TestClock
from tests.conftest import World as Company
from tests.measures import doors
from tests.measures.doors import Said
from tests.measures.edges import BECAME, EDGES
from tests.measures.pages import on_pages
from tests.measures.plainly import Copy, Plainly
from tests.measures.registry import GIVES, SHOWN_AT
from tests.measures.telling import NOW, tell
from tests.measures.test_recount import company
from tests.measures.worlds import World, live, worlds
from tests.web.api.conftest import Reader
from tests.web.dashboard.conftest import Visitor

copies = st.tuples(
    st.one_of(st.none(), st.sampled_from(DeliveryState)), st.booleans(), st.one_of(st.none(), st.sampled_from(Answer))
)


@pytest.fixture(scope="module")
def store(migrated: str) -> Iterator[Database]:
    """A database on that Wednesday."""
    database = open_database(migrated, TestClock(NOW))
    yield database
    database.close()


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(world=EDGES, became=BECAME)
@given(world=worlds, became=st.tuples(copies, copies, copies, copies, copies, copies))
def test_every_way_in_gives_one_number(store: Database, settings: Settings, *, world: World, became: tuple[Copy, ...]) -> None:
    """Leavers, movers, guests, two tenants, two kinds of pledge, what was deleted, recalled or is in doubt: each figure has one number."""
    world = replace(world, met=tuple(one for one in world.met if one.day <= NOW.date()), ids={})
    with store.engine.begin() as connection:
        connection.execute(_EMPTY)
    live(store, world)
    own = company(settings, 1, "Europe/London")
    pledges = own.pledges.model_copy(update={"people": {**own.pledges.people, "ida@firm.example": Pledge(visits=0, calls=0)}})
    own = own.model_copy(update={"pledges": pledges})
    with store.session() as session:
        tell(session, world, became)
    windows = {
        "quarter": scope.quarter(own, NOW),
        "week": week_of(NOW.date(), own, NOW),
        "month": month_of(NOW.date(), own, NOW),
        "last quarter": scope.quarter(own, NOW, 1),
        "the one before": scope.quarter(own, NOW, 2),
    }
    plainly = Plainly(world, became, own, NOW, windows)
    asked = Company(build(own, store), TestClock(NOW), {"cleo": world.ids["cleo"][0]})
    said = list(everything(asked, world, own))
    wrong = [f"{door}: {one}" for door, it in said for one in plainly.differs(it.key, it.value, it.detail, it.days)]
    assert "\n".join(wrong) == ""
    shown = {(it.key, door) for door, it in said}
    assert {(key, door) for key, door in shown if door not in SHOWN_AT.get(key, "").split(", ")} == set(), (
        "shown where no one knew of it"
    )
    if world.met == EDGES.met:
        assert shown == {(key, door) for key, ways in SHOWN_AT.items() for door in ways.split(", ")}, "each way in was asked for it"


def test_every_figure_has_its_ways_in() -> None:
    """A new figure says here where it is shown, and `plainly` what it must be."""
    assert set(SHOWN_AT) == {one.key for one in EVERY}


def test_every_count_is_of_a_figure() -> None:
    """A function that counts something new names its figure here, and so its ways in; each figure is given by some function."""
    found = {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(bot.measures.__path__)
        for name, what in inspect.getmembers(import_module(f"bot.measures.{module.name}"), inspect.isfunction)
        if what.__module__ == f"bot.measures.{module.name}"
        and not name.startswith("_")
        and "session" in inspect.signature(what).parameters
    }
    assert found == set(GIVES)
    named = {one for words in GIVES.values() for one in words.split(", ")}
    assert {one.key for one in EVERY} - named == set()


def everything(asked: Company, world: World, own: Settings) -> Iterator[tuple[str, Said]]:
    """What every way in says, with its name."""
    for one in in_chat(asked, world):
        yield "chat", one
    with asked.database.session() as session:
        cleo = session.get_one(Person, world.ids["cleo"][0])
        for one in doors.home(home_card(session, cleo, own, NOW)):
            yield "home", one
        for one in doors.weekly(weekly_card(weekly(session, week_of(NOW.date(), own, NOW), own, NOW))):
            yield "week", one
        month = letter(session, month_of(NOW.date(), own, NOW), own, NOW)
        for one in doors.letter(letter_card(month, own, cleo, next_steps(session, month, cleo, own, NOW))):
            yield "letter", one
        for one in on_updates(session, cleo, own):
            yield "chat", one
        for one in in_prompts(session, world, own):
            yield "prompt", one
        for one in exported(session, own):
            yield "export", one
    pages, answers = asyncio.run(over_http(asked, world))
    for one in on_pages(pages, own):
        yield "dashboard", one
    for one in in_answers(answers):
        yield "api", one


def in_chat(asked: Company, world: World) -> Iterator[Said]:
    """The company's card, each executive's own, lists, a customer's card and what is shown of it to others."""
    yield from doors.company(card(asked, "/participation company", "cleo"))
    for who, spells in enumerate(world.spells):
        if spells[-1].active and spells[-1].executive:
            yield from doors.own(card(asked, "/participation", f"p{who}@firm.example"), f"Person {who}")
    listed = card(asked, "/engagements", "cleo")
    if head := re.search(r"(\d+ of \d+) executives have met a customer", listed.model_dump_json()):
        yield Said("pledges_begun", doors.share(head[1]))
    yield Said("engagements_listed", doors.number(r"1 to \d+ of (\d+)", listed.model_dump_json()))
    for name, text in doors.facts(listed).items():
        if name.startswith("Person") and " this " in text:
            yield from (Said(one.key, one.value, name) for one in doors.pledge(text))
    for number in range(3):
        name = f"Customer {number}"
        shown = card(asked, f"/customer {name}", "cleo")
        yield Said(
            "engagements_listed",
            doors.number(r"1 to \d+ of (\d+)", card(asked, f"/engagements {name}", "cleo").model_dump_json()),
            name,
        )
        yield Said("last_seen", days_ago(doors.facts(shown)["Last seen"]), name, "days")


def card(asked: Company, text: str, who: str) -> Card:
    """What is answered."""
    found = asked.say(text, who)
    assert isinstance(found, Card), found
    return found


def days_ago(text: str) -> int | None:
    """`3 days ago`, `yesterday`, `today`, or never."""
    return (
        None
        if text.startswith("Never")
        else {"today": 0, "yesterday": 1}.get(text)
        if " " not in text
        else int(text.split(maxsplit=1)[0])
    )


def on_updates(session: Session, cleo: Person, own: Settings) -> Iterator[Said]:
    """The cards of the three updates: sent, taken back, and still to be sent."""
    one, two, three = (broadcast_card(standings.of(session, session.get_one(Broadcast, key), own, NOW), cleo) for key in (1, 2, 3))
    yield from doors.update(one)
    yield from doors.recalled(two)
    yield Said("recipients", doors.number(r"^(\d+)", doors.facts(three)["People"]))


def in_prompts(session: Session, world: World, own: Settings) -> Iterator[Said]:
    """What a prompt would say of a pledge that isn't met, and of key customers."""
    for who, key in enumerate(world.ids["people"]):
        person = session.get_one(Person, key)
        for text in reasons.of_pledge(session, person, own, NOW.date()):
            yield from (Said(one.key, one.value, f"Person {who}") for one in doors.pledge(text))
        for text in reasons.of_customers(session, person, own, NOW.date()):
            found = re.fullmatch(r"(Customer \d) not seen (?:for (\d+) days|by any of us yet)", text)
            assert found, text
            yield Said("last_seen", int(found[2]) if found[2] else None, found[1], "days")


def exported(session: Session, own: Settings) -> Iterator[Said]:
    """The tables of figures, coverage and the trend, and of engagements and customers."""
    window = scope.quarter(own, NOW)
    for whose, _, _, key, _, detail, value, whole, _ in sheets.figures(session, own, window, NOW)[1]:
        if whose == scope.COMPANY.name:
            yield line(str(key), str(detail), value, whole, own)
    for segment, stage, *numbers in sheets.coverage(session, own, window, NOW)[1]:
        yield Said("coverage", tuple(numbers), f"{segment} {stage}")
    last = list(sheets.trend(session, own, window, NOW)[1])[-1]
    yield from points(*(int(str(one)) for one in last[2:]))
    yield Said("engagements_listed", len(list(tables.engagements(session)[1])))
    for row in tables.customers(session)[1]:
        yield Said("last_seen", row[7], str(row[1]), "day")


def line(key: str, detail: str, value: Any, whole: Any, own: Settings) -> Said:
    """A line of figures in an export or the API."""
    targets = {target.want: target.key for segment in own.segments for target in segment.targets}
    return Said(key, value if whole is None else Share(int(value), int(whole)), targets.get(detail, detail))


def points(met: int, pledges: int, first: int, last: int, due: int, told: int, to_tell: int) -> Iterator[Said]:
    """The running quarter in a trend."""
    yield Said("pledges_met", Share(met, pledges))
    yield Said("commitments_on_first_date", Share(first, due))
    yield Said("commitments_on_last_date", Share(last, due))
    yield Said("commitments_told", Share(told, to_tell))


async def over_http(asked: Company, world: World) -> tuple[dict[str, str], dict[str, Any]]:
    """The dashboard's pages, and the API's answers, by their addresses."""
    site = web.Application()
    Dashboard(asked.database, asked.application.settings).add_routes(site)
    Api(asked.database, asked.application.settings).add_routes(site)
    async with TestClient(TestServer(site), cookie_jar=CookieJar(unsafe=True)) as client:
        visitor, reader = Visitor(asked, client), Reader(asked, client)
        reader.token = reader.make()
        await visitor.sign_in("cleo")
        people = [f"executives/{key}" for key in world.ids["people"]]
        names = ("", "executives", "customers", "coverage", "commitments", "updates", "journey", *people)
        pages = {path: unescape((await visitor.get(f"/dashboard/{path}"))[1]) for path in names}
        answers = {name: (await reader.get(name))[1] for name in ("figures", "trend", "coverage", "engagements", "updates")}
    return pages, answers


def in_answers(answers: dict[str, Any]) -> Iterator[Said]:
    """The API's."""
    targets = {"They trust our dates": "trust", "They book online": "self_serve"}
    for one in answers["figures"]["figures"]:
        value = one["value"] if one["whole"] is None else Share(int(one["value"]), one["whole"])
        yield Said(one["key"], value, targets.get(one["detail"], one["detail"]))
    last = answers["trend"]["quarters"][-1]
    yield from points(*(number for key, number in last.items() if key != "window"))
    for one in answers["coverage"]["cells"]:
        yield Said("coverage", (one["engagements"], one["executives"]), f"{one['segment']} {one['stage']}")
    yield Said("engagements_listed", len(answers["engagements"]["rows"]))
    first = answers["updates"]["rows"][0]
    yield Said("updates_reached", Share(first["reached"], first["recipients"]), days="update")
    yield Said("updates_got_it", Share(first["got_it"], first["reached"]), days="update")
    yield Said("updates_cannot", first["cannot"], days="update")
