"""Whether an account in Teams is surely one of the company's own, by what the conversation's roster says of it. Pure.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context#fetch-the-roster-or-user-profile
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.delivery.senders import Unreachable

_MEMBER = "user"
_NAMES = ("tenantId", "userRole", "aadObjectId", "objectId")
"""What says whose an account is: what is something else than text isn't taken for left out."""


def doubt(member: Mapping[str, Any], tenant: str, object_id: str) -> Unreachable | None:
    """Why a member isn't surely ours; None when it is: of our tenant, no guest, and the very account (`object_id`) that is meant.

    Teams always says the tenant and role; without them the account is that of the tenant that was asked, as long as it has a name there.
    """
    if any(not isinstance(member.get(name), str | None) for name in _NAMES):
        return Unreachable("not_ours", "Teams says who it is in a way that isn't known")
    given, role = _text(member, "tenantId"), _text(member, "userRole").lower()
    found = object_id_of(member)
    if found and found.lower() != object_id.lower():
        return Unreachable("not_ours", "Teams names another account")
    if given and given.lower() != tenant.lower():
        return Unreachable("not_ours", "the account is another organization's")
    if role not in {"", _MEMBER} or "#ext#" in f"{_text(member, 'userPrincipalName')} {_text(member, 'email')}".lower():
        return Unreachable("guest", "the account is a guest's in Teams")
    if not role and not _text(member, "userPrincipalName"):
        return Unreachable("not_ours", "Teams says neither its role nor its sign-in name")
    return None


def address_of(member: Mapping[str, Any], *, by_email: bool = False) -> str:
    """The address that says whose account it is: the sign-in name (UPN), which Entra gives only for the tenant's own domains.

    `email` is an attribute that administrators can set to anything: it counts with `by_email`, and where Teams gives no sign-in name.
    """
    email, name = _text(member, "email"), _text(member, "userPrincipalName")
    return (email or name) if by_email else (name or email)


def object_id_of(member: Mapping[str, Any]) -> str:
    """The account's id in Entra; Teams calls it one thing for one member and another in a page of them."""
    return _text(member, "aadObjectId") or _text(member, "objectId")


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""
