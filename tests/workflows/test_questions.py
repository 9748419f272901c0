"""Questions in a channel: each opens a thread once, and the answer stands below it."""

from __future__ import annotations

import pytest
import yaml

from bot.cards import Button, Card
from bot.commands import Platform
from bot.database import Database
from bot.delivery.senders import Sent, Unreachable
from bot.domain.people import people
from bot.domain.updates import broadcasts, receipts, updates
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.process.wiring import build
from bot.process.worker import run_due_jobs, worker_app
from bot.settings.loading import parse
from tests.conftest import NOW, Outbox, TestClock, World, button, populate, words
from tests.places import COMPANY


@pytest.fixture
def asked(database: Database, clock: TestClock) -> World:
    """The company on Slack, with a channel for questions, and an update Cleo has written."""
    file = yaml.safe_load(COMPANY.read_text(encoding="utf-8"))
    settings = parse(yaml.safe_dump({**file, "platforms": {"slack": {}}, "channels": {"questions": {"slack": "C0123QUESTIONS"}}}))
    world = World(build(settings, database), clock)
    populate(world)
    with database.session() as session:
        ada, cleo = (people.get(session, world.ids[name]) for name in ("ada", "cleo"))
        updates.write(session, UpdateDraft(Wording("en", "Night line", "One number.", "Give it."), ada), cleo, NOW)
    return world


class Uninvited(Outbox):
    """A workspace whose channel the bot isn't in."""

    async def post(self, channel: str, card: Card, delivery_id: str, thread: str = "") -> Sent:
        """Refuse."""
        raise Unreachable("bot_not_installed", f"{channel}{thread}{delivery_id}{card.title}")


async def settle(world: World, outbox: Outbox) -> None:
    """Send what is due."""
    world.application.senders[Platform.SLACK] = outbox
    async with worker_app(world.database).open_async() as worker:
        await run_due_jobs(world.application, worker, world.application.worker_context)


def ask(world: World) -> None:
    """Ada, in whose name it speaks, asks."""
    with world.database.session() as session:
        update = updates.newest(session, 1)[0]
    form = world.press(Button(label="Ask a question", command="ask", args={"update": str(update.key)}), "ada")
    world.fill(form, "ada", question="From when <!channel>?")


async def test_a_thread_and_its_answer(asked: World) -> None:
    """The question stands in the channel, with a button for whoever may answer; the answer stands in its thread, once."""
    outbox = Outbox(Platform.SLACK)
    ask(asked)
    await settle(asked, outbox)
    posted = [key for key, to in zip(outbox.cards, outbox.sent_to, strict=True) if to.strip() == "C0123QUESTIONS"]
    assert len(posted) == 1
    question = outbox.cards[posted[0]][-1]
    assert "From when <!channel>?" in words(question)
    assert "answered by the CX office" in words(asked.press(button(question, "Answer"), "emil"))
    form = asked.press(button(question, "Answer"), "cleo")
    asked.fill(form, "cleo", answer="From Monday.", to="asker")
    await settle(asked, outbox)
    below = [to for to in outbox.sent_to if to.startswith("C0123QUESTIONS") and posted[0] in to]
    assert len(below) == 1


async def test_a_channel_the_bot_is_not_in(asked: World) -> None:
    """The question still reaches the CX office in person, and the update's author hears what to do."""
    outbox = Uninvited(Platform.SLACK)
    ask(asked)
    await settle(asked, outbox)
    await settle(asked, outbox)
    told = [cards[-1] for cards in outbox.cards.values()]
    assert [one for one in told if "asks about" in one.title]
    assert [one for one in told if "Invite it there" in words(one)]
    with asked.database.session() as session:
        assert [one.text for one in receipts.unanswered(session)] == ["From when <!channel>?"]


async def test_a_recalled_update_is_named_no_more(asked: World) -> None:
    """Recalled: its title is gone from the question in the channel; an answer can go to the one who asked, not into the update."""
    outbox = Outbox(Platform.SLACK)
    ask(asked)
    with asked.database.session() as session:
        broadcast = broadcasts.new(session, updates.newest(session, 1)[0])
        args = {"broadcast": str(broadcast.key), "version": "0.0"}
    await settle(asked, outbox)
    posted = next(key for key, to in zip(outbox.cards, outbox.sent_to, strict=True) if to.strip() == "C0123QUESTIONS")
    assert "Night line" in outbox.cards[posted][-1].title
    asked.press(Button(label="Recall", command="recall-update", args=args), "cleo")
    await settle(asked, outbox)
    question = outbox.cards[posted][-1]
    assert question.title == "Ada Lovell asks about an update that was recalled"
    assert not [one for cards in outbox.cards.values() for one in cards[-1:] if "Night line" in one.title and "asks" in one.title]
    form = asked.press(button(question, "Answer"), "cleo")
    refused = asked.fill(form, "cleo", answer="From Monday.", to="all")
    assert "This update was recalled" in words(refused)
    assert "Answered" not in words(refused)
