"""The console's log: what was said since an event that a browser names."""

from __future__ import annotations

import pytest

from bot.platforms.console.log import Log
from tests.conftest import NOW


@pytest.mark.parametrize("number", ["", "x", "-0", "1e3", "１", "²", "9" * 5_000])
def test_what_is_no_event_gives_everything(number: str) -> None:
    """Also digits of other scripts, and more of them than Python reads as a number."""
    log = Log()
    said = log.add("ada@firm.example", NOW, "bot", text="hello")
    assert log.since("ada@firm.example", f"{log.epoch}-{number}") == [said]
    assert log.since("ada@firm.example", log.event_id(said.version)) == []
