"""What Slack's refusals of the bot itself mean, in words: `check --live`, the log and the administrators are told the same."""

from __future__ import annotations

from collections.abc import Mapping

from slack_sdk.errors import SlackApiError

from bot.delivery.senders import Refused, RetryLater
from bot.platforms.slack.failures import error_code, error_status, refuses, retry_after

# https://docs.slack.dev/reference/methods/auth.test
BOT_TOKEN = {
    "account_inactive": "the app was taken out of the workspace. Install it again (Install App) and copy the new token",
    "invalid_auth": "Slack doesn't know it. Copy it again: OAuth & Permissions, Bot User OAuth Token",
    "not_allowed_token_type": "it is a token of another kind. Copy the one that begins with xoxb-: OAuth & Permissions",
    "token_expired": "it has ended. Install the app again; where it is one workspace's, switch token rotation off before and copy the new token",
    "token_revoked": "it was revoked. Install the app again (Install App) and copy the new token",
}
# https://docs.slack.dev/reference/methods/apps.connections.open
APP_TOKEN = {
    "invalid_auth": "Slack doesn't know it. Make one: Basic Information, App-Level Tokens, with the scope connections:write",
    "missing_scope": "it lacks the scope connections:write. Make another with it: Basic Information, App-Level Tokens",
    "not_allowed_token_type": "it is a token of another kind. Copy the one that begins with xapp-: Basic Information, App-Level Tokens",
}


def meaning(error: Exception, name: str, known: Mapping[str, str]) -> Refused | RetryLater:
    """The same as `explained`, to be raised: Refused where someone must act, RetryLater where it may pass by itself."""
    told = explained(error, name, known)
    if isinstance(error, SlackApiError):
        code = error_code(error)
        if code in known or refuses(code):
            return Refused(told)
        return RetryLater(retry_after(error), told)
    return RetryLater(None, told)


def explained(error: Exception, name: str, known: Mapping[str, str]) -> str:
    """What an answer that isn't ok, or none, means for the token in the variable `name`."""
    if not isinstance(error, SlackApiError):
        told = str(error) or type(error).__name__
        return f"Slack can't be reached ({told}). Let this machine call slack.com on port 443, then try again."
    code = error_code(error)
    if code in known:
        return f"Slack refuses {name} ({code}): {known[code]}."
    if error_status(error) == 429 or code == "ratelimited":
        return "Slack was asked too often just now. Try again in a minute."
    said = code or f"HTTP {error_status(error)}"
    return f"Slack refuses {name}: {said}. What that means: https://docs.slack.dev/reference/methods."
