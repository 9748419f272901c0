"""A file is there whole or not at all."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.spreadsheets.exporting import write, write_folder

SLOW = """
import signal, sys, time
from pathlib import Path
from bot.spreadsheets.exporting import write
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in its background without it
def rows():
    for number in range(10**9):
        yield (number, "x" * 1000)
        if number == 50:
            print("going", flush=True)
        if number > 50:
            time.sleep(0.1)
write((("a", "b"), rows()), Path(sys.argv[1]))
"""


class Broken(Exception):
    """The disk is full, the database away."""


def breaking() -> Iterator[tuple[str]]:
    """Rows that end in the middle."""
    yield ("one",)
    raise Broken


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_there_stays_when_it_breaks(tmp_path: Path, ending: str) -> None:
    """And nothing else is left in the folder."""
    path = tmp_path / f"x.{ending}"
    write((("a",), [("before",)]), path)
    before = path.read_bytes()
    with pytest.raises(Broken):
        write((("a",), breaking()), path)
    assert path.read_bytes() == before
    with pytest.raises(Broken):
        write((("a",), breaking()), tmp_path / f"new.{ending}")
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_has_whole_files_only(tmp_path: Path) -> None:
    """Those before the one that broke."""
    with pytest.raises(Broken):
        write_folder({"first": (("a",), [("x",)]), "second": (("a",), breaking())}, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["first.csv"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_file_that_was_interrupted_is_not_there(tmp_path: Path, ending: str, sign: signal.Signals) -> None:
    """Under its name; only a kill without warning leaves a part, hidden and named so."""
    path = tmp_path / f"x.{ending}"
    with subprocess.Popen([sys.executable, "-c", SLOW, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"going\n"
        time.sleep(0.2)
        process.send_signal(sign)
        try:
            process.wait(30)
        finally:
            process.kill()
    left = [one.name for one in tmp_path.iterdir()]
    assert path.name not in left
    assert all(name.endswith(".part") for name in left)
    assert sign == signal.SIGKILL or not left


def test_who_may_read_it_stays(tmp_path: Path) -> None:
    """A file that only its owner reads is still so when it is written again; a link still leads to it."""
    path, link = tmp_path / "x.csv", tmp_path / "link.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    link.symlink_to(path)
    write((("a",), [("new",)]), link)
    assert link.is_symlink()
    assert (stat.S_IMODE(path.stat().st_mode), "new" in path.read_text(encoding="utf-8")) == (0o600, True)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_place_that_cannot_be_written(tmp_path: Path, ending: str) -> None:
    """Is an error of the disk's, before anything is read."""
    with pytest.raises(OSError, match="No such file"):
        write((("a",), breaking()), tmp_path / "nowhere" / f"x.{ending}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_folder_of_that_name(tmp_path: Path, ending: str) -> None:
    """Is left alone."""
    (tmp_path / f"x.{ending}").mkdir()
    with pytest.raises(IsADirectoryError):
        write((("a",), breaking()), tmp_path / f"x.{ending}")
