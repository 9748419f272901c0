"""What Brightwater's executives have promised, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.engagements import customers
from bot.domain.people import people
from bot.domain.promises import promises
from bot.domain.promises.commitments import Commitment
from bot.domain.promises.promises import Promise
from bot.spreadsheets.importing import Row

COMMITMENT_COLUMNS = {
    "what": "needed",
    "customer": "the customer's name; empty for a promise to staff",
    "promised_by": "an executive's email",
    "owner": "the email of who keeps it",
    "days_ago": "how many days before loading it was made",
    "due_in": "how many days after that it was due at first",
    "moved_by": "by how many days the date was moved later; empty for never",
    "done_after": "how many days after it was made it was done; empty while it is open",
    "note": "what was done",
    "told_after": "how many days after it was made the customer was told; empty for not yet",
}


def load_promises(session: Session, rows: Iterable[Row], now: datetime) -> None:
    """Let them happen, each at its time."""
    for row in rows:
        by, owner = people.by_email(session, row["promised_by"]), people.by_email(session, row["owner"])
        if by is not None and owner is not None:
            made_at = now - timedelta(days=int(row["days_ago"]))
            due = by.today(made_at) + timedelta(days=int(row["due_in"]))
            customer = customers.named(session, row["customer"]) if row["customer"] else None
            made = promises.promise(session, Promise(row["what"], due, owner, by, customer), by, made_at)
            _live(made, row, made_at)
            session.flush()


def _live(made: Commitment, row: Row, made_at: datetime) -> None:
    by, owner = made.promised_by, made.owner
    if made.accepted_at is None:
        made.accept(owner, made_at + timedelta(hours=3))
    if row["moved_by"]:
        due = made.due + timedelta(days=int(row["moved_by"]))
        made.propose(due, "The supplier needs longer, and we said so.", by, made_at + timedelta(days=int(row["due_in"]) - 3))
    if row["done_after"]:
        made.complete(row["note"], "", owner, made_at + timedelta(days=int(row["done_after"])))
    if row["told_after"]:
        made.tell(by, made_at + timedelta(days=int(row["told_after"]), hours=2))
