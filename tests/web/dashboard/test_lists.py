"""A list goes on exactly as long as there is something on its next page."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from bot.domain.engagements.customers import Customer
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.promises import promises
from bot.domain.promises.promises import Promise
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.web.dashboard import export
from tests.conftest import NOW, World
from tests.web.dashboard.conftest import Visitor

FIFTY = 50


def fill(world: World, page: str, number: int) -> None:
    """Have so many rows on a page in all, with those there are."""
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        for count in range(number):
            if page == "customers" and count < number - 4:  # four are there
                session.add(Customer.named(f"Customer {count}", segment="aim", owner_id=ada.key))
            elif page == "coverage" and count < number - 3:  # three executives are there
                session.add(Person.known(f"e{count}@firm.example", f"Executive {count}", "Europe/London", (Role.EXECUTIVE,)))
            elif page == "commitments":
                long_ago = NOW - timedelta(days=9)
                made = promises.promise(session, Promise(f"Promise {count}", date(2026, 11, 30), ada, ada), ada, long_ago)
                made.due = date(2026, 11, 20)


@pytest.mark.parametrize("page", ["customers", "coverage", "commitments"])
@pytest.mark.parametrize(("number", "goes_on"), [(FIFTY - 1, False), (FIFTY, False), (FIFTY + 1, True)])
async def test_more_is_offered_when_there_is_more(visitor: Visitor, page: str, number: int, goes_on: bool) -> None:
    """Fifty rows fit on a page: with exactly so many there is no next one; with one more there is, and that one is on it."""
    fill(visitor.world, page, number)
    await visitor.sign_in("cleo")
    _, shown = await visitor.get(f"/dashboard/{page}")
    assert (">More<" in shown) is goes_on
    assert shown.rpartition("<tbody>")[2].count("<tr>") == min(number, FIFTY)
    if goes_on:
        _, rest = await visitor.get(f"/dashboard/{page}?from_row={FIFTY}")
        assert ">More<" not in rest
        assert rest.rpartition("<tbody>")[2].count("<tr>") == 1


@pytest.mark.parametrize(
    ("page", "filled"), [("customers", "customers"), ("executives", "coverage"), ("commitments", "commitments")]
)
@pytest.mark.parametrize("more", [0, 1, 2])
async def test_a_file_holds_so_many_rows_and_says_that_there_are_more(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, page: str, filled: str, more: int
) -> None:
    """Exactly as many as a file may hold; its last line says that it is cut, and a whole one says nothing."""
    monkeypatch.setattr("bot.web.dashboard.look.EXPORTED", 6)
    fill(visitor.world, filled, 6 + more)
    await visitor.sign_in("cleo")
    _, text = await visitor.get(f"/dashboard/{page}?export=csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]
    assert len(rows) == 6 + bool(more)
    assert [row[0] for row in rows if row[0].startswith("Cut here")] == ([export.CUT.format(6)] if more else [])
    assert len({len(row) for row in rows}) == 1
    if more:
        assert rows[-1] == [export.CUT.format(6), *[""] * (len(rows[0]) - 1)]


async def test_a_recalled_update_says_so(visitor: Visitor) -> None:
    """What was taken back is marked in the list of what staff were told."""
    with visitor.world.database.session() as session:
        ada = people.get(session, visitor.world.ids["ada"])
        for title in ("Night line", "Day line"):
            update = updates.write(session, UpdateDraft(Wording("en", title, "One.", "Use it."), ada), ada, NOW)
            broadcasts.new(session, update).start(1, visitor.world.application.settings, NOW)
        update.recall(ada, NOW)
    await visitor.sign_in("cleo")
    _, shown = await visitor.get("/dashboard/updates")
    assert "Day line <small>recalled</small>" in shown
    assert "Night line</th>" in shown
