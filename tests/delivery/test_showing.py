"""People's own pages kept up: for those who look at them, soon, once for several changes, and whatever the platform does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import procrastinate
import pytest
import sqlalchemy as sa
import structlog

from bot.cards import Card
from bot.delivery.senders import Destination, Refused, RetryLater, Uncertain, Unreachable
from bot.delivery.tasks import show_home
from bot.domain.engagements import prompts
from bot.domain.people import people
from bot.domain.people.people import Account, Platform, Role
from bot.measures.reasons import why_ask
from tests.conftest import NOW, Outbox, World, button, words
from tests.delivery.conftest import Company
from tests.handlers.test_commitments import made
from tests.handlers.test_engagements import log

_WAITING = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%show_home' AND status = 'todo'")

_TAKE = sa.text(
    "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE task_name LIKE '%show_home')"
)


@dataclass
class Pages(Outbox):
    """A platform with a page of everyone's own: what each shows, and how often it was changed."""

    platform: Platform = Platform.SLACK
    shown: list[tuple[str, Card]] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    async def show_home(self, to: Destination, card: Card) -> None:
        """Show it, unless a fault is set."""
        if self.faults:
            raise self.faults.pop(0)
        self.shown.append((to.user_id, card))

    def of(self, who: str) -> list[Card]:
        """Somebody's page as it was over time."""
        return [card for user, card in self.shown if user == f"U-{who}"]


@pytest.fixture
def pages(company: Company) -> Pages:
    """Slack, with pages; nobody has opened theirs."""
    found = Pages()
    company.world.application.senders[Platform.SLACK] = found
    return found


def looks(company: Company, *names: str, ago: timedelta = timedelta(0)) -> None:
    """Somebody opened their page so long ago."""
    with company.world.database.session() as session:
        for name in names:
            person = people.get(session, company.world.ids[name])
            person.accounts[0].home_opened_at = NOW - ago


def kept_up(company: Company, name: str) -> bool:
    """Whether somebody's page is kept up."""
    with company.world.database.session() as session:
        return people.get(session, company.world.ids[name]).accounts[0].home_opened_at is not None


def waiting(company: Company) -> int:
    """How many jobs wait to show a page."""
    with company.world.database.engine.connect() as connection:
        return int(connection.execute(_WAITING).scalar_one())


@contextmanager
def logged() -> Iterator[list[Any]]:
    """What is logged of pages meanwhile."""
    with structlog.testing.capture_logs() as found:
        kept: list[Any] = []
        yield kept
    kept += [one for one in found if one["event"].startswith("home")]


async def test_a_change_is_shown_to_those_concerned_who_look(company: Company, pages: Pages) -> None:
    """A promise shows on the page of who made it, who keeps it, their delegate and the CX office; on nobody else's."""
    looks(company, "ada", "bruno", "emil", "dele", "cleo")
    made(company.world)
    assert pages.shown == []
    await company.later(seconds=4)
    assert {user for user, _ in pages.shown} == {"U-ada", "U-emil", "U-dele", "U-cleo"}
    assert all("outage report" in words(pages.of(who)[-1]) for who in ("ada", "emil", "dele"))


async def test_who_never_opened_it_or_long_ago_costs_nothing(company: Company, pages: Pages) -> None:
    """No job at all; thirty days are still kept up."""
    looks(company, "emil", ago=timedelta(days=31))
    looks(company, "dele", ago=timedelta(days=29))
    made(company.world)
    assert waiting(company) == 1
    await company.later(seconds=4)
    assert {user for user, _ in pages.shown} == {"U-dele"}


async def test_many_changes_are_one_showing(company: Company, pages: Pages) -> None:
    """Twenty promises within a moment: one call, with all twenty on it, and no job left."""
    looks(company, "ada")
    for number in range(20):
        made(company.world, f"/commit @Emil to do thing {number} for Globex by next Friday")
    assert waiting(company) == 20
    await company.later(seconds=4)
    assert len(pages.of("ada")) == 1
    assert "Your commitments: 20" in words(pages.of("ada")[0])
    assert waiting(company) == 0


async def test_a_change_while_a_page_is_shown_is_shown_after_it(company: Company, pages: Pages) -> None:
    """What was committed too late for one showing has a job of its own."""
    looks(company, "ada")
    made(company.world)
    await company.later(seconds=4)
    log(company.world, "ada", "Globex: they wait for us")
    await company.later(seconds=4)
    assert len(pages.of("ada")) == 2
    assert "1 of 2 visits" in pages.of("ada")[1].summary


async def test_prompts_engagements_questions_and_broadcasts_are_noticed(company: Company, pages: Pages) -> None:
    """Asked, answered, deleted again; and, for the CX office, what waits for approval."""
    looks(company, "ada", "cleo")
    world = company.world
    with world.database.session() as session:
        prompt = prompts.ask(session, people.get(session, world.ids["ada"]), world.application.settings, world.clock(), why_ask)
        assert prompt is not None
        assert prompt.wakes_at is not None
        prompt.wake(session, world.application.settings, prompt.wakes_at, why_ask)
    await company.later(seconds=4)
    assert "which customers have you spoken with" in words(pages.of("ada")[-1])
    card = log(world, "ada", "Globex: they wait for us")
    await company.later(seconds=4)
    assert "which customers have you spoken with" not in words(pages.of("ada")[-1])
    assert "1: 1 visit" in words(pages.of("cleo")[-1])
    world.press(button(card, "Delete"), "ada")
    await company.later(seconds=4)
    assert "0 of 2 visits" in words(pages.of("ada")[-1])


async def test_a_refusal_changes_no_page(company: Company, pages: Pages) -> None:
    """What rolls back leaves no job: a promise with mistakes, a read-only command."""
    looks(company, "ada", "cleo")
    company.world.fill(company.world.say("/commit", "ada"), "ada", what="x" * 3001)
    company.world.say("/participation", "ada")
    assert waiting(company) == 0


async def test_who_leaves_has_their_page_emptied(company: Company, pages: Pages) -> None:
    """Nothing of the company stays on it; who loses a role loses that part."""
    looks(company, "ada", "cleo")
    world = company.world
    made(world)
    with world.database.session() as session:
        ada, cleo = (people.get(session, world.ids[name]) for name in ("ada", "cleo"))
        ada.active = False
        cleo.roles = [Role.EMPLOYEE.value]
    await company.later(seconds=4)
    assert pages.of("ada")[-1].title == "I don't know you yet"
    assert "outage" not in words(pages.of("ada")[-1])
    assert "Met a customer" not in words(pages.of("cleo")[-1])


async def test_a_delegate_no_more_sees_it_no_more(company: Company, pages: Pages) -> None:
    """Their page is shown anew, without the executive's part."""
    looks(company, "dele")
    world = company.world
    with world.database.session() as session:
        ada = people.get(session, world.ids["ada"])
        ada.delegates.clear()
    await company.later(seconds=4)
    assert "Ada" not in words(pages.of("dele")[-1])


async def test_a_pause_the_platform_asks_for_is_kept_and_the_newest_shown(company: Company, pages: Pages) -> None:
    """429: nothing is called for as long as it says, and then the page is as it is by then. Said once in the log."""
    looks(company, "ada")
    made(company.world)
    pages.faults = [RetryLater(0.2, "ratelimited")]
    with logged() as told:
        await company.later(seconds=4)
        assert (pages.shown, waiting(company)) == ([], 1)
        log(company.world, "ada", "Globex: they wait for us")
        await company.later(seconds=4)
    assert [card.summary for card in pages.of("ada")] == ["You: 1 of 2 visits and 0 of 4 calls this quarter, 36 days left"]
    assert [(one["event"], one["after"]) for one in told] == [("home postponed", 0.2)]
    assert waiting(company) == 0


async def test_a_platform_that_fails_is_tried_a_few_times(company: Company, pages: Pages) -> None:
    """500 five times, then well; said once. For ever: given up, with a word, and no job left behind."""
    looks(company, "ada")
    made(company.world)
    pages.faults = [RetryLater(None, "HTTP 500")] * 5
    with logged() as told:
        for _ in range(6):
            await company.later(seconds=61)
    assert len(pages.of("ada")) == 1
    assert [one["event"] for one in told] == ["home postponed"]
    log(company.world, "ada", "Globex: they wait for us")
    pages.faults = [RetryLater(None, "HTTP 500")] * 99
    with logged() as told:
        for _ in range(8):
            await company.later(seconds=61)
    assert [one["event"] for one in told] == ["home postponed", "home not shown"]
    assert waiting(company) == 0
    assert kept_up(company, "ada")


async def test_no_seconds_at_all_are_no_time_to_come_again_at(company: Company, pages: Pages) -> None:
    """A Retry-After of 0 for ever: tried as often as where none is given, then given up."""
    looks(company, "ada")
    made(company.world)
    pages.faults = [RetryLater(0, "ratelimited")] * 20
    with logged() as told:
        for _ in range(8):
            await company.later(seconds=61)
    assert [one["event"] for one in told] == ["home postponed", "home not shown"]
    assert len(pages.faults) == 20 - 6
    assert waiting(company) == 0


@pytest.mark.parametrize("fault", [Unreachable("refused", "not_enabled"), Refused("token_revoked"), Uncertain("?")])
async def test_a_page_that_cant_be_shown_is_told_once(company: Company, pages: Pages, fault: Exception) -> None:
    """Where the Home tab is switched off, or the bot refused: one line in the log, and it isn't tried again until it is opened."""
    looks(company, "ada")
    made(company.world)
    pages.faults = [fault] * 9
    with logged() as told:
        await company.later(seconds=4)
        log(company.world, "ada", "Globex: they wait for us")
        await company.later(seconds=90)
    assert [one["event"] for one in told] == ["home not shown"]
    assert not kept_up(company, "ada")
    assert waiting(company) == 0


async def test_killed_while_showing(company: Company, pages: Pages) -> None:
    """The worker dies at the call, with three changes waiting: the jobs it was to do are there, and another shows the page."""
    looks(company, "ada")
    for number in range(3):
        made(company.world, f"/commit @Emil to do thing {number} for Globex by next Friday")
    pages.faults = [KeyboardInterrupt("kill -9")]
    context = await _begun(company)
    account = next(one for one in company.world.person("ada").accounts if one.platform == Platform.SLACK)
    assert account.id is not None
    with pytest.raises(KeyboardInterrupt):
        await show_home.func(context, account.id)
    assert waiting(company) == 2
    for job in await company.worker.job_manager.list_jobs_async(status="doing"):
        await company.worker.job_manager.retry_job(job)  # what a living worker does for a dead one
    await company.later(seconds=4)
    assert len(pages.of("ada")) == 1
    assert "Your commitments: 3" in words(pages.of("ada")[-1])
    assert waiting(company) == 0


async def _begun(company: Company) -> procrastinate.JobContext:
    """The first job to show a page, as a worker that has just taken it sees it."""
    with company.world.database.engine.begin() as connection:
        connection.execute(_TAKE)
    (job,) = await company.worker.job_manager.list_jobs_async(status="doing")
    worker_context = {"worker_context": company.worker_context}
    return procrastinate.JobContext(
        app=company.worker, job=job, start_timestamp=0, additional_context=worker_context, abort_reason=lambda: None
    )


async def test_a_platform_without_pages_is_left_alone(company: Company) -> None:
    """A sender that knows no pages: the job ends, nothing is raised."""
    looks(company, "ada")
    made(company.world)
    with logged() as told:
        await company.later(seconds=4)
    assert (told, waiting(company)) == ([], 0)


def test_opening_is_remembered_with_the_account(world: World) -> None:
    """Somebody known by email alone is linked; a stranger and who has left are not kept up; it isn't in the audit trail's way."""
    world.application.dispatcher._home_opened(world.sender("ada", Platform.SLACK))
    world.application.dispatcher._home_opened(world.sender("mallory@elsewhere.example", Platform.SLACK))
    with world.database.session() as session:
        people.get(session, world.ids["bruno"]).active = False
    world.application.dispatcher._home_opened(world.sender("bruno", Platform.SLACK))
    with world.database.session() as session:
        found = session.scalars(sa.select(Account)).all()
        assert [(one.person_id, one.home_opened_at) for one in found] == [(world.ids["ada"], NOW)]
