"""Where the clock is moved to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.console.moves import NAMED, BadMove, days, named, target, told, words

NOW = datetime(2026, 11, 25, 8, 12, tzinfo=UTC)
HOME = "Europe/Copenhagen"


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("hour", datetime(2026, 11, 25, 9, 12, tzinfo=UTC)),
        ("day", datetime(2026, 11, 26, 8, 12, tzinfo=UTC)),
        ("week", datetime(2026, 12, 2, 8, 12, tzinfo=UTC)),
        ("morning", datetime(2026, 11, 26, 8, 0, tzinfo=UTC)),
        ("2026-11-25T17:30", datetime(2026, 11, 25, 16, 30, tzinfo=UTC)),
    ],
)
def test_moves_are_by_the_persons_wall_clock(to: str, expected: datetime) -> None:
    """Tomorrow 09:00 is 09:00 where the person is."""
    assert target(to, NOW, HOME) == expected


def test_a_week_over_the_change_keeps_the_wall_time() -> None:
    """A week on, it is the same time of day, though an hour was gained."""
    before = datetime(2026, 10, 22, 7, 0, tzinfo=UTC)
    assert words(before, HOME) == "Thu 22 Oct 09:00"
    assert words(target("week", before, HOME), HOME) == "Thu 29 Oct 09:00"


@pytest.mark.parametrize(
    "to", ["", "soon", "2026-11-25T09:12", "2020-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00", "2026-13-01T00:00"]
)
def test_no_move_says_why(to: str) -> None:
    """What is past, no time at all or over a year away is refused."""
    with pytest.raises(BadMove):
        target(to, NOW, HOME)


def test_the_farthest_move() -> None:
    """A year ahead still goes."""
    assert target("2027-11-24T09:00", NOW, HOME) - NOW < timedelta(days=366)


def test_a_week_stops_at_each_midnight_on_the_way() -> None:
    """The company's midnights, so that each day is seen to pass; a move within a day goes at once, and a day of 25 hours is one."""
    way = days(NOW, target("week", NOW, HOME), HOME)
    assert [words(one, HOME) for one in way[:2]] == ["Thu 26 Nov 00:00", "Fri 27 Nov 00:00"]
    assert (len(way), words(way[-1], HOME)) == (8, "Wed 2 Dec 09:12")
    assert days(NOW, NOW + timedelta(hours=1), HOME) == [NOW + timedelta(hours=1)]
    autumn = datetime(2026, 10, 24, 7, 0, tzinfo=UTC)
    assert len(days(autumn, target("week", autumn, HOME), HOME)) == 8


def test_one_other_is_named() -> None:
    """“And 1 others” is never said: there is room for a name."""
    assert named(list(range(NAMED))) == (list(range(NAMED)), 0)
    assert named(list(range(NAMED + 1))) == (list(range(NAMED - 1)), 2)


def test_what_happened_is_told_in_few_lines() -> None:
    """What happened in several time zones is told once; a line of its own stays as it is."""
    happened = [
        "Thu 15:00 in Asia/Tokyo: Ask executives",
        "Nothing else was due.",
        "Thu 15:00 in Europe/Berlin: Ask executives",
        "Fri 09:00: Tidy",
    ]
    assert told(happened) == [
        "Ask executives: 2 times, first Thu 15:00 in Asia/Tokyo, last Thu 15:00 in Europe/Berlin",
        "Nothing else was due.",
        "Fri 09:00: Tidy",
    ]
