"""Every kind of thing Teams sends, in its documented shape and with fields nobody has heard of: taken, ignored or refused, never a fault.

https://learn.microsoft.com/microsoftteams/platform/bots/ and .../messaging-extensions/
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.platforms.teams.fake_connector import KEY, TENANT
from tests.platforms.teams.world import World, world

NEW: dict[str, Any] = {
    "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "iOS"}, {"type": "brandNew", "x": [None]}],
    "localTimestamp": "2026-11-25T09:30:00.000+00:00",
    "timestamp": "2026-11-25T09:30:00.000Z",
    "xNew": {"a": 1},
}
CONTEXT = {"theme": "default"}
HTML = {"contentType": "text/html", "content": "<div><div>help</div></div>"}
PAYLOAD = {
    "id": "17",
    "body": {"contentType": "html", "content": "<p>six weeks</p>"},
    "from": {"user": {"id": "x", "displayName": "Bo"}},
}


@pytest.fixture
async def teams() -> AsyncIterator[World]:
    """A platform in front of a fake dispatcher."""
    async with world() as made:
        yield made


TAKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "a message": ("message", {"text": "help", "textFormat": "plain", "attachments": [HTML]}),
    "a message in a channel": ("message", {"text": "<at>Outside In</at> help\r\n", "attachments": [HTML]}),
    "a message without text": ("message", {"text": None}),
    "a submit that comes as a message": ("message", {"text": None, "value": {"command": "help", "args": {}}}),
    "a submit of nothing of ours": ("message", {"value": {"x": 1}}),
    "a file": (
        "message",
        {"text": "", "attachments": [{"contentType": "application/vnd.microsoft.teams.file.download.info", "content": {}}]},
    ),
    "a message edited": ("messageUpdate", {"text": "new", "channelData": {"eventType": "editMessage", "tenant": {"id": TENANT}}}),
    "a message deleted": ("messageDelete", {"channelData": {"eventType": "softDeleteMessage"}}),
    "a reaction": ("messageReaction", {"reactionsAdded": [{"type": "like"}], "replyToId": "1"}),
    "somebody added": ("conversationUpdate", {"membersAdded": [{"id": "29:new", "aadObjectId": "aad-new"}]}),
    "the bot added": ("conversationUpdate", {"membersAdded": [{"id": "28:bot"}], "channelData": {"eventType": "teamMemberAdded"}}),
    "somebody gone": ("conversationUpdate", {"membersRemoved": [{"id": "29:old"}]}),
    "a channel renamed": (
        "conversationUpdate",
        {"channelData": {"eventType": "channelRenamed", "channel": {"id": "c", "name": "n"}}},
    ),
    "installed": ("installationUpdate", {"action": "add"}),
    "taken away": ("installationUpdate", {"action": "remove"}),
    "typing": ("typing", {}),
    "the end of a conversation": ("endOfConversation", {"code": "unknown"}),
    "an event": ("event", {"name": "application/vnd.microsoft.readReceipt", "value": {"lastReadMessageId": "1"}}),
    "a kind nobody has heard of": ("brandNewKind", {"name": "x", "value": {}}),
}

INVOKES: dict[str, tuple[str, Any]] = {
    "a press": (
        "adaptiveCard/action",
        {"action": {"type": "Action.Execute", "verb": "help", "data": {"command": "help", "args": {}}}},
    ),
    "a press of an old card": (
        "adaptiveCard/action",
        {"action": {"type": "Action.Execute", "verb": "gone", "data": {"command": "gone"}}},
    ),
    "a refresh": ("adaptiveCard/action", {"action": {"type": "Action.Execute", "verb": "x"}, "trigger": "automatic"}),
    "a dialog": ("task/fetch", {"data": {"command": "logvisit", "args": {}}, "context": CONTEXT}),
    "a dialog saved": ("task/submit", {"data": {"command": "help", "args": {}}, "context": CONTEXT}),
    "a search while typing": (
        "application/search",
        {"queryText": "acm", "dataset": "customers", "queryOptions": {"skip": 0, "top": 15}},
    ),
    "a search in the message box": (
        "composeExtension/query",
        {
            "commandId": "customers",
            "parameters": [{"name": "initialRun", "value": "true"}],
            "queryOptions": {"skip": 0, "count": 25},
        },
    ),
    "something made of a message": (
        "composeExtension/fetchTask",
        {"commandId": "commit", "commandContext": "message", "messagePayload": PAYLOAD},
    ),
    "and saved": (
        "composeExtension/submitAction",
        {"commandId": "commit", "data": {"command": "commit", "args": {}}, "messagePayload": PAYLOAD},
    ),
    "a link's preview": ("composeExtension/queryLink", {"url": "https://x.example"}),
    "settings": ("composeExtension/querySettingUrl", {}),
    "an item chosen": ("composeExtension/selectItem", {"x": 1}),
    "a tab": ("tab/fetch", {"tabContext": {"tabEntityId": "x"}}),
    "a sign-in": ("signin/verifyState", {"state": "1"}),
    "feedback": ("message/submitAction", {"actionName": "feedback", "actionValue": {"reaction": "like"}}),
    "an invoke nobody has heard of": ("brand/new", {"x": [1]}),
}


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("name", TAKEN)
async def test_it_is_taken_or_ignored(teams: World, name: str, shared: bool) -> None:
    """2xx in a chat and in a channel: Teams would send anything else again."""
    kind, more = TAKEN[name]
    answer = await teams.post(teams.activity(kind, shared=shared, **{**NEW, **more}))
    assert 200 <= answer.status < 300, await answer.text()


@pytest.mark.parametrize("name", INVOKES)
@pytest.mark.parametrize("odd", [False, True])
async def test_an_invoke_is_answered(teams: World, name: str, odd: bool) -> None:
    """What is asked of this bot with 200, what isn't with 501, what can't be read with 400; also without any value."""
    kind, value = INVOKES[name]
    status, _ = await teams.invoke(kind, None if odd else value, **NEW)
    assert status in ({200, 400, 501} if odd else {200, 501})


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'"x"', b"\xff", json.dumps({"type": 7}).encode(), b"{}"])
async def test_what_is_no_activity_is_refused(teams: World, body: bytes) -> None:
    """400 or 401 with a good token: never a fault."""
    assert 400 <= (await teams.post(body)).status < 500


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://sts.windows.net/other/"},
        {"aud": "another-app"},
        {"serviceurl": "https://evil.example/"},
        {"exp": 1},
        {"nbf": 4_102_444_800},
    ],
)
async def test_a_token_for_something_else_is_refused(teams: World, claims: dict[str, Any]) -> None:
    """Issuer, audience, service URL, too old, not yet: 401 or 403, and nothing runs."""
    token = KEY.token(teams.teams.service, **claims)
    assert (await teams.post(teams.activity("message", text="help"), token)).status in {401, 403}
    assert teams.dispatcher.seen == []
