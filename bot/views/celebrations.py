"""A kept promise as everybody sees it in a channel, and what whoever may celebrate it sees of that."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import Actions, Block, Button, Card, Quote, Text, Tone
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.promises import celebrations
from bot.domain.promises.commitments import Commitment
from bot.settings import Settings
from bot.views.engagements import day_words, excerpt


def card(commitment: Commitment, what: str, done: str, *, customer: str = "") -> Card:
    """The post: whom to thank, and for what. `what` and `done` are fit for everybody; `customer` is "" when it isn't to be named."""
    to = customer or ("a customer" if commitment.customer_id is not None else "colleagues")
    blocks: list[Block] = [Text(text=excerpt(what[:1].upper() + what[1:]), strong=True)]
    if done:
        blocks.append(Quote(text=excerpt(done), source=commitment.owner.name))
    day = f" on {day_words(commitment.done_on)}" if commitment.done_on else ""
    blocks.append(Text(text=f"Made to {to} by {commitment.promised_by.name}, delivered by {commitment.owner.name}{day}."))
    promised, kept = commitment.promised_by.department, commitment.owner.department
    if commitment.crosses_departments and promised and kept:
        blocks.append(Text(text=f"{promised} and {kept} worked together on this.", tone=Tone.MUTED))
    return Card(title=f"Commitment kept. Thank you, {commitment.owner.name}!", tone=Tone.GOOD, blocks=tuple(blocks))


def offered(card_: Card, commitment: Commitment, viewer: Person, settings: Settings, posts: Sequence[ChannelPost]) -> Card:
    """A commitment's card with the button to celebrate it, or with who has done so, for those who may."""
    if not celebrations.may_ask(commitment, viewer) or not celebrations.places(settings):
        return card_
    if asked := [one for one in posts if not one.failed]:
        more: Block = Text(
            text=f"Celebrated by {asked[0].requested_by.name}, {day_words(viewer.today(asked[0].queued_at))}", tone=Tone.MUTED
        )
        return card_.model_copy(update={"blocks": (*card_.blocks, more)})
    return card_.model_copy(update={"blocks": _with_button(card_.blocks, _button(commitment))})


def _with_button(blocks: tuple[Block, ...], button: Button) -> tuple[Block, ...]:
    """Beside the buttons that are there already."""
    if blocks and isinstance(blocks[-1], Actions):
        return (*blocks[:-1], blocks[-1].model_copy(update={"buttons": (*blocks[-1].buttons, button)}))
    return (*blocks, Actions(buttons=(button,)))


def _button(commitment: Commitment) -> Button:
    question = f"Post this in the celebrations channel? It thanks {commitment.owner.name} by name."
    args = {"commitment": str(commitment.key), "version": str(commitment.version)}
    return Button(label="Celebrate", command="celebrate", args=args, confirm=question, replaces=True)


_TROUBLE = {
    "channel_archived": "the channel is archived. Name another under channels: in app.yaml.",
    "bot_not_installed": "the bot isn't in the channel. Invite it there.",
    "conversation_gone": "there is no such channel, or the bot isn't in it. Invite it there, or correct its id under channels: in app.yaml.",
}


def not_posted(post: ChannelPost) -> Card:
    """To whoever asked: what was to be posted isn't in the channel, or perhaps isn't, and what to do."""
    if post.state == DeliveryState.UNCONFIRMED:
        said = f"{post.platform.value.title()} didn't say whether it arrived. Look in the channel; it won't be sent twice."
        return Card(title="It may be in the channel, or not", tone=Tone.WARNING, blocks=(Text(text=said),))
    if post.state == DeliveryState.CANCELLED:
        return Card(
            title="Nothing was posted",
            blocks=(Text(text="It had changed meanwhile: the commitment is no longer kept, or the customer not told."),),
        )
    reason = post.reason.split(":", 1)[0]
    why = _TROUBLE.get(reason, f"{post.platform.value.title()} said: {post.reason}")
    again = Button(label="Try again", command="celebrate", args={"commitment": str(post.subject_id)}, replaces=True)
    actions = (Actions(buttons=(again,)),) if post.subject == Subject.CELEBRATION else ()
    blocks = (Text(text=f"It isn't in the channel: {why}"), *actions)
    return Card(title="It couldn't be posted", tone=Tone.WARNING, blocks=blocks)
