"""A file under its name only once it is whole: until then it is written beside it, under a name of its own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write instead of `path`, an empty file in the same folder; at the end it takes the name, and is on the disk.

    When something goes wrong it is removed, and what was under the name before stays. A file that is there passes on who may read it.
    Raises OSError where nothing can be written.
    """
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(None, "There is a folder of that name", str(path))
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        part.touch(exist_ok=False)
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
