"""Instants and addresses."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import select

from bot.clock import MovableClock
from bot.database import Database, aware, connection_url
from bot.domain.records.events import InboundEvent


def test_a_naive_instant_is_refused(database: Database) -> None:
    """Without a zone it isn't known when it was."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the fault itself
    with pytest.raises(StatementError, match="no time zone"), database.session() as session:
        session.add(InboundEvent(source="x", event_id="1", received_at=naive))


def test_a_date_as_text_is_refused() -> None:
    """Text is no instant."""
    with pytest.raises(TypeError, match="expected an aware datetime"):
        aware("2026-01-01")


def test_an_instant_comes_back_in_utc(database: Database) -> None:
    """Whatever zone it was given in."""
    with database.session() as session:
        session.add(InboundEvent(source="x", event_id="1", received_at=datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))))
    with database.session() as session:
        event = session.exec(select(InboundEvent)).one()
        assert event.received_at == datetime(2026, 7, 1, 3, tzinfo=UTC)
        assert event.received_at.tzinfo == UTC


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_addresses_as_people_write_them(url: str) -> None:
    """All three forms lead to the same driver."""
    assert connection_url(url) == "postgresql+psycopg://u@h/d"


def test_another_engine_is_refused() -> None:
    """One dialect, and a clear word on it."""
    with pytest.raises(ValueError, match="must start with postgresql://"):
        connection_url("sqlite:///x.db")


def test_the_clock_only_moves_forward() -> None:
    """Back in time is an error."""
    clock = MovableClock(real=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    clock.forward(datetime(2026, 1, 2, tzinfo=UTC))
    assert clock() == datetime(2026, 1, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="already past"):
        clock.forward(datetime(2026, 1, 1, tzinfo=UTC))
