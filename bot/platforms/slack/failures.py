"""What Slack's refusals and a silent network mean for a delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.delivery.senders import Refused, RetryLater, Uncertain, Unreachable

# Codes: https://docs.slack.dev/reference/methods/chat.postMessage, conversations.open, users.lookupByEmail
_UNREACHABLE = {
    "users_not_found": "no_account",
    "user_not_found": "no_account",
    "user_not_visible": "guest",
    "user_disabled": "left",
    "cannot_dm_bot": "refused",
    "channel_not_found": "conversation_gone",
    "is_archived": "channel_archived",
    "message_not_found": "conversation_gone",
    "thread_not_found": "conversation_gone",
    "not_in_channel": "bot_not_installed",
    "messages_tab_disabled": "bot_not_installed",
}
# The bot's own token or standing: `account_inactive` is said of the token's account, never of the person written to.
_REFUSED = {
    "account_inactive",
    "access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "team_added_to_org",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
_THROTTLED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# "It's possible some aspect of the operation succeeded", says Slack of these.
_DOUBTFUL = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


@asynccontextmanager
async def explained(*, repeatable: bool) -> AsyncIterator[None]:
    """Turn what a call raises into the exceptions of `bot.delivery.senders`.

    `repeatable` says that the call may be made twice without harm: then what might or might not have arrived is `RetryLater`, else
    `Uncertain`.
    """
    try:
        yield
    except SlackApiError as error:
        raise _explain(error, repeatable) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise RetryLater(None, f"no connection to Slack: {error}") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise _in_doubt(f"{type(error).__name__}: {error}", repeatable) from error


def error_code(error: SlackApiError) -> str:
    """Give Slack's code for what went wrong, "" when the answer had none."""
    data: Any = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def error_status(error: SlackApiError) -> int:
    """Give the HTTP status of a refusal; the SDK keeps either its own response or, for a body that isn't JSON, aiohttp's."""
    status: int = getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0)
    return status


def _explain(error: SlackApiError, repeatable: bool) -> Exception:
    code = error_code(error)
    status = error_status(error)
    if status == 429 or code in _THROTTLED:
        return RetryLater(retry_after(error), code or "ratelimited")
    if status >= 500 or code in _DOUBTFUL or not code:
        return _in_doubt(code or f"HTTP {status}", repeatable)
    if code in _REFUSED:
        return Refused(code)
    return Unreachable(_UNREACHABLE.get(code, "refused"), code)


def refuses(code: str) -> bool:
    """Whether Slack says with this code that it doesn't take the bot itself."""
    return code in _REFUSED


def retry_after(error: SlackApiError) -> float | None:
    """Give the seconds Slack wants to be left alone; None when it names none."""
    value = error.response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else None


def _in_doubt(detail: str, repeatable: bool) -> Exception:
    return RetryLater(None, detail) if repeatable else Uncertain(detail)
