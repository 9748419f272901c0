"""A company of many people, and an update for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import procrastinate
import pytest
import sqlalchemy as sa
from sqlmodel import col, func, select

from bot.delivery.broadcasts import lanes
from bot.delivery.context import WorkerContext
from bot.delivery.pacing import Pace
from bot.domain.outbox.deliveries import Delivery
from bot.domain.people import people
from bot.domain.people.people import Person, Platform
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import Broadcast, When
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.measures import audience_sizes
from bot.process.worker import run_due_jobs, worker_app
from bot.settings import Settings
from tests.conftest import NOW, Outbox, World
from tests.delivery.tenant import Tenant

_DUE = sa.text(
    "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now())"
)

_SHIFT = sa.text(
    "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - :step WHERE status = 'todo' AND scheduled_at IS NOT NULL"
)

EVERYONE = Audience(who=("everyone",))


@dataclass
class Company:
    """People on one Slack workspace (and a Teams tenant), and a worker."""

    world: World
    slack: Tenant
    teams: Tenant
    worker: procrastinate.App
    worker_context: WorkerContext
    update_ids: list[int] = field(default_factory=list)

    def people(self, number: int, platform: Platform = Platform.SLACK, tenant: str = "T1", first: int = 0) -> None:
        """Hire so many, each with an account."""
        with self.world.database.session() as session:
            for count in range(first, first + number):
                person = Person.known(
                    f"p{count}@firm.example", f"Person {count}", "Europe/London", department="Service", locale="en"
                )
                session.add(person)
                session.flush()
                person.link(platform, tenant, f"U{count}", NOW)

    def broadcast(self, audience: Audience = EVERYONE, when: When = When.NOW, **more: Any) -> int:
        """Approve a broadcast of a new update in Ada's name, by Cleo; its id."""
        with self.world.database.session() as session:
            ada, cleo = (people.get(session, self.world.ids[name]) for name in ("ada", "cleo"))
            draft = UpdateDraft(Wording("en", "Night line", "One number at night.", "Give it to every customer."), ada)
            update = updates.write(session, draft, cleo, NOW)
            update.agree(ada)
            broadcast = broadcasts.new(session, update)
            broadcast.aim(audience, cleo)
            broadcast.ask(cleo, max(1, audience_sizes.reach(session, audience).count), when, NOW, **more)
            broadcast.approve(ada)
            assert broadcast.go(self.worker_context.settings)
            lanes.schedule(session, broadcast)
            self.update_ids.append(update.key)
            return broadcast.key

    async def settle(self) -> None:
        """Run every job that is due."""
        await run_due_jobs(self.world.application, self.worker, self.worker_context)
        while self._due():
            await run_due_jobs(self.world.application, self.worker, self.worker_context)

    async def later(self, **step: float) -> None:
        """Move the clock by a timedelta's arguments, with the timers, and run what is due by then."""
        self.world.clock.forward(**step)
        with self.world.database.engine.begin() as connection:
            connection.execute(_SHIFT, {"step": timedelta(**step)})
        await self.settle()

    def _due(self) -> int:
        with self.world.database.engine.connect() as connection:
            return int(connection.execute(_DUE).scalar_one())

    def states(self) -> Counter[str]:
        """The broadcast's deliveries by state."""
        with self.world.database.session() as session:
            wanted = select(Delivery.state, func.count()).where(col(Delivery.broadcast_id).is_not(None)).group_by(Delivery.state)
            return Counter({str(state): number for state, number in session.exec(wanted)})

    def row(self, email: str) -> Delivery:
        """Somebody's copy."""
        with self.world.database.session() as session:
            wanted = select(Delivery).join(Person).where(Person.email == email, col(Delivery.broadcast_id).is_not(None))
            return session.exec(wanted).one()

    def standing(self, broadcast_id: int) -> Broadcast:
        """A broadcast as it is now."""
        with self.world.database.session() as session:
            found = broadcasts.get(session, broadcast_id)
            _ = found.update.texts
            return found


@pytest.fixture
async def company(world: World) -> AsyncIterator[Company]:
    """The company of `world` with a Slack workspace and a Teams tenant; everyone of `world` is on Slack as well."""
    slack, teams = Tenant(Platform.SLACK), Tenant(Platform.TEAMS, can_look_up=False)
    world.application.senders |= {Platform.SLACK: slack, Platform.TEAMS: teams}
    with world.database.session() as session:
        for name, key in world.ids.items():
            people.get(session, key).link(Platform.SLACK, "T1", f"U-{name}", datetime(2026, 1, 1, tzinfo=UTC))
        people.get(session, world.ids["aroha"]).zone = "Europe/London"  # where it is day
    worker_context = world.application.worker_context
    worker_context.pace.everywhere(1000)
    async with worker_app(world.database).open_async() as worker:
        yield Company(world, slack, teams, worker, worker_context)


@pytest.fixture
def outbox() -> Outbox:
    """A platform, called Slack, that takes everything until told otherwise."""
    return Outbox(Platform.SLACK)


@pytest.fixture
def worker_context(world: World, settings: Settings, outbox: Outbox) -> WorkerContext:
    """What the tasks are given, with the outbox as Slack."""
    return WorkerContext(world.database, settings, {Platform.SLACK: outbox}, Pace({}))
