"""The Bot Framework SDK, as far as it is used: the adapter's turn and the handler's choice by kind of activity.

Three of its faults are kept out of reach here rather than patched, and `tests/platforms/teams/test_sdk.py` shows each and says when it's gone:
its client for replies (a new retry policy of 500 numbers an activity, a thread a call) is never made, for replies go through
`bot.platforms.teams.connector`; its serialiser, which turns every invoke's answer into a fault, is never called, for the answer is JSON already;
and its token check, which turns a bad token into a 500, comes after `bot.platforms.teams.auth` has let the request in.
"""

from __future__ import annotations

from typing import Any, Protocol

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.platforms.teams.incoming import Incoming

Json = dict[str, Any]
Answer = tuple[int, Json | None]
"""HTTP status and JSON body; no body at all closes a dialog."""


class Answering(Protocol):
    """What answers each kind of activity."""

    async def message(self, incoming: Incoming) -> None:
        """Answer what was typed or submitted."""
        ...

    async def invoke(self, incoming: Incoming) -> Answer:
        """Answer what a client waits for."""
        ...

    async def greet(self, incoming: Incoming) -> None:
        """Greet where the bot was just added."""
        ...

    async def edited(self, incoming: Incoming) -> None:
        """Take note of a message that was edited."""
        ...


class TurnRunner:
    """Runs one activity after another through the SDK."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self.adapter = CloudAdapter(_Checked())

    async def run(self, incoming: Incoming, claims: Json) -> Answer:
        """Process an activity that `bot.platforms.teams.auth` let in; what its answering raises is raised."""
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(claims, True)
        result.connector_factory = _NoClient()
        bot = _Bot(self._answering, incoming)
        answer = await self.adapter.process_activity(result, _envelope(incoming), bot.on_turn)
        return (int(answer.status), answer.body) if isinstance(answer, _Answered) else (200, None)


class _Answered(InvokeResponse):
    """An invoke's answer, which the adapter carries through its turn."""

    def __init__(self, status: int, body: Json | None) -> None:
        super().__init__(status=status, body=body)
        self.status: int = status
        self.body: Json | None = body


class _Bot(ActivityHandler):
    """One turn's handler. What it answers from is `incoming`: the SDK's own classes fail on values of an odd type."""

    def __init__(self, answering: Answering, incoming: Incoming) -> None:
        self._answering = answering
        self._incoming = incoming

    async def on_message_activity(self, _turn: TurnContext) -> None:
        await self._answering.message(self._incoming)

    async def on_message_update_activity(self, _turn: TurnContext) -> None:
        await self._answering.edited(self._incoming)

    async def on_invoke_activity(self, _turn: TurnContext) -> InvokeResponse:
        status, body = await self._answering.invoke(self._incoming)
        return _Answered(status, body)

    async def on_installation_update_add(self, _turn: TurnContext) -> None:
        await self._answering.greet(self._incoming)

    async def on_members_added_activity(self, members_added: list[ChannelAccount], turn_context: TurnContext) -> None:
        if turn_context.activity.recipient.id in {member.id for member in members_added}:
            await self._answering.greet(self._incoming)


class _NoClient(ConnectorFactory):
    """Gives a turn no client of the SDK's: the adapter only asks that there is something."""

    async def create(self, service_url: str, audience: str) -> Any:  # noqa: ARG002 - the SDK's signature
        return self


class _Checked(BotFrameworkAuthentication):
    """Stands where the SDK's own check would: requests come checked, and nothing unchecked is let through."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:  # noqa: ARG002
        raise PermissionError("requests are checked before the SDK sees them")

    async def authenticate_streaming_request(  # the SDK's signature
        self,
        auth_header: str,  # noqa: ARG002
        channel_id_header: str,  # noqa: ARG002
    ) -> AuthenticateRequestResult:
        raise PermissionError("streaming isn't offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:  # noqa: ARG002
        return _NoClient()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:  # type: ignore[override]  # noqa: ARG002
        return None


def _envelope(incoming: Incoming) -> Activity:
    """Make the SDK's activity of what its choice goes by."""
    where = incoming.where
    return Activity(
        type=incoming.kind,
        id=incoming.id,
        name=incoming.name,
        action=incoming.action,
        channel_id=incoming.channel,
        service_url=where.service,
        conversation=ConversationAccount(id=where.conversation, tenant_id=where.tenant),
        from_property=ChannelAccount(id=incoming.user, aad_object_id=incoming.object_id),
        recipient=ChannelAccount(id=where.bot),
        members_added=[ChannelAccount(id=one) for one in incoming.added],
    )
