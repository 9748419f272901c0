"""Directories of names kept from one line to the next: built once, then changed for the names that have changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate

BLOCK = 128
"""Ids whose rows are fingerprinted together, and read again together: of 20,000 rows a change reads as many as there are blocks."""

_Fingerprint = tuple[int, int]
"""How many rows, and the sum of a number for each."""


@dataclass(frozen=True)
class _Block:
    """The rows of neighbouring ids as they were read: what they come to, and the candidates by id."""

    fingerprint: _Fingerprint
    rows: Mapping[int | str, Candidate]


@dataclass(frozen=True)
class _Kept:
    blocks: Mapping[int, _Block]
    directory: Directory

    def fingerprint(self, block: int) -> _Fingerprint | None:
        """What a block came to; None of one without a row."""
        found = self.blocks.get(block)
        return found.fingerprint if found else None


class KeptDirectory:
    """A directory for each database, in this process.

    At each asking the database says what the rows of each block of ids come to, in the asker's transaction, so that nothing out of date
    is ever given: milliseconds with 20,000 rows. Only blocks that come to something else are read, and of these only names that differ are
    indexed. What is given is never changed afterwards: who asked before goes on with what was true then.
    """

    def __init__(
        self,
        said: ColumnElement[str],
        columns: tuple[Any, ...],
        of: Callable[..., Candidate],
        where: ColumnElement[bool] | None = None,
    ) -> None:
        """`of` makes a candidate of the columns of a row, of which the id is the first; `said` is another whenever these are.

        Nothing is read before the first asking.
        """
        where = sa.true() if where is None else where
        number = sa.func.hashtextextended(said, columns[0])
        self._block: ColumnElement[int] = columns[0].op("/")(sa.literal_column(str(BLOCK)))
        self._come_to = sa.select(self._block, sa.func.count(), sa.func.sum(number)).where(where).group_by(self._block)
        self._rows = sa.select(self._block, number, *columns).where(where)
        self._of = of
        self._kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
        self._changing = threading.Lock()

    def of(self, session: Session) -> Directory:
        """The directory as it is in the session's transaction."""
        engine = session.get_bind().engine
        come_to = {block: (rows, int(total)) for block, rows, total in session.execute(self._come_to)}
        if (kept := self._kept.get(engine)) and not _differing(kept, come_to):
            return kept.directory
        with self._changing:
            kept = self._kept.get(engine)
            if kept is None:
                kept = self._kept[engine] = _built(self._read(session, None))
            elif differing := _differing(kept, come_to):
                kept = self._kept[engine] = _changed(kept, differing, self._read(session, differing))
            return kept.directory

    def _read(self, session: Session, blocks: Collection[int] | None) -> dict[int, _Block]:
        """Blocks as they are now, those without a row left out. What a block comes to is told of the very rows that were read."""
        rows: dict[int, dict[int | str, Candidate]] = {}
        totals: dict[int, int] = {}
        for block, number, *columns in session.execute(self._rows if blocks is None else self._rows.where(self._block.in_(blocks))):
            one = self._of(*columns)
            rows.setdefault(block, {})[one.id] = one
            totals[block] = totals.get(block, 0) + number
        return {block: _Block((len(those), totals[block]), those) for block, those in rows.items()}


def _differing(kept: _Kept, come_to: Mapping[int, _Fingerprint]) -> set[int]:
    """The blocks that are new, gone, or come to something else."""
    return {block for block in kept.blocks.keys() | come_to.keys() if kept.fingerprint(block) != come_to.get(block)}


def _built(blocks: Mapping[int, _Block]) -> _Kept:
    return _Kept(blocks, Directory(one for block in blocks.values() for one in block.rows.values()))


def _changed(kept: _Kept, differing: Collection[int], read: Mapping[int, _Block]) -> _Kept:
    """What is kept, with some blocks as they were read now."""
    blocks = {block: those for block, those in kept.blocks.items() if block not in differing} | dict(read)
    before = {key: one for block in differing if block in kept.blocks for key, one in kept.blocks[block].rows.items()}
    now = {key: one for block in read.values() for key, one in block.rows.items()}
    gone = [key for key, one in before.items() if now.get(key) != one]
    come = [one for key, one in now.items() if before.get(key) != one]
    if len(gone) + len(come) > len(kept.directory):
        return _built(blocks)
    return _Kept(blocks, kept.directory.changed(gone, come))
