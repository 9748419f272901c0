"""How long people take to be imported: new, the same file once more, and with one in ten changed.

    python -m tests.benchmarks.importing [people]

The database is the embedded one. Figures depend on the machine: compare those of one run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bot.clock import utc_now
from bot.process.embedded import embedded_server
from bot.process.opening import open_database
from bot.schema import migrate
from bot.settings import load
from bot.spreadsheets.importing import PEOPLE_COLUMNS, import_people, read_rows
from tests.places import APP


def people(count: int, *, changed: bool = False) -> str:
    """A file of so many people, each with a manager and one in ten with a delegate; `changed` gives one in ten another title."""
    lines = ["email,name,title,zone,country,department,roles,manager,delegates"]
    for number in range(count):
        boss = f"p{number // 10}@firm.example" if number else ""
        roles, delegate = ("executive", f"p{number + 1}@firm.example") if number % 10 == 0 else ("delegate", "")
        title = "Lead" if changed and number % 10 == 3 else "Engineer"
        lines.append(
            f"p{number}@firm.example,Person {number},{title},Europe/Berlin,Germany,Department {number % 20},{roles},{boss},{delegate}"
        )
    return "\n".join(lines) + "\n"


def main(count: int) -> None:
    """Print the seconds of each."""
    settings = load(APP)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(embedded_server(Path(folder)), utc_now)
        migrate(database)
        file = Path(folder) / "people.csv"
        for what, text in (("new", people(count)), ("once more", people(count)), ("changed", people(count, changed=True))):
            file.write_text(text, encoding="utf-8")
            start = time.perf_counter()
            with database.session() as session:
                done = import_people(session, settings, read_rows(file, PEOPLE_COLUMNS, "email"))
            spent = time.perf_counter() - start
            sys.stdout.write(f"{what}: {spent:.1f} s, {done.added} added, {done.updated} updated, {done.unchanged} unchanged\n")
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
