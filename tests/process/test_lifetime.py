"""Signals end a process wherever it is: real processes, stuck in the ways they can be."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.process import lifetime

STUCK = """
import asyncio, sys, threading, time
from bot.process import lifetime, logs
logs.to_terminal()
lifetime.DEADLINE = {deadline}
life = lifetime.Lifetime(lambda: True)
life.last(lambda: print("last", flush=True))
with life.listening():
    print("up", flush=True)
    {body}
print("clean", flush=True)
"""
BODIES = {
    "asleep": "time.sleep(60)",
    "busy": "sum(1 for _ in iter(int, 1))",
    "waits": "life.wait_for(lambda: time.sleep(60))",
    "lock": "threading.Lock().acquire(); lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "pool": "asyncio.run(asyncio.wait_for(asyncio.to_thread(time.sleep, 60), 1))",
}


@contextmanager
def stuck(body: str, deadline: float = 1.0) -> Iterator[subprocess.Popen[str]]:
    """A process that does something for a minute, once it has begun."""
    words = [sys.executable, "-c", STUCK.format(body=body, deadline=deadline)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("body", "sign"),
    [(body, signal.SIGTERM) for body in ("asleep", "busy", "lock", "pool")] + [("asleep", signal.SIGINT)],
)
def test_what_cannot_end_is_ended(body: str, sign: signal.Signals) -> None:
    """After the deadline, with what must be done last done, and without a traceback."""
    with stuck(BODIES[body]) as process:
        process.send_signal(sign)
        out, told = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "last\n")
        assert "not everything came to its end in time" in told
        assert "Traceback" not in told


def test_a_wait_is_left_at_once() -> None:
    """What `wait_for` waits for is left behind: the process goes on to its end by itself."""
    with stuck(BODIES["waits"], deadline=30) as process:
        process.send_signal(signal.SIGTERM)
        out, told = process.communicate(timeout=20)
        assert '"exc_type": "Stopped"' in told, "nobody catches it in this program"
        assert "last" not in out


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_the_second_signal_ends_it_at_once(sign: signal.Signals, code: int) -> None:
    """Whatever the first is still waiting for."""
    with stuck(BODIES["asleep"], deadline=50) as process:
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        assert "stopping" in process.stderr.readline()
        process.send_signal(sign)
        assert process.wait(timeout=10) == code


def test_told_after_it_was_asked_is_told_at_once() -> None:
    """Nobody waits for a stop that has been asked for before they listened."""
    life, told = lifetime.Lifetime(), list[str]()
    life.stop()
    life.then(lambda: told.append("stop"))
    assert told == ["stop"]
    assert life.asked


def test_wait_for_gives_and_raises() -> None:
    """What the work gives, or what it raises, on the thread that asked."""
    life = lifetime.Lifetime()
    assert life.wait_for(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        life.wait_for(lambda: 1 // 0)
