"""A Sanic request that survives malformed addresses, for which Sanic 21.12 has no answer."""

from __future__ import annotations

from typing import Any

from httptools import HttpParserError
from sanic.exceptions import InvalidUsage
from sanic.request import Request

_NO_REQUEST = "NONE"  # method of Sanic's placeholder for a request whose head cannot be parsed


class StrictRequest(Request):
    """Rejects requests whose address cannot be parsed."""

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, **rest: Any) -> None:
        """Parse the address. Sanic calls this once the head has been read, with keyword arguments."""
        try:
            super().__init__(url_bytes, headers, version, method, **rest)
        except HttpParserError:
            if method != _NO_REQUEST:
                raise InvalidUsage("Bad address") from None
            super().__init__(b"/", headers, version, method, **rest)
