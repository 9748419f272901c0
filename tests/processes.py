"""Whole programs beside the test: started, waited for until they answer, and stopped; and a database of their own."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from bot.clock import utc_now
from bot.database import Database
from bot.process.opening import open_database
from bot.schema import _config, migrate


def new_database(server_url: str, name: str) -> str:
    """Make an empty database on a server, in place of one that has this name; its address."""
    database = open_database(server_url, utc_now)
    server = sa.create_engine(database.url, isolation_level="AUTOCOMMIT")
    database.close()
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    server.dispose()
    return server.url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)


def unhurried(server_url: str) -> str:
    """Have a server commit without waiting for its disk: what is on it is gone with the test in any case. Its address."""
    database = Database(server_url, utc_now, ())
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    database.close()
    return server_url


def downgrade(database: Database, revision: str) -> None:
    """Take a database back to an older revision of its schema."""
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


@contextmanager
def older(server_url: str, name: str, revision: str, rows: str) -> Iterator[Database]:
    """A database of its own as it was at an older revision of its schema, with these rows in it."""
    database = open_database(new_database(server_url, name), utc_now)
    migrate(database)
    downgrade(database, revision)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(rows)
    yield database
    database.close()


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    command: list[str], ready: str, log: Path, cwd: Path, env: dict[str, str] | None = None, *, ours: bool = True
) -> Iterator[None]:
    """A program, once `ready` answers; asked to stop at the end, which `ours` do with 0, others as they like.

    Its standard input stays open: Microsoft's Playground ends with it.
    """
    with log.open("w+") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output, cwd=cwd, env=env)
        try:
            for _ in range(300):
                assert process.poll() is None, log.read_text(encoding="utf-8")
                try:
                    with urllib.request.urlopen(ready, timeout=1):  # noqa: S310 - loopback
                        break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.1)
            else:
                pytest.fail(f"{command[0]} did not get ready: {log.read_text(encoding='utf-8')}")
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
            assert process.returncode == 0 or not ours, log.read_text(encoding="utf-8")
