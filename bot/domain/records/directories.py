"""Directories of names kept from one line to the next: built once, and again when what they were built from has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from bot.domain.words.line.directory import Directory
from bot.domain.words.matching import Candidate


@dataclass(frozen=True)
class _Kept:
    version: tuple[object, ...]
    directory: Directory


class KeptDirectory:
    """A directory for each database, in this process.

    `version` is a query of one row that is another whenever a name has changed, and cheap: it runs at each asking, in the asker's
    transaction, so that nothing out of date is ever given. `load` gives the candidates. Reading 20,000 names and indexing them takes
    seconds; asking whether they have changed takes milliseconds.
    """

    def __init__(self, version: sa.TextClause, load: Callable[[Session], Sequence[Candidate]]) -> None:
        """Nothing is read before the first asking."""
        self._version, self._load = version, load
        self._kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
        self._building = threading.Lock()

    def of(self, session: Session) -> Directory:
        """The directory as it is in the session's transaction."""
        engine = session.get_bind().engine
        version = tuple(session.execute(self._version).one())
        if (kept := self._kept.get(engine)) and kept.version == version:
            return kept.directory
        with self._building:
            if not ((kept := self._kept.get(engine)) and kept.version == version):
                kept = self._kept[engine] = _Kept(version, Directory(self._load(session)))
            return kept.directory
