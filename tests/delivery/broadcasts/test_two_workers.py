"""Two workers and two tenants: each tenant has one sender at a time, and both get on at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from bot.cards import Card
from bot.delivery.context import WorkerContext
from bot.delivery.senders import Destination, Sent
from bot.domain.people.people import Platform
from bot.process.worker import run_due_jobs, worker_app
from tests.delivery.conftest import Company
from tests.delivery.tenant import Tenant


@dataclass
class Seen:
    """Which workers are sending to which tenant, where two ever were at once, and whether two tenants were."""

    now: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    together: list[str] = field(default_factory=list)
    both_busy: bool = False


class Watched(Tenant):
    """A platform seen by one worker."""

    worker = ""
    seen = Seen()

    async def send(self, to: Destination, card: Card, delivery_id: str) -> Sent:
        """Take a message, slowly, noting who else is at it."""
        here = self.seen.now[to.tenant]
        here.add(self.worker)
        if len(here) > 1:
            self.seen.together.append(to.tenant)
        self.seen.both_busy |= sum(bool(one) for one in self.seen.now.values()) > 1
        await asyncio.sleep(0.02)
        sent = await super().send(to, card, delivery_id)
        here.discard(self.worker)
        return sent


async def test_two_workers_share_the_tenants(company: Company) -> None:
    """Everyone once; no tenant is ever served by two workers, and the tenants are served at the same time."""
    company.people(120)
    company.people(120, tenant="T2", first=120)
    seen, messages = Seen(), company.slack.messages
    workers = []
    for name in ("first", "second"):
        platform = Watched(messages=messages)
        platform.worker, platform.seen = name, seen
        worker_context = WorkerContext(
            company.world.database,
            company.worker_context.settings,
            {Platform.SLACK: platform},
            company.world.application.worker_context.pace,
        )
        worker_context.pace.everywhere(200)
        workers.append(worker_context)
    company.broadcast()
    async with worker_app(company.world.database).open_async() as one, worker_app(company.world.database).open_async() as other:
        for _ in range(50):
            both = (
                run_due_jobs(company.world.application, app, worker_context)
                for app, worker_context in zip((one, other), workers, strict=True)
            )
            await asyncio.gather(*both)
            if company.states() == {"sent": 246}:
                break
    assert company.states() == {"sent": 246}
    assert set(company.slack.copies.values()) == {1}
    assert seen.together == []
    assert seen.both_busy
