"""Send cards to people in their direct-message conversation with the bot, and to channels."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from bot.cards import Card
from bot.delivery.rendered import Rendered
from bot.delivery.senders import Capabilities, Destination, Member, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.access.accounts import Verdict
from bot.domain.people.people import Platform
from bot.domain.words.emails import is_same
from bot.platforms.slack.blocks import render_card
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.directory import users
from bot.platforms.slack.failures import explained
from bot.platforms.slack.home import publish
from bot.platforms.slack.membership import Ours, asked_for, doubt, email_of, is_app
from bot.platforms.slack.workspaces import OneWorkspace, Workspaces

EVENT_TYPE = "outside_in_delivery"
_PAGE = 200  # https://docs.slack.dev/reference/methods/conversations.history advises at most 200 a page
_PAGES = 5
_UNKNOWN = {"user_not_found", "users_not_found", "user_not_visible"}
_LOOK_ON = {"no_account", "not_ours"}
"""Who isn't (surely) in one workspace may be in another."""


def _written(card: Card) -> dict[str, Any]:
    """What a message is whoever gets it, as JSON, under the one name `written`."""
    return {"written": json.dumps(render_card(card) | {"unfurl_links": False, "unfurl_media": False}).encode()}


def _verdict(user: dict[str, Any] | str, ours: Ours) -> Verdict:
    """What Slack says of an account. One it doesn't know (any more) isn't ours; of others it didn't answer."""
    if isinstance(user, str):
        return Verdict("Slack doesn't know it" if user in _UNKNOWN else user, asked=user in _UNKNOWN)
    found = doubt(user, ours)
    return Verdict(found.detail) if found else Verdict(email=email_of(user))


def _member(user_id: str, user: dict[str, Any] | str, ours: Ours) -> Member:
    if isinstance(user, str):
        return Member(user_id, ours.team, _verdict(user, ours))
    return Member(user_id, ours.team or str(user.get("team_id") or ""), _verdict(user, ours), app=is_app(user))


class SlackSender:
    """A `bot.delivery.senders.PlatformSender`. The client must not retry by itself (`bot.platforms.slack.client.SlackClient`)."""

    platform = Platform.SLACK

    def __init__(self, client: SlackClient, workspaces: Workspaces | None = None, rates: Mapping[str, float] | None = None) -> None:
        self.capabilities = Capabilities(rates=rates or {})
        self._client = client
        self._workspaces = workspaces or OneWorkspace(client)
        self._channels: dict[str, str] = {}
        self._cards = Rendered(render_card)
        self._messages = Rendered(_written)

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Send `card`, marked with `delivery_id`; a conversation Slack no longer knows is opened anew once.

        Somebody whose account isn't known is looked for in all workspaces, and one that nobody has vouched for yet is checked.
        """
        missing = Unreachable("no_account", "the bot is in no workspace")
        for tenant in await self._where_to_look(to):
            with await self._speaking(tenant):
                try:
                    sent = await self._sent(to, card, delivery_id)
                except Unreachable as error:
                    if error.reason not in _LOOK_ON:
                        raise
                    missing = missing if error.reason == "no_account" and missing.reason != "no_account" else error
                else:
                    return sent if tenant == to.tenant else replace(sent, tenant=tenant)
        raise missing

    async def _where_to_look(self, to: Destination) -> tuple[str, ...]:
        """Where somebody may be: where they are known, else first where most are."""
        if to.tenant and (to.user_id or to.conversation):
            return (to.tenant,)
        everywhere = await self._workspaces.all()
        if len(everywhere) == 1:
            return (to.tenant or everywhere[0],)
        return tuple(dict.fromkeys(one for one in (to.tenant, *everywhere) if one))

    async def _speaking(self, tenant: str) -> AbstractContextManager[None]:
        return self._client.speaking((await self._workspaces.credentials(tenant)).token)

    async def _in_channel(self, channel: str) -> AbstractContextManager[None]:
        """Speak where a channel is: asked once, where there is more than one workspace."""
        if channel not in self._channels:
            self._channels[channel] = await self._whose(channel)
        return await self._speaking(self._channels[channel])

    async def _whose(self, channel: str) -> str:
        tenants = await self._workspaces.all()
        if len(tenants) == 1:
            return tenants[0]
        for tenant in tenants:
            with await self._speaking(tenant):
                try:
                    async with explained(repeatable=True):
                        await self._client.conversations_info(channel=channel)
                except Unreachable as error:
                    if error.reason != "conversation_gone":
                        raise
                else:
                    return tenant
        raise Unreachable("conversation_gone", "none of the workspaces the bot is in has this channel")

    async def _sent(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        try:
            return await self._written(await self._place(to), card, delivery_id)
        except Unreachable as error:
            if error.reason != "conversation_gone" or not to.conversation:
                raise
        return await self._written(await self._place(replace(to, conversation="")), card, delivery_id)

    async def find(self, to: Destination, delivery_id: str) -> Sent | None:
        """Look among the newest 1,000 (a thread's oldest) for the message marked so. Raises Uncertain when Slack can't say."""
        with await (self._speaking(to.tenant) if to.tenant or not to.conversation else self._in_channel(to.conversation)):
            return await self._found(await self._place(to), to.thread, delivery_id)

    async def _found(self, place: Sent, thread: str, delivery_id: str) -> Sent | None:
        cursor = ""
        for _ in range(_PAGES):
            page = await self._history(place.conversation, thread, cursor)
            for message in page.get("messages") or ():
                mark = message.get("metadata") or {}
                if mark.get("event_type") == EVENT_TYPE and mark.get("event_payload", {}).get("id") == delivery_id:
                    return replace(place, message_id=message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
        return None

    async def update(self, sent: Sent, card: Card) -> None:
        """Replace a message sent earlier. Doing so twice does no harm, so what stays in doubt is `RetryLater`."""
        with await self._where(sent):
            async with explained(repeatable=True):
                await self._client.chat_update(channel=sent.conversation, ts=sent.message_id, **self._cards(card))

    async def delete(self, sent: Sent) -> None:
        """Delete a message sent earlier."""
        try:
            with await self._where(sent):
                async with explained(repeatable=True):
                    await self._client.chat_delete(channel=sent.conversation, ts=sent.message_id)
        except Unreachable as error:
            if error.detail != "message_not_found":
                raise

    async def _where(self, sent: Sent) -> AbstractContextManager[None]:
        return await (self._speaking(sent.tenant) if sent.tenant else self._in_channel(sent.conversation))

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:
        """Post `card` in a channel the bot is in, marked with `delivery_id`; below a message when `thread` is its timestamp."""
        place = Sent(message_id="", conversation=channel, user_id="")
        with await self._in_channel(channel):
            return await self._written(place, card, delivery_id, thread)

    async def show_home(self, to: Destination, card: Card) -> None:
        """Show `card` as a person's own page, on the app's Home tab. Doing so twice does no harm."""
        with await self._speaking(to.tenant):
            await publish(self._client, to.user_id, card)

    async def members(self, channel: str) -> list[str]:
        """Everyone in a channel, page by page."""
        with await self._in_channel(channel):
            return await self._members(channel)

    async def _members(self, channel: str) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            async with explained(repeatable=True):
                page = await self._client.conversations_members(channel=channel, limit=_PAGE, cursor=cursor or None)
            found += [str(one) for one in page.get("members") or ()]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return found

    async def look_up(self, channel: str, user_ids: Collection[str]) -> list[Member]:
        """Who some members of a channel are."""
        with await self._in_channel(channel):
            ours = await self._workspaces.ours(self._channels[channel])
            found = await users(self._client, user_ids, ours.team)
        return [_member(user_id, one, ours) for user_id, one in found.items()]

    async def vouch(self, accounts: Sequence[Destination]) -> list[Verdict]:
        """What Slack says of some linked accounts, workspace by workspace, in their order."""
        verdicts: dict[tuple[str, str], Verdict] = {}
        for tenant in dict.fromkeys(one.tenant for one in accounts):
            wanted = [one.user_id for one in accounts if one.tenant == tenant]
            verdicts |= {(tenant, user_id): one for user_id, one in (await self._verdicts(tenant, wanted)).items()}
        return [verdicts[one.tenant, one.user_id] for one in accounts]

    async def _verdicts(self, tenant: str, user_ids: Collection[str]) -> dict[str, Verdict]:
        try:
            with await self._speaking(tenant):
                ours = await self._workspaces.ours(tenant)
                found = await users(self._client, user_ids, ours.team)
        except (Refused, RetryLater, Unreachable) as error:
            return dict.fromkeys(user_ids, Verdict(str(error), asked=False))
        return {user_id: _verdict(one, ours) for user_id, one in found.items()}

    async def _place(self, to: Destination) -> Sent:
        """Find where to write to: the conversation known, else one opened with the person, looked up by email when need be."""
        if to.unchecked and not await self._is_theirs(to):
            to = replace(to, user_id="", conversation="")
        user_id = to.user_id or ("" if to.conversation else await self._look_up(to))
        conversation = to.conversation or await self._open(user_id)
        return Sent(message_id="", conversation=conversation, user_id=user_id)

    async def _is_theirs(self, to: Destination) -> bool:
        """Whether an account that was linked before anybody vouched for it is one of ours, with that person's address."""
        try:
            async with explained(repeatable=True):
                user = asked_for((await self._client.users_info(user=to.user_id)).get("user"), to.user_id)
        except Unreachable:
            return False
        found = doubt(user, await self._workspaces.ours(to.tenant))
        return found is None and is_same(to.email.lower(), email_of(user))

    async def _look_up(self, to: Destination) -> str:
        """The account of ours with an address. Unreachable when there is none, or it isn't surely ours."""
        if not to.email:
            raise Unreachable("no_account", "neither a Slack account nor an email is known")
        async with explained(repeatable=True):
            answer = await self._client.users_lookupByEmail(email=to.email)
        user = asked_for(answer.get("user"))
        if found := doubt(user, await self._workspaces.ours(to.tenant)):
            raise found
        if (said := email_of(user)) and not is_same(to.email.lower(), said):
            raise Unreachable("not_ours", "the account has another address")
        return str(user["id"])

    async def _open(self, user_id: str) -> str:
        async with explained(repeatable=True):
            answer = await self._client.conversations_open(users=user_id)
        return str(answer["channel"]["id"])

    async def _written(self, place: Sent, card: Card, delivery_id: str, thread: str = "") -> Sent:
        return await self._post(place, self._messages(card), delivery_id, thread)

    async def _post(self, place: Sent, message: dict[str, Any], delivery_id: str, thread: str = "") -> Sent:
        own: dict[str, Any] = {
            "channel": place.conversation,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": delivery_id}},
        }
        if thread:
            own["thread_ts"] = thread
        # Both are objects of at least one name each: the one's end and the other's beginning make a comma.
        body = message["written"][:-1] + b"," + json.dumps(own).encode()[1:]
        async with explained(repeatable=False):
            answer = await self._client.post_written("chat.postMessage", body)
        return replace(place, message_id=str(answer["ts"]), conversation=str(answer["channel"] or place.conversation))

    async def _history(self, conversation: str, thread: str, cursor: str) -> dict[str, Any]:
        page: dict[str, Any] = {"channel": conversation, "include_all_metadata": True, "limit": _PAGE, "cursor": cursor or None}
        try:
            async with explained(repeatable=False):
                if thread:
                    answer = await self._client.conversations_replies(ts=thread, **page)
                else:
                    answer = await self._client.conversations_history(**page)
        except Refused as error:
            # The bot may send without the right to read: nothing is wrong with the tenant, we just can't look.
            raise Uncertain(f"can't read the conversation: {error}") from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}
