"""A company of any size, and the update it sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session

from bot.cards import Card
from bot.commands import Platform
from bot.domain.people.people import Person, Role
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from bot.domain.updates.updates import UpdateDraft, Wording
from bot.measures.audience_sizes import reach
from bot.platforms.teams.reference import Reference
from bot.process.wiring import Application
from bot.views.updates import copy

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)

_PEOPLE = sa.text("""
    INSERT INTO people (email, name, external_id, title, zone, locale, country, department, roles, guest, active, prompts_paused, prefers, picture,
        digest, working_days)
    SELECT 'p' || n || '@firm.example', 'Person ' || n, '', '', 'Europe/London', 'en', '', 'Service', '{}', false, true, false, '', '',
        false, '' FROM generate_series(1, :number) n""")

_ACCOUNTS = sa.text("""
    INSERT INTO accounts (person_id, platform, tenant, user_id, conversation, seen_at, vouched_at)
    SELECT n, CAST(:platform AS text), 'T1', 'U' || n, replace(CAST(:talk AS text), '@', n::text), '2026-01-01', '2026-01-01'
    FROM generate_series(1, :number) n""")


@dataclass
class Company:
    """A house with so many people on one platform."""

    application: Application
    cleo: int
    ada: int

    def hire(self, number: int, platform: Platform, service: str) -> None:
        """Everybody at once, in two statements."""
        talk = "D@" if platform == Platform.SLACK else Reference(service, "n@", "M1", "28:bot", "29:@").packed()
        with self.application.database.engine.begin() as connection:
            connection.exec_driver_sql("TRUNCATE people RESTART IDENTITY CASCADE")
            connection.execute(_PEOPLE, {"number": number})
            connection.execute(_ACCOUNTS, {"number": number, "platform": platform.value, "talk": talk})
            connection.exec_driver_sql("ANALYZE")  # as the server does by itself within a minute
        with self.application.database.session() as session:
            session.add(ada := Person.known("ada@firm.example", "Ada Lovell", "Europe/London", (Role.EXECUTIVE,)))
            session.add(cleo := Person.known("cleo@firm.example", "Cleo Marsh", "Europe/London", (Role.CX_OFFICE,)))
            session.flush()
            self.ada, self.cleo = ada.key, cleo.key

    def approve(self, session: Session) -> broadcasts.Broadcast:
        """A broadcast to everybody, ready to go."""
        ada, cleo = session.get_one(Person, self.ada), session.get_one(Person, self.cleo)
        update = updates.write(session, UpdateDraft(WORDING, ada), cleo, NOON)
        update.agree(ada)
        broadcast = broadcasts.new(session, update)
        broadcast.aim(Audience(who=("department:Service",)), cleo)
        broadcast.ask(cleo, reach(session, broadcast.audience).count, When.NOW, NOON)
        broadcast.approve(ada)
        assert broadcast.go(self.application.settings)
        return broadcast

    def left(self) -> int:
        """How many aren't sent yet; all while it hasn't begun."""
        with self.application.database.engine.connect() as connection:
            return int(connection.exec_driver_sql(LEFT).scalar_one())


WORDING = Wording(
    "en",
    "One number at night",
    "From Monday each customer has one number to call at night, and it is answered by an engineer on duty.",
    "You needn't pass on your own number any more. Give them this one.",
    "Waive the call-out fee when we were the cause.",
    "Call back the next morning, whoever took the call.",
)
LEFT = "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending') OR broadcast_id IS NULL"


def card() -> Card:
    """The card everybody gets."""
    ada = Person(id=1, email="ada@firm.example", name="Ada Lovell", zone="Europe/London")
    update = updates.Update(id=1, author_id=1, speaker_id=1, speaker=ada, locale="en", made_at=NOON)
    words = {name: getattr(WORDING, name) for name in ("title", "changed", "means", "may", "behaviour")}
    update.texts = [updates.UpdateText(update_id=1, locale="en", **words)]
    return copy(update, "en")
