"""Nobody but Teams is let in, and nothing anybody posts is a fault of the bot."""

from __future__ import annotations

import base64
import time
from typing import Any

import jwt
import pytest
from structlog.typing import EventDict

from bot.platforms.teams.auth import ConfigError, Keys
from bot.platforms.teams.connector import Session
from bot.platforms.teams.platform import Credentials, build
from tests.platforms.teams.fake_connector import APP_ID, KEY, SECRET, TENANT, Key
from tests.platforms.teams.world import FakeDispatcher, world

OTHER = Key("key-2")
NOW = int(time.time())


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": None},
        {"exp": NOW - 3_600},
        {"exp": None},
        {"nbf": NOW + 3_600},
        {"serviceurl": "https://evil.example/"},
        {"serviceurl": None},
        {"kid": "nobody"},
        {"kid": ""},
    ],
)
async def test_a_token_that_does_not_fit_is_refused(claims: dict[str, Any]) -> None:
    """A wrong issuer, audience, time, service address or key is answered 401, and nothing happens."""
    async with world() as teams:
        answer = await teams.post(teams.activity("message", text="help"), KEY.token(**({"service": teams.teams.service} | claims)))
        assert answer.status == 401
        assert teams.dispatcher.seen == []


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "....", jwt.encode({"aud": APP_ID}, "x" * 32, "HS256")])
async def test_what_is_no_token_is_refused(token: str) -> None:
    """Nothing, rubbish, or a token signed in another way is answered 401."""
    async with world() as teams:
        assert (await teams.post(teams.activity("message", text="help"), token)).status == 401
        assert teams.dispatcher.seen == []


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"text": "' + b"<at>" * 15_000 + b'"}', b"x" * 1_000_000])
async def test_nothing_of_a_body_is_read_before_its_token_holds(body: bytes) -> None:
    """Whatever the body is, a bad token is answered 401: not 400, for it wasn't looked at, and not 413, for it wasn't even read."""
    async with world() as teams:
        forged = OTHER.token(teams.teams.service, kid=KEY.kid)
        assert (await teams.post(body, forged)).status == 401


@pytest.mark.parametrize(
    "header", ["[" * 5_000, '{"kid": ' + "9" * 5_000 + "}", '{"alg": "none"}', '{"kid": ["x"], "alg": "RS256"}']
)
async def test_a_token_with_a_header_made_to_hurt_is_refused(header: str) -> None:
    """Deep JSON or a number of 5,000 digits in the token's own header is answered 401."""
    async with world() as teams:
        token = f"{base64.urlsafe_b64encode(header.encode()).decode().rstrip('=')}.e30.x"
        assert (await teams.post(teams.activity("message", text="help"), token)).status == 401


async def test_a_forged_token_is_refused() -> None:
    """A token with a key's name but another's signature doesn't pass."""
    async with world() as teams:
        forged = OTHER.token(teams.teams.service, kid=KEY.kid)
        assert (await teams.post(teams.activity("message", text="help"), forged)).status == 401


async def test_another_tenant_is_refused() -> None:
    """A rightly signed activity of another company is answered 403."""
    async with world() as teams:
        for tenant in ({"tenant": {"id": "33333333"}}, {}):
            activity = teams.activity("message", text="help", channelData=tenant)
            activity["conversation"].pop("tenantId")
            assert (await teams.post(activity)).status == 403


async def test_a_key_for_another_channel_is_refused() -> None:
    """Keys are endorsed for channels: one for Slack or mail speaks not for Teams."""
    async with world() as teams:
        assert (await teams.post(teams.activity("message", text="help", channelId="email"))).status == 401


async def test_a_new_key_is_fetched_once() -> None:
    """A key that came since is looked for; one that nobody knows isn't looked for at every request."""
    async with world() as teams:
        assert (await teams.typed("help")).status == 200
        teams.teams.keys.append(OTHER.public)
        assert (await teams.post(teams.activity("message", text="help"), OTHER.token(teams.teams.service))).status == 200
        for number in range(3):
            unknown = KEY.token(teams.teams.service, kid=f"unknown-{number}")
            assert (await teams.post(teams.activity("message", text="help"), unknown)).status == 401
        assert teams.teams.key_requests == 2


async def test_keys_serve_on_while_new_ones_cannot_be_had() -> None:
    """A day later the keys are fetched anew; when they can't be, the old ones hold, and not every request asks again."""
    async with world() as teams:
        session, now = Session(), [0.0]
        keys = Keys(session, teams.teams.openid_url, clock=lambda: now[0])
        assert await keys.find(KEY.kid)
        now[0] += 25 * 3_600
        teams.teams.keys = [{"no": "kid"}]
        for _ in range(3):
            assert await keys.find(KEY.kid)
        assert teams.teams.key_requests == 2
        now[0] += 61
        teams.teams.keys = [OTHER.public]
        assert await keys.find(KEY.kid) is None
        assert await keys.find(OTHER.kid)
        await session.close()


async def test_without_keys_one_is_asked_to_come_again() -> None:
    """When the keys can't be had, that is no 401 and no fault of ours: it's answered 503."""
    async with world() as teams:
        teams.teams.keys = [{"no": "kid"}]
        assert (await teams.typed("help")).status == 503


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'"x"',
        b"[" * 100_000,
        b"{}",
        b'{"type": 5}',
        b'{"type": "message", "conversation": []}',
    ],
)
async def test_what_is_no_activity_is_refused(body: bytes) -> None:
    """Bad JSON, or JSON that is no activity, is answered 400."""
    async with world() as teams:
        assert (await teams.post(body)).status == 400


async def test_a_body_too_large_is_refused() -> None:
    """A megabyte isn't read to its end."""
    async with world() as teams:
        assert (await teams.typed("x" * 1_000_000)).status == 413


@pytest.mark.parametrize(
    "field", ["from", "recipient", "channelData", "entities", "membersAdded", "text", "value", "name", "id", "replyToId"]
)
@pytest.mark.parametrize("odd", [None, 5, "x", [1], [{"id": []}], {"id": 7, "x": {}}])
async def test_odd_values_are_no_fault(field: str, odd: object) -> None:
    """Whatever stands where something else is expected, no request ends in a 500."""
    async with world() as teams:
        for kind in ("message", "invoke", "conversationUpdate", "installationUpdate", "madeUp"):
            answer = await teams.post(teams.activity(kind) | {field: odd})
            assert answer.status < 500 or answer.status == 501


def test_teams_is_not_built_without_credentials() -> None:
    """Without an app id anybody could post: the platform refuses to be built."""
    dispatcher: Any = FakeDispatcher()
    for app_id, password, tenant in (("", SECRET, TENANT), (APP_ID, "", TENANT), (APP_ID, SECRET, "")):
        with pytest.raises(ConfigError):
            build(dispatcher, Credentials(app_id, tenant, password))
    with pytest.raises(ConfigError):
        build(dispatcher, Credentials(APP_ID, TENANT, certificate_path="/nowhere.pem"))


async def test_the_playground_is_let_in_from_this_machine_only() -> None:
    """With no app id, by explicit setting, unsigned activities pass, but never send an answer to another machine."""
    async with world(playground=True) as teams:
        assert (await teams.post(teams.activity("message", text="help"), "")).status == 200
        assert len(teams.teams.sent()) == 1
        assert (await teams.post(teams.activity("message", text="help", serviceUrl="https://evil.example/"), "")).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": ""},
    ],
)
async def test_no_other_sites_page_speaks_to_the_playground(headers: dict[str, str]) -> None:
    """A page open in a browser on the same machine is kept out by its Host or Origin, as the console keeps it out."""
    async with world(playground=True) as teams:
        activity = teams.activity("message", text="help")
        answer = await teams.client.post("/api/messages", json=activity, headers=headers)
        assert answer.status in {400, 403}
        assert teams.dispatcher.seen == []


async def test_a_wrong_secret_is_told_to_the_log(logged: list[EventDict]) -> None:
    """A secret that Entra refuses is said at start, not at the first person's cost."""
    async with world(secret="wrong") as teams:
        await teams.platform.settled()
        assert [one["event"] for one in logged if "invalid_client" in one.get("reason", "")] == ["platform refuses the bot"]
