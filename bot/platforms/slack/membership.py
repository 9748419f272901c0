"""Whether an account on Slack is surely one of the company's own, by what Slack says of it and of where it acted. Pure.

https://docs.slack.dev/reference/objects/user-object
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.delivery.senders import Unreachable

_SLACKBOT = "USLACKBOT"
_APPS = ("is_bot", "is_workflow_bot", "is_connector_bot")
_GUESTS = ("is_restricted", "is_ultra_restricted")


@dataclass(frozen=True)
class Ours:
    """Where the bot is installed: a workspace, its organization's id where it is in one; only the latter for a whole organization."""

    team: str = ""
    enterprise: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """What an account of ours may name as its workspace."""
        return frozenset({self.team, self.enterprise} - {""})


NOWHERE = Ours()
"""No installation: nobody is of it."""


def doubt(user: Mapping[str, Any], ours: Ours, *, explicit: bool = False) -> Unreachable | None:
    """Why an account isn't surely ours; None when it is. `user` is a user object, as users.info and users.lookupByEmail give it.

    Slack leaves `is_email_confirmed` out where the workspace stands for the address, and always names the workspace; where it doesn't, the
    account is that of the workspace that was asked, unless `explicit` asks for more.
    """
    shown = _object(user.get("profile"))
    if user.get("deleted"):
        return Unreachable("left", "the account is switched off in Slack")
    if is_app(user):
        return Unreachable("not_ours", "the account is an app's")
    if user.get("is_stranger") or not _is_member(user, ours, explicit):
        return Unreachable("not_ours", "the account is another company's, seen in a shared channel")
    if any(holder.get(flag) for flag in _GUESTS for holder in (user, shown)):
        return Unreachable("guest", "the account is a guest's in Slack")
    if user.get("is_email_confirmed") not in (True, None):
        return Unreachable("unconfirmed", "the address isn't confirmed in Slack")
    return None


def asked_for(user: object, user_id: str = "") -> dict[str, Any]:
    """What Slack answered, as the user object of the account that was asked for. Unreachable where it is none, or another's."""
    if not isinstance(user, dict) or (user_id and user.get("id") not in (user_id, None)):
        raise Unreachable("no_account", "Slack's answer isn't about the account that was asked for")
    return user


def is_app(user: Mapping[str, Any]) -> bool:
    """Whether an account is a program's, Slackbot's too."""
    return user.get("id") == _SLACKBOT or any(user.get(flag) for flag in _APPS)


def _is_member(user: Mapping[str, Any], ours: Ours, explicit: bool) -> bool:
    """Whether the account is the workspace's, or its organization's."""
    if not isinstance(user.get("team_id"), str | None):
        return False
    team = _id(user.get("team_id")) or _id(_object(user.get("profile")).get("team"))
    enterprise = _id(_object(user.get("enterprise_user")).get("enterprise_id"))
    if ours.enterprise and enterprise:
        return enterprise == ours.enterprise
    if enterprise and not team:
        return False
    return team in ours.ids if team else not explicit


@dataclass(frozen=True)
class Acted:
    """What an event says of whoever acted: `theirs` are the workspaces and organizations it says they are of; `there` is where it came from.

    `shared`: in a channel that is shared with another company.
    """

    theirs: frozenset[str]
    there: frozenset[str]
    shared: bool

    def agrees(self, ours: Ours) -> bool:
        """Whether all it says is ours."""
        return not self.shared and self.theirs <= ours.ids and bool(self.there & ours.ids or not self.there)

    def excludes(self, ours: Ours) -> bool:
        """Whether it says that they are another's: outside an organization, whose workspaces are many, one foreign workspace is enough.

        A foreign organization alone isn't: a workspace may have joined one since, so users.info is asked.
        """
        return not ours.enterprise and any(not one.startswith("E") for one in self.theirs - ours.ids)


def acted(body: Mapping[str, Any]) -> Acted:
    """Read what a command, interaction or event says of whoever acted."""
    event, user = _object(body.get("event")), _object(body.get("user"))
    theirs = [user.get("team_id"), user.get("enterprise_id"), event.get("user_team"), event.get("source_team")]
    theirs += [_object(event.get("user_profile")).get("team"), _object(event.get("user")).get("team_id")]
    team = _object(body.get("team"))
    there = [body.get("team_id"), team.get("id"), body.get("enterprise_id"), team.get("enterprise_id")]
    there += [_object(body.get("enterprise")).get("id")]
    places = frozenset(filter(None, map(_id, there)))
    return Acted(frozenset(filter(None, map(_id, theirs))), places, body.get("is_ext_shared_channel") is True)


def installed_in(body: Mapping[str, Any]) -> tuple[str, str]:
    """The workspace and organization whose installation an event is for: an event of a shared channel may carry another's `team_id`."""
    given = body.get("authorizations")
    first = _object(given[0]) if isinstance(given, list) and given else {}
    team = _object(body.get("team"))
    organizations = (body.get("enterprise_id"), team.get("enterprise_id"), _object(body.get("enterprise")).get("id"))
    enterprise = next(filter(None, map(_id, organizations)), "")
    return _id(first.get("team_id")) or _id(body.get("team_id")) or _id(team.get("id")), _id(
        first.get("enterprise_id")
    ) or enterprise


def email_of(user: Mapping[str, Any]) -> str:
    """The address in a user object; "" for who has none."""
    return _id(_object(user.get("profile")).get("email"))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _id(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
