"""A stricter Sanic request. Sanic 21.12 answers malformed heads with a stack trace, a hang or nothing."""

from __future__ import annotations

from typing import Any

from httptools import HttpParserError
from sanic.exceptions import InvalidUsage
from sanic.request import Request

_NO_REQUEST = "NONE"  # method of Sanic's placeholder for a request whose head cannot be parsed


class StrictRequest(Request):
    """Rejects requests whose head is invalid or ambiguous."""

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, **rest: Any) -> None:
        """Validate the head. Sanic calls this once the head has been read, with keyword arguments."""
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
