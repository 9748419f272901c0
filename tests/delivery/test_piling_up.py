"""Jobs that would do the same don't pile up, and none that is needed is left out."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import sqlalchemy as sa

from bot.delivery.queue import Task, defer, refresh
from bot.delivery.tasks import declared
from bot.domain.outbox.subjects import Subject
from bot.domain.updates.broadcasts import When
from tests.conftest import NOW, World
from tests.delivery.conftest import Company

_WAITING = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE :task AND status = 'todo'")
_BEGIN = sa.text(
    "UPDATE procrastinate_jobs SET status = 'doing' WHERE id IN (SELECT id FROM procrastinate_jobs WHERE status = 'todo' FOR UPDATE SKIP LOCKED)"
)


def waiting(world: World, task: str) -> int:
    """How many jobs of a task wait."""
    with world.database.engine.connect() as connection:
        return int(connection.execute(_WAITING, {"task": f"%{task}"}).scalar_one())


def later(world: World, hours: float) -> None:
    """A lane's job, in a transaction of its own."""
    with world.database.session() as session:
        at = NOW + timedelta(hours=hours)
        defer(session, Task.WORK_LANE, at, "lane:slack:T1", once=True, platform="slack", tenant="T1")


async def test_broadcasts_of_one_morning_share_their_lane(company: Company) -> None:
    """Ten updates for tomorrow at nine: the lane has one job for it, not ten; and all arrive."""
    day = (NOW + timedelta(days=1)).date()
    for _ in range(10):
        company.broadcast(when=When.MORNING, day=day)
        await company.settle()
    assert waiting(company.world, "work_lane") <= 2
    await company.later(days=1)
    assert company.slack.titles()["Night line"] == len(company.world.ids) * 3  # the weekly limit
    assert waiting(company.world, "work_lane") <= 1


def test_an_earlier_one_is_needed_a_later_one_is_not(world: World) -> None:
    """One in three hours; the same again and one in five change nothing, one in an hour is made."""
    for hours, number in ((3, 1), (3, 1), (5, 1), (1, 2), (2, 2)):
        later(world, hours)
        assert waiting(world, "work_lane") == number


def test_another_subject_is_another_job(world: World) -> None:
    """What is refreshed is told apart."""
    with world.database.session() as session:
        for subject, key in ((Subject.PROMPT, 1), (Subject.PROMPT, 1), (Subject.PROMPT, 2), (Subject.COMMITMENT, 1)):
            refresh(session, subject, key)
    assert waiting(world, "refresh_copies") == 3


def test_a_job_that_began_before_the_change_does_not_do_for_it(world: World) -> None:
    """The one that waits is held until the change is committed, so that no worker begins it without; one that has begun is no reason."""
    with world.database.session() as session:
        refresh(session, Subject.PROMPT, 1)
    held, ended = Event(), Event()

    def change() -> None:
        with world.database.session() as session:
            refresh(session, Subject.PROMPT, 1)
            held.set()
            ended.wait(30)

    other = Thread(target=change)
    other.start()
    held.wait(30)
    with world.database.engine.begin() as connection:
        assert connection.execute(_BEGIN).rowcount == 0
    ended.set()
    other.join()
    assert waiting(world, "refresh_copies") == 1
    with world.database.engine.begin() as connection:
        assert connection.execute(_BEGIN).rowcount == 1
    with world.database.session() as session:
        refresh(session, Subject.PROMPT, 1)
    assert waiting(world, "refresh_copies") == 1


def test_jobs_keep_the_names_they_have_in_the_queue() -> None:
    """Jobs made by an older version wait there: each name has a body, and none has changed."""
    assert {one.value for one in Task} == {
        "bot.delivery" + "." + name
        for name in (
            "tasks.wake_prompt",
            "tasks.deliver",
            "tasks.post_to_channel",
            "tasks.refresh_copies",
            "tasks.refresh_in_channels",
            "showing.show_home",
            "lanes.count_members",
            "lanes.begin_broadcast",
            "lanes.work_lane",
        )
    }
    assert {one.value for one in Task} <= set(declared.tasks)
