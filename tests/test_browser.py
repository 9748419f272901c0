"""The whole product as a person uses it: `run` in a process of its own, headless Chromium in front of it.

With SCREENSHOTS=folder the pictures are kept there (`make screenshots`).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from bot.clock import utc_now
from bot.domain.people.working_time import public_holidays
from bot.domain.records import clock_offset
from bot.process.opening import open_database
from bot.schema import migrate
from tests.browsers import faults, needs_axe
from tests.places import ROOT
from tests.processes import free_port, new_database, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
STARTS = ("Ingrid, the chief executive", "Beatriz, the CX office", "Odessa, an employee")
INGRID = "ingrid.solberg@brightwater.example"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Outside In on an empty database, as `make run` starts it."""
    port = free_port()
    url = new_database(database_url, "browser")
    _begin_at_work(url)
    environ = {**os.environ, "DATABASE_URL": url, "PORT": str(port)}
    log = tmp_path_factory.mktemp("run") / "log"
    with running([sys.executable, "-m", "bot", "run"], f"http://127.0.0.1:{port}/readyz", log, ROOT, environ):
        yield f"http://127.0.0.1:{port}"


def _begin_at_work(url: str) -> None:
    """Set the console's clock to a forenoon on which people work, as they do a week and a day later: on no other would they be sent anything."""
    here = datetime.combine(utc_now().date(), time(10), UTC)
    days = (here + timedelta(days=ahead) for ahead in range(1, 60))
    begin = next(day for day in days if all(_at_work(day + timedelta(days=later)) for later in (0, 7, 8)))
    database = open_database(url, utc_now)
    migrate(database)
    with database.session() as session:
        clock_offset.save(session, begin - utc_now())
    database.close()


def _at_work(day: datetime) -> bool:
    return day.weekday() < 5 and not any(day.date() in public_holidays(country, day.year) for country in ("DK", "GB", "PT"))


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A page of a size people have, that keeps what the browser complains of."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1280, "height": 860}, base_url=address)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
        assert complaints == []


def picture(page: Page, name: str) -> None:
    """Keep what is seen, where SCREENSHOTS says so."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(400)
        page.screenshot(path=Path(folder) / f"{name}.png")


def say(page: Page, text: str) -> None:
    """Type a line and send it with Enter, once the page is live."""
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.locator("#say").fill(text)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")


def test_from_opening_the_page_to_a_saved_visit_and_the_prompt_on_thursday(page: Page) -> None:
    """Pick Ingrid, type a line, correct a mistake at its field, save, see it listed; move the clock, and she is asked."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Who would you like to be?")).to_be_visible()
    expect(page.get_by_text("Sample data").first).to_be_visible()
    expect(page.locator(".starts .person-name")).to_have_text([re.compile(who) for who in STARTS])
    picture(page, "people")
    page.get_by_role("link", name="Ingrid, the chief executive").click()
    expect(page.locator("#say")).to_have_value(re.compile("^/logvisit Hvidelund"))
    say(page, "/logvisit Three Otters yesterday with their head brewer: the water changed in spring and nobody told us")
    form = page.locator("form.form").last
    expect(form).to_be_visible()
    form.get_by_label("What surprised you").fill("They tasted it before our sensors saw it.")
    picture(page, "form")
    form.get_by_label("When").fill("2020-01-01")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".field.has-error .error")).to_contain_text("Check the year")
    form = page.locator("form.form").last
    expect(form.get_by_label("What surprised you")).to_have_value("They tasted it before our sensors saw it.")
    form.get_by_label("When").fill(page.evaluate("new Date(Date.now() - 864e5).toISOString().slice(0, 10)"))
    form.get_by_role("button", name="Save").click()
    confirmation = page.locator(".card", has_text="Logged: visit with").last
    expect(confirmation).to_be_visible()
    expect(confirmation).to_contain_text("They tasted it before our sensors saw it.")
    picture(page, "console")
    page.locator("[data-look]").last.click()
    expect(page.locator(".look").last).to_contain_text("blocks")
    picture(page, "json")
    say(page, "/engagements")
    expect(page.locator(".card", has_text="Your engagements").last).to_contain_text("nobody told us")


_SCROLL = """(look, said) => {
  const box = [look, ...look.querySelectorAll("*")].find(one => one.scrollHeight > one.clientHeight + 40 && one.innerText.includes(said));
  const lines = box ? box.innerText.split("\\n") : [];
  if (box) box.scrollTop = box.scrollHeight * lines.findIndex(one => one.includes(said)) / lines.length - 150;
}"""
"""Brings a line of what a platform gets into sight."""


def test_a_question_stands_beside_its_field(page: Page) -> None:
    """A visit told in plain words fills the form; the day that can't be told is empty, with the question; a phone shows all of it."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/?as={INGRID}")
    say(page, "saw Three Otters last week with their head brewer, the water changed in spring, promised new readings by Friday")
    form = page.locator("form.form").last
    day = form.locator("[data-field=happened_on]")
    expect(day.locator(".question")).to_contain_text("?")
    expect(form.get_by_label("When")).to_have_value("")
    expect(form.locator("[data-field=promised] textarea")).to_have_value(re.compile("^new readings by "))
    expect(form.locator("[data-field=contacts] .help")).to_contain_text("head brewer")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    day.scroll_into_view_if_needed()
    picture(page, "asked")
    page.locator("[data-look]").last.click()
    expect(page.locator(".look").last).to_contain_text("is no single day")
    page.locator(".look").last.evaluate(_SCROLL, "is no single day")
    picture(page, "asked-json")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("form.form").last.locator("[data-field=happened_on] .error")).to_contain_text("Choose a day")


def test_a_mistyped_command_is_asked_about(page: Page) -> None:
    """Its button opens the form with the same text."""
    page.goto(f"/?as={INGRID}")
    say(page, "/logvist Three Otters yesterday: the water changed")
    card = page.locator(".card", has_text="Did you mean /logvisit?").last
    expect(card).to_be_visible()
    picture(page, "meant")
    card.get_by_role("button", name="Log a visit").click()
    expect(page.locator("#sheet[open]").get_by_label("What you heard")).to_have_value("the water changed")


def test_the_prompt_arrives_when_the_clock_is_moved(page: Page) -> None:
    """A week on, each executive who is to be asked has been, at their own Thursday; the answer closes it."""
    page.goto("/?as=tomas.okafor@brightwater.example")
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.locator("#clock summary").click()
    page.get_by_role("button", name="+1 week").click()
    expect(page.locator("#clock-day")).to_contain_text("of 7")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    asked = page.locator(".card", has_text="which customers have you spoken with lately?").first
    expect(asked).to_be_visible(timeout=30_000)
    note = page.locator(".note").last
    expect(note.get_by_role("link", name="Tomas")).to_be_visible(timeout=30_000)
    expect(note.locator("ul")).to_be_hidden()
    expect(asked.get_by_role("heading")).to_be_in_viewport()
    expect(asked.locator(".actions > button")).to_have_count(3)
    picture(page, "prompt")
    asked.locator(".menu summary").click()
    asked.get_by_role("button", name="Remind me tomorrow").click()
    expect(page.get_by_text("I'll ask again on").first).to_be_visible()


def test_from_a_visit_to_told(page: Page) -> None:
    """Promised at a visit, kept by a colleague, and the customer told: each of the three sees what they must do, as it happens."""
    page.goto(f"/?as={INGRID}")
    say(page, "/commit @Kaja to send Three Otters their spring readings by next Friday")
    form = page.locator("form.form").last
    expect(form.locator(".chip")).to_have_text([re.compile("Kaja Brønsted"), re.compile("Three Otters Brewing")])
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".card", has_text="Promised, for Kaja Brønsted to keep")).to_be_visible()
    page.goto("/?as=kaja.broensted@brightwater.example")
    asked = page.locator(".card", has_text="Ingrid Solberg has asked you to deliver this for Three Otters Brewing").last
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="Done").click()
    sheet = page.locator("#sheet[open]")
    sheet.get_by_label("What was done").fill("Sent all of March to May, with the raw figures.")
    sheet.get_by_role("button", name="Save").click()
    expect(page.locator(".card", has_text="Sent all of March to May").last).to_be_visible()
    page.goto(f"/?as={INGRID}")
    tell = page.locator(".card", has_text="Done. Ready to tell Three Otters Brewing?").last
    expect(tell).to_be_visible()
    tell.get_by_role("button", name="Customer told").click()
    expect(page.locator(".card", has_text="done, customer told").last).to_be_visible()


def test_on_a_phone(page: Page) -> None:
    """390 pixels wide: a visit is logged from one typed line in four actions, and nothing is to be scrolled sideways."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/?as={INGRID}")
    expect(page.locator("body[data-ready]")).to_be_attached()
    logged = page.locator(".card", has_text="Logged: visit with Hvidelund")
    before = logged.count()
    page.locator("#say").click()  # 1
    page.keyboard.type("/logvisit Hvidelund yesterday: the pump house door has a new number on it")  # 2
    page.locator("#send").click()  # 3
    form = page.locator("form.form").last
    expect(form.get_by_label("What you heard")).to_have_value(re.compile("new number"))
    picture(page, "phone")
    form.get_by_role("button", name="Save").click()  # 4
    expect(logged).to_have_count(before + 1)
    expect(logged.last.get_by_role("heading").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_in_the_dark(page: Page) -> None:
    """Dark where the system is."""
    page.emulate_media(color_scheme="dark")
    page.goto(f"/?as={INGRID}")
    say(page, "/journey")
    expect(page.locator(".card", has_text="First water").last).to_be_visible()
    colors = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colors != "rgb(255, 255, 255)"
    picture(page, "dark")


def choose(form: Locator, label: str, typed: str, option: str) -> None:
    """Search in a field of a form, and take one of what is found."""
    form.get_by_role("combobox", name=label).fill(typed)
    form.page.get_by_role("option", name=option).first.click()


def test_from_a_draft_to_got_it(page: Page) -> None:
    """Beatriz writes an update in Ingrid's name, Ingrid agrees, Kaja presses Got it, and Beatriz sees it counted."""
    page.goto("/?as=beatriz.quintao@brightwater.example")
    say(page, "/update new")
    form = page.locator("form.form").last
    form.get_by_label("Title").fill("Readings go out with every delivery")
    form.get_by_label("What changed").fill("From Monday each customer gets the water's readings with the delivery note.")
    form.get_by_label("What it means for you").fill("Nobody needs to call us for them any more. Point customers to the note.")
    form.get_by_label("What you may now do without asking").fill("Send older readings to whoever asks, back to 2024.")
    choose(form, "In whose name", "Ingrid", "Ingrid Solberg")
    form.get_by_role("button", name="Save as draft").click()
    draft = page.locator(".card", has_text="Draft: Readings go out").last
    expect(draft).to_be_visible()
    draft.get_by_role("button", name="Audience").click()
    sheet = page.locator("#sheet[open]")
    choose(sheet, "Who receives it", "Breweries", "Independent breweries")
    choose(sheet, "Who receives it", "Kaja", "Kaja Brønsted")
    sheet.get_by_role("button", name="Preview recipients").click()
    aimed = page.locator(".card", has_text="Kaja Brønsted").last
    expect(aimed.get_by_role("button", name="Send…")).to_be_visible()
    aimed.get_by_role("button", name="Send…").click()
    page.locator("#sheet[open]").get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".card", has_text="Waiting for approval").last).to_be_visible()
    page.goto(f"/?as={INGRID}")
    asked = page.locator(".card", has_text="May this go out?").last
    expect(asked).to_be_visible(timeout=15_000)
    asked.get_by_role("button", name="Agree").click()
    expect(page.locator(".card", has_text="Goes out at once").last).to_be_visible()
    page.locator("#clock summary").click()
    page.get_by_role("button", name="Tomorrow 09:00").click()
    page.goto("/?as=kaja.broensted@brightwater.example")
    update = page.locator(".card", has_text="Readings go out with every delivery").last
    expect(update).to_be_visible(timeout=30_000)
    picture(page, "update")
    update.get_by_role("button", name="Got it").click()
    expect(page.locator(".card", has_text="You said: Got it").last).to_be_visible()
    page.goto("/?as=beatriz.quintao@brightwater.example")
    say(page, "/update stats readings")
    figures = page.locator(".card", has_text="Sent: Readings go out").last
    expect(figures).to_contain_text("Got it")
    picture(page, "figures")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@needs_axe
def test_axe_finds_nothing_on_the_console(page: Page) -> None:
    """Neither where one chooses who to be, nor in a conversation with forms, charts, the JSON, the clock's menu and a dialog."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Start with")).to_be_visible()
    found = faults(page)
    page.goto(f"/?as={INGRID}")
    expect(page.locator("body[data-ready]")).to_be_attached()
    messages = page.locator("#log .message")
    for line in ("/logvisit", "/logvisit", "/commitments", "/participation"):
        before = messages.count()
        say(page, line)
        expect(messages).to_have_count(before + 2)
    page.locator("[data-look]").last.click()
    expect(page.locator(".look").last).to_contain_text("blocks")
    page.locator("#clock summary").click()
    found += faults(page)
    page.keyboard.press("Escape")
    page.locator("#log").get_by_role("button", name="Log a visit").first.click()
    expect(page.locator("#sheet[open]")).to_be_visible()
    assert [*found, *faults(page)] == []
