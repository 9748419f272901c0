"""Taking turns: evenly, never many at once after a pause, and a little slower after a throttle."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.clock import MovableClock
from bot.delivery.pacing import Pace, TenantPace
from bot.domain.people.people import Platform


async def taken(pace: TenantPace, number: int) -> list[float]:
    """When so many who wait at once get their turns."""
    loop, times = asyncio.get_running_loop(), list[float]()

    async def one() -> None:
        await pace.wait()
        times.append(loop.time())

    await asyncio.gather(*(one() for _ in range(number)))
    return times


async def test_a_second_never_holds_many_more_than_its_share() -> None:
    """Of 60 who wait at once at 100 a second, no more than a few go together."""
    times = await taken(TenantPace(100), 60)
    most = max(sum(at <= other < at + 0.1 for other in times) for at in times)
    assert most <= 10 + 2


async def test_nobody_goes_in_a_pause_and_they_do_not_all_go_after_it() -> None:
    """A throttle while many wait: silence as long as it says, then one after another again."""
    pace = TenantPace(200)
    loop, closed = asyncio.get_running_loop(), list[float]()

    def throttled() -> None:
        closed.append(loop.time())
        pace.throttled(0.4)

    loop.call_later(0.05, throttled)
    times = await taken(pace, 60)
    assert not [at for at in times if closed[0] < at < closed[0] + 0.39]
    after = [at for at in times if at > closed[0]]
    assert sum(at < after[0] + 0.05 for at in after) <= 10 + 2


async def test_throttles_at_once_count_as_one() -> None:
    """Fifty calls refused together slow the tenant down once; another soon after, more."""
    pace = TenantPace(50)
    for _ in range(50):
        pace.throttled(0.01)
    assert pace.per_second == 50 * 0.99
    await asyncio.sleep(0.02)
    pace.throttled(0.01)
    assert pace.per_second == 50 * 0.99 * 0.985


async def test_without_a_limit_only_a_pause_is_waited_for() -> None:
    """A platform that isn't one: everyone goes, but for a pause it asks for."""
    pace = TenantPace(None)
    loop = asyncio.get_running_loop()
    pace.throttled(0.2)
    start = loop.time()
    times = await taken(pace, 300)
    assert min(times) >= start + 0.19
    assert pace.per_second is None


async def test_after_a_pause_the_first_two_do_not_go_together() -> None:
    """On a slow lane one call too many in a second is refused again, and the pace would sink with every pause."""
    pace = TenantPace(10)
    asyncio.get_running_loop().call_later(0.15, lambda: pace.throttled(0.3))
    times = await taken(pace, 7)
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.04


async def test_a_silence_ends_where_the_clock_is_moved_past_it() -> None:
    """The console's clock can be moved by days: the silence is over with it. One that stands, as in many tests, holds nothing up."""
    moved, stands = MovableClock(), datetime(2026, 11, 25, tzinfo=UTC)
    pace, still = TenantPace(100, moved), TenantPace(100, lambda: stands)
    for one in (pace, still):
        one.throttled(600)
        assert not await one.wait(2)
    moved.forward(moved() + timedelta(seconds=601))
    assert (pace.closed_for, await pace.wait(2)) == (0, True)
    still = TenantPace(100, lambda: stands)
    still.throttled(0.05)
    assert await still.wait()


async def test_a_silence_of_nobodys_name_holds_for_tenants_heard_of_later() -> None:
    """It isn't known whose call was throttled: whoever comes next keeps the silence too, on this platform and for this kind of call."""
    pace = Pace({})
    pace.of(Platform.SLACK, "T1")
    pace.throttled(Platform.SLACK, "", 60)
    assert not await pace.of(Platform.SLACK, "T1").wait(2)
    assert not await pace.of(Platform.SLACK, "T2").wait(2)
    assert await pace.of(Platform.TEAMS, "T2").wait(2)


async def test_a_silence_of_one_tenant_is_its_own() -> None:
    """Who comes later calls as it likes."""
    pace = Pace({})
    pace.throttled(Platform.SLACK, "T1", 60)
    assert await pace.of(Platform.SLACK, "T2").wait(2)
