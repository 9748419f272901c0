"""The app's Home tab: signed events and presses through Bolt against a fake Slack, and the whole way on PostgreSQL with a worker."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import procrastinate
import pytest
from structlog.typing import EventDict

from bot.cards import Actions, Button, Card, Text
from bot.clock import MovableClock, utc_now
from bot.delivery import showing
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.process.worker import run_due_jobs, worker_app
from bot.settings import Settings
from tests.conftest import _EMPTY, NOW, TestClock, populate
from tests.conftest import World as Company
from tests.handlers.test_commitments import made
from tests.platforms.slack.fake_slack import Failure, eventually
from tests.platforms.slack.world import FORM, World, buttons, world

LEAD, FORM_BUTTON = (
    Button(label="Nothing to log", command="hidden", replaces=True),
    Button(label="Log a visit", command="logvisit", opens_form=True),
)
HOME = Card(title="Your participation", blocks=(Text(text="2 of 3 visits"), Actions(buttons=(LEAD, FORM_BUTTON))))
CALLED = "views.publish"


@pytest.fixture
async def slack() -> AsyncIterator[World]:
    """A platform in front of a fake dispatcher that knows a page."""
    async with world() as found:
        found.dispatcher.replies["home"] = HOME
        yield found


async def opens(slack: World, event_id: str = "Ev1", **more: Any) -> None:
    """Somebody opens the app; the event is answered 200 whatever becomes of it."""
    shown = slack.slack.homes.get("U1")
    event = {"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"} | ({"view": shown} if shown else {}) | more
    answer = await slack.event(event, event_id)
    assert answer.status == 200


def published(slack: World) -> list[dict[str, Any]]:
    """What was published, in order."""
    return slack.slack.called(CALLED)


async def test_opening_publishes_the_page_and_remembers_who_looks(slack: World) -> None:
    """Asked for as `home` in the person's own name; their conversation with the bot is learnt on the way."""
    await opens(slack)
    (call,) = await slack.slack.until(CALLED)
    assert call["user_id"] == "U1"
    assert sorted(call["view"]) == ["blocks", "type"]
    assert "hash" not in call
    assert [(one.command, one.text, one.form) for one in slack.dispatcher.seen] == [("home", "", None)]
    assert [(one.user_id, one.tenant, one.conversation) for one in slack.dispatcher.opened] == [("U1", "T1", "DU1")]


async def test_opening_again_replaces_the_page_that_was_seen(slack: World) -> None:
    """With the hash of the one there was, so that a newer one isn't overwritten."""
    await opens(slack)
    await slack.slack.until(CALLED)
    seen = slack.slack.homes["U1"]["hash"]
    await opens(slack, "Ev2")
    assert (await slack.slack.until(CALLED, 2))[1]["hash"] == seen


async def test_a_newer_page_is_not_overwritten_by_an_older_one(slack: World) -> None:
    """Slack says that the page changed meanwhile: it is made anew, and published over whatever there is."""
    slack.slack.homes["U1"] = {"type": "home", "blocks": [], "hash": "newer"}
    await opens(slack, view={"type": "home", "hash": "older"})
    first, second = await slack.slack.until(CALLED, 2)
    assert first["hash"] == "older"
    assert "hash" not in second
    assert len(slack.dispatcher.seen) == 2


async def test_the_event_twice_is_one_page(slack: World) -> None:
    """Slack delivers it again: taken, and nothing more done."""
    await opens(slack)
    await opens(slack)
    await slack.platform._listeners.running.settled()
    assert len(published(slack)) == 1


@pytest.mark.parametrize("more", [{"tab": "messages"}, {"tab": None}, {"user": ""}])
async def test_another_tab_shows_no_page(slack: World, more: dict[str, Any]) -> None:
    """Who reads their messages doesn't look at the page: nothing is asked, published or remembered."""
    await opens(slack, **more)
    await slack.platform._listeners.running.settled()
    assert (published(slack), slack.dispatcher.seen, slack.dispatcher.opened) == ([], [], [])


@pytest.mark.parametrize(
    ("failure", "after"),
    [
        (Failure(status=429, headers={"Retry-After": "7"}, body="{}"), 7),
        (Failure(body='{"ok": false, "error": "ratelimited"}'), None),
        (Failure(status=500, body="<html>oops</html>", content_type="text/html"), None),
        (Failure(body='{"ok": false, "error": "internal_error"}'), None),
        (Failure(cut="before"), None),
    ],
)
async def test_when_slack_is_busy_or_down_it_is_shown_later(
    slack: World, failure: Failure, after: float | None, logged: list[EventDict]
) -> None:
    """Not before Slack says; said once in the log; and the person isn't told anything wrong."""
    slack.slack.failures[CALLED] = [failure]
    await opens(slack)
    await slack.platform._listeners.running.settled()
    await asyncio.sleep(0.05)
    assert slack.dispatcher.later == [("U1", after)]
    assert [one["log_level"] for one in logged if one["event"] == "home postponed"] == ["warning"]
    assert slack.slack.called("chat.postMessage") == []


@pytest.mark.parametrize("code", ["not_enabled", "invalid_auth", "user_not_found"])
async def test_when_slack_refuses_it_is_logged_and_left(slack: World, code: str, logged: list[EventDict]) -> None:
    """The Home tab is switched off, the token taken away, the person gone: one line, no second try, nothing said to anybody."""
    slack.slack.failures[CALLED] = [Failure(body=json.dumps({"ok": False, "error": code}))] * 2
    await opens(slack)
    await slack.platform._listeners.running.settled()
    assert slack.dispatcher.later == []
    assert [one["user"] for one in logged if one["event"] == "home not shown" and code in one["reason"]] == ["U1"]
    assert len(slack.slack.failures[CALLED]) == 1
    assert slack.slack.called("chat.postMessage") == []


async def test_a_fault_of_ours_leaves_the_page_as_it_was(slack: World, logged: list[EventDict]) -> None:
    """The database is away: logged whole; no page says that something was not saved."""
    slack.dispatcher.replies["home"] = RuntimeError("the database is away")
    await opens(slack)
    await slack.platform._listeners.running.settled()
    await asyncio.sleep(0.05)
    assert published(slack) == []
    assert any(one.get("exc_info") for one in logged)


async def test_a_press_is_answered_over_the_page_which_is_shown_anew(slack: World) -> None:
    """A card opens in a modal: on a phone it is there at once, and closing it leads back; nothing goes to the messages."""
    await opens(slack)
    await slack.slack.until(CALLED)
    page = slack.slack.homes["U1"]
    await slack.press(buttons(page)[0], view=page)
    view = await slack.opened()
    assert "you said hidden" in json.dumps(view)
    await slack.slack.until(CALLED, 2)
    assert published(slack)[1]["hash"] == page["hash"]
    assert slack.slack.called("views.update") == slack.slack.called("chat.postMessage") == []


async def test_a_form_opens_over_the_page_and_its_confirmation_is_a_message(slack: World) -> None:
    """What was saved is confirmed in the person's own messages, where it stays."""
    slack.dispatcher.replies["logvisit"] = lambda inbound: FORM if inbound.form is None else Card(title="Visit logged")
    await opens(slack)
    await slack.slack.until(CALLED)
    page = slack.slack.homes["U1"]
    await slack.press(buttons(page)[1], view=page)
    view = await slack.opened()
    assert view["title"]["text"] == "Log a visit"
    await slack.submit(view, {"heard": "slow"})
    (message,) = await slack.slack.until("chat.postMessage")
    assert (message["channel"], message["text"]) == ("DU1", "Visit logged")


async def test_a_slow_answer_holds_its_place(slack: World) -> None:
    """After 0.8 s a stand-in opens, which the answer replaces: a trigger lives three seconds."""
    await opens(slack)
    await slack.slack.until(CALLED)
    page = slack.slack.homes["U1"]
    slack.dispatcher.delay = 1.0
    await slack.press(buttons(page)[0], view=page)
    assert "you said hidden" in json.dumps(await slack.opened(updates=1))


async def test_a_press_too_late_to_open_anything_is_answered_in_the_messages(slack: World) -> None:
    """The trigger is spent: the answer isn't lost."""
    await opens(slack)
    await slack.slack.until(CALLED)
    page = slack.slack.homes["U1"]
    slack.slack.failures["views.open"] = [Failure(body='{"ok": false, "error": "expired_trigger_id"}')]
    await slack.press(buttons(page)[0], view=page)
    (message,) = await slack.slack.until("chat.postMessage")
    assert message["text"] == "you said hidden"


async def test_pressed_twice_is_done_once(slack: World) -> None:
    """Slack delivers the press again: one modal."""
    await opens(slack)
    await slack.slack.until(CALLED)
    page = slack.slack.homes["U1"]
    for _ in range(2):
        await slack.press(buttons(page)[0], view=page)
    await slack.opened()
    await slack.platform._listeners.running.settled()
    assert [one.command for one in slack.dispatcher.seen].count("hidden") == 1
    assert len(slack.slack.called("views.open")) == 1


@dataclass
class Living:
    """The whole of it: Ada is U1, Bruno U2, Emil U3, Cleo U4."""

    company: Company
    slack: World
    worker: procrastinate.App

    async def opens(self, user: str, event_id: str) -> None:
        """Somebody opens their page, and it is there."""
        await opens(self.slack, event_id, user=user, channel=f"D{user}")
        await eventually(lambda: user in self.slack.slack.homes)

    async def work(self) -> None:
        """Run what is due, until nothing is."""
        async with asyncio.timeout(60):
            while await self.worker.job_manager.list_jobs_async(status="todo"):
                await run_due_jobs(self.company.application, self.worker, self.company.application.worker_context)

    def page(self, user: str) -> str:
        """Somebody's page as it is."""
        return json.dumps(self.slack.slack.homes[user], ensure_ascii=False)


@pytest.fixture
async def living(migrated: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Living]:
    """The company on PostgreSQL behind Slack, with a worker; changes wait for nothing before they are shown."""
    monkeypatch.setattr(showing, "SETTLE", timedelta(0))
    database = open_database(migrated, MovableClock(NOW - utc_now()))
    with database.engine.begin() as connection:
        connection.execute(_EMPTY)
    company = Company(build(settings, database), TestClock())
    populate(company)
    async with world(company.application.dispatcher) as slack, worker_app(database).open_async() as worker:
        company.application.senders[Platform.SLACK] = slack.platform.sender
        for number, name in enumerate(("ada", "bruno", "emil", "cleo"), start=1):
            slack.slack.add_user(f"U{number}", email=f"{name}@firm.example", name=name)
        yield Living(company, slack, worker)
    database.close()


async def test_each_sees_their_own_page_and_nobody_elses(living: Living) -> None:
    """An executive, another, an employee and the CX office open theirs: each block is one that Slack takes."""
    made(living.company)
    for number in range(1, 5):
        await living.opens(f"U{number}", f"Ev{number}")
    assert "Your participation" in living.page("U1")
    assert "outage report" in living.page("U1")
    assert "Your participation" in living.page("U2")
    assert "outage report" not in living.page("U2")
    assert "Ada" not in living.page("U2")
    assert "Updates for you" in living.page("U3")
    assert "Pledge" not in living.page("U3")
    assert "The company: " in living.page("U4")


async def test_what_changes_shows_on_the_pages_that_are_looked_at(living: Living) -> None:
    """Ada promises; Emil, who has his page open, sees it there; Bruno's isn't touched."""
    for number in (1, 2, 3):
        await living.opens(f"U{number}", f"Ev{number}")
    before = living.slack.slack.homes["U2"]
    made(living.company)
    await living.work()
    assert "outage report" in living.page("U1")
    assert "outage report" in living.page("U3")
    assert living.slack.slack.homes["U2"] == before


async def test_a_press_on_a_promise_shows_it_with_its_buttons(living: Living) -> None:
    """Emil opens the promise from his page and accepts it in the modal; his page and Ada's are shown anew."""
    made(living.company)
    await living.opens("U3", "Ev3")
    page = living.slack.slack.homes["U3"]
    (button,) = [one for one in buttons(page) if one["text"]["text"] == "1. Acme Corp"]
    emil = {"id": "U3", "team_id": "T1"}
    await living.slack.press(button, view=page, user=emil)
    view = await living.slack.opened()
    (accept,) = [one for one in buttons(view) if one["text"]["text"] == "Accept"]
    await living.slack.press(accept, view=view, at="2.2", user=emil)
    await eventually(lambda: "Accept" not in [one["text"]["text"] for one in buttons(living.slack.slack.views[view["id"]])])
    before = len(published(living.slack))
    await living.work()
    assert len(published(living.slack)) > before


async def test_a_stranger_learns_how_to_get_access(living: Living) -> None:
    """Nobody's page, and no account is made of them."""
    living.slack.slack.add_user("U9", email="mallory@elsewhere.example", name="Mallory")
    await living.opens("U9", "Ev9")
    assert "To get access" in living.page("U9")
    assert "Ada" not in living.page("U9")


async def test_who_has_left_sees_nothing_any_more(living: Living) -> None:
    """At once on the page they had, and when they open it again."""
    await living.opens("U1", "Ev1")
    with living.company.database.session() as session:
        ada = people.get(session, living.company.ids["ada"])
        ada.active = False
    await living.work()
    assert "To get access" in living.page("U1")
    assert "participation" not in living.page("U1")
    await living.opens("U1", "Ev2")
    await living.slack.slack.until(CALLED, 3)
    assert "participation" not in living.page("U1")


async def test_a_page_slack_was_too_busy_for_comes_by_itself(living: Living) -> None:
    """429 at the opening: a job is left, in the database, and shows the page once the pause is over."""
    living.slack.slack.failures[CALLED] = [Failure(status=429, headers={"Retry-After": "0"}, body="{}")]
    await opens(living.slack, "Ev1")
    await living.slack.platform._listeners.running.settled()
    assert "U1" not in living.slack.slack.homes
    await living.work()
    assert "Your participation" in living.page("U1")
