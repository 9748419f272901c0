"""The one way out: every call to Slack and Microsoft leaves by a session made here, through the company's proxy and with its certificates.

`HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say which proxy; `SSL_CERT_FILE`, `SSL_CERT_DIR` and `REQUESTS_CA_BUNDLE` which authorities are
trusted. Nothing else asks the environment for them, so that what `check --live` finds out holds for what `run` does.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

_LOOKUP = 5.0
"""Seconds a name may take to be looked up."""
_SECURE = {"https", "wss"}


def session(timeout: aiohttp.ClientTimeout) -> aiohttp.ClientSession:
    """A session to call others with; needs a running loop. Whoever asked for it closes it."""
    return aiohttp.ClientSession(timeout=timeout, connector=_Connector(resolver=_Resolver(), ssl=trust()))


def proxy_for(url: URL) -> URL | None:
    """The proxy that leads to an address, as the environment has it; None where it is called directly."""
    if url.host is None or urllib.request.proxy_bypass(f"{url.host}:{url.port}") or urllib.request.proxy_bypass(url.host):
        return None
    found = urllib.request.getproxies().get("https" if url.scheme in _SECURE else "http", "").strip()
    return URL(found if "://" in found else f"http://{found}") if found else None


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates are believed: the system's or `SSL_CERT_FILE`'s authorities, and those of `REQUESTS_CA_BUNDLE` besides."""
    context = ssl.create_default_context()
    if bundle := os.environ.get("REQUESTS_CA_BUNDLE", "").strip():
        place = Path(bundle)
        context.load_verify_locations(cafile=None if place.is_dir() else bundle, capath=bundle if place.is_dir() else None)
    return context


def problems(environ: Mapping[str, str]) -> Iterator[str]:
    """What can't be right in those variables, a sentence each. No value is repeated: a proxy's may hold a password."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        value = environ.get(name, "").strip()
        if value and not _is_proxy(value):
            yield f"{name} doesn't hold a proxy's address: write http://HOST:PORT (other kinds of proxy can't be used)"
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        if value := environ.get(name, "").strip():
            yield from _unreadable(name, value)


def _is_proxy(value: str) -> bool:
    try:
        url = URL(value if "://" in value else f"http://{value}")
        return url.scheme == "http" and bool(url.host)
    except ValueError:
        return False


def _unreadable(name: str, value: str) -> Iterator[str]:
    place = Path(value)
    if place.is_dir() and name == "REQUESTS_CA_BUNDLE":
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=value)
    except OSError as error:  # ssl.SSLError is one
        yield f"{name} names a file that holds no certificates that can be read ({error.strerror or error}): it must be PEM"


class _Connector(aiohttp.TCPConnector):
    """Sends each request by its proxy.

    aiohttp's own `trust_env` knows no proxy for `wss`, and puts passwords of `~/.netrc` into requests that carry a token already.
    """

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout) -> Connection:  # noqa: ASYNC109 - aiohttp's
        """Give a connection for a request."""
        if req.proxy is None and (proxy := proxy_for(req.url)) is not None:
            # aiohttp makes it the proxy's own header, Proxy-Authorization.
            who = {"Authorization": aiohttp.encode_basic_auth(proxy.user, proxy.password or "")} if proxy.user else None
            req.update_proxy(proxy.with_user(None), None, who)
        return await super().connect(req, traces, timeout)


class _Resolver(AbstractResolver):
    """Looks names up, each on a thread of its own that ends with the process.

    A name server that doesn't answer holds a thread for half a minute. Those of the event loop's pool are few, the database's work needs
    them, and a process waits for them when it ends.
    """

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of a host. OSError when there are none, or nobody says so in time."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[ResolveResult]] = loop.create_future()

        def told(result: list[ResolveResult] | OSError) -> None:
            if found.done():
                return
            if isinstance(result, OSError):
                found.set_exception(result)
            else:
                found.set_result(result)

        def look() -> None:
            result = _looked_up(host, port, family)
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(told, result)

        threading.Thread(target=look, name=f"look up {host}", daemon=True).start()
        try:
            async with asyncio.timeout(_LOOKUP):
                return await found
        except TimeoutError as error:
            raise socket.gaierror(socket.EAI_AGAIN, f"no name server says within {_LOOKUP:g} s where {host} is") from error

    async def close(self) -> None:
        """Nothing is held."""


def _looked_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult] | OSError:
    try:
        infos = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except OSError as error:
        return error
    except UnicodeError:
        return socket.gaierror(socket.EAI_NONAME, f"{host} is no name of a host")
    return [
        ResolveResult(
            hostname=host,
            host=str(address[0]),
            port=int(address[1]),
            family=kind,
            proto=proto,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for kind, _, proto, _, address in infos
    ]
