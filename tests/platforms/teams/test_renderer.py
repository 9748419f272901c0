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

from bot.cards import Card, Form
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

PARSE = """
(payload) => {
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_6);
  const card = new AdaptiveCards.AdaptiveCard();
  card.parse(payload, context);
  const events = [];
  for (let i = 0; i < context.eventCount; i++) events.push(context.getEventAt(i).message);
  const problems = card.validateProperties().validationEvents.map((event) => event.message);
  document.body.replaceChildren(card.render());
  return [...events, ...problems];
}
"""


@pytest.fixture(scope="module")
def renderer() -> Iterator[Page]:
    """A page, as wide as Teams on a phone, with the renderer in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 400, "height": 900})
        page.set_content("<!doctype html><meta charset=utf-8><body style='font: 14px sans-serif; margin: 12px'></body>")
        page.add_script_tag(path=RENDERER)
        yield page
        browser.close()


@pytest.mark.parametrize("name", VIEWS)
def test_microsofts_renderer_takes_every_view(world: World, renderer: Page, name: str) -> None:
    """No validation event, and every fact, button and label is on the screen."""
    reply = VIEWS[name](world)
    payload = json.loads(json.dumps(PREVIEWS["teams"](reply)))
    # Teams takes choices.data in a card that says 1.5; the renderer knows it from 1.6 on. Charts are Teams' own: it shows their words.
    known = ("choices.data", 'Unknown element type "Chart.')
    problems = [problem for problem in renderer.evaluate(PARSE, payload) if not any(one in problem for one in known)]
    assert problems == []
    shown = plain(renderer.evaluate("document.body.innerText"))
    missing = [part for part in expected(reply) if plain(part) not in shown]
    if folder := os.environ.get("SCREENSHOTS"):
        renderer.screenshot(path=Path(folder) / f"teams-{name.replace(' ', '-')}.png", full_page=True)
    assert isinstance(reply, Card | Form)
    assert not missing
