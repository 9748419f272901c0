"""How long a process lives: what asks it to stop or to begin anew, and what ends it where it can't.

Signals are read on a thread of their own. Python runs a signal's handler on the main thread alone, and only between two of its steps: one
that waits for a name server or a lock in the database would never get to it.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, NoReturn, TypeVar

import structlog

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")

DEADLINE: Final = 7.5
"""Seconds in which everything comes to its end after the first signal; then the process ends as it is. Supervisors wait 10 and more."""

_STOP = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name))
_AGAIN = getattr(signal, "SIGHUP", None)


class Stopped(Exception):
    """The process was asked to stop while something was waited for."""


class Lifetime:
    """Until when this process runs.

    SIGTERM and Ctrl-C ask it to stop: what was given to `then` is called. After `DEADLINE` seconds, or at a second signal, the process ends at
    once. SIGHUP asks it to begin anew, in its place and with its environment, where `may_begin_anew` says that it can.
    """

    def __init__(self, may_begin_anew: Callable[[], bool] = lambda: False) -> None:
        self._may_begin_anew = may_begin_anew
        self._asked = threading.Event()
        self._anew = False
        self._told: list[Callable[[], None]] = []
        self._last: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def asked(self) -> bool:
        """Whether it was asked to stop."""
        return self._asked.is_set()

    def then(self, told: Callable[[], None]) -> None:
        """Call `told`, from whatever thread, when it is to stop; at once when it was asked before."""
        with self._lock:
            if not self._asked.is_set():
                self._told.append(told)
                return
        told()

    def last(self, done: Callable[[], None]) -> None:
        """Do this however the process ends: at its end, or just before it is ended."""
        self._last.append(done)

    def stop(self) -> None:
        """Ask it to stop."""
        with self._lock:
            self._asked.set()
            told, self._told = self._told, []
        for one in told:
            one()

    def wait_for(self, what: Callable[[], _T]) -> _T:
        """What `what` gives or raises. Stopped, as soon as the process was asked to stop: what still goes on is left behind."""
        found: list[_T] = []
        raised: list[BaseException] = []
        over = threading.Event()

        def work() -> None:
            try:
                found.append(what())
            except BaseException as error:  # noqa: BLE001 - raised below, on the thread that asked
                raised.append(error)
            over.set()

        self.then(over.set)
        threading.Thread(target=work, name="wait_for", daemon=True).start()
        over.wait()
        if raised:
            raise raised[0]
        if not found:
            raise Stopped
        return found[0]

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for signals while this lasts; then begin anew, where that was asked for."""
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        signs = [*_STOP, *([_AGAIN] if _AGAIN else [])]
        before = {sign: signal.signal(sign, _noted) for sign in signs}
        woken = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        threading.Thread(target=self._listen, args=(ours,), name="signals", daemon=True).start()
        try:
            yield
            if self._anew:
                self._begin_anew()
        finally:
            signal.set_wakeup_fd(woken)
            for sign, handler in before.items():
                signal.signal(sign, handler)
            theirs.close()  # which ends the thread

    def _listen(self, ours: socket.socket) -> None:
        with ours:
            while got := ours.recv(1):
                self._signalled(got[0])

    def _signalled(self, sign: int) -> None:
        if sign not in signs_of_end():
            self._hang_up()
        elif self._asked.is_set() and not self._anew:
            self._end(128 + sign)
        else:
            self._anew = False
            _log.info("stopping", signal=signal.Signals(sign).name)
            self._begin_to_stop()

    def _hang_up(self) -> None:
        if not self._asked.is_set() and self._may_begin_anew():
            self._anew = True
            self._begin_to_stop()

    def _begin_to_stop(self) -> None:
        if not self._asked.is_set():
            threading.Thread(target=self._watch, name="deadline", daemon=True).start()
        self.stop()

    def _watch(self) -> None:
        time.sleep(DEADLINE)
        _log.warning("not everything came to its end in time", seconds=DEADLINE)
        for one in self._last:
            with suppress(OSError):
                one()
        if self._anew:
            self._begin_anew()
        self._end(0)

    def _begin_anew(self) -> NoReturn:
        """The same program, in this process: its number, its environment and what it inherited stay."""
        _flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - what was started is started again

    def _end(self, code: int) -> NoReturn:
        _flush()
        os._exit(code)


def signs_of_end() -> tuple[int, ...]:
    """The signals that ask a process to stop."""
    return _STOP


def _noted(_sign: int, _frame: FrameType | None) -> None:
    """Nothing: the signal is read on its thread."""


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
