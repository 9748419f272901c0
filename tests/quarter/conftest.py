"""The stories that are checked: each lived once."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from tests.processes import new_database
from tests.quarter.behaviour import Odds
from tests.quarter.company import SMALL
from tests.quarter.life import Story
from tests.quarter.running import lived


@pytest.fixture(scope="session")
def three_weeks(database_url: str) -> Story:
    """A small company over Christmas and New Year."""
    url = new_database(database_url, "three_weeks")
    return asyncio.run(lived(url, 1, SMALL, date(2026, 12, 17), 3, Odds(updates=6)))


@pytest.fixture(scope="session")
def quarter(database_url: str) -> Story:
    """The same from mid-January to Easter: Ramadan hours, and the clocks' changes in spring."""
    url = new_database(database_url, "quarter")
    return asyncio.run(lived(url, 1, SMALL, date(2027, 1, 18), 12, Odds(updates=2)))
