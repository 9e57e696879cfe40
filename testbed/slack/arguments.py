"""Arguments of a call, from form, JSON or query."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from testbed.slack.methods import Method

_NESTED = ("blocks", "view", "files", "metadata", "attachments")  # JSON within a form


async def arguments_of(request: web.Request, method: Method | None) -> dict[str, Any]:
    """From the query, a form, or JSON where the method reads it; without the token."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        found |= body if method is None or method.json else {}
    elif request.method == "POST":
        found |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in _NESTED:
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    found.pop("token", None)
    return found


async def uploaded(request: web.Request) -> bytes:
    """The bytes of a file, sent as they are or in a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
