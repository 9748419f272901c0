"""Posts in channels: one in each place, tried again only where it surely isn't there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.outbox import posts
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Platform
from bot.settings import Channel, ConsoleSettings, Platforms, Settings, SlackSettings, TeamsSettings
from tests.conftest import NOW, World


def queue(session: Session, world: World, channel: str = "C1", by: str = "ada", thread: str = "", hours: int = 0) -> ChannelPost:
    """A celebration in a channel of Slack's."""
    who = people.get(session, world.ids[by])
    place = (Platform.SLACK, channel)
    return posts.queue(session, Subject.CELEBRATION, 1, place, who, NOW + timedelta(hours=hours), thread=thread)


@pytest.mark.parametrize("state", list(DeliveryState))
def test_only_one_that_surely_is_not_there_is_tried_again(world: World, state: DeliveryState) -> None:
    """By who asks then, as if it were new; any other stays as it is."""
    with world.database.session() as session:
        first = queue(session, world)
        first.state, first.attempts, first.reason = state, 3, "channel_archived"
        session.flush()
        again = queue(session, world, by="cleo", hours=1)
        assert again is first
        tried = state in {DeliveryState.FAILED, DeliveryState.CANCELLED}
        now = (again.state, again.attempts, again.requested_by.name, again.queued_at)
        assert now == (
            (DeliveryState.QUEUED, 0, "Cleo Marsh", NOW + timedelta(hours=1)) if tried else (state, 3, "Ada Lovell", NOW)
        )


def test_another_channel_or_thread_is_another_post(world: World) -> None:
    """Found in the order they were made."""
    with world.database.session() as session:
        made = [queue(session, world), queue(session, world, "C2"), queue(session, world, thread="9.1")]
        assert len({one.key for one in made}) == 3
        assert posts.of(session, Subject.CELEBRATION, 1) == made
        assert posts.of(session, Subject.QUESTION, 1) == []


def test_places_are_those_of_platforms_that_are_on(settings: Settings) -> None:
    """None where app.yaml names no channel."""
    channel = Channel(slack="C0123ABCDEF", teams="19:0a1b@thread.tacv2")
    on = settings.model_copy(update={"platforms": Platforms(slack=SlackSettings(), console=ConsoleSettings())})
    both = settings.model_copy(update={"platforms": Platforms(slack=SlackSettings(), teams=TeamsSettings())})
    assert posts.places(on, channel) == [(Platform.SLACK, "C0123ABCDEF")]
    assert {platform for platform, _ in posts.places(both, channel)} == {Platform.SLACK, Platform.TEAMS}
    assert posts.places(both, None) == []
