"""The message extension: make something of a message in a chat or channel. What it makes is named by the command's id. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.commands import Inbound, Sender
from bot.domain.promises.commitments import LIMIT
from bot.domain.words.addresses import is_address
from bot.platforms.teams.incoming import Incoming
from bot.platforms.teams.markup import message_text
from bot.platforms.teams.text import cut

ON_MESSAGES = frozenset({"commit"})
"""The commands that make something of a message; others would take a whole message for what is typed after them."""


@dataclass(frozen=True)
class Search:
    """What can be looked for from the message box: in which of the dispatcher's sources, and what shows one that was found."""

    title: str
    description: str
    source: str
    command: str
    arg: str


SEARCHES = {
    "customers": Search(
        "Find a customer", "A customer's owner, segment and when we last saw them", "customers", "share-customer", "customer"
    ),
    "updates": Search("Find an update", "What staff were told, to show it to somebody", "updates", "share-update", "update"),
}
"""By the command's id in the app's manifest."""

_EXCERPT = 1_500  # characters of the message that are kept with what is made from it
_LONGEST_ID = 300


def asked(incoming: Incoming, sender: Sender) -> Inbound | None:
    """What is asked of a message, with its words, its link and an excerpt to be kept; None for what isn't asked of this bot.

    https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/define-action-command
    """
    value = incoming.value if isinstance(incoming.value, dict) else {}
    message, command = value.get("messagePayload"), value.get("commandId")
    if not isinstance(command, str) or command not in ON_MESSAGES or not isinstance(message, dict):
        return None
    text = "" if message.get("deletedDateTime") else message_text(message.get("body"))
    kept = {
        "source_link": _link(message),
        "source_text": cut(text, _EXCERPT),
        "source_ref": source_ref(incoming, message.get("id")),
    }
    args = {name: found for name, found in kept.items() if found}
    return Inbound(sender, command, cut(text, LIMIT), args, event_id=incoming.event_id, place=incoming.place)


def searched(incoming: Incoming) -> tuple[Search, str] | None:
    """What is looked for, and what was typed ("" before anything is); None for a search that isn't this bot's.

    https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
    """
    value = incoming.value if isinstance(incoming.value, dict) else {}
    search = SEARCHES.get(value["commandId"]) if isinstance(value.get("commandId"), str) else None
    given = value.get("parameters")
    typed = [one for one in given if isinstance(one, dict) and one.get("name") == "query"] if isinstance(given, list) else []
    query = typed[0].get("value", "") if typed else ""
    return None if search is None or not isinstance(query, str) else (search, query)


def source_ref(incoming: Incoming, message_id: object) -> str:
    """How a message is known again when it's edited; "" for one without an id."""
    conversation = incoming.where.conversation.partition(";")[0]
    if (
        not isinstance(message_id, str | int)
        or isinstance(message_id, bool)
        or not message_id
        or len(str(message_id)) > _LONGEST_ID
    ):
        return ""
    return f"teams:{conversation}:{message_id}"


def _link(message: dict[str, Any]) -> str:
    link = message.get("linkToMessage")
    return link if isinstance(link, str) and is_address(link) else ""
