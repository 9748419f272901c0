"""One figure, one number: over companies that hypothesis makes up, each way in is asked for it, and a plain count beside them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.cards import Card, Facts
from bot.database import Database
from bot.delivery.shown.homes import home_card
from bot.domain.outbox.deliveries import Delivery, DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person, Platform, Role
from bot.domain.updates import broadcasts, receipts
from bot.domain.updates.broadcasts import Broadcast, BroadcastState
from bot.domain.updates.receipts import Answer
from bot.domain.updates.updates import UpdateDraft, Wording, write
from bot.measures import reasons, scope, standings
from bot.measures.letter import letter, month_of
from bot.measures.scope import Share
from bot.measures.weekly import week_of, weekly
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.settings import Settings
from bot.settings.company import Pledge
from bot.spreadsheets.exporting import figures as sheets
from bot.views.broadcasts import card as broadcast_card
from bot.views.reports import letter_card, weekly_card
from bot.web.api import Api
from bot.web.dashboard import Dashboard
from tests.conftest import _EMPTY, TestClock, words
from tests.conftest import World as Company
from tests.measures.naive import Counter
from tests.measures.test_recount import company
from tests.measures.worlds import World, live, worlds
from tests.web.api.conftest import Reader
from tests.web.dashboard.conftest import Visitor

NOW = datetime(2026, 6, 24, 12, tzinfo=UTC)
"""A Wednesday in the last of the weeks that things happen in."""

Copy = tuple[DeliveryState | None, bool, Answer | None]
"""What became of one person's copy (None: they have none), whether their digest arrived, and what they answered."""

copies = st.tuples(
    st.one_of(st.none(), st.sampled_from(DeliveryState)), st.booleans(), st.one_of(st.none(), st.sampled_from(Answer))
)


@pytest.fixture(scope="module")
def store(migrated: str) -> Iterator[Database]:
    """A database on that Wednesday."""
    database = open_database(migrated, TestClock(NOW))
    yield database
    database.close()


def tell(session: Session, world: World, became: tuple[Copy, ...]) -> None:
    """An update that went out this quarter, and the CX office that looks at the figures."""
    office = Person.known("cleo@firm.example", "Cleo", "Europe/London", [Role.CX_OFFICE])
    speaker = Person.known("ida@firm.example", "Ida", "Europe/London", [Role.EXECUTIVE])
    session.add_all([office, speaker])
    session.flush()
    world.ids["cleo"] = [office.key]
    update = write(session, UpdateDraft(Wording("en-GB", "Dates first", "We say dates.", "You may."), speaker), office, NOW)
    broadcast = broadcasts.new(session, update)
    broadcast.state, broadcast.started_at = BroadcastState.DONE, NOW - timedelta(days=9)
    for key, (state, arrived, answer) in zip(world.ids["people"], became, strict=True):
        if state is not None:
            sent_at = NOW if arrived and state == DeliveryState.DIGEST else None
            session.add(
                Delivery(
                    person_id=key, subject=Subject.UPDATE, subject_id=update.key, broadcast_id=broadcast.key, state=state,
                    platform=Platform.CONSOLE, queued_at=NOW - timedelta(days=9), sent_at=sent_at,
                )
            )  # fmt: skip
        if answer is not None:
            receipts.give(session, update, session.get_one(Person, key), answer, NOW, "no time")
    session.flush()


def reached(became: tuple[Copy, ...]) -> tuple[Share, int]:
    """Whom it reached of those it was meant for, and how many of them got it: a plain count."""
    whole = part = got_it = 0
    for state, arrived, answer in became:
        waits = state == DeliveryState.DIGEST and not arrived
        has_it = state in {DeliveryState.SENT, DeliveryState.RECALLED} or (state == DeliveryState.DIGEST and arrived)
        whole += state not in {None, DeliveryState.CANCELLED} and not waits
        part += has_it
        got_it += has_it and answer == Answer.GOT_IT
    return Share(part, whole), got_it


def facts(card: Card) -> dict[str, str]:
    """What a card says, by label."""
    return {label: value for block in card.blocks if isinstance(block, Facts) for label, value in block.items}


def number(pattern: str, text: str) -> int:
    """The number that a text names, or 0 where it says nothing of it."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds, became=st.tuples(copies, copies, copies, copies))
def test_every_way_in_gives_one_number(store: Database, settings: Settings, *, world: World, became: tuple[Copy, ...]) -> None:
    """Chat, dashboard, export, API, the week's report and the month's letter, the office's page, and the card of an update."""
    with store.engine.begin() as connection:
        connection.execute(_EMPTY)
    live(store, world)
    own = company(settings, 1, "Europe/London")
    pledges = own.pledges.model_copy(update={"people": {**own.pledges.people, "ida@firm.example": Pledge(visits=0, calls=0)}})
    own = own.model_copy(update={"pledges": pledges})
    with store.session() as session:
        tell(session, world, became)
    asked = Company(build(own, store), TestClock(NOW), {"cleo": world.ids["cleo"][0]})
    window = scope.quarter(own, NOW)
    counter = Counter(world, own, NOW, window.first, window.last)
    met, begun, whole = counter.pledges()
    late = counter.promises()[-1]
    have_it, got_it = reached(became)
    pages, rows, listed = asyncio.run(over_http(asked))

    chat = asked.say("/participation company", "cleo")
    assert isinstance(chat, Card)
    with store.session() as session:
        exported = {
            (one[3], one[5]): one[6:8] for one in sheets.figures(session, own, window, NOW)[1] if one[0] == scope.COMPANY.name
        }
        home = home_card(session, session.get_one(Person, world.ids["cleo"][0]), own, NOW)
        cleo = session.get_one(Person, world.ids["cleo"][0])
        week = weekly_card(weekly(session, week_of(NOW.date(), own, NOW), own, NOW))
        month = letter_card(letter(session, month_of(NOW.date(), own, NOW), own, NOW), own, cleo)
        broadcast = session.get_one(Broadcast, 1)
        update = broadcast_card(standings.of(session, broadcast, own, NOW), cleo)
        prompted = {key: reasons.of_pledge(session, session.get_one(Person, key), own, NOW.date()) for key in world.ids["people"]}

    shares = {"pledges_met": Share(met, whole), "pledges_begun": Share(begun, whole), "updates_reached": have_it}
    pairs = {key: (share.part, share.whole) for key, share in shares.items()}
    wanted = {**pairs, "commitments_late": (late, None), "updates_got_it": (got_it, have_it.part)}
    assert {key: exported[key, ""] for key in wanted} == wanted
    assert {key: rows[key] for key in wanted} == wanted
    assert all(share.words in pages[""] for share in shares.values())
    for label, share in (("Pledges met", shares["pledges_met"]), ("Have been out", shares["pledges_begun"])):
        assert facts(chat)[label] == facts(home)[label] == share.words
        assert facts(week)[label].startswith(share.words)
    assert number(r"Late promises: (\d+)", words(home)) == late
    assert number(r"^(\d+)", facts(week).get("Late", "")) == late
    assert number(r"(\d+) promises? (?:is|are) open past", words(month)) == late
    assert (listed["recipients"], listed["reached"], listed["got_it"]) == (have_it.whole, have_it.part, got_it)
    assert f'<td>{have_it.words}</td><td class="number">{got_it}</td>' in pages["updates"]
    assert facts(update).get("Got it", "").startswith(f"{got_it} of {have_it.part}" if have_it.part else "")
    assert ("Got it" in facts(update)) == bool(have_it.part)
    for who, key in enumerate(world.ids["people"]):
        assert prompted[key] == of_pledge(world, own, who)


def of_pledge(world: World, own: Settings, who: int) -> list[str]:
    """What a prompt says of somebody's pledge in the period that runs, counted plainly."""
    pledge, today = own.pledge_of(f"p{who}@firm.example"), NOW.date()
    months = {"month": 6, "quarter": 4, "year": 1}[str(pledge.period)]
    theirs = [one for one in world.met if who in one.who and not one.deleted and one.day.year == 2026]
    kinds = [one.kind.value for one in theirs if months <= one.day.month <= (12 if months == 1 else today.month)]
    done = {"call": kinds.count("call"), "visit": len(kinds) - kinds.count("call")}
    promised = {"visit": pledge.visits, "call": pledge.calls}
    if all(done[noun] >= of for noun, of in promised.items()):
        return []
    said = [f"{done[noun]} of {of} {noun}{'' if of == 1 else 's'}" for noun, of in promised.items() if of]
    return [f"{' and '.join(said)} this {pledge.period}"]


async def over_http(asked: Company) -> tuple[dict[str, str], dict[str, tuple[float | None, int | None]], dict[str, int]]:
    """The dashboard's pages, the API's figures, and the API's row of the update."""
    site = web.Application()
    Dashboard(asked.database, asked.application.settings).add_routes(site)
    Api(asked.database, asked.application.settings).add_routes(site)
    async with TestClient(TestServer(site), cookie_jar=CookieJar(unsafe=True)) as client:
        visitor, reader = Visitor(asked, client), Reader(asked, client)
        reader.token = reader.make()
        await visitor.sign_in("cleo")
        pages = {path: unescape((await visitor.get(f"/dashboard/{path}"))[1]) for path in ("", "updates")}
        _, figures = await reader.get("figures")
        _, updates = await reader.get("updates")
    rows = {one["key"]: (one["value"], one["whole"]) for one in figures["figures"] if not one["detail"]}
    return pages, rows, updates["rows"][0]
