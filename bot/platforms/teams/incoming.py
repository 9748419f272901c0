"""Read what Teams posts: who, what, where, and the id by which what comes twice is known. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.commands import Place
from bot.platforms.teams.buttons import Press
from bot.platforms.teams.forms import read_answers
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.text import typed


class Malformed(ValueError):
    """What was posted is no activity, or lacks what every one has."""


@dataclass(frozen=True)
class Incoming:
    """One activity. `user` is Teams' own id of whoever acts, `object_id` their Entra id where it's given; `where` leads back to them.

    `targeted`: among others, but seen by the bot alone, as a slash command is: so must be its answer.
    `tenants` are all it names, in small letters: of the conversation, the channel and whoever acts.
    """

    kind: str
    id: str
    channel: str
    where: Reference
    user: str
    object_id: str
    place: Place
    name: str = ""
    action: str = ""
    text: str = ""
    value: Any = None
    added: tuple[str, ...] = ()
    reply_to: str = ""
    edited: bool = False
    files: bool = False
    tenants: frozenset[str] = frozenset()
    targeted: bool = False

    @property
    def event_id(self) -> str:
        """Identify it across repeats; "" when Teams gave it no id."""
        return f"{self.kind}:{self.where.conversation}:{self.id}" if self.id else ""


def read(payload: object) -> Incoming:
    """Read an activity's JSON, with what was typed. Malformed when it isn't one."""
    found = envelope(payload)
    assert isinstance(payload, dict)  # noqa: S101 - or `envelope` had raised
    return replace(found, text=typed(_text(payload, "text"), _dicts(payload, "entities"), found.where.bot))


def envelope(payload: object) -> Incoming:
    """Read all of an activity but its text: whom it is from and where, for a check that comes before the rest is read.

    Malformed when it isn't one; odd values of what may be left out are taken as left out.
    """
    if not isinstance(payload, dict):
        raise Malformed("the body is no JSON object")
    conversation, sender, bot = (_dict(payload, name) for name in ("conversation", "from", "recipient"))
    kind, service, place = _text(payload, "type"), _text(payload, "serviceUrl"), _text(conversation, "id")
    if not (kind and service and place):
        raise Malformed("type, serviceUrl and conversation are needed")
    named = (
        _text(_dict(_dict(payload, "channelData"), "tenant"), "id"),
        _text(conversation, "tenantId"),
        _text(sender, "tenantId"),
    )
    tenant = next(filter(None, named), "")
    return Incoming(
        kind=kind,
        id=_text(payload, "id"),
        channel=_text(payload, "channelId"),
        where=Reference(service, place, tenant, _text(bot, "id"), _text(sender, "id")),
        user=_text(sender, "id"),
        object_id=_text(sender, "aadObjectId"),
        place=Place.PERSONAL if _personal(conversation) else Place.SHARED,
        name=_text(payload, "name"),
        action=_text(payload, "action"),
        value=payload.get("value"),
        added=tuple(_text(member, "id") for member in _dicts(payload, "membersAdded")),
        reply_to=_text(payload, "replyToId"),
        edited=_text(_dict(payload, "channelData"), "eventType") == "editMessage",
        files=any(map(_is_file, _dicts(payload, "attachments"))),
        tenants=frozenset(one.lower() for one in named if one),
        targeted=bot.get("isTargeted") is True and not _personal(conversation),
    )


def read_press(data: object) -> Press | None:
    """Read what a button or a form's submit carries; None for anything that isn't ours."""
    if not isinstance(data, dict):
        return None
    command, args = data.get("command"), data.get("args", {})
    if not (isinstance(command, str) and command and isinstance(args, dict)):
        return None
    if not all(isinstance(value, str) for value in args.values()):
        return None
    return Press(
        command=command,
        args=args,
        replaces=data.get("replaces") is True,
        form=read_answers(data) if "inputs" in data else None,
        on=_text(data, "on"),
        dialog=data.get("dialog") is True,
        confirm=_text(data, "confirm"),
        label=_text(data, "label"),
    )


def _is_file(attachment: Mapping[str, Any]) -> bool:
    """Whether something attached is a picture, a recording or a file: a message's own words come as one of HTML, too."""
    if _text(attachment, "contentType").partition(";")[0] != "text/html":
        return True
    return "<img" in _text(attachment, "content")


def _personal(conversation: Mapping[str, Any]) -> bool:
    """Whether this is a chat with one person alone; only a group's or channel's activity always says what it is, as does its id."""
    kind = _text(conversation, "conversationType")
    if kind:
        return kind == "personal"
    return conversation.get("isGroup") is not True and "@thread" not in _text(conversation, "id")


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _dict(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _dicts(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = holder.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
