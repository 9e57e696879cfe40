"""JSON responses that are read and sent page by page, beside the event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sanic.request import Request

Pages = Iterable[list[Any]]
"""The items of a list, some at a time."""


async def stream_json(
    request: Request, body: Mapping[str, str | Pages], headers: Mapping[str, str] | None = None
) -> None:
    """Respond with an object whose values are texts or lists.

    An error before the first part becomes a problem response; after it, the connection is cut.
    """
    parts = _parts(body)
    part = await asyncio.to_thread(next, parts, None)
    response = await request.respond(content_type="application/json", headers=dict(headers or {}))
    while part is not None:
        await response.send(part)
        part = await asyncio.to_thread(next, parts, None)
    await response.eof()


def _parts(body: Mapping[str, str | Pages]) -> Iterator[str]:
    """Yield the text with the first page that is read, and not before: until then an error can still be told."""
    text, separator = "", "{"
    for name, value in body.items():
        text, separator = f"{text}{separator}{_json(name)}:", ","
        if isinstance(value, str):
            text += _json(value)
            continue
        text += "["
        between = ""
        for page in filter(None, value):
            yield text + between + _json(page)[1:-1]
            text, between = "", ","
        text += "]"
    yield text + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
