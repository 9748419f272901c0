"""Moving the clock a day at a time, so that each passing day is seen and the rest of the way can be called off."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.platforms.console import moves
from bot.platforms.console.contract import ConsolePerson, Parts
from bot.platforms.console.log import Log, Message, Note, Signal


class Travel:
    """One move of the clock at a time, which every open page follows."""

    def __init__(self, parts: Parts, log: Log) -> None:
        self._parts = parts
        self._log = log
        self._on_the_way = False
        self._stopped = False

    @property
    def moving(self) -> bool:
        """Whether the clock is being moved."""
        return self._on_the_way

    def stop(self) -> None:
        """Go no further than the day the clock is at; nothing when it isn't moving."""
        self._stopped = True

    async def go(self, person: ConsolePerson, to: str) -> tuple[Message, list[str]]:
        """Move as `moves.target` says, and note in the person's conversation who was asked; gives the note and what happened.

        ValueError for a time the clock can't be moved to, or while somebody else moves it.
        """
        if self._on_the_way:
            raise moves.BadMove("The clock is being moved already. Wait until it has arrived, or stop it.")
        zone, before = self._parts.guide.zone or person.zone, await self._parts.clock.now()
        days = moves.days(before, moves.target(to, before, zone), zone)
        self._on_the_way, self._stopped = True, False
        try:
            happened = await self._days(days)
        finally:
            self._on_the_way = False
            now = await self._parts.clock.now()
            self._log.tell_all(Signal("clock", {"now": now.isoformat()}))
        note = await self._note(before, now, zone, happened, stopped=now < days[-1])
        return self._log.remark(person.email, now, note), happened

    async def _days(self, days: list[datetime]) -> list[str]:
        happened: list[str] = []
        for day in days:
            # The clock runs on while it is moved: what a day took may have brought it past the next stop.
            if day > await self._parts.clock.now():
                happened += await self._parts.clock.advance_to(day)
            if self._stopped or day == days[-1]:
                break
            now = await self._parts.clock.now()
            self._log.tell_all(Signal("clock", {"now": now.isoformat(), "to": days[-1].isoformat()}))
        return happened

    async def _note(self, before: datetime, now: datetime, zone: str, happened: list[str], *, stopped: bool) -> Note:
        asked = await self._parts.guide.asked(before, now)
        where = f"{'Stopped: it' if stopped else 'It'} is now {moves.words(now, zone)}."
        return Note(_sentence(asked), (where, *(moves.told(happened) or ["Nothing was due."])))


def _sentence(asked: list[ConsolePerson]) -> tuple[tuple[str, str], ...]:
    """`Ingrid and Mārama were asked`, each name leading to the person; first names, where two haven't the same."""
    if not asked:
        return (("Nobody was asked", ""),)
    firsts = Counter(_first(one) for one in asked)
    shown, others = moves.named(asked)
    pieces = [(one.name if firsts[_first(one)] > 1 else _first(one), one.email) for one in shown]
    pieces += [(f"{others} others", "")] if others else []
    joined = [piece for number, one in enumerate(pieces) for piece in ((_between(number, len(pieces)), ""), one)]
    return (*(piece for piece in joined if piece[0]), (" was asked" if len(asked) == 1 else " were asked", ""))


def _first(person: ConsolePerson) -> str:
    return person.name.split()[0]


def _between(number: int, count: int) -> str:
    return "" if number == 0 else " and " if number == count - 1 else ", "
