"""Payloads of which one part is missing or of another kind, rightly signed: none is a fault of ours."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.typing import EventDict

from bot.platforms.slack.modals import render_form
from tests.platforms.slack.world import FORM, world

ODD: tuple[object, ...] = (None, 5, "", [], {"id": 7})
BASE = {"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}}
STATE = {"values": {"heard": {"heard": {"type": "plain_text_input", "value": "x"}}}}
BUTTON = {"type": "button", "action_id": "customer:1", "value": '{"command":"customer","args":{}}', "action_ts": "1.2"}
PLACE = {"type": "message", "message_ts": "1.1", "channel_id": "DU1"}
INTERACTIONS: tuple[dict[str, Any], ...] = (
    {"type": "view_submission", "view": render_form(FORM) | {"id": "V1", "hash": "h", "state": STATE}},
    {"type": "block_actions", "trigger_id": "t.1", "container": PLACE, "actions": [BUTTON]},
    {"type": "block_suggestion", "action_id": "search:customers:customer:q", "block_id": "customer", "value": "ac"},
)
EVENTS: tuple[dict[str, Any], ...] = (
    {"type": "message", "channel_type": "im", "channel": "DU1", "user": "U1", "text": "x", "ts": "1.5", "files": [{"id": "F"}]},
    {"type": "message", "subtype": "message_changed", "channel": "C1", "message": {"ts": "1"}, "previous_message": {"text": "b"}},
    {"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home", "view": {"hash": "x"}},
)


def parts(whole: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each part of a payload is."""
    found = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for name, part in found:
        yield (*path, name)
        yield from parts(part, (*path, name))


def changed(whole: dict[str, Any], path: tuple[Any, ...], odd: object) -> dict[str, Any]:
    """A payload with something else in one place, or nothing (...)."""
    made = copy.deepcopy(whole)
    holder: Any = made
    for name in path[:-1]:
        holder = holder[name]
    if odd is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = odd
    return made


@pytest.mark.parametrize("whole", [*INTERACTIONS, *EVENTS], ids=lambda one: one["type"])
async def test_no_part_is_taken_for_granted(
    whole: dict[str, Any], caplog: pytest.LogCaptureFixture, logged: list[EventDict]
) -> None:
    """Each part in turn is missing, null, a number, empty, or something else: 200 or 400, and no traceback."""
    caplog.set_level(logging.ERROR)
    async with world() as slack:
        slack.slack.channels["DU1"] = "U1"
        faults = []
        for number, path in enumerate(parts(whole)):
            for odd in (..., *ODD):
                one = changed(whole, path, odd)
                event = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}{odd!r}", "event": one}
                body = json.dumps(event) if whole in EVENTS else urlencode({"payload": json.dumps(BASE | one)})
                status = (await slack.post(body)).status
                if status not in {200, 400, 404}:
                    faults.append((path, odd, status))
        await slack.platform.settled()
        slack.slack.faults.clear()  # what Slack itself would refuse, of a channel or person that is none
    assert faults == []
    assert [one.getMessage() for one in caplog.records if one.exc_info] == []
    assert [one for one in logged if one.get("exc_info")] == []


@pytest.mark.parametrize(
    "body",
    [
        "{" + '"a":{' * 5_000,
        "[" * 60_000,
        '{"type": ' + "9" * 5_000 + "}",
        urlencode({"payload": "[" * 60_000}),
        urlencode({"payload": '{"type": ' + "9" * 5_000 + "}"}),
        "a&" * 60_000,
        "payload=%ff",
        "payload=%00",
        "command=%2Fhelp",
        "payload=a&payload=b",
        "",
        "null",
        '{"type": "event_callback"}',
        '{"type": "event_callback", "event": null, "event_id": "E"}',
    ],
)
async def test_a_signed_body_that_cannot_be_read(body: str) -> None:
    """It is answered 400, and never 500."""
    async with world() as slack:
        assert (await slack.post(body)).status == 400
        assert slack.dispatcher.seen == []


@pytest.mark.parametrize(
    "kind", ["application/json; charset=nonsense", "text/plain", "", "application/json", "multipart/form-data", "a/b/c;;="]
)
async def test_what_a_body_says_it_is_does_not_matter(kind: str) -> None:
    """A command is read whatever its Content-Type."""
    async with world() as slack:
        body = urlencode(
            {"command": "/customer", "user_id": "U1", "channel_id": "C1", "trigger_id": "t.1", "team_id": "T1", "text": "x"}
        )
        assert (await slack.post(body, {"Content-Type": kind})).status == 200
        await slack.platform.settled()
        assert [one.command for one in slack.dispatcher.seen] == ["customer"]
