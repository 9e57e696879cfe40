"""Checks of a request's bytes, before Sanic reads them: whatever two programs may read differently is refused.

Sanic 21.12 accepts much that proxies understand in another way (RFC 9112, sections 2, 5, 6 and 11.2).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from sanic.exceptions import InvalidUsage

_TOKEN: Final = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST = re.compile(rb"(?:%b /[!-\"$-~]*|OPTIONS \*) HTTP/1\.([01])" % _TOKEN)
_FIELD = re.compile(rb"(%b):([\t -~]*)" % _TOKEN)
_LENGTH = re.compile(rb"[0-9]{1,10}")
_CHUNK = re.compile(rb"\r\n([0-9A-Fa-f]{1,8})")
_LONE_BREAK = re.compile(rb"(?<!\r)\n")
_LONGEST_CHUNK_HEAD = 64  # bytes
_ONCE: Final = (
    b"authorization",
    b"content-length",
    b"content-type",
    b"expect",
    b"host",
    b"origin",
    b"transfer-encoding",
    b"x-forwarded-host",
    b"x-forwarded-proto",
)


def check_beginning(part: bytearray) -> None:
    """Refuse a head that is not complete yet and never will be, as its lines end in another way."""
    if _LONE_BREAK.search(part):
        raise InvalidUsage("Unclear end of a line")


def check_head(head: bytes) -> None:
    """Raise `InvalidUsage` unless the request line and the headers can be read in one way only; ASCII alone can."""
    line, *lines = head.split(b"\r\n")
    request = _REQUEST.fullmatch(line)
    fields = [_FIELD.fullmatch(each) for each in lines]
    if request is None or None in fields:
        raise InvalidUsage("Unclear head")
    headers = [(field[1].lower(), field[2].strip(b" \t")) for field in fields if field is not None]
    _check_counts(Counter(name for name, _ in headers), version=int(request[1]))
    _check_length(dict(headers), version=int(request[1]))


def size_of_chunk(part: bytearray) -> int | None:
    """Return the size that the next chunk announces, or None if there is not enough to tell.

    `part` begins with the end of the line before. Extensions and trailers are refused.
    """
    end = part.find(b"\r\n", 2)
    if end < 0 and len(part) <= _LONGEST_CHUNK_HEAD:
        return None
    size = _CHUNK.fullmatch(bytes(part[: max(end, 0)]))
    if size is None:
        raise InvalidUsage("Unclear chunk")
    is_last = int(size[1], 16) == 0
    if is_last and len(part) < end + 4:
        return None
    if is_last and part[end : end + 4] != b"\r\n\r\n":
        raise InvalidUsage("Unclear end of the body")
    return int(size[1], 16)


def _check_counts(times: Counter[bytes], version: int) -> None:
    if any(times[name] > 1 for name in _ONCE) or (version == 1 and not times[b"host"]):
        raise InvalidUsage("Unclear headers")


def _check_length(headers: dict[bytes, bytes], version: int) -> None:
    length, coding = headers.get(b"content-length"), headers.get(b"transfer-encoding")
    if length is not None and (coding is not None or not _LENGTH.fullmatch(length)):
        raise InvalidUsage("Unclear length of the body")
    if coding is not None and (coding != b"chunked" or version == 0):
        raise InvalidUsage("Unclear length of the body")
