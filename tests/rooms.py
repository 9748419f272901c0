"""The structure, counted: `python -m tests.rooms` prints how many rooms there are, the arrows between them, and circles among files."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import grimp

ROOTS = ("bot", "handlers", "schedules")


def imports() -> dict[str, set[str]]:
    """For each module, those it imports; imports that only types are made of count as well."""
    graph = grimp.build_graph(*ROOTS, cache_dir=None)
    return {one: set(graph.find_modules_directly_imported_by(one)) for one in graph.modules}


def room(module: str) -> str:
    """The folder or loose file at the top that a module is in: `bot.domain`, `bot.cards`, `handlers`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "bot" else parts[0]


def arrows(found: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Which room imports from which other."""
    return {(room(one), room(other)) for one, others in found.items() for other in others if room(one) != room(other)}


def circle(found: Mapping[str, set[str]]) -> list[str]:
    """Files that import each other in a circle, the first again at the end; none where there is no circle."""
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        return [str(one) for one in error.args[1]]
    return []


def loose(found: Mapping[str, set[str]]) -> list[str]:
    """The files at the top of bot, without a room."""
    rooms = {one.rsplit(".", 1)[0] for one in found if one.count(".") > 1}
    return sorted(one for one in found if one.startswith("bot.") and one.count(".") == 1 and one not in rooms)


if __name__ == "__main__":
    seen = imports()
    print(f"{len({room(one) for one in seen} - {'bot'})} rooms, {len(arrows(seen))} arrows, loose: {', '.join(loose(seen))}")  # noqa: T201
    print(f"circle: {' → '.join(circle(seen)) or 'none'}")  # noqa: T201
