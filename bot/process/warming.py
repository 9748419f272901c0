"""What is kept between requests, made before the first of them."""

from __future__ import annotations

from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.people import names


def warm(database: Database) -> None:
    """Index the names of customers and colleagues: with 20,000 of them no request has the time for that."""
    with database.session() as session:
        customers.directory(session)
        names.directory(session)
