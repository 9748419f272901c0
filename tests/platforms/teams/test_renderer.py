"""Every view through Microsoft's own renderer of Adaptive Cards, in headless Chromium: it must parse, and show what it should.

The renderer is the npm package adaptivecards, installed by `npm ci --prefix tests/clients`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from bot.cards import Actions, Button, Card, Facts, Form
from bot.folding import fold
from bot.platforms.previews import PREVIEWS
from tests.conftest import World
from tests.places import CLIENTS
from tests.platforms.test_parity import VIEWS, expected, plain
from tests.test_browser import CHROMIUM, FLAGS

RENDERER = CLIENTS / "adaptivecards" / "dist" / "adaptivecards.min.js"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Microsoft's renderer needs Chromium: apt-get install chromium"),
    pytest.mark.skipif(not RENDERER.exists(), reason="Microsoft's renderer is not there: npm ci --prefix tests/clients"),
]

WIDTH = 340
"""Pixels of a card on a phone."""

PARSE = """
(payload) => {
  AdaptiveCards.GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;  // as in Teams
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_6);
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig({actions: {maxActions: 6, actionAlignment: "left", buttonSpacing: 8}});
  card.parse(payload, context);
  const events = [];
  for (let i = 0; i < context.eventCount; i++) events.push(context.getEventAt(i).message);
  const problems = card.validateProperties().validationEvents.map((event) => event.message);
  document.body.replaceChildren(card.render());
  return [...events, ...problems];
}
"""

CUT = """
() => {
  const edge = document.querySelector(".ac-adaptiveCard").getBoundingClientRect().right;
  const seen = [...document.querySelectorAll(".ac-adaptiveCard *")].filter((one) => one.getClientRects().length);
  const read = seen.filter((one) => !one.matches("input, textarea, select"));
  const past = read.filter((one) => one.getBoundingClientRect().right > edge + 0.5
    || one.clientWidth && one.scrollWidth > one.clientWidth + 1);
  return [...new Set(past.map((one) => one.innerText || one.className))];
}
"""
"""What doesn't fit: beyond the card's edge, or wider than what it is in."""

LOOK = """
.ac-pushButton { font: 600 14px DejaVu Sans Condensed, sans-serif; padding: 5px 12px; border: 1px solid #c7c7c7; }
.ac-pushButton { border-radius: 4px; background: #fff; white-space: nowrap; }
.ac-pushButton.style-positive { background: #5b5fc7; color: #fff; }
.ac-pushButton div { overflow: hidden; text-overflow: ellipsis; }
"""


@pytest.fixture(scope="module")
def renderer() -> Iterator[Page]:
    """A page, as wide as Teams on a phone, with the renderer in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page.set_content(
            "<!doctype html><meta charset=utf-8><body style='font: 14px DejaVu Sans Condensed, sans-serif; margin: 0'></body>"
        )
        page.add_style_tag(content=LOOK)
        page.add_script_tag(path=RENDERER)
        yield page
        browser.close()


def menu(reply: Card | Form) -> list[str]:
    """What is in the menus of a card: seen once they're opened."""
    rows = [fold(one) for one in reply.blocks if isinstance(one, Actions)] if isinstance(reply, Card) else []
    return [plain(one.label) for row in rows for one in row.menu]


@pytest.mark.parametrize("name", VIEWS)
def test_microsofts_renderer_takes_every_view(world: World, renderer: Page, name: str) -> None:
    """No validation event, and every fact, button and label is on the screen."""
    reply = VIEWS[name](world)
    payload = json.loads(json.dumps(PREVIEWS["teams"](reply)))
    # Teams takes choices.data in a card that says 1.5; the renderer knows it from 1.6 on. Charts are Teams' own: it shows their words.
    # Of a row's buttons it counts those in the menu too; Teams counts those in sight.
    known = ("choices.data", 'Unknown element type "Chart.', "Maximum number of actions exceeded")
    problems = [problem for problem in renderer.evaluate(PARSE, payload) if not any(one in problem for one in known)]
    assert problems == []
    shown = plain(renderer.evaluate("document.body.innerText")) + "".join(menu(reply))
    missing = [part for part in expected(reply) if plain(part) not in shown]
    if folder := os.environ.get("SCREENSHOTS"):
        renderer.screenshot(path=Path(folder) / f"teams-{name.replace(' ', '-')}.png", full_page=True)
    assert isinstance(reply, Card | Form)
    assert not missing
    assert renderer.evaluate(CUT) == []


def test_a_long_label_wraps_and_a_long_row_breaks(renderer: Page) -> None:
    """A title as long as titles may be, three buttons that fill two rows, names of facts of one long word: nothing is cut at 340 pixels."""
    card = Card(
        title="Which one?",
        blocks=(
            Facts(
                items=(
                    ("Verantwortlichkeitsbereich", "Ada Lovell"),
                    ("Wiedervorlage", "Tue 24 Nov 2026"),
                    ("/commitments", "What is due"),
                )
            ),
            Actions(
                buttons=(Button(label="No fee at night, and everything else that was decided about the night line", command="a"),),
                choices=True,
            ),
            Actions(
                buttons=tuple(
                    Button(label=label, command="b") for label in ("Remind those who wait", "Send me a test", "Edit", "Later")
                )
            ),
            Actions(
                buttons=(Button(label="顧客訪問を記録する", command="c"), Button(label="通話を記録する", command="c", later=True))
            ),
        ),
    )
    assert renderer.evaluate(PARSE, json.loads(json.dumps(PREVIEWS["teams"](card)))) == []
    if folder := os.environ.get("SCREENSHOTS"):
        renderer.screenshot(path=Path(folder) / "teams-long.png", full_page=True)
    assert renderer.evaluate(CUT) == []
