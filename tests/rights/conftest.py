"""The company, once for each file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.settings import Settings
from tests.conftest import TestClock
from tests.rights.company import Company, founded


@pytest.fixture(scope="module")
def company(migrated: str, settings: Settings) -> Iterator[Company]:
    """Somebody of every role, and Ada's secrets."""
    found = founded(migrated, settings, TestClock())
    yield found
    found.trial.close()
