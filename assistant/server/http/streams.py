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
    opening = "{"
    for name, value in body.items():
        yield f"{opening}{_json(name)}:" + (_json(value) if isinstance(value, str) else "[")
        if not isinstance(value, str):
            yield from _items(value)
        opening = ","
    yield "}"


def _items(pages: Pages) -> Iterator[str]:
    separator = ""
    for page in pages:
        if page:
            yield separator + _json(page)[1:-1]
            separator = ","
    yield "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
