"""People whom a sign marks: mentions, and Japanese names by their endings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.words.line.people_words import MINE
from bot.domain.words.line.persons import Persons
from bot.domain.words.line.roles import JAPANESE
from bot.domain.words.line.scene import Met, Scene


def mentions(scene: Scene, persons: Persons) -> Iterator[Met]:
    """Those mentioned with an @, other than who came along with the writer."""
    for found in re.finditer(r"<@\w+\|[^<>|\n]{1,80}>", scene.text):
        if not MINE.match(scene.text, found.end()):
            for one in persons.several(found.start(), certain=False)[:1]:
                yield Met(found.start(), one.end, one.name, led=False)


def japanese(scene: Scene, persons: Persons) -> Iterator[Met]:  # noqa: ARG001 - one way of many
    """Japanese names with what people are called after them."""
    for found in JAPANESE.finditer(scene.text):
        start = max(
            [end for _, end in (*scene.customers, *scene.days) if end <= found.end() - 1 and end > found.start()],
            default=found.start(),
        )
        name = scene.text[start : found.end()].lstrip("のとにはが")
        if len(name) > 1:
            yield Met(found.end() - len(name), found.end(), name, led=False)
