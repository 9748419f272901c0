"""What is asked of settings once they're loaded."""

from __future__ import annotations

from datetime import date, time

import pytest
from pydantic import ValidationError

from bot.settings import Hours, PledgePeriod, Settings, SettingsError, TargetKind, parse

from .conftest import VALID


@pytest.fixture
def company() -> Settings:
    """The small valid company with a segment, pledges and a country of its own."""
    return parse(
        VALID
        + """\
segments:
  - {key: farms, name: Farms, description: They farm, targets: [{key: proud, kind: attitude, want: Pride, today: None}]}
  - {key: mills, name: Mills, description: They mill, targets: [{key: early, kind: behaviour, want: Calls, today: None}]}
pledges:
  default: {visits: 3, calls: 0}
  people: {Ann.Lee@Acme.example: {period: month, visits: 1, calls: 1}}
working_time:
  hours: "08:00-16:00"
  countries: {IL: {days: [sun, mon]}, JP: {hours: "9:00 - 18:00"}}
  company_holidays: [2026-12-24]
"""
    )


def test_nothing_can_be_changed_after_loading(company: Settings) -> None:
    """Settings are the same for whoever asks, whenever."""
    with pytest.raises(ValidationError, match="frozen"):
        company.company.name = "Other"  # type: ignore[misc]


def test_stages_segments_and_targets_are_found_by_key(company: Settings) -> None:
    """A record's key leads to its stage, segment or target, and a target to its segment; an unknown key to nothing."""
    stage, segment, target = company.stage("first"), company.segment("mills"), company.target("early")
    assert stage == company.journey[0]
    assert segment == company.segments[1]
    assert target is not None
    assert target.kind is TargetKind.BEHAVIOUR
    assert company.segment_of_target("early") == segment
    assert company.segment_of_target("proud") == company.segments[0]
    assert [company.stage("x"), company.segment("x"), company.target("x"), company.segment_of_target("x")] == [None] * 4


def test_a_pledge_is_found_by_email_in_any_case(company: Settings) -> None:
    """Somebody named has their own pledge, everyone else the default, by the quarter unless said otherwise."""
    own, usual = company.pledge_of(" ann.lee@ACME.example "), company.pledge_of("bo@acme.example")
    assert (own.period, own.visits, own.calls) == (PledgePeriod.MONTH, 1, 1)
    assert (str(usual.period), usual.visits, usual.calls) == ("quarter", 3, 0)


def test_a_country_overrides_days_or_hours_and_keeps_the_rest(company: Settings) -> None:
    """What a country doesn't say is the company's; a country that isn't listed, or unknown, is all the company's."""
    time_of = company.working_time.for_country
    assert ([str(day) for day in time_of("il").days], time_of("il").start) == (["sun", "mon"], time(8))
    assert (len(time_of("JP").days), time_of("JP").start, time_of("JP").end) == (5, time(9), time(18))
    assert time_of(None) == time_of("") == time_of("FR")
    assert time_of("FR").hours == "08:00-16:00"
    assert company.working_time.company_holidays == (date(2026, 12, 24),)


def test_hours_are_their_text() -> None:
    """Hours are written one way however they were typed, and know when they begin and end."""
    hours = Hours(" 9:05 – 17:30")
    assert (hours, hours.start, hours.end) == ("09:05-17:30", time(9, 5), time(17, 30))


@pytest.mark.parametrize(
    ("platforms", "on"),
    [
        ("{}", True),
        ("{slack: {}}", False),
        ("{teams: {}}", False),
        ("{slack: null}", True),
        ("{console: {enabled: false}}", False),
        ("{teams: {playground: true}, console: {enabled: true}}", True),
    ],
)
def test_the_console_is_on_when_nothing_else_is_unless_told(platforms: str, on: bool) -> None:
    """A file with no platform gives the console; one with Slack or Teams doesn't; the Playground, having no accounts, may have it beside."""
    assert parse(VALID + f"platforms: {platforms}\n").platforms.console_on is on


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("::", False),
        ("192.0.2.1", False),
        ("x.example", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, loopback: bool) -> None:
    """Only an address this machine alone can reach counts as loopback."""
    assert parse(VALID + f'platforms: {{slack: {{}}}}\nweb: {{host: "{host}"}}\n').web.loopback is loopback


def test_a_base_url_loses_its_last_slash() -> None:
    """Paths are put behind it with a slash of their own."""
    assert parse(VALID + "web: {base_url: https://a.example/bot/}\n").web.base_url == "https://a.example/bot"


def test_a_secret_is_read_from_the_environment_by_name(company: Settings) -> None:
    """The value comes without the line break that files bring; an empty one is as good as none, and the name is told."""
    assert company.platforms.secret("A_TOKEN", {"A_TOKEN": "abc\n"}) == "abc"
    with pytest.raises(SettingsError, match="environment variable A_TOKEN is not set"):
        company.platforms.secret("A_TOKEN", {"A_TOKEN": " "})
