"""Showing anew what was sent: each message once, whatever a platform asks for meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cards import Card
from bot.delivery.pacing import Pace
from bot.delivery.queue import refresh, refresh_posts
from bot.delivery.senders import RetryLater, Sent, Unreachable
from bot.domain.outbox import deliveries, posts
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from tests.conftest import Outbox
from tests.delivery.conftest import Company
from tests.handlers.test_celebrate import told
from tests.handlers.test_commitments import made


class Watched(Outbox):
    """A platform that notes what it is asked to change, and throttles or fails at some of it."""

    def __init__(self) -> None:
        super().__init__(Platform.SLACK)
        self.changed: list[str] = []
        self.faults: dict[str, list[Exception]] = {}

    async def update(self, sent: Sent, card: Card) -> None:  # noqa: ARG002 - the base's signature
        """Note it, unless a fault is set for it."""
        if waiting := self.faults.get(sent.message_id):
            raise waiting.pop(0)
        self.changed.append(sent.message_id)


@pytest.fixture
def slack(company: Company) -> Watched:
    """Slack, in place of the company's; its silences pass with the company's clock."""
    found = Watched()
    company.world.application.senders[Platform.SLACK] = found
    company.worker_context = replace(company.worker_context, pace=Pace(company.world.application.senders, company.world.clock))
    return found


def arrived(company: Company, *names: str) -> None:
    """A commitment, with a copy that each of these got as the message of their name."""
    made(company.world)
    with company.world.database.session() as session:
        for name in names:
            copy = deliveries.queue(
                session, people.get(session, company.world.ids[name]), Subject.COMMITMENT, 1, company.world.clock()
            )
            copy.state, copy.platform, copy.tenant, copy.message_id = DeliveryState.SENT, Platform.SLACK, "T1", name
        refresh(session, Subject.COMMITMENT, 1)


async def test_after_a_throttle_only_what_is_left_is_shown_anew(company: Company, slack: Watched) -> None:
    """However often the platform throttles, no message is changed twice: else those in front use up what is allowed each time."""
    slack.faults = {"dele": [RetryLater(30, "ratelimited")] * 3}
    arrived(company, "ada", "dele", "cleo")
    await company.settle()
    assert slack.changed == ["ada"]
    for _ in range(4):
        await company.later(seconds=31)
    assert sorted(slack.changed) == ["ada", "cleo", "dele"]


async def test_one_that_is_gone_holds_up_nobody(company: Company, slack: Watched) -> None:
    """The others are shown anew, and nothing is tried again."""
    slack.faults = {"ada": [Unreachable("refused", "message_not_found")]}
    arrived(company, "ada", "dele")
    await company.settle()
    await company.later(seconds=3600)
    assert slack.changed == ["dele"]


async def test_what_changes_meanwhile_is_shown_to_all(company: Company, slack: Watched) -> None:
    """A change of its own has a job of its own, and that one is for every copy."""
    slack.faults = {"dele": [RetryLater(30, "ratelimited")]}
    arrived(company, "ada", "dele")
    await company.settle()
    with company.world.database.session() as session:
        refresh(session, Subject.COMMITMENT, 1)
    await company.later(seconds=31)
    assert slack.changed.count("ada") == 2
    assert "dele" in slack.changed


async def test_posts_in_channels_go_on_likewise(company: Company, slack: Watched) -> None:
    """Three channels, a throttle at the second."""
    told(company.world)
    with company.world.database.session() as session:
        for channel in ("C1", "C2", "C3"):
            by = people.get(session, company.world.ids["ada"])
            post = posts.queue(session, Subject.CELEBRATION, 1, (Platform.SLACK, channel), by, company.world.clock())
            post.state, post.message_id = DeliveryState.SENT, channel
        refresh_posts(session, Subject.CELEBRATION, 1)
    slack.faults = {"C2": [RetryLater(30, "ratelimited")]}
    await company.settle()
    await company.later(seconds=31)
    assert sorted(slack.changed) == ["C1", "C2", "C3"]
