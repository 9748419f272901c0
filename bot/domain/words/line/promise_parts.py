"""What commitments are found by: days that something is due by, pieces of a line, and what of a piece is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Due:
    """A day that something is due by, with the “by” before it; None where the words mean no one day. `led` says there is a “by”."""

    start: int
    end: int
    day: date | None
    led: bool


@dataclass(frozen=True)
class Piece:
    """Characters `start` to `end` of a line.

    `headed` says that a heading such as “Next steps:” stands over it, `listed` that it is an item of a list, `owner` who a label before it
    names. `asked` and `supposed` say that its sentence is a question or hangs on an “if”. `before` is what stands before it in its
    sentence. `joined` is the “,” or “and” by which it goes on from the piece before.
    """

    text: str
    start: int
    end: int
    headed: bool = False
    listed: bool = False
    owner: str = ""
    asked: bool = False
    supposed: bool = False
    before: str = ""
    joined: str = ""
    dues: tuple[Due, ...] = ()

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.text[self.start : self.end]

    @property
    def due(self) -> Due | None:
        """The day that what stands in it is due by: the first after a “by”, or else the last."""
        return next((one for one in self.dues if one.led), self.dues[-1] if self.dues else None)


@dataclass(frozen=True)
class Claim:
    """Who will do something ("" is the writer), and where in the piece's words it stands what.

    `bare` says that nobody is named: it may go on with what the one before it does. `gap` is where a subject stands in the midst of it.
    """

    owner: str
    start: int
    end: int
    bare: bool = False
    gap: tuple[int, int] | None = None
