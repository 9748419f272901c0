"""Whether an account is surely one of ours: every way in which it may not be."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.slack.membership import Ours, acted, doubt, installed_in

OURS, GRID = Ours("T1"), Ours("T1", "E1")
WHOLE = Ours("", "E1")


def user(**more: Any) -> dict[str, Any]:
    """A member of T1, as users.info gives one."""
    return {"id": "U1", "team_id": "T1", "profile": {"email": "ada@firm.example"}} | more


@pytest.mark.parametrize(
    ("account", "ours"),
    [
        (user(), OURS),
        (user(is_email_confirmed=True), OURS),
        (user(is_email_confirmed=None), OURS),
        (user(team_id="T2", enterprise_user={"enterprise_id": "E1"}), GRID),
        (user(team_id="E1"), GRID),
        (user(team_id="T7", enterprise_user={"enterprise_id": "E1"}), WHOLE),
        ({"id": "U1", "profile": {}}, OURS),
    ],
)
def test_accounts_of_ours(account: dict[str, Any], ours: Ours) -> None:
    """Of the workspace, or of its organization; where Slack says nothing of the address, the workspace stands for it."""
    assert doubt(account, ours) is None


@pytest.mark.parametrize(
    ("account", "ours", "reason"),
    [
        (user(team_id="T2"), OURS, "not_ours"),
        (user(team_id="T2"), GRID, "not_ours"),
        (user(team_id="T7"), WHOLE, "not_ours"),
        (user(team_id="T1", enterprise_user={"enterprise_id": "E2"}), GRID, "not_ours"),
        (user(team_id="T2", enterprise_user={"enterprise_id": "E2"}), OURS, "not_ours"),
        ({"id": "U1", "profile": {"team": "T2"}}, OURS, "not_ours"),
        ({"id": "U1", "enterprise_user": {"enterprise_id": "E2"}}, OURS, "not_ours"),
        (user(is_stranger=True), OURS, "not_ours"),
        (user(is_restricted=True), OURS, "guest"),
        (user(is_ultra_restricted=True), OURS, "guest"),
        (user(profile={"is_restricted": True}), OURS, "guest"),
        (user(deleted=True), OURS, "left"),
        (user(is_bot=True), OURS, "not_ours"),
        (user(is_workflow_bot=True), OURS, "not_ours"),
        (user(is_connector_bot=True), OURS, "not_ours"),
        (user(id="USLACKBOT"), OURS, "not_ours"),
        (user(is_email_confirmed=False), OURS, "unconfirmed"),
        (user(is_email_confirmed="no"), OURS, "unconfirmed"),
        (user(team_id=["T1"]), OURS, "not_ours"),
        (user(team_id={"id": "T1"}), GRID, "not_ours"),
        (user(team_id="t1"), OURS, "not_ours"),
        (user(is_restricted="false"), OURS, "guest"),
    ],
)
def test_accounts_that_are_not(account: dict[str, Any], ours: Ours, reason: str) -> None:
    """Another company's, a guest's, an app's, one switched off, one with an address nobody confirmed."""
    found = doubt(account, ours)
    assert found is not None
    assert found.reason == reason
    assert found.detail


def test_where_the_event_leaves_a_doubt_slack_must_name_the_workspace() -> None:
    """What counts as the workspace's own without a word isn't enough for somebody in a shared channel."""
    assert doubt({"id": "U1"}, OURS) is None
    assert doubt({"id": "U1"}, OURS, explicit=True) is not None
    assert doubt(user(), OURS, explicit=True) is None


@pytest.mark.parametrize(
    ("body", "agrees", "excludes"),
    [
        ({"team_id": "T1", "user_id": "U1"}, True, False),
        ({"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}}, True, False),
        ({"user": {"id": "U1", "team_id": "T2"}, "team": {"id": "T1"}}, False, True),
        ({"user": {"id": "U1", "team_id": "T1", "enterprise_id": "E1"}, "team": {"id": "T1"}}, False, False),
        ({"team_id": "T1", "event": {"user": "U1", "user_team": "T2"}}, False, True),
        ({"team_id": "T1", "event": {"user": "U1", "source_team": "T2"}}, False, True),
        ({"team_id": "T1", "event": {"user": "U1", "user_profile": {"team": "T2"}}}, False, True),
        ({"team_id": "T2", "event": {"user": "U1"}}, False, False),
        ({"team_id": "T1", "event": {"user": "U1"}, "is_ext_shared_channel": True}, False, False),
        ({"team": None, "user": None, "event": 5}, True, False),
    ],
)
def test_what_an_event_says(body: dict[str, Any], agrees: bool, excludes: bool) -> None:
    """One foreign id is enough outside an organization; what says nothing of them leaves the question to users.info."""
    found = acted(body)
    assert (found.agrees(OURS), found.excludes(OURS)) == (agrees, excludes)


def test_inside_an_organization_another_workspace_is_looked_at() -> None:
    """It may be one of the organization's: the event alone neither lets in nor refuses."""
    found = acted({"user": {"id": "U1", "team_id": "T2"}, "team": {"id": "T1", "enterprise_id": "E1"}})
    assert (found.agrees(GRID), found.excludes(GRID)) == (False, False)


def test_which_installation_an_event_is_for() -> None:
    """Its authorization says so; the workspace beside it may be that of whoever shared the channel."""
    body = {"team_id": "T2", "authorizations": [{"team_id": "T1", "enterprise_id": None}], "enterprise_id": "E9"}
    assert installed_in(body) == ("T1", "E9")
    assert installed_in({"user": {"team_id": "T2"}, "team": None, "enterprise": {"id": "E1"}}) == ("", "E1")
