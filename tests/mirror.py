"""Which module or room each file of tests belongs to, told by its path: `python -m tests.mirror` lists them.

`tests/views/test_forms.py` is about `bot/views/forms.py`. A name that no module has is a topic of the room: `tests/delivery/test_order.py`
is about `bot/delivery/`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.places import ROOT

TESTS = ROOT / "tests"

ACROSS = {
    "benchmarks": "figures beside a baseline of the same run; `make bench`",
    "lines": "what people type, scored by what is understood of it",
    "quarter": "a company lives for weeks, and what its people got is told",
    "rights": "who may do what, tried through every way in",
    "test_browser.py": "the whole product in a browser",
    "test_first_minutes.py": "what `make run` says on a new machine",
    "test_linear.py": "all that reads what people send takes time in proportion to its length",
    "test_mirror.py": "the tree of tests",
    "test_rooms.py": "the rooms and what they import",
    "test_docs.py": "the documentation: numbers of decisions, and links",
    "test_glossary.py": "the glossary in the docs: every name in it exists, and every table and state is there",
    "test_walks.py": "the walks in the docs: every name in them exists",
    "test_wording.py": "the words that people read, wherever they are: those given up stay out",
    "test_secrets.py": "no secret lies in the database, whatever is asked",
}
"""What is about no one room, and why."""

OWN = ("cli", "domain/access", "domain/engagements", "domain/outbox", "domain/plans", "views", "workflows")
"""The rooms of `bot/` in which every module has a file of tests of its own: each does one thing that is told apart from its room's. Elsewhere a
room's topics are tested as they belong together, across its modules."""

_TOP = ("handlers", "schedules")


def files() -> list[Path]:
    """Every file of tests, below `tests/`."""
    return sorted(one.relative_to(TESTS) for one in TESTS.rglob("test_*.py") if "node_modules" not in one.parts)


def belongs(test: Path) -> str:
    """The module or room a file of tests is about, as a path in the project, or why it is about none; "" where nothing is mirrored."""
    if test.parts[0] in ACROSS:
        return f"across rooms: {ACROSS[test.parts[0]]}"
    room = (ROOT if test.parts[0] in _TOP else ROOT / "bot") / test.parent
    module = room / f"{test.stem.removeprefix('test_')}.py"
    if module.exists():
        return module.relative_to(ROOT).as_posix()
    return f"{room.relative_to(ROOT).as_posix()}/" if len(test.parts) > 1 and (room / "__init__.py").exists() else ""


def rooms() -> set[str]:
    """The rooms that must have tests of their own: every one of `bot/` with code in it, rooms in rooms too, and handlers and schedules."""
    inside = {one.parent for one in (ROOT / "bot").rglob("*/__init__.py") if len(list(one.parent.glob("*.py"))) > 1}
    return {one.relative_to(ROOT / "bot").as_posix() for one in inside if one.name != "versions"} | set(_TOP)


def without_tests() -> set[str]:
    """The modules of OWN that have no file of tests of their own."""
    modules = {one for room in OWN for one in (ROOT / "bot" / room).glob("*.py") if not one.name.startswith("_")}
    named = {one.relative_to(ROOT / "bot").with_name(f"test_{one.name}") for one in modules}
    return {one.as_posix() for one in named - set(files())}


if __name__ == "__main__":
    sys.stdout.writelines(f"{one.as_posix():<60} {belongs(one)}\n" for one in files())
