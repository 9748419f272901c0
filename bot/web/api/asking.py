"""One question to the API: the transaction it is answered in, and what its token opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.settings import Settings


@dataclass(frozen=True)
class Asking:
    """What an endpoint is given. `notes`: whether words that people typed may be read."""

    session: Session
    settings: Settings
    now: datetime
    notes: bool

    def note(self, text: str) -> str | None:
        """Typed words, where the token is for them."""
        return text if self.notes else None
