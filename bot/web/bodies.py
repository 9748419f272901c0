"""Bodies that anybody may have sent: read up to a limit, and refused in words when they can't be what is expected."""

from __future__ import annotations

from urllib.parse import parse_qsl

from aiohttp import web

FORM = "application/x-www-form-urlencoded"
FORM_BYTES = 16 * 1024
"""Our own forms carry a key or two."""
FIELDS = 100
"""Fields of a form: Slack's largest has some fifteen. Parsing half a million empty ones would hold up everybody."""


class Unreadable(ValueError):
    """A body isn't what its address takes; says why."""


def fields(raw: str) -> dict[str, str]:
    """The fields of a form, the last of each name. Unreadable when there are more than any form has."""
    try:
        return dict(parse_qsl(raw, keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError as error:
        raise Unreadable("the form has too many fields") from error


async def form(request: web.Request) -> dict[str, str]:
    """The fields of a form that a page of ours posted, none for an empty body.

    415 for anything else than a form, 413 when it is too long, 400 when it can't be read.
    """
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > FORM_BYTES:
            raise web.HTTPRequestEntityTooLarge(FORM_BYTES, len(raw), text="This form is too long.\n")
    if raw and request.content_type != FORM:
        raise web.HTTPUnsupportedMediaType(text="This address takes a form.\n")
    try:
        return fields(text(bytes(raw)))
    except Unreadable as error:
        raise web.HTTPBadRequest(text=f"{str(error).capitalize()}.\n") from error


def text(raw: bytes) -> str:
    """A body as text, which is UTF-8 whatever its sender calls it; Unreadable when it isn't."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("the body is no UTF-8") from error
