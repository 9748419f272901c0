"""What the connector's refusals and a silent network mean for a delivery."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable

# https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
_BUSY = {412, 429, 502, 504}
_CODES = {
    "MessageWritesBlocked": "bot_blocked",
    "BotNotInConversationRoster": "bot_not_installed",
    "BotDisabledByAdmin": "bot_blocked",
    "NotEnoughPermissions": "bot_blocked",
    "ConversationBlockedByUser": "bot_blocked",
    "InvalidBotApiHost": "refused",
}


@contextmanager
def network(*, repeatable: bool) -> Iterator[None]:
    """Turn what a silent network raises into the exceptions of `bot.delivery.senders`.

    `repeatable` says that the call may be made twice without harm: then what might or might not have arrived is `RetryLater`, else
    `Uncertain`.
    """
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise RetryLater(None, f"no connection to Teams: {error}") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise in_doubt(f"{type(error).__name__}: {error}", repeatable) from error


def explain(status: int, headers: Mapping[str, str], body: bytes, *, repeatable: bool) -> Exception:
    """Give what an answer that isn't a success means. 401 isn't for here: the token is refreshed first."""
    code = error_code(body)
    detail = f"HTTP {status} {code}".strip()
    if status in _BUSY:
        return RetryLater(retry_after(headers), detail)
    if status == 408 or status >= 500:
        return in_doubt(detail, repeatable)
    if status == 401:
        return Refused(detail)
    if status == 404:
        return Unreachable("conversation_gone", code or detail)
    return Unreachable(_CODES.get(code, "refused"), code or detail)


def error_code(body: bytes) -> str:
    """Give the connector's code for what went wrong; "" when the body holds none, as a proxy's text or an empty 403."""
    try:
        error = json.loads(body).get("error")
        return str(error.get("code") or "") if isinstance(error, dict) else str(error or "")
    except (UnicodeDecodeError, json.JSONDecodeError, AttributeError):
        return ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After in seconds, given as a number or as a date; None when it's neither."""
    value = headers.get("Retry-After", "").strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def in_doubt(detail: str, repeatable: bool) -> Exception:
    """Give what may or may not have arrived."""
    return RetryLater(None, detail) if repeatable else Uncertain(detail)
