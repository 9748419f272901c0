"""The whole product before Microsoft's own client, the Agents Playground, driven in headless Chromium as a person would.

What the Playground can't do (dialogs from a card's button, search while typing, deleting, signatures, throttling) the other tests of this
folder do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect, sync_playwright
from sqlmodel import Session

from bot.clock import utc_now
from bot.database import Database
from bot.delivery.broadcasts import lanes
from bot.delivery.queue import wake_later
from bot.domain.engagements import prompts
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.measures.reasons import why_ask
from bot.process.opening import open_database
from bot.settings import Settings, load
from tests.places import CLIENTS, ROOT
from tests.processes import free_port, new_database, running
from tests.test_browser import CHROMIUM, FLAGS, picture

PLAYGROUND = CLIENTS / ".bin" / "agentsplayground"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Microsoft's Playground needs Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        not PLAYGROUND.exists() or shutil.which("node") is None,
        reason="Microsoft's Playground needs Node and `npm ci --prefix tests/clients`",
    ),
]

ALEX = "alexw@example.com"
"""Whoever types in the Playground is he."""


@dataclass
class Stage:
    """The product and the Playground, both running: the Playground's address, and the product's database and settings."""

    address: str
    database: Database
    settings: Settings


@pytest.fixture(scope="module")
def stage(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A company that works round the clock, with Alex in it, on a database of its own."""
    folder = tmp_path_factory.mktemp("playground")
    url = new_database(database_url, "playground")
    config = folder / "app.yaml"
    config.write_text((ROOT / "tests" / "company.yaml").read_text(encoding="utf-8") + _ROUND_THE_CLOCK, encoding="utf-8")
    (folder / "people.csv").write_text(
        f"email,name,roles,zone\n{ALEX},Alex Wilber,executive cx_office,Europe/London\n", encoding="utf-8"
    )
    (folder / "customers.csv").write_text(f"name,segment,tier,owner\nAcme Corp,fleets,key,{ALEX}\n", encoding="utf-8")
    bot_port, port = free_port(), free_port()
    environ = {**os.environ, "DATABASE_URL": url, "PORT": str(bot_port), "OUTSIDE_IN_CONFIG": str(config)}
    for what in ("people", "customers"):
        subprocess.run(
            [sys.executable, "-m", "bot", "import", what, str(folder / f"{what}.csv")], cwd=ROOT, env=environ, check=True
        )
    product = [sys.executable, "-m", "bot", "run"]
    messages = f"http://127.0.0.1:{bot_port}/api/messages"
    client = [str(PLAYGROUND), "-e", messages, "-c", "msteams", "--disable-telemetry", "-p", str(port)]
    database = open_database(url, utc_now)
    with (
        running(product, f"http://127.0.0.1:{bot_port}/readyz", folder / "bot.log", ROOT, environ),
        running(client, f"http://127.0.0.1:{port}/", folder / "playground.log", folder, ours=False),
    ):
        yield Stage(f"http://127.0.0.1:{port}/", database, load(config))
    database.close()


_ROUND_THE_CLOCK = """
platforms:
  teams: {playground: true}
working_time: {days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-23:59"}
updates: {hours: "00:00-23:59"}
"""


@pytest.fixture(scope="module")
def teams(stage: Stage) -> Iterator[Page]:
    """The Playground, open in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.set_default_timeout(20_000)
        page.goto(stage.address)
        expect(card(page, "keep us close to customers")).to_be_visible(timeout=30_000)
        yield page
        browser.close()


def card(page: Page, text: str) -> Locator:
    """The newest card that says so."""
    return page.locator(".ac-adaptiveCard", has_text=text).last


def say(page: Page, text: str) -> None:
    """Type a message."""
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def alex(session: Session) -> Person:
    """Alex, whom the bot has met by now."""
    found = people.by_email(session, ALEX)
    assert found is not None
    return found


def test_a_visit_is_logged_from_the_card(teams: Page) -> None:
    """Typed, filled in further, saved by Action.Execute; the card is replaced by its confirmation."""
    say(teams, "logvisit Acme yesterday: the trucks stand still on Mondays")
    form = card(teams, "Log a visit")
    expect(form.get_by_label("What you heard")).to_have_value("the trucks stand still on Mondays")
    form.get_by_label("What surprised you").fill("They laughed about it.")
    picture(teams, "playground-form")
    form.get_by_role("button", name="Save").click()
    done = card(teams, "Logged: visit with Acme Corp")
    expect(done).to_contain_text("They laughed about it.")
    picture(teams, "playground-logged")


def test_a_mistake_stays_in_the_card(teams: Page) -> None:
    """What was typed is still there, with what is wrong at its field."""
    say(teams, "logcall Acme 1 January 2020: long ago")
    form = card(teams, "Log a call")
    form.get_by_role("button", name="Save").click()
    wrong = card(teams, "Check the year")
    expect(wrong.get_by_label("What you heard")).to_have_value("long ago")


def test_teams_draws_the_chart_itself(teams: Page) -> None:
    """Native chart elements, not their words."""
    say(teams, "participation Alex Wilber")
    shown = card(teams, "Met a customer")
    expect(shown.locator("svg").first).to_be_visible()
    expect(shown).to_contain_text("Pledges met")
    picture(teams, "playground-participation")


def test_a_prompt_arrives_and_is_answered(teams: Page, stage: Stage) -> None:
    """Asked by the worker of its own accord; Remind me tomorrow replaces the card."""
    with stage.database.session() as session:
        prompt = prompts.ask(session, alex(session), stage.settings, utc_now(), why_ask)
        assert prompt is not None
        wake_later(session, prompt)
    asked = card(teams, "which customers have you spoken with lately?")
    expect(asked).to_be_visible(timeout=30_000)
    picture(teams, "playground-prompt")
    asked.get_by_role("button", name="More options").click()
    teams.get_by_text("Remind me tomorrow").last.click()
    expect(card(teams, "I'll ask again on")).to_be_visible()


def test_an_update_arrives_and_is_got(teams: Page, stage: Stage) -> None:
    """Sent by the lane; Got it is shown on the card and counted."""
    with stage.database.session() as session:
        person, now = alex(session), utc_now()
        draft = UpdateDraft(Wording("en", "Night line", "One number at night.", "Give it to every customer."), person)
        update = updates.write(session, draft, person, now)
        broadcast = broadcasts.new(session, update)
        broadcast.aim(Audience(who=(f"person:{person.key}",)), person)
        broadcast.ask(person, 1, When.NOW, now)
        assert broadcast.go(stage.settings)
        lanes.schedule(session, broadcast)
        update_id = update.key
    arrived = card(teams, "One number at night.")
    expect(arrived).to_be_visible(timeout=30_000)
    picture(teams, "playground-update")
    arrived.get_by_role("button", name="Got it").click()
    expect(card(teams, "One number at night.")).to_contain_text("You said")
    with stage.database.session() as session:
        assert session.execute(sa.text("SELECT count(*) FROM receipts WHERE update_id = :id"), {"id": update_id}).scalar_one() == 1
