"""What a broadcast must have before it goes out: its speaker's agreement, and for many readers a second person's approval."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.domain.errors import InvalidAnswers
from bot.domain.people.people import Person, Role
from bot.domain.rights import fits_second, things
from bot.domain.updates.broadcast_states import When
from bot.domain.updates.updates import Update
from bot.settings import Settings


class Sending(things.Broadcast, Protocol):
    """What is asked of a broadcast: how many it would reach, and what it was approved for."""

    @property
    def update(self) -> Update:
        """What is sent."""
        ...

    @property
    def size(self) -> int:
        """How many people it is to reach, as things stand."""
        ...

    @property
    def approved_size(self) -> int:
        """How many it was to reach when it was approved; 0 before."""
        ...

    @property
    def approved_by(self) -> Person | None:
        """The second person."""
        ...


def missing(broadcast: Sending, settings: Settings) -> tuple[str, ...]:
    """What it still waits for: `speaker` (to stand behind the words), `second` (a second person's approval)."""
    found = [] if broadcast.update.agreed else ["speaker"]
    if broadcast.size > settings.updates.second_person_above and not _covered(broadcast):
        found.append("second")
    return tuple(found)


def _covered(broadcast: Sending) -> bool:
    """Whether somebody who still may approve it approved these words, for about as many recipients: a tenth more at most."""
    same_words = broadcast.approved_version == broadcast.update.worded
    return _holds(broadcast) and same_words and broadcast.size <= broadcast.approved_size * 11 // 10


def _holds(broadcast: Sending) -> bool:
    """Whether whoever approved it still may."""
    by = broadcast.approved_by
    return by is not None and fits_second(by, broadcast)


def held_because(broadcast: Sending, lacking: tuple[str, ...], before: int) -> str:
    """Why it waits again though its time has come; `before` is how many it was to reach when it was asked for."""
    if "speaker" in lacking:
        return "Its words were changed, or whoever approved them no longer may. It goes out once they are approved again."
    if broadcast.approved_by is not None and not _holds(broadcast):
        return f"{broadcast.approved_by.name}, who approved it, may no longer approve updates. Someone else must."
    asked = broadcast.approved_size or before
    return f"It would now reach {broadcast.size:,} people; it was approved for {asked:,}. It goes out once that is approved."


def require_sendable(
    update: Update, actor: Person, size: int, time: tuple[When, datetime | None, date | None], now: datetime
) -> None:
    """InvalidAnswers, by field, for what can't be asked for: nobody to reach, nobody to speak, a time that is past."""
    when, at, day = time
    if not size:
        raise InvalidAnswers({"": "Nobody fits this audience as it is. Choose who receives it first."})
    if not update.speaker.has(Role.EXECUTIVE):
        name = update.speaker.name
        raise InvalidAnswers({"": f"{name} isn't an executive here any more. Press Edit and choose in whose name it is said."})
    if when == When.AT and (at is None or at < now):
        raise InvalidAnswers({"at": "That moment is past. Choose one to come, such as 2026-12-01 14:00."})
    if when == When.MORNING and (day is None or day < actor.today(now)):
        raise InvalidAnswers({"day": "Choose today or a day to come."})


def speechless(broadcast: Sending) -> str:
    """Why it can't be said in its speaker's name any more; "" while it can."""
    speaker = broadcast.update.speaker
    if not speaker.active:
        return f"{speaker.name} has left: choose in whose name it is said."
    return "" if speaker.has(Role.EXECUTIVE) else f"{speaker.name} isn't an executive any more: choose in whose name it is said."
