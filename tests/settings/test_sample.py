"""The sample company that the program comes with."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.platforms.discovery import missing
from bot.settings import Settings, load, parse
from tests.places import APP

from .conftest import next_due

FILE = APP


@pytest.fixture(scope="module")
def sample() -> Settings:
    """The sample, loaded."""
    return load(FILE)


def test_it_runs_with_no_account_anywhere_and_says_that_it_is_a_sample(sample: Settings) -> None:
    """The first command of the README works with nothing in the environment."""
    assert sample.company.sample
    assert sample.platforms.console_on
    assert missing(sample, {}) == []


def test_its_journey_and_segments_are_whole(sample: Settings) -> None:
    """Six stages; each segment with one attitude and one behaviour wanted, and the evidence of today."""
    assert len(sample.journey) == 6
    assert 3 <= len(sample.segments) <= 4
    for segment in sample.segments:
        assert [str(target.kind) for target in segment.targets] == ["attitude", "behaviour"]


def test_its_prompt_comes_on_thursdays_at_three_in_working_hours(sample: Settings) -> None:
    """APScheduler reads the sample's cron as its comment says, and nobody is asked outside of their hours."""
    cron = sample.schedules["prompt_executives"].cron
    assert cron is not None
    due = next_due(cron, datetime(2026, 11, 25, tzinfo=UTC))
    assert due == datetime(2026, 11, 26, 15, tzinfo=UTC)
    for country in (None, *sample.working_time.countries):
        usual = sample.working_time.for_country(country)
        assert usual.start <= due.time() < usual.end


def test_its_platforms_work_once_the_number_signs_are_taken_away() -> None:
    """The commented sections are settings, not prose: uncommented they load, and what is then missing is listed."""
    text = FILE.read_text(encoding="utf-8")
    block = text.index("# platforms:")
    end = text.index("\n\n", block)
    settings = parse(text[:block] + re.sub(r"(?m)^# ?", "", text[block:end]) + text[end:])
    assert settings.platforms.slack is not None
    assert settings.platforms.teams is not None
    assert not settings.platforms.console_on
    named = {sentence.split(" ", 1)[0] for sentence in missing(settings, {})}
    assert named == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "TEAMS_APP_ID", "TEAMS_TENANT_ID", "TEAMS_APP_PASSWORD", "web.base_url"}


def test_editors_are_told_of_the_schema() -> None:
    """The first line names the schema, by a path that is there."""
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", FILE.read_text(encoding="utf-8"))
    assert found
    assert (FILE.parent / found[1]).is_file()
