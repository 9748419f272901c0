"""The environment's variables, looked at: what is wrong with one is said in words for whoever sets it up, never with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def value(environ: Mapping[str, str], name: str) -> str:
    """The variable, white space around it taken off; "" when it isn't set."""
    return environ.get(name, "").strip()


def password(url: str) -> tuple[str, ...]:
    """The password in a database's address, as it stands there and as it is typed; () of one that can't be read, which is told elsewhere."""
    try:
        found = urlsplit(url).password or ""
    except ValueError:
        return ()
    return found, unquote(found)


def lacking(environ: Mapping[str, str], name: str, what: str) -> Iterator[str]:
    """That the variable isn't set, if so; `what` says what it holds and where to find it."""
    if not value(environ, name):
        yield f"{name} is not set ({what})"


def token(environ: Mapping[str, str], name: str, prefix: str, what: str) -> Iterator[str]:
    """The same of one whose value begins with `prefix`."""
    found = value(environ, name)
    if not found:
        yield f"{name} is not set ({what})"
    elif not found.startswith(prefix):
        yield f"{name} doesn't hold {what}; it would begin with {prefix}"


def identifier(environ: Mapping[str, str], name: str, what: str) -> Iterator[str]:
    """The same of one that holds a GUID."""
    found = value(environ, name)
    if not found:
        yield f"{name} is not set ({what})"
    elif not _ID.fullmatch(found):
        yield f"{name} doesn't hold {what}; it would be 32 hexadecimal digits in five groups"


def certificate(environ: Mapping[str, str], name: str) -> Iterator[str]:
    """The same of one that holds the path of a certificate with its key."""
    path = value(environ, name)
    if not path:
        yield f"{name} is not set (the path of a PEM file with the certificate and its private key)"
        return
    try:
        Path(path).read_bytes()
    except FileNotFoundError:
        yield f"{name} names a file that isn't there"
    except OSError as error:
        yield f"{name} names a file that can't be read: {error.strerror or error}"
