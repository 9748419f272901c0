"""Each way a settings file can be wrong, the line it's told on, and what the words say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import Problem, SettingsError, load, parse
from tests.places import APP

from .conftest import VALID, Problems

SAMPLE = APP

MISTAKES = {
    "typo": ("web:\n  prot: 80\n", 11, "web.prot", "Did you mean “port”? Allowed: port, host, base_url"),
    "unknown section": ("webb: {}\n", 10, "webb", "Did you mean “web”"),
    "unknown key near nothing": ("web: {qqqq: 1}\n", 10, "web.qqqq", "Allowed: port"),
    "number as text": ("web:\n  port: '80'\n", 11, "web.port", "“80” is of the wrong kind. A whole number"),
    "true for a number": ("web: {port: true}\n", 10, "web.port", "“true” is of the wrong kind"),
    "fraction": ("web: {port: 80.5}\n", 10, "web.port", "A whole number"),
    "number too great": ("web: {port: 65536}\n", 10, "web.port", "65536 is out of range. A whole number from 1 to 65535"),
    "optional number too small": ("schedules: {a: {grace_minutes: 0}}\n", 10, "schedules.a.grace_minutes", "from 1 to 10080"),
    "number for text": ("web: {host: 127}\n", 10, "web.host", "put quotes around"),
    "empty text": ('web: {host: " "}\n', 10, "web.host", "is empty"),
    "yes for true": ("schedules: {a: {enabled: yes}}\n", 10, "schedules.a.enabled", "true or false"),
    "list for section": ("web: [80]\n", 10, "web", "a list is of the wrong kind. Keys with values"),
    "section for list": ("segments: {a: 1}\n", 10, "segments", "A list"),
    "text for list": ("working_time: {days: mon}\n", 10, "working_time.days", "A list"),
    "empty list": ("working_time: {days: []}\n", 10, "working_time.days", "is empty"),
    "choice": ("delivery: {teams_uncertain: resent}\n", 10, "delivery.teams_uncertain", "Did you mean “resend”? Allowed: leave, resend"),
    "day name": ("working_time:\n  days:\n    - mon\n    - fryday\n", 13, "working_time.days[2]", "Did you mean “fri”"),
    "country": ("working_time: {countries: {gb: {}}}\n", 10, "working_time.countries.gb", "Did you mean GB?"),
    "country by name": ("working_time: {countries: {Norway: {}}}\n", 10, "working_time.countries.Norway", "NO (Norway)"),
    "hours": ("working_time: {hours: 9 to 5}\n", 10, "working_time.hours", 'such as "09:00-17:30"'),
    "hours that don't exist": ('working_time: {hours: "09:00-24:30"}\n', 10, "working_time.hours", "is not a span of hours"),
    "hours backwards": ('working_time: {hours: "22:00-06:00"}\n', 10, "working_time.hours", "ends before it starts"),
    "date": ("working_time: {company_holidays: [2026-02-29]}\n", 10, "working_time.company_holidays[1]", "Year-month-day"),
    "email": ("pledges: {people: {ann: {visits: 1, calls: 1}}}\n", 10, "pledges.people.ann", "Such as name@"),
    "email twice": ("pledges:\n  people:\n    a@b.co: {visits: 1, calls: 1}\n    A@b.co: {visits: 1, calls: 1}\n", 12, "pledges.people", "twice"),
    "missing": ("pledges:\n  default:\n    visits: 1\n", 11, "pledges.default.calls", "is missing. What belongs there: Calls"),
    "schedule name": ("schedules: {Weekly Prompt: {}}\n", 10, "schedules.Weekly Prompt", "small letters"),
    "cron by number": ("schedules:\n  a:\n    cron: 0 9 * * 1-5\n", 12, "schedules.a.cron", "0 is Sunday in Unix cron"),
    "cron that never comes": ("schedules: {a: {cron: 0 9 30 2 *}}\n", 10, "schedules.a.cron", "would skip February"),
    "address": ("web: {base_url: outside-in.example}\n", 10, "web.base_url", "https://"),
    "variable": ("platforms: {slack: {bot_token_env: hunter2}}\n", 10, "platforms.slack.bot_token_env", "name of an environment variable"),
    "key twice": ("web:\n  port: 80\n  host: localhost\n  port: 81\n", 13, "web.port", "is there twice; it was given on line 11"),
    "nothing after it": ("web:\n  host: localhost\n  port:\n", 12, "web.port", "has nothing after it"),
    "a section with nothing in it": ("platforms:\n  slack:\n", 11, "platforms.slack", "has nothing after it"),
    "console beside Slack": ("platforms:\n  slack: {}\n  console:\n    enabled: true\n", 13, "platforms.console.enabled", "beside Slack"),
    "console for all": ("web:\n  port: 80\n  host: 0.0.0.0\n", 12, "web.host", "the console lets anyone act as anyone"),
    "Playground for all": ("platforms: {teams: {playground: true}}\nweb: {host: 0.0.0.0}\n", 11, "web.host", "the Teams Playground lets anyone"),
    "not YAML": ("web:\n  port: [80\nprompts: {}\n", 12, "", "this is not YAML, at column"),
    "tab": ("web:\n\tport: 80\n", 11, "", "this is not YAML"),
    "unknown alias": ("web: *a\n", 10, "", "undefined alias"),
    "two documents": ("---\nweb: {}\n", 10, "", "expected a single document"),
    "Python object": ("web: !!python/object:os.system {}\n", 10, "", "this has the tag !!python/object:os.system"),
    "tag that doesn't fit": ("web: {port: !!int eighty}\n", 10, "", "this has the tag !!int"),
    "forbidden character": ("web:\n  host: a\x07b\n", 11, "", "U+0007"),
    "in itself": ("segments: &a [*a]\n", 10, "segments[1]", "refers to itself"),
    "key that isn't text": ("web:\n  1: 2\n", 11, "web.1", "is not a key, which would be text"),
    "Slack token": ("web:\n  host: xoxb-2345678901-abcdefghij\n", 11, "", "this holds what looks like a Slack token"),
    "secret in a comment": ("# old: xapp-1-A0123456789-abcdef\n", 10, "", "environment variable"),
    "client secret": (f"web: {{host: abc8Q~{'x' * 34}}}\n", 10, "", "a Microsoft client secret"),
    "password in an address": ("# DATABASE_URL=postgresql://me:hunter2@db/x\n", 10, "", "an address with a password"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "line", "key", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_its_key_and_what_is_allowed(
    problems_of: Problems, more: str, line: int, key: str, words: str
) -> None:
    """One mistake gives one problem: on its line, at its key, in these words."""
    (problem,) = problems_of(more)
    assert (problem.line, problem.key) == (line, key)
    assert words in str(problem)


@pytest.mark.parametrize(
    "more", [MISTAKES[name][0] for name in ("variable", "Slack token", "secret in a comment", "password in an address")]
)
def test_a_secret_is_never_repeated(problems_of: Problems, more: str) -> None:
    """The words about a secret that doesn't belong in the file don't spread it into logs."""
    (problem,) = problems_of(more)
    assert not any(secret in str(problem) for secret in ("xoxb", "xapp-1", "hunter2"))


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Europe/Zurch", "Europe/Zurich"),
        ("New York", "America/New_York"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("Auckland", "Pacific/Auckland"),
    ],
)
def test_an_unknown_time_zone_is_answered_with_close_ones(zone: str, meant: str) -> None:
    """Somebody who writes a city, or nearly its zone, is told the zone."""
    with pytest.raises(SettingsError) as raised:
        parse(VALID.replace("Europe/Lisbon", zone))
    (problem,) = raised.value.problems
    assert (problem.line, problem.key) == (3, "company.zone")
    assert f"“{zone}” is not a time zone" in problem.what
    assert meant in problem.allowed


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(problems_of: Problems) -> None:
    """A file with six faults is read once, not six times."""
    found = problems_of("""\
        web:
          port: 0
          port: 1
          hots: x
        working_time: {hours: never, days: [mon, xyz]}
        prompts:
        """)
    assert [(problem.line, problem.key) for problem in found] == [
        (11, "web.port"),
        (12, "web.port"),
        (13, "web.hots"),
        (14, "working_time.days[2]"),
        (14, "working_time.hours"),
        (15, "prompts"),
    ]


def test_keys_used_twice_are_told_each_on_its_line(problems_of: Problems) -> None:
    """Stages, segments and targets (over all segments) each have a key of their own."""
    found = problems_of("""\
          - {key: first, name: N, description: D, success: S}
        segments:
          - key: s
            name: S
            description: D
            targets:
              - {key: t, kind: attitude, want: W, today: T}
              - {key: t, kind: behaviour, want: W, today: T}
          - key: s
            name: S
            description: D
            targets: [{key: t, kind: attitude, want: W, today: T}]
        """)
    assert [(problem.line, problem.key) for problem in found] == [
        (10, "journey[2].key"),
        (17, "segments[1].targets[2].key"),
        (18, "segments[2].key"),
        (21, "segments[2].targets[1].key"),
    ]
    assert "“first” is the key of an earlier one" in str(found[0])


def test_missing_sections_are_told_together() -> None:
    """A file that lacks both sections that can't be left out is told of both."""
    with pytest.raises(SettingsError) as raised:
        parse("web: {port: 80}\n")
    assert [(problem.line, problem.key) for problem in raised.value.problems] == [(1, "company"), (1, "journey")]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n", "words\n"])
def test_a_file_without_keys_is_told_how_one_begins(text: str) -> None:
    """An empty file, a list and a sentence aren't settings."""
    with pytest.raises(SettingsError, match=r"line 1: there are no keys here\. It begins with one of: company, journey"):
        parse(text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path asked for is in the words, so that a wrong folder is seen."""
    with pytest.raises(SettingsError, match=r"none\.yaml can't be read: No such file"):
        load(tmp_path / "none.yaml")


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    """Latin-1 isn't taken for UTF-8, nor is it guessed at."""
    file = tmp_path / "app.yaml"
    file.write_bytes("company: {name: Bräu}".encode("latin-1"))
    with pytest.raises(SettingsError, match="not UTF-8 text, from byte 19 on"):
        load(file)


def test_a_mark_that_windows_editors_write_is_passed_over(tmp_path: Path) -> None:
    """A byte order mark in front of the first key is no part of it."""
    file = tmp_path / "app.yaml"
    file.write_text(VALID, encoding="utf-8-sig")
    assert load(file).company.name == "Acme"


def test_too_deep_nesting_is_told(problems_of: Problems) -> None:
    """Thousands of brackets are a fault of the file, not of the program."""
    (problem,) = problems_of("web: " + "[" * 5000 + "]" * 5000 + "\n")
    assert "nested too deep" in problem.what


def test_norway_and_a_time_are_what_they_look_like() -> None:
    """YAML 1.1 would read NO as false and 09:30 as 570; neither happens here."""
    found = parse(VALID + "working_time: {countries: {NO: {hours: 09:30-15:00}}}\n")
    assert str(found.working_time.for_country("no").hours) == "09:30-15:00"


def test_anchors_and_merges_work() -> None:
    """Whoever knows YAML's anchors may use them, and a merged key may be overridden."""
    more = "pledges:\n  default: &usual {visits: 1, calls: 2}\n  people:\n    a@b.co: {<<: *usual, calls: 9}\n"
    assert parse(VALID + more).pledge_of("A@B.co").calls == 9


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_whatever_ends_in_anything_but_a_settings_error(text: str) -> None:
    """Whatever is in the file, its reader gets words and not a traceback."""
    with pytest.raises(SettingsError):
        parse(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_sample_with_any_stretch_cut_out_loads_or_says_why(data: st.DataObject) -> None:
    """A file half edited is told as it is; every problem's line is one of the file's."""
    text = SAMPLE.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    shorter = text[:start] + text[data.draw(st.integers(start, len(text))) :]
    found: tuple[Problem, ...] = ()
    try:
        parse(shorter)
    except SettingsError as error:
        found = error.problems or (Problem(0, "", "no problem told"),)
    assert all(1 <= problem.line <= shorter.count("\n") + 1 for problem in found)
