"""The dashboard in headless Chromium, from the command to every page: wide, on a phone, in the dark, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import faults, needs_axe
from tests.test_browser import CHROMIUM, address, page, picture, say

__all__ = ["address", "page"]

OFFICE = "beatriz.quintao@brightwater.example"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Chromium: apt-get install chromium"),
]

PAGES = {
    "": "The company",
    "executives": "Executives",
    "customers": "Customers",
    "coverage": "Coverage",
    "commitments": "Commitments",
    "updates": "Updates",
    "journey": "Journey",
}


OVER = """() => [...document.querySelectorAll('.heat th, .heat td')]
    .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"""
"""Cells of the map whose words are wider than they are."""


@pytest.fixture
def office(page: Page) -> Page:
    """A page on which somebody of the CX office has signed in, by a link from the bot."""
    page.goto(f"/?as={OFFICE}")
    expect(page.locator("body[data-ready]")).to_be_attached()
    ready = page.locator(".card", has_text="Your dashboard is ready")
    before = ready.count()
    say(page, "/dashboard")
    expect(ready).to_have_count(before + 1)
    link = ready.last.get_by_role("link")
    page.goto(str(link.get_attribute("href")))
    page.get_by_role("button", name="Open the dashboard").click()
    expect(page.get_by_role("heading", name="The company")).to_be_visible()
    return page


def test_every_page_wide_narrow_and_dark(office: Page) -> None:
    """Each has its heading, its charts and no sideways scroll at 360 pixels; what is chosen goes along."""
    for name, heading in PAGES.items():
        for width, scheme in ((1200, "light"), (360, "light"), (1200, "dark")):
            office.set_viewport_size({"width": width, "height": 800})
            office.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            office.goto(f"/dashboard/{name}")
            expect(office.get_by_role("heading", name=heading, exact=True)).to_be_visible()
            assert office.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width)
            picture(office, f"dashboard-{name or 'overview'}-{width}-{scheme}")
    office.get_by_role("combobox", name="Quarter").select_option(label="Last quarter")
    office.wait_for_url("**quarter=1*")
    expect(office.get_by_role("combobox", name="Quarter")).to_be_focused()
    office.get_by_role("link", name="Executives").click()
    assert "quarter=1" in office.url


@needs_axe
def test_axe_finds_nothing_and_each_page_prints_whole(office: Page) -> None:
    """On every page; on paper none but the journey is longer than one, and nothing is left out by being folded."""
    found = []
    for name in (*PAGES, "executives/1", "customers/1"):
        office.goto(f"/dashboard/{name}")
        paper = office.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == (2 if name == "journey" else 1), name
        found += faults(office)
    assert found == []


def test_lists_are_cards_on_a_phone(office: Page) -> None:
    """Each value beside its column's name; the map of what is covered keeps its row names in sight, and prints nothing over them."""
    office.set_viewport_size({"width": 390, "height": 844})
    office.goto("/dashboard/customers")
    cell = office.locator("table.cards tbody tr").first.locator("td").last
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == '"Days since contact"'
    assert office.locator("table.cards").evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
    office.goto("/dashboard/coverage")
    office.locator(".scroll:has(.heat)").evaluate("one => { one.scrollLeft = one.scrollWidth }")
    first = office.locator(".heat tbody th").first
    expect(first).to_be_in_viewport(ratio=0.9)
    assert office.evaluate(OVER) == []
    office.get_by_role("link", name="Customers").click()
    office.get_by_role("link", name="Three Otters Brewing").click()
    expect(office.get_by_role("heading", name="Next step")).to_be_visible()
    expect(office.locator(".moment.heard blockquote").first).to_be_visible()
    with office.expect_download() as kept:
        office.get_by_role("link", name="Export").click()
    assert kept.value.suggested_filename.startswith("outside-in-customer-")


def test_a_chart_has_its_numbers_behind_it(office: Page) -> None:
    """For whoever can't see it, or wants to copy them; both are folded away below the six figures."""
    expect(office.locator("svg.chart").first).to_be_hidden()
    office.locator("summary", has_text="every figure").click()
    expect(office.get_by_role("img", name=re.compile("Pledges met"))).to_be_visible()
    office.locator("summary", has_text="The numbers").first.click()
    expect(office.locator(".chart-panel table").first).to_be_visible()


def test_from_the_list_to_one_executive(office: Page) -> None:
    """Their own page says whom to see next."""
    office.get_by_role("link", name="Executives").click()
    office.get_by_role("link", name="Ingrid Solberg").first.click()
    expect(office.get_by_role("heading", name="Suggested next visit")).to_be_visible()
    picture(office, "dashboard-executive")


def test_the_overview_prints_on_one_page(office: Page) -> None:
    """For the chief executive: A4, no navigation."""
    paper = office.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    office.emulate_media(media="print")
    expect(office.get_by_role("navigation")).to_be_hidden()
    office.emulate_media(media="screen")


def test_signing_out(office: Page) -> None:
    """And nothing is seen any more."""
    office.get_by_role("button", name="Sign out").click()
    expect(office.get_by_role("heading", name="You are not signed in")).to_be_visible()


def test_participation_in_the_console(page: Page) -> None:
    """One picture, six lines and a suggestion, on a phone."""
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto("/?as=ingrid.solberg@brightwater.example")
    say(page, "/participation")
    card = page.locator(".card", has_text="Your participation").last
    expect(card.locator("svg.chart")).to_be_visible()
    expect(card.locator(".fact")).to_have_count(6)
    expect(card).to_contain_text("Suggested next visit")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, "participation")
