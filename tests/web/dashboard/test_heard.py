"""What customers said, on the dashboard: who reads it, what stands beside it, and what it costs."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

from sqlmodel import select

from bot.domain.engagements import customers, engagements
from bot.domain.engagements.customers import Customer
from bot.domain.engagements.engagements import Draft, Kind
from bot.domain.people import people
from bot.domain.plans import roadmap
from bot.domain.plans.roadmap import Plan
from bot.domain.promises import promises
from bot.domain.promises.promises import Promise
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.updates import UpdateDraft, Wording
from tests.conftest import NOW, World
from tests.statements import statements
from tests.web.dashboard.conftest import Visitor


def _customer(world: World) -> int:
    with world.database.session() as session:
        return session.exec(select(Customer).order_by(Customer.name)).all()[0].key


def log(world: World, who: str, customer: int, heard: str, days: int = 1, surprised: str = "", follow_up: str = "") -> None:
    """Somebody logs a visit to a customer, so many days ago."""
    with world.database.session() as session:
        person, met = people.get(session, world.ids[who]), customers.get(session, customer)
        day = person.today(NOW) - timedelta(days=days)
        draft = Draft(Kind.VISIT, day, heard, (person,), met, ("Ola",), surprised=surprised, follow_up=follow_up)
        engagements.log(session, draft, person, world.application.settings, NOW)


def story(world: World) -> int:
    """A customer at whom something was heard, promised, done, told, and of which staff were told; its id."""
    customer = _customer(world)
    log(world, "ada", customer, "Onboarding takes six weeks", 9, surprised="They count it in shifts", follow_up="Ask again in May")
    with world.database.session() as session:
        ada, emil = (people.get(session, world.ids[one]) for one in ("ada", "emil"))
        made = NOW - timedelta(days=8)
        plan = Plan("Onboarding in a week", world.application.settings.journey[0].key)
        item = roadmap.add(session, plan, ada, world.application.settings, made)
        pledge = Promise("Send the plan", date(2026, 12, 11), emil, ada, customer=customers.get(session, customer))
        promises.promise(session, pledge, ada, made).item_id = item.key
        update = updates.write(session, UpdateDraft(Wording("en", "A week is enough", "One.", "Use it."), ada, item=item), ada, NOW)
        broadcasts.new(session, update).start(1, world.application.settings, NOW)
    return customer


async def test_a_customers_page_tells_their_story(visitor: Visitor) -> None:
    """What was heard and surprised, what was promised, what staff were told, the newest first; and what comes next, by whom."""
    key = story(visitor.world)
    await visitor.sign_in("cleo")
    status, page = await visitor.get(f"/dashboard/customers/{key}")
    assert status == 200
    parts = ["Next step", "Send the plan", "What happened", "A week is enough", "Send the plan", "Onboarding takes six weeks"]
    assert re.findall("|".join(dict.fromkeys(parts)), page) == parts
    assert "They count it in shifts" in page
    assert "with Ola" in page


async def test_a_customers_page_shows_what_chat_shows(visitor: Visitor) -> None:
    """Any executive reads what was heard; a commitment and its update are its own people's; nobody else gets in, and no id tells more."""
    key = story(visitor.world)
    await visitor.sign_in("bruno")
    _, page = await visitor.get(f"/dashboard/customers/{key}")
    assert "Onboarding takes six weeks" in page
    assert "Send the plan" not in page
    assert "A week is enough" not in page
    for other in ("999999", "99999999999", "0"):
        assert (await visitor.get(f"/dashboard/customers/{other}"))[0] == 404
    visitor.client.session.cookie_jar.clear()
    assert (await visitor.get(f"/dashboard/customers/{key}"))[0] == 401


async def test_the_overview_opens_with_what_was_heard(visitor: Visitor) -> None:
    """Of everybody for the CX office, of their own for others; six figures follow, and the rest is folded."""
    key = _customer(visitor.world)
    for number, who in enumerate(("ada", "ada", "ada", "bruno")):
        log(visitor.world, who, key, f"Heard {number} by {who}", 4 - number)
    await visitor.sign_in("cleo")
    _, page = await visitor.get("/dashboard/")
    assert re.findall(r"Heard \d by \w+|At a glance|tile-name|<details class=.more|Every figure", page) == [
        "Heard 3 by bruno",
        "Heard 2 by ada",
        "Heard 1 by ada",
        "At a glance",
        *["tile-name"] * 6,
        '<details class="more',
        "Every figure",
        "Every figure",  # in the foot of each page
    ]
    assert f"/dashboard/customers/{key}" in page
    await visitor.sign_in("bruno")
    _, page = await visitor.get("/dashboard/")
    assert set(re.findall(r"by \w+</blockquote>", page)) == {"by bruno</blockquote>"}


async def test_an_executives_page_lists_their_engagements(visitor: Visitor) -> None:
    """For themselves, their delegate and the CX office; page by page."""
    key = _customer(visitor.world)
    for number in range(52):
        log(visitor.world, "ada", key, f"Heard {number} there", 52 - number)
    for who in ("ada", "dele", "cleo"):
        await visitor.sign_in(who)
        _, page = await visitor.get(f"/dashboard/executives/{visitor.world.ids['ada']}")
        assert page.count("</blockquote>") == 50
        assert "Heard 51 there" in page
        _, rest = await visitor.get(f"/dashboard/executives/{visitor.world.ids['ada']}?from_row=50")
        assert re.findall(r"Heard \d+ there", rest) == ["Heard 1 there", "Heard 0 there"]
    await visitor.sign_in("bruno")
    assert (await visitor.get(f"/dashboard/executives/{visitor.world.ids['ada']}"))[0] == 403


async def test_a_page_is_exported_as_it_is_seen(visitor: Visitor) -> None:
    """Every page's rows as CSV, all of them; what a spreadsheet would run is only text; refused like the page itself."""
    key = _customer(visitor.world)
    for number in range(51):
        log(visitor.world, "ada", key, f"=cmd {number}", 60 - number)
    await visitor.sign_in("ada")
    own = f"executives/{visitor.world.ids['ada']}"
    for page in ("", "executives", "customers", "coverage", "commitments", "updates", "journey", own, f"customers/{key}"):
        answer = await visitor.client.get(f"/dashboard/{page}?export=csv")
        assert (answer.status, answer.content_type) == (200, "text/csv"), page
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="outside-in-')
        rows = list(csv.reader(io.StringIO((await answer.text()).removeprefix("\ufeff"))))
        assert {len(row) for row in rows} == {len(rows[0])}, page
    assert len(rows) == 52
    assert all(row[4].startswith("'=") for row in rows[1:])
    for path, status in ((f"executives/{visitor.world.ids['bruno']}", 403), ("customers/999999", 404), ("nothing", 404)):
        assert (await visitor.get(f"/dashboard/{path}?export=csv"))[0] == status


async def test_a_page_costs_the_same_however_much_is_on_it(visitor: Visitor) -> None:
    """Counted in statements: what was heard by one person once, or by three and often; one commitment, or many."""
    world, key = visitor.world, story(visitor.world)
    await visitor.sign_in("cleo")
    paths = ("", f"customers/{key}", f"executives/{world.ids['ada']}", "customers")

    async def cost(path: str) -> int:
        with statements(world.database) as sent:
            assert (await visitor.get(f"/dashboard/{path}"))[0] == 200
        return len(sent)

    few = [await cost(path) for path in paths]
    for number in range(12):
        log(world, ("ada", "bruno", "aroha")[number % 3], key, f"Heard {number}", number + 1)
    with world.database.session() as session:
        everyone = [people.get(session, world.ids[one]) for one in ("ada", "emil", "bruno", "dele")]
        for number in range(12):
            owner = everyone[number % 4]
            pledge = Promise(f"One {number}", date(2026, 12, 11), owner, everyone[0], customer=customers.get(session, key))
            promises.promise(session, pledge, everyone[0], NOW)
            session.add(Customer.named(f"Customer {number}", segment="aim", owner_id=owner.key))
    for path, before in zip(paths, few, strict=True):
        assert await cost(path) <= before, path


async def test_a_commitment_that_was_withdrawn_says_so(visitor: Visitor) -> None:
    """It isn't the next step, and doesn't look as if it were still to come."""
    key = story(visitor.world)
    with visitor.world.database.session() as session:
        one = promises.at_customer(session, customers.get(session, key))[0]
        one.give_up("They closed the site", people.get(session, visitor.world.ids["ada"]), NOW)
    await visitor.sign_in("cleo")
    _, page = await visitor.get(f"/dashboard/customers/{key}")
    assert re.findall("Next step|Ask again in May|Withdrawn|They closed the site", page)[:4] == [
        "Next step",
        "Ask again in May",
        "Withdrawn",
        "They closed the site",
    ]
