"""What the process says of itself: readable lines on a terminal, one JSON object a line elsewhere, whoever writes them."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

_LEVELS = {
    "bot": logging.INFO,
    "slack_sdk": logging.ERROR,  # what it retries is told by bot.platforms.connections
    "slack_bolt": logging.ERROR,
    "psycopg.pool": logging.ERROR,  # each try of a database that is away; bot.process.worker tells the outage
    "procrastinate": logging.ERROR,
    "procrastinate.utils": logging.CRITICAL,  # its listener, which bot.process.worker begins again
    "aiohttp.access": logging.ERROR,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
}
"""Some libraries tell of each try what is told of once an outage here."""


def to_terminal() -> None:
    """Have all logs, the libraries' too, written to standard error."""
    plain = sys.stderr.isatty()
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    structlog.configure(
        processors=[*ours, *_written(plain)],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    theirs = logging.StreamHandler(sys.stderr)
    named: list[Processor] = [*ours, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder()]
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    theirs.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=named, processors=[meta, *_written(plain)]))
    logging.basicConfig(level=logging.WARNING, handlers=[theirs], force=True)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)


def _written(plain: bool) -> list[Processor]:
    if plain:
        return [structlog.dev.ConsoleRenderer()]
    # A traceback has no local variables in it: they hold tokens and people's words.
    told = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [told, structlog.processors.JSONRenderer()]
