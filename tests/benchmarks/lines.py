"""How long a line after /logvisit takes to be read, with 20,000 customers and 5,000 people, and how that grows with its length.

    python -m tests.benchmarks.lines

The database is the embedded one. Times depend on the machine: compare those of one run. The baseline is what a line costs without a
directory that is kept: to load all names, and to hold the line's first words against each of them.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from bot.clock import MovableClock, utc_now
from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.people import names
from bot.domain.words.matching import decide
from bot.domain.words.understanding import LOOKED_AT, understand_engagement
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.schema import migrate
from tests.benchmarks.figures import NOW, best, in_session, say

CUSTOMERS, PEOPLE = 20_000, 5_000
AIM = 20
"""Milliseconds that a line may take."""

FIRST = (
    "North South Blue Silver Kestrel Harbor Oak Prime Delta Maple Iron Copper Willow Summit Granite Falcon Amber Cedar Raven Coral"
)
SECOND = "ridge field wood stone bridge water dale gate mont haven shire brook ford port well view crest land mark point"
KIND = "Foods Bank Hospital Logistics Energy Group Schools Insurance Textiles GmbH Ltd Partners Rail Media Hotels Steel"
GIVEN = "Ada Bruno Clara Diego Elif Fatou Greta Hugo Ines Jan Kaja Liam Mina Noor Otto Priya Quinn Rosa Sven Tara"

LINE = (
    "Had lunch with Dr. Rosa van der Berg and their CFO at {} yesterday, onboarding takes six weeks and the invoices are wrong. "
    "Promised them a fix by Friday."
)


def fill(database: Database) -> list[str]:
    """A company with so many customers and people; gives the customers' names."""
    chance = random.Random(7)  # noqa: S311 - the same names at each run
    first, second, kinds = FIRST.split(), SECOND.split(), KIND.split()
    each = (
        f"{chance.choice(first)}{chance.choice(second)} {chance.choice(second).title()}{n % 997} {chance.choice(kinds)}"
        for n in range(40_000)
    )
    called = list(dict.fromkeys(each))[:CUSTOMERS]
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO customers (name, folded_name, aliases, segment, tier, unchecked)"
                " SELECT name, lower(name), '{}', '', 'standard', false FROM unnest(CAST(:names AS text[])) name"
            ),
            {"names": called},
        )
        connection.execute(
            sa.text(
                "INSERT INTO people (email, name, title, zone, locale, country, department, roles, guest, active, prompts_paused, prefers,"
                " picture, digest, working_days, external_id) SELECT 'p' || n || '@firm.example', (CAST(:given AS text[]))[1 + n % 20] ||"
                " ' Person' || n, '', 'UTC', 'en', '', '', '{}', false, true, false, '', '', false, '', '' FROM generate_series(1, :people) n"
            ),
            {"given": GIVEN.split(), "people": PEOPLE},
        )
        connection.exec_driver_sql("ANALYZE")
    return called


def read(session: Session, line: str) -> object:
    """A line, as /logvisit reads it: names asked for in the session, and all of it understood."""
    known, staff = customers.directory(session), names.directory(session)
    return understand_engagement(line, today=NOW.date(), locale="en-GB", customers=known, people=staff, country="GB")


def baseline(session: Session, name: str) -> object:
    """Every name loaded, and the customer's held against each of them."""
    return decide(name, customers.candidates(session))


def after_a_change(database: Database, line: str) -> float:
    """Milliseconds of the first line after a name has changed, the best of five."""
    took = []
    for number in range(5):
        with database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE customers SET name = name || :more WHERE id = 4242"), {"more": f" {number}"})
        took.append(best(in_session(database, lambda one: read(one, line)), 1))
    return min(took)


def main() -> None:
    """Everything, printed."""
    with tempfile.TemporaryDirectory(prefix="outside-in-bench-", ignore_cleanup_errors=True) as folder:
        database = open_database(embedded_server(Path(folder)), MovableClock(NOW - utc_now()))
        migrate(database)
        called = fill(database)
        line, name = LINE.format(called[77]), called[77]
        say(f"the first line, which builds both directories: {best(in_session(database, lambda one: read(one, line)), 1):.0f} ms")
        small = best(in_session(database, lambda one: read(one, line)), 9)
        say(f"the first line after a customer was renamed: {after_a_change(database, line):.0f} ms")
        slow = best(in_session(database, lambda one: baseline(one, name)))
        say(f"baseline, all names loaded and compared: {slow:.0f} ms")
        say(f"a line of {len(line)} characters: {small:.1f} ms (aim: {AIM}); the baseline takes {slow / small:.0f} times as long")
        longer = " ".join([line] * (LOOKED_AT // len(line)))
        long = best(in_session(database, lambda one: read(one, longer)), 5)
        say(
            f"{len(longer)} characters, {len(longer) / len(line):.0f} times as many: {long:.1f} ms, {long / small:.1f} times as long"
        )
        database.close()


if __name__ == "__main__":
    main()
