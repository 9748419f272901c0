"""Channels: named by id, on one platform at least, and used where their platform is on."""

from __future__ import annotations

import pytest

from bot.settings import parse

from .conftest import VALID, Problems


def test_a_channel_is_used_where_its_platform_is_on() -> None:
    """Named on both, it is written to on the platform that is switched on; customers aren't named unless asked for."""
    settings = parse(
        VALID
        + """\
channels:
  celebrations: {slack: C0123ABCDEF, teams: "19:0a1b2c@thread.tacv2"}
platforms:
  slack: {}
"""
    )
    assert settings.channels.celebrations is not None
    assert settings.channels.celebrations.on(settings.platforms) == {"slack": "C0123ABCDEF"}
    assert settings.channels.questions is None
    assert not settings.channels.customer_names


@pytest.mark.parametrize(
    ("text", "key", "what"),
    [
        ("celebrations: {}", "channels.celebrations", "names no channel"),
        ("celebrations: {slack: '#wins'}", "channels.celebrations.slack", "“#wins” is not a channel's id"),
        ("questions: {slack: wins}", "channels.questions.slack", "“wins” is not a channel's id"),
        ("questions: {slack: U0123ABCDEF}", "channels.questions.slack", "is not a channel's id"),
        ("questions: {teams: 19%3a0a1b%40thread.tacv2}", "channels.questions.teams", "is not a channel's id"),
        ("questions: {teams: '19:0a1b@thread.tacv2;messageid=1'}", "channels.questions.teams", "is not a channel's id"),
        ("customer_names: 1", "channels.customer_names", "is of the wrong kind"),
    ],
)
def test_a_slip_is_told_with_its_place(problems_of: Problems, text: str, key: str, what: str) -> None:
    """No channel at all, a name in place of an id, a person, a link's own spelling: each is told at its key, with what is allowed."""
    (problem,) = problems_of(f"channels:\n  {text}\n")
    assert problem.key == key
    assert what in problem.what
    assert problem.allowed
