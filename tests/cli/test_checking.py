"""The look at all linked accounts: what is right is vouched for, what is wrong is named with what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlmodel import select

from bot.cli.checking import check_with
from bot.delivery.senders import Destination, Member
from bot.domain.access.accounts import Verdict
from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from tests.conftest import NOW, Outbox, World


class Knowing(Outbox):
    """A platform that says of each account what it is told to."""

    def __init__(self, **verdicts: Verdict) -> None:
        super().__init__(Platform.SLACK)
        self.verdicts, self.asked = verdicts, list[str]()

    async def look_up(self, channel: str, user_ids: Collection[str]) -> list[Member]:  # noqa: ARG002 - the protocol's signature
        """Nobody."""
        return []

    async def vouch(self, accounts: Sequence[Destination]) -> list[Verdict]:
        """What was set for each, by user id."""
        self.asked += [one.user_id for one in accounts]
        return [self.verdicts[one.user_id] for one in accounts]


def linked(world: World) -> None:
    """Three accounts on Slack, one on Teams and one on the console, vouched for a week ago."""
    with world.database.session() as session:
        for name, platform, user_id in (
            ("ada", Platform.SLACK, "U1"),
            ("bruno", Platform.SLACK, "U2"),
            ("emil", Platform.SLACK, "U3"),
            ("cleo", Platform.TEAMS, "A1"),
            ("cleo", Platform.CONSOLE, "C1"),
        ):
            people.get(session, world.ids[name]).link(platform, "T1", user_id, NOW - timedelta(days=7))


def vouched(world: World) -> set[str]:
    """Those that were vouched for just now."""
    with world.database.session() as session:
        return {one.user_id for one in session.exec(select(Account)) if one.vouched_at == NOW}


async def test_each_account_is_right_wrong_or_could_not_be_asked_about(world: World) -> None:
    """Only what is right is vouched for; the console's accounts are nobody's to check."""
    linked(world)
    slack = Knowing(U1=Verdict(email="ada@firm.example"), U2=Verdict(why="it is a guest"), U3=Verdict("rate limit", asked=False))
    report = await check_with(world.database, {Platform.SLACK: slack})
    assert report.right == 1
    assert vouched(world) == {"U1"}
    (wrong,) = report.wrong
    assert "U2 of bruno@firm.example is wrong: it is a guest. Unlink it: outside-in accounts unlink " in wrong
    assert len(report.unasked) == 2
    assert "not switched on" in report.unasked[0] + report.unasked[1]
    assert "rate limit" in report.unasked[0] + report.unasked[1]


async def test_only_those_asked_for_are_looked_at(world: World) -> None:
    """By a part of the email; a platform that can't be asked about accounts vouches for none."""
    linked(world)
    slack = Knowing(U1=Verdict(email="ada@firm.example"))
    report = await check_with(world.database, {Platform.SLACK: slack}, "ADA@")
    assert (report.right, slack.asked, report.unasked) == (1, ["U1"], [])
    assert (await check_with(world.database, {Platform.SLACK: Outbox(Platform.SLACK)})).right == 0
