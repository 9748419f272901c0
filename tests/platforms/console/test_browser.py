"""The page in a real browser, by keyboard and by touch."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from bot.commands import Platform
from bot.delivery.senders import Destination
from tests.platforms.console.conftest import Console
from tests.platforms.console.fake_bot import MARA, OMAR, PROMPT, logged

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine's PATH"),
]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, console: Console) -> AsyncIterator[Visit]:
    """Open the console as somebody; any script error or refused resource fails the test."""
    problems: list[str] = []

    async def open_page(email: str = MARA.email, width: int = 1200, height: int = 800) -> Page:
        page = await browser.new_page(viewport=ViewportSize(width=width, height=height), locale="en-GB")
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None)
        await page.goto(str(console.client.make_url(f"/?as={email}" if email else "/")))
        if email:
            await page.wait_for_selector("body[data-ready]")
        return page

    yield open_page
    assert problems == []


def destination(email: str) -> Destination:
    """Where somebody is written to."""
    return Destination(Platform.CONSOLE, email, email)


async def test_a_visit_is_logged_by_keyboard_alone(visit: Visit, console: Console) -> None:
    """From the message box to the saved visit without a mouse: completion, search, an error at its field, and the confirmation."""
    page = await visit()
    keys = page.keyboard
    await expect(page.locator("#say")).to_be_focused()
    await keys.type("/lo")
    await expect(page.locator("#completions [role=option]")).to_have_count(2)
    await keys.press("ArrowDown")
    await keys.press("ArrowUp")
    await keys.press("Tab")
    await expect(page.locator("#say")).to_have_value("/logvisit ")
    await keys.press("Enter")
    form = page.locator("#log [data-form]")
    customer = form.get_by_role("combobox", name="Customer")
    await expect(customer).to_be_focused()
    await keys.type("nordh")
    await expect(form.locator("[data-name=customer] [role=option]")).to_have_count(1)
    await keys.press("Enter")
    await expect(form.locator("[data-name=customer] .chip")).to_have_text("Nordhavn Dialysis×")
    await keys.press("Tab")
    await expect(form.locator("[name=heard]")).to_be_focused()
    await form.locator("[type=submit]").focus()
    await keys.press("Enter")
    await expect(form.locator("#log .error, .error")).to_have_text("Say what you heard: a sentence is enough.")
    await expect(form.locator("[name=heard]")).to_be_focused()
    await expect(form.locator("[name=happened_on]")).to_have_value("2026-11-24")
    await keys.type("Onboarding takes six weeks")
    await form.locator("[type=submit]").focus()
    await keys.press("Enter")
    await expect(page.locator("#log .card-title").last).to_have_text("Logged: visit with Nordhavn Dialysis")
    await expect(page.locator("#log .card-title").last).to_be_focused()
    await expect(form).to_have_count(0)
    assert console.dispatcher.asked[-1].form is not None
    assert console.dispatcher.asked[-1].form["customer"] == "clinic"


async def test_a_prompt_arrives_and_is_answered_in_a_dialog(visit: Visit, console: Console) -> None:
    """A prompt shows up by itself and is announced; its form opens as a dialog, and the confirmation joins the conversation."""
    page = await visit()
    await console.platform.sender.send(destination(MARA.email), PROMPT, "d1")
    prompt = page.locator(".message", has_text="which customers have you spoken with lately?")
    await expect(prompt).to_be_visible()
    await expect(page.locator("#announce")).to_contain_text("which customers have you spoken with lately?")
    await prompt.get_by_role("button", name="Log a visit").click()
    sheet = page.get_by_role("dialog", name="Log a visit")
    await sheet.get_by_label("What you heard").fill("Six weeks")
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet).to_be_hidden()
    await expect(page.locator("#log .card-title").last).to_have_text("Logged: visit with Nordhavn Dialysis")
    await prompt.get_by_role("button", name="Nothing this week").click()
    await expect(page.get_by_role("heading", name="I won't ask again about this.")).to_be_visible()
    await expect(prompt).to_have_count(0)


async def test_a_dialog_is_not_lost_by_escape(visit: Visit) -> None:
    """Escape in a filled form asks first, and saying no leaves everything as it was."""
    page = await visit()
    await page.locator("#log").get_by_role("button", name="Log a visit").click()
    heard = page.locator("#sheet [name=heard]")
    await heard.fill("Six weeks")
    await page.keyboard.press("Escape")
    ask = page.get_by_role("alertdialog")
    await expect(ask).to_contain_text("Throw away what you typed?")
    await ask.get_by_role("button", name="Cancel").click()
    await expect(heard).to_have_value("Six weeks")


async def test_a_button_that_deletes_asks_first(visit: Visit, console: Console) -> None:
    """No is no; yes takes the card away."""
    page = await visit()
    await page.locator("#say").fill("/logvisit Acme: six weeks")
    await page.keyboard.press("Enter")
    form = page.locator("#log [data-form]")
    await form.get_by_role("combobox", name="Customer").click()
    await form.get_by_role("combobox", name="Customer").fill("two")
    await page.get_by_role("option", name="Two Rivers Brewery").click()
    await form.get_by_role("button", name="Save").click()
    delete = page.locator("#log").get_by_role("button", name="Delete", exact=True)
    ask = page.get_by_role("alertdialog")
    await page.locator("#log .menu summary").last.click()
    await delete.click()
    await expect(ask).to_contain_text("Delete this engagement?")
    await page.keyboard.press("Escape")
    await expect(delete).to_be_focused()
    assert console.dispatcher.asked[-1].command == "logvisit"
    await delete.click()
    await ask.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="Deleted")).to_be_visible()
    await expect(delete).to_have_count(0)


async def test_nothing_typed_is_lost_when_the_bot_fails(visit: Visit, console: Console) -> None:
    """A failure is told in words, the text stays in the box, and sending again works."""
    page = await visit()
    console.dispatcher.failing = True
    await page.locator("#say").fill("/journey and more")
    await page.keyboard.press("Enter")
    await expect(page.locator("#say-failure")).to_contain_text("could not answer")
    await expect(page.locator("#say")).to_have_value("/journey and more")
    console.dispatcher.failing = False
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="What our customers go through")).to_be_visible()
    await expect(page.locator("#say")).to_have_value("")
    await expect(page.locator("#say-failure")).to_be_hidden()


async def test_the_clock_and_the_look_at_the_json(visit: Visit, console: Console) -> None:
    """The clock moves for everybody, others' news is counted, and a card can be looked at as each platform's JSON."""
    page = await visit()
    await page.locator("#clock summary").click()
    await page.get_by_role("button", name="Tomorrow 09:00").click()
    await expect(page.locator("#now")).to_have_text("Thu 26 Nov 09:00")
    await expect(page.locator(".by-note")).to_contain_text("Asks executives")
    await console.platform.sender.send(destination(OMAR.email), PROMPT, "d1")
    await expect(page.locator(f'[data-person="{OMAR.email}"] [data-badge]')).to_have_text("1 new")
    await page.locator("[data-look]").first.click()
    await expect(page.get_by_role("tab", name="Slack")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("tab", name="Slack").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Teams")).to_be_focused()
    await expect(page.get_by_role("tabpanel")).to_contain_text('"kind": "card"')


async def test_it_fits_a_phone(visit: Visit) -> None:
    """At 360 pixels nothing scrolls sideways: the list of people, the conversation, a form, its dialog and the JSON."""
    page = await visit("", width=360, height=740)
    await _fits(page)
    await page.get_by_role("link", name="Mara Lindqvist").click()
    await page.wait_for_selector("body[data-ready]")
    await page.locator("#say").fill("/logvisit Acme " + "verylongword" * 30)
    await page.locator("#send").click()
    await expect(page.locator("#log [data-form]")).to_be_visible()
    await _fits(page)
    await page.locator("[data-look]").last.click()
    await expect(page.get_by_role("tabpanel")).to_be_visible()
    await _fits(page)
    await page.locator("#clock summary").click()
    await _fits(page)
    await page.keyboard.press("Escape")
    await page.locator("#who").click()
    await expect(page.get_by_role("link", name="Jonas Okafor")).to_be_visible()
    await _fits(page)


async def test_it_opens_at_the_newest_message(visit: Visit, console: Console) -> None:
    """However much was said before: what is new comes into sight, or is offered to whoever reads further up; a link leads there."""
    for number in range(60):
        await console.platform.sender.send(destination(MARA.email), logged(f"Visit {number}"), f"old-{number}")
    page = await visit(width=390, height=740)
    cards = page.locator("#log .card-title")
    await expect(cards.last).to_be_in_viewport()
    await expect(page.locator("[data-usage]")).to_have_text("")
    await console.platform.sender.send(destination(MARA.email), PROMPT, "d1")
    prompt = page.locator(".message", has_text="Mara: which customers")
    await expect(prompt.get_by_role("heading")).to_be_in_viewport()
    await page.locator("#scroll").evaluate("one => { one.scrollTop = 0 }")
    await expect(page.locator("#newest")).to_have_text("Newest message")
    await console.platform.sender.send(destination(MARA.email), logged("The last"), "d2")
    await expect(page.get_by_role("button", name="New message")).to_be_visible()
    await expect(cards.last).not_to_be_in_viewport()
    await page.keyboard.press("Tab")
    await page.locator("a[data-newest]").focus()
    await page.keyboard.press("Enter")
    await expect(cards.last).to_be_focused()
    await expect(cards.last).to_be_in_viewport()
    await expect(page.locator("#newest")).to_be_hidden()


_WIDE = """[document.documentElement, document.querySelector('#scroll'), ...document.querySelectorAll('dialog[open]')]
    .filter((one) => one && one.scrollWidth > one.clientWidth)
    .map((one) => `${one.tagName}#${one.id} ${one.scrollWidth} > ${one.clientWidth}`)"""


async def _fits(page: Page) -> None:
    """Nothing is wider than the screen; what has just been put on the page may take a moment to be laid out."""
    for _ in range(100):
        if not (wide := await page.evaluate(_WIDE)):
            return
        await page.wait_for_timeout(50)
    pytest.fail(f"too wide: {wide}")
