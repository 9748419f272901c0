"""What is discovered, and what menus and help are made of."""

import re

import pytest

from bot.commands import Platform, Schedule, read_command
from bot.process.wiring import all_schedules, commands
from tests.conftest import World


def test_every_command_says_what_it_does() -> None:
    """Names and help fit what Slack and Teams show: a title of 32, a description of 128 characters."""
    for name, command in commands().items():
        assert re.fullmatch(r"[a-z][a-z-]{1,31}", name), name
        assert 5 <= len(command.help) <= 100, name


def test_schedules_name_days_and_have_grace() -> None:
    """Day numbers mean different days to different schedulers."""
    found = all_schedules()
    assert "prompt_executives" in found
    for schedule in found.values():
        assert isinstance(schedule, Schedule)
        assert not re.search(r"\d", schedule.cron.split()[4])
        assert schedule.grace >= 60


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("/logvisit Acme", "logvisit", "Acme"),
        ("logvisit\u00a0Acme: x", "logvisit", "Acme: x"),
        ("  /LOGVISIT  ", "logvisit", ""),
        ("/logvisits Acme", "", "/logvisits Acme"),
        ("/log\nvisit", "", "/log\nvisit"),
        ("", "", ""),
        ("/", "", "/"),
        ("/help\r\n me", "help", "me"),
    ],
)
def test_reading_a_command(typed: str, name: str, rest: str) -> None:
    """With or without the slash, in any case, whatever white space follows; else nothing is taken away."""
    assert read_command(typed, commands()) == (name, rest)


def test_a_process_has_one_pace_and_one_stop(world: World) -> None:
    """Whoever reads what the worker's tasks are given gets the same: else a throttle or a stop told to one is unknown to the other."""
    application = world.application
    application.worker_context.stopping.set()
    assert application.worker_context.stopping.is_set()
    assert application.worker_context.pace is application.worker_context.pace
    application.senders[Platform.SLACK] = sender = object()  # type: ignore[assignment]  # only looked up
    assert application.worker_context.senders[Platform.SLACK] is sender
