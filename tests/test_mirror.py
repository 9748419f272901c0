"""Tests mirror the tree: whoever opens a module finds its tests by its path."""

from __future__ import annotations

from pathlib import Path

from tests import slow
from tests.mirror import ACROSS, OWN, TESTS, belongs, files, rooms, without_tests
from tests.places import ROOT


def test_each_file_of_tests_is_about_a_module_or_a_room() -> None:
    """One that mirrors nothing is named, with the reason, or it isn't found by who needs it."""
    assert [one.as_posix() for one in files() if not belongs(one)] == []
    assert not belongs(Path("nothing") / "test_of_this_name.py")
    assert not belongs(Path("test_of_this_name.py"))
    assert belongs(Path("views") / "test_forms.py") == "bot/views/forms.py"
    assert belongs(Path("delivery") / "test_order.py") == "bot/delivery/"


def test_each_room_has_tests_of_its_own() -> None:
    """In the folder of its name, and a room in a room in one of its own."""
    assert rooms() - {above.as_posix() for one in files() for above in one.parents} == set()
    assert {"views", "domain/outbox", "delivery/broadcasts", "platforms/slack", "handlers"} <= rooms()


def test_each_module_of_some_rooms_has_tests_of_its_own() -> None:
    """By its name: a view, a command of the command line, a noun of the domain, a workflow."""
    assert without_tests() == set()
    assert all(list((ROOT / "bot" / one).glob("*.py")) for one in OWN)


def test_what_is_across_rooms_is_there() -> None:
    """A reason for something that has gone would hide the next of its name."""
    assert [one for one in ACROSS if not (TESTS / one).exists()] == []


def test_what_quick_leaves_out_is_there() -> None:
    """A file that was moved, or a test that was renamed, would come back into it unnoticed."""
    assert slow.FILES - {one.as_posix() for one in files()} == set()
    gone = [
        (file, name)
        for file, names in slow.TESTS.items()
        for name in names
        if f"def {name}(" not in (TESTS / file).read_text("utf-8")
    ]
    assert gone == []


def test_quick_covers_each_room() -> None:
    """With something, rooms in rooms too."""
    quick = {one.parent for one in files() if one.as_posix() not in slow.FILES}
    assert {Path(one) for one in rooms() - {"migrations", "sample"}} - {
        one for path in quick for one in (path, *path.parents)
    } == set()
