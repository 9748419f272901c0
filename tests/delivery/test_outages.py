"""A platform refuses the bot: the administrators hear of it by the other one, once, and see when it's over."""

from __future__ import annotations

import asyncio

from sqlmodel import select

from bot.cards import Card
from bot.delivery.outages import Administrators
from bot.delivery.senders import Destination, Refused, Sent
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from bot.domain.people.people import Platform, Role
from tests.conftest import NOW, Life, Outbox

WHY = "Slack refuses SLACK_BOT_TOKEN (token_revoked): it was revoked. Install the app again."


class Refusing(Outbox):
    """A platform that takes nothing."""

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:  # noqa: ARG002 - the base's signature
        """Refuse the bot."""
        raise Refused("token_revoked")


def arrange(life: Life, role: Role) -> tuple[Outbox, list[Administrators]]:
    """Cleo has the role, and is on both platforms, last seen on Slack; Slack refuses the bot. And two processes that notice."""
    senders = life.world.application.senders
    senders.clear()
    teams = Outbox(Platform.TEAMS)
    senders |= {Platform.SLACK: Refusing(Platform.SLACK), Platform.TEAMS: teams}
    with life.world.database.session() as session:
        cleo = people.get(session, life.world.ids["cleo"])
        cleo.roles = [role.value]
        cleo.link(Platform.TEAMS, "tenant", "cleo-on-teams", NOW)
        cleo.link(Platform.SLACK, "T1", "U-cleo", NOW)
    return teams, [Administrators(life.world.database, life.world.application.settings) for _ in range(2)]


async def test_administrators_are_told_by_the_platform_that_works(life: Life) -> None:
    """At once, though it is Sunday night; once, however many processes notice; and the message says when it's over."""
    await life.until(2026, 11, 29, 2)
    teams, noticing = arrange(life, Role.ADMIN)
    assert await asyncio.gather(*(one.refused("slack", WHY) for one in noticing)) == [True, True]
    await life.settle()
    assert teams.sent_to == ["cleo@firm.example"]
    (cards,) = teams.cards.values()
    assert cards[-1].title == "Slack refuses the bot"
    assert WHY in str(cards[-1])
    assert await noticing[1].answers("slack")
    assert await noticing[0].answers("slack")
    await life.settle()
    assert cards[-1].title == "Slack works again"
    await noticing[0].refused("slack", WHY)
    await life.settle()
    assert teams.sent_to == ["cleo@firm.example"] * 2


async def test_without_an_administrator_the_office_is_told(life: Life) -> None:
    """Somebody must hear of it."""
    teams, (noticing, _) = arrange(life, Role.CX_OFFICE)
    await noticing.refused("slack", WHY)
    await life.settle()
    assert teams.sent_to == ["cleo@firm.example"]


async def test_what_is_over_before_it_could_be_told_is_not_told(life: Life) -> None:
    """A message that waited for a platform that was away says nothing that isn't so any more."""
    teams, (noticing, _) = arrange(life, Role.ADMIN)
    await noticing.refused("slack", WHY)
    await noticing.answers("slack")
    await life.settle()
    assert teams.sent_to == []
    with life.world.database.session() as session:
        (copy,) = session.exec(select(Delivery)).all()
        assert copy.state == "cancelled"
