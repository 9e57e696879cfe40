"""Sanic's request, stricter about what Sanic 21.12 answers with a stack trace, a hang or nothing at all."""

from __future__ import annotations

from typing import Any

from httptools import HttpParserError
from sanic.exceptions import InvalidUsage
from sanic.request import Request

_NO_REQUEST = "NONE"  # the method of Sanic's stand-in for a request whose head can't be read


class StrictRequest(Request):
    """Refuses heads that can't be read in only one way."""

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, **rest: Any) -> None:
        """Called by Sanic as soon as the head is there, always with names."""
        try:
            super().__init__(url_bytes, headers, version, method, **rest)
        except HttpParserError:
            if method != _NO_REQUEST:
                raise InvalidUsage("Bad address") from None
            super().__init__(b"/", headers, version, method, **rest)
        _check_lengths(headers)


def _check_lengths(headers: Any) -> None:
    lengths = headers.getall("content-length", [])
    codings = headers.getall("transfer-encoding", [])
    clear = not (lengths and codings) and len(lengths) <= 1 and len(codings) <= 1
    if not clear or not all(n.isascii() and n.isdigit() for n in lengths) or codings not in ([], ["chunked"]):
        raise InvalidUsage("Unclear length of the body")
