"""The process's log: readable lines on a terminal, one JSON object a line elsewhere, whoever writes them, and no secrets in them.

Our own lines (structlog) go through the standard library's logging, as those of Bolt, the Bot Framework, aiohttp, APScheduler, Procrastinate
and Alembic do: one handler and one formatter write both, with the same fields.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

_OURS = ("bot", "handlers", "schedules")

_LEVELS = {
    "slack_sdk": logging.ERROR,  # what it retries is told by bot.platforms.connections
    "slack_bolt": logging.ERROR,
    "psycopg.pool": logging.ERROR,  # each try of a database that is away; bot.process.worker tells the outage
    "procrastinate": logging.ERROR,
    "procrastinate.utils": logging.CRITICAL,  # its listener, which bot.process.worker begins again
    "aiohttp.access": logging.ERROR,
}
"""Libraries that tell of each try what is told of once an outage here; of the others, warnings and above are written."""

_HIDDEN = "***"
_SHORTEST = 8
"""Characters below which a value is hidden nowhere: each place where it happens to stand would be torn out."""

_TOKENS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+"  # Slack's
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"  # a JWT
    r"|(?<=hooks\.slack\.com/)[\w/-]+"  # who has this address may answer
    r"|(?<=://)[^\s/:@\"]*:[^\s/@\"]+(?=@)"  # a database's or proxy's password
    r"|(?<=[Bb]earer )[^\s\"'\\]+"
    r"|(?:(?<=[?&]key=)|(?<=[?&]code=)|(?<=[?&]ticket=)|(?<=client_secret=)|(?<=client_assertion=))[^\s&\"'\\]+"
)

_known: set[str] = set()


def hide(secrets: Iterable[str]) -> None:
    """Have these values written nowhere in the log, from now on, whoever says them: an error's words, a traceback, a library."""
    for one in secrets:
        if len(one) >= _SHORTEST:
            _known.update({one, *(json.dumps(one, ensure_ascii=plain)[1:-1] for plain in (True, False))})


def forget() -> None:
    """Hide no values any more: those of another company's settings, where one process reads several."""
    _known.clear()


def to_terminal(level: int = logging.INFO) -> None:
    """Have all logs written to standard error: our own from `level` on, the libraries' from warnings on, and what ends the process."""
    plain = sys.stderr.isatty()
    alike: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *alike, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = _StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*alike, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_written(plain), _without_secrets],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler, *(one for one in root.handlers if not isinstance(one, _StandardError))]
    root.setLevel(logging.WARNING)
    for name, least in {**dict.fromkeys(_OURS, level), **_LEVELS}.items():
        logging.getLogger(name).setLevel(least)
    logging.captureWarnings(capture=True)
    sys.excepthook = _ended
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _thread_ended


def _written(plain: bool) -> list[Processor]:
    # A traceback has no local variables in it: they hold tokens and people's words.
    if plain:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    told = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [told, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _without_secrets(_logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
    """The finished line, with what must not be in it taken out. What renders before it gives a string."""
    text = str(line)
    for secret in sorted(_known, key=len, reverse=True):  # one may be the beginning of another
        text = text.replace(secret, _HIDDEN)
    return _TOKENS.sub(_HIDDEN, text)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error when it writes, which tests and shells exchange."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Where the next line goes."""
        return sys.stderr


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write what ends the process as a line like any other."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    structlog.get_logger(__name__).critical("ended by a fault", exc_info=(kind, error, trace))


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        structlog.get_logger(__name__).critical("a thread ended by a fault", exc_info=args.exc_value)
