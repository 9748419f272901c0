"""What is chosen in a card's menu and asks first: a dialog asks, its submission does it and replaces the card."""

from __future__ import annotations

from bot.cards import Actions, Button, Card, Tone
from bot.platforms.teams.adaptive import render_card
from tests.platforms.teams.shown import actions, texts
from tests.platforms.teams.test_forms import submitted
from tests.platforms.teams.world import world

DELETE = Button(label="Delete", command="done", args={"id": "7"}, confirm="Delete this?", later=True, replaces=True)
CARD = Card(title="Logged", blocks=(Actions(buttons=(Button(label="Edit", command="edit"), DELETE)),))


async def test_a_menu_asks_in_a_dialog_first() -> None:
    """Nothing is done at the choice; the dialog's button does it, and the card shows it."""
    async with world() as teams:
        teams.dispatcher.replies["done"] = Card(title="Deleted", tone=Tone.GOOD)
        entry = actions(render_card(CARD))[1]
        _, body = await teams.invoke("task/fetch", {"data": entry["data"]}, replyToId="m-logged")
        dialog = body["task"]["value"]["card"]["content"]
        assert texts(dialog) == ["Delete", "Delete this?"]
        assert teams.dispatcher.seen == []
        assert await teams.invoke("task/submit", {"data": submitted(dialog, {})}) == (200, None)
        assert [(one.command, dict(one.args), one.form) for one in teams.dispatcher.seen] == [("done", {"id": "7"}, {})]
        assert [number for number, _ in teams.teams.updated()] == ["m-logged"]


async def test_a_client_without_dialogs_is_asked_in_the_chat() -> None:
    """The same choice as a message without text does nothing yet either."""
    async with world() as teams:
        await teams.typed("", value=actions(render_card(CARD))[1]["data"])
        assert teams.dispatcher.seen == []
        assert len(teams.teams.sent("a:personal")) == 1
