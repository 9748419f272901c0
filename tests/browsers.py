"""What a browser test asks of a page beyond what is on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.places import CLIENTS

AXE = CLIENTS / "axe-core" / "axe.min.js"
"""Deque's checks of accessibility."""

needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't here: npm ci --prefix tests/clients")

SIZES = ((1280, 860), (390, 844))
"""A desktop's window and a phone's."""

_ASK = """() => axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map(
    (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`))"""


def faults(page: Page) -> list[str]:
    """What axe-core finds on a page as it is, on a desktop and a phone, in light and dark: each with where it was and the rule."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.emulate_media(reduced_motion="reduce")  # what is on its way into sight is paler than it will be
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)  # so that the page hears of its new size
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{page.url} at {width} in {scheme}: {one}" for one in page.evaluate(_ASK)]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size({"width": 1280, "height": 860})
    return found
