"""Why the SDK is used as it is: each of its faults shown, so that a test says when working around it is no longer needed."""

from __future__ import annotations

from typing import Any

import pytest
from botbuilder.core import ActivityHandler, serializer_helper
from botbuilder.schema import Activity
from msrest.universal_http.requests import ClientRetryPolicy

from tests.platforms.teams.world import world


async def test_every_activity_passes_the_cloud_adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages and invokes run through CloudAdapter's turn, and an invoke's JSON comes out of it untouched."""
    async with world() as teams:
        adapter = teams.platform._turns.adapter
        passed: list[str] = []
        run = adapter.run_pipeline

        async def counted(context: Any, callback: Any = None) -> None:
            passed.append(context.activity.type)
            await run(context, callback)

        monkeypatch.setattr(adapter, "run_pipeline", counted)
        await teams.typed("help")
        status, body = await teams.invoke("application/search", {"dataset": "customers", "queryText": ""})
        assert passed == ["message", "invoke"]
        assert (status, body["value"]) == (200, {"results": []})


async def test_an_unchecked_request_does_not_pass_the_adapter() -> None:
    """Given a header instead of a checked request, the adapter refuses: nothing comes around `bot.platforms.teams.auth`."""
    async with world() as teams:
        adapter = teams.platform._turns.adapter
        with pytest.raises(PermissionError):
            await adapter.process_activity("Bearer x", Activity(type="message"), ActivityHandler().on_turn)


async def test_no_client_of_the_sdk_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn makes no retry policy of msrest's, whose search through 500 numbers cost most of an activity's time."""

    def fail(_policy: object) -> None:
        raise AssertionError("the SDK made a client of its own")

    monkeypatch.setattr(ClientRetryPolicy, "__init__", fail)
    async with world() as teams:
        assert (await teams.typed("help")).status == 200
        assert (await teams.press({"command": "hidden"}))["statusCode"] == 200


def test_the_sdks_retry_policy_is_still_slow() -> None:
    """`safe_codes` is still a list that is searched. When this fails, the SDK's client may be looked at again."""
    assert isinstance(ClientRetryPolicy.safe_codes, list)


def test_the_sdk_still_breaks_an_invokes_answer() -> None:
    """Its serialiser still fails on JSON. When this fails, `CloudAdapter.process` may answer invokes itself."""
    answer: Any = {"task": {"type": "continue"}}
    with pytest.raises(AttributeError):
        serializer_helper(answer)
