"""A submitted form: field errors within Slack's 3 seconds, a stand-in when saving takes longer, and nothing typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.cards import Card, Form, Reply, Text, Tone
from bot.platforms.slack.blocks import render_view
from bot.platforms.slack.modals import errors_for, field_names, read_sent, refilled, render_form, render_notice
from bot.platforms.slack.offers import unsaved
from bot.platforms.slack.origin import Origin
from bot.platforms.slack.recent import Recent
from bot.platforms.slack.replies import Replies

Ack = Callable[..., Awaitable[Any]]
View = Mapping[str, Any]
# Of the 3 s Slack waits for the answer to a submission: https://docs.slack.dev/surfaces/modals#response_actions
SAVE_BUDGET = 2.2
_SAVING = Card(title="Saving…", blocks=(Text(text="This takes a little longer than usual.", tone=Tone.MUTED),))
_CLOSE = Text(text="You can close this window.", tone=Tone.MUTED)


def is_refusal(reply: Reply) -> bool:
    """Whether a card says that something was not done: it's marked a warning or a danger."""
    return isinstance(reply, Card) and reply.tone in {Tone.WARNING, Tone.DANGER}


class Submissions:
    """Answers submissions. A refusal is shown above the form with everything typed still in it; only what was saved closes it."""

    def __init__(self, replies: Replies, recent: Recent) -> None:
        self._replies = replies
        self._recent = recent

    async def answer(self, ack: Ack, body: Mapping[str, Any], event_id: str, work: Awaitable[Reply]) -> None:
        """Acknowledge one submission with its answer, or with a stand-in that the answer replaces once `work` is done."""
        view = body["view"]
        origin = Origin.unpacked(read_sent(view).private, body["user"]["id"])
        task = asyncio.ensure_future(work)
        if not (await asyncio.wait({task}, timeout=SAVE_BUDGET))[0]:
            await ack(response_action="update", view=render_notice(_SAVING))
            await self._late(view, await task, origin, event_id)
            return
        reply = task.result()
        await _quick(ack, view, reply)
        if isinstance(reply, Card) and not is_refusal(reply):
            await self._confirm(origin, reply, event_id)

    async def _confirm(self, origin: Origin, card: Card, event_id: str) -> None:
        """Show the confirmation once: a doubled submission has the same id."""
        if self._recent.first(f"confirmed:{event_id}"):
            await self._replies.card(origin, card)

    async def _late(self, view: View, reply: Reply, origin: Origin, event_id: str) -> None:
        """Replace the stand-in; when it was closed meanwhile, what isn't saved is given back as a message."""
        if isinstance(reply, Form) or is_refusal(reply):
            if not await self._replies.update(view["id"], _again(view, reply)):
                await self._replies.card(Origin(origin.user_id), unsaved(view, reply))
            return
        await self._confirm(origin, reply, event_id)
        done = reply.model_copy(update={"blocks": (_CLOSE,)})
        await self._replies.update(view["id"], render_notice(done))


async def _quick(ack: Ack, view: View, reply: Reply) -> None:
    if isinstance(reply, Form):
        errors = errors_for(reply)
        if errors and {item.name for item in reply.fields} == field_names(view):
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="update", view=_again(view, reply))
    elif is_refusal(reply):
        await ack(response_action="update", view=_again(view, reply))
    else:
        await ack()


def _again(view: View, reply: Reply) -> dict[str, Any]:
    if isinstance(reply, Form):
        return render_form(reply, private=read_sent(view).private)
    return refilled(view, render_view(reply))
