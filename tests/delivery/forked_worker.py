"""Workers to be killed: one process that has everything imported forks a worker for every line it reads, and writes its process id."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta

from bot.clock import MovableClock
from bot.commands import Platform
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.sender import TeamsSender
from bot.platforms.teams.tokens import Tokens
from bot.process.opening import open_database
from bot.process.wiring import build
from bot.process.worker import WorkerLiveness, work, worker_app
from bot.settings import load
from tests.places import COMPANY

WATCH = WorkerLiveness(beat=0.1, dead_after=0.5, look_every=0.1, poll=0.1)


async def worker(database_url: str, slack_url: str, offset: float) -> None:
    """Work until killed."""
    application = build(load(COMPANY), open_database(database_url, MovableClock(timedelta(seconds=offset))))
    session = Session()
    application.senders[Platform.SLACK] = SlackSender(SlackClient("xoxb-fake", slack_url))
    # With no app id there is no token to ask for, as against the Playground.
    application.senders[Platform.TEAMS] = TeamsSender(
        Connector(session, Tokens(session, app_id="", secret="", certificate=None, url="http://127.0.0.1:9/"))
    )
    worker_context = application.worker_context
    worker_context.pace.everywhere(200)
    async with worker_app(application.database).open_async() as app:
        await work(application, app, worker_context, WATCH)


def main() -> None:
    """Fork a worker for each line."""
    database_url, slack_url, offset = sys.argv[1], sys.argv[2], float(sys.argv[3])
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            os.dup2(2, 1)  # the log; the parent reads process ids only
            asyncio.run(worker(database_url, slack_url, offset))
            os._exit(0)
        print(pid, flush=True)  # noqa: T201 - the parent reads it
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
