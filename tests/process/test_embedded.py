"""The embedded PostgreSQL after crashes, copies and moves: real servers, real processes, real kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from bot.clock import utc_now
from bot.process.embedded import EmbeddedError, embedded_server
from bot.process.opening import open_database

USER = """
import sys
from pathlib import Path
from bot.process.embedded import embedded_server
print(embedded_server(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder. Not under pytest's own, which is closed to the server's user; nothing of it is left running."""
    folder = Path(tempfile.mkdtemp(prefix="outside-in-"))
    yield folder / "data"
    for server in servers(folder):
        server.kill()
        server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)


def servers(folder: Path) -> list[psutil.Process]:
    """The servers that have their data somewhere below."""
    below = str(folder.resolve())
    return [
        one
        for one in psutil.process_iter(["cmdline", "cwd"])
        if "-D" in (one.info["cmdline"] or []) and (one.info["cwd"] or "").startswith(below)
    ]


class User:
    """Another process that uses a data folder."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def leave(self) -> str:
        """End it cleanly; what it said was wrong."""
        return self.process.communicate(timeout=60)[1]

    def kill(self) -> None:
        """Kill -9."""
        self.process.kill()
        self.process.communicate(timeout=60)


@contextmanager
def used(data: Path) -> Iterator[User]:
    """The same, ended at the end."""
    user = User(data)
    try:
        yield user
    finally:
        user.kill()


def written(url: str, statement: str) -> list[object]:
    """What a statement gives on a server."""
    database = open_database(url, utc_now)
    with database.engine.begin() as connection:
        result = connection.exec_driver_sql(statement)
        found = list(result.scalars()) if result.returns_rows else []
    database.close()
    return found


def test_after_a_kill_the_next_takes_it_over_and_stops_it(data: Path) -> None:
    """A process that is killed leaves its server running; the next uses that one, and a clean end of that stops it."""
    with used(data) as killed:
        written(killed.url, "CREATE TABLE t AS SELECT 7 AS n")
        (server,) = servers(data)
        killed.kill()
    with used(data) as second:
        assert [one.pid for one in servers(data)] == [server.pid]
        assert written(second.url, "SELECT n FROM t") == [7]
        assert second.leave() == ""
    assert servers(data) == []


def test_the_last_of_two_stops_it(data: Path) -> None:
    """One that ends leaves it to the other; nobody's data goes away under them."""
    with used(data) as first, used(data) as second:
        assert first.url == second.url
        first.leave()
        assert written(second.url, "SELECT 1") == [1]
        second.leave()
    assert servers(data) == []


def crashed(data: Path) -> None:
    """Data as a machine that went off leaves it: the server's mark is there, the server isn't."""
    with used(data) as user:
        written(user.url, "CREATE TABLE t AS SELECT 7 AS n")
        (server,) = servers(data)
        os.kill(server.pid, signal.SIGKILL)
        server.wait(20)
        user.kill()
    assert (data / "postgres" / "postmaster.pid").exists()


def other_number(data: Path, number: int) -> None:
    """Put a running process's number into the mark: after a restart of the machine it can be anybody's."""
    for mark in (data / "postgres" / "postmaster.pid", data / "postgres" / ".s.PGSQL.5432.lock"):
        lines = mark.read_text().split("\n")
        mark.write_text("\n".join([str(number), *lines[1:]]))


@pytest.mark.parametrize("number", ["gone", "somebody's", "another server's", "no number", "empty"])
def test_what_a_crash_left_is_swept_up(data: Path, number: str, database_url: str) -> None:
    """Also where the number in the mark is somebody's by now, or another PostgreSQL's, and in a folder that was moved since."""
    crashed(data)
    mark = data / "postgres" / "postmaster.pid"
    if number == "somebody's":
        other_number(data, os.getpid())
    elif number == "another server's":
        other_number(data, next(int(str(one)) for one in written(database_url, "SELECT pid FROM pg_stat_activity LIMIT 1")))
    elif number != "gone":
        mark.write_text("nothing\n" if number == "no number" else "")
    moved = data.rename(data.parent / "moved")
    with used(moved) as user:
        assert str(moved) in user.url.replace("%2F", "/")
        assert written(user.url, "SELECT n FROM t") == [7]
        user.leave()
    assert servers(moved) == []


def test_a_copy_of_a_running_one_starts_beside_it(data: Path) -> None:
    """The mark in the copy is the other's: it is a server of its own, and the first goes on."""
    with used(data) as first:
        written(first.url, "CREATE TABLE t AS SELECT 7 AS n; CHECKPOINT")
        copy = data.parent / "copy"
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns(".s.PGSQL*"))
        (copy / "postgres").chmod(0o755)
        with used(copy) as second:
            assert second.url != first.url
            written(second.url, "UPDATE t SET n = 8")
            assert written(first.url, "SELECT n FROM t") == [7]
            assert len(servers(data.parent)) == 2


def test_a_folder_moved_while_it_runs_is_taken_over(data: Path) -> None:
    """Its process was killed, the folder moved under the server: that one is stopped, and starts where the data is now."""
    with used(data) as user:
        written(user.url, "CREATE TABLE t AS SELECT 7 AS n")
        user.kill()
    moved = data.rename(data.parent / "moved")
    with used(moved) as user:
        assert written(user.url, "SELECT n FROM t") == [7]
        user.leave()
    assert servers(data.parent) == []


@pytest.mark.parametrize("name", ["a folder with spaces & signs; $HOME, 100% 'é'", "x" * 120])
def test_any_name_of_a_folder_will_do(data: Path, name: str) -> None:
    """Spaces, signs a shell or an address would take for its own, and a path longer than a socket's may be."""
    with used(data / name) as user:
        assert written(user.url, "SELECT 1") == [1]
        with used(data / name) as other:
            assert other.url == user.url
        assert user.leave() == ""
    assert servers(data) == []


def test_what_cannot_be_is_told_in_words(data: Path) -> None:
    """A file where the folder should be, a database of another version, one in use by what can't be seen from here."""
    data.mkdir()
    (data / "file").write_text("")
    with pytest.raises(EmbeddedError, match=r"can't be kept in .*file.*--data"):
        embedded_server(data / "file")
    (data / "old" / "postgres").mkdir(parents=True)
    (data / "old" / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 16, and this is 18"):
        embedded_server(data / "old")
    with used(data / "other") as user:
        assert user.url
        other_number(data / "other", 1)
        with pytest.raises(EmbeddedError, match="can't be seen from here"):
            embedded_server(data / "other")


@contextmanager
def mounted(place: Path, options: str) -> Iterator[None]:
    """A file system of its own at a place; the test is left out where that isn't allowed."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    words = [mount or "mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    if mount is None or unmount is None or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield
    finally:
        subprocess.run([unmount, "-l", str(place)], check=True)


def test_a_full_disk_is_told_in_words(data: Path) -> None:
    """On a file system with no room, before anything is written."""
    data.mkdir(parents=True)
    with mounted(data, "size=1m"), pytest.raises(EmbeddedError, match="no space left on the disk"):
        embedded_server(data)


def test_a_folder_that_cannot_be_written_to_is_told_in_words(data: Path) -> None:
    """As on a file system mounted for reading."""
    data.mkdir(parents=True)
    with mounted(data, "ro"), pytest.raises(EmbeddedError, match="Read-only file system"):
        embedded_server(data)
