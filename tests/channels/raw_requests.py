"""Requests byte by byte, as no HTTP client would send them."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence

from tests.servers import MESSAGES, SESSION

_BODY = b"0\r\n\r\n"
_POST = b"POST %b HTTP/1.1\r\nHost: localhost\r\n" % SESSION.encode()
_GET = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n"
_CHUNKED = _POST + b"Transfer-Encoding: chunked\r\n\r\n"
_CHUNKS = b"POST %b HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" % MESSAGES.encode()

UNCLEAR: dict[str, bytes] = {
    "a length and chunks": _POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + _BODY,
    "chunks and a length": _POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + _BODY,
    "two lengths": _POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + _BODY,
    "the same length twice": _POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\n" + _BODY,
    "a list of lengths": _POST + b"Content-Length: 5, 5\r\n\r\n" + _BODY,
    "a length with a sign": _POST + b"Content-Length: +5\r\n\r\n" + _BODY,
    "a length in another base": _POST + b"Content-Length: 0x5\r\n\r\n" + _BODY,
    "a length with an underscore": _POST + b"Content-Length: 0_5\r\n\r\n" + _BODY,
    "white space before the colon": _POST + b"Transfer-Encoding : chunked\r\n\r\n" + _BODY,
    "white space before the colon of a length": _POST + b"Content-Length : 5\r\n\r\n" + _BODY,
    "a tab before the colon": _POST + b"Content-Length\t: 5\r\n\r\n" + _BODY,
    "a folded header": _POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + _BODY,
    "a header that goes on": _GET + b"X: a\r\n\tb\r\n\r\n",
    "white space before the first header": b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
    "a coding in capitals": _POST + b"Transfer-Encoding: Chunked\r\n\r\n" + _BODY,
    "a coding with a tab": _POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + _BODY,
    "a coding twice": _POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + _BODY,
    "a coding that is none": _POST + b"Transfer-Encoding: identity\r\n\r\n" + _BODY,
    "several codings": _POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + _BODY,
    "an empty coding": _POST + b"Transfer-Encoding:\r\n\r\n" + _BODY,
    "chunks in the old version": _CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0") + _BODY,
    "only line feeds": _GET.replace(b"\r\n", b"\n") + b"\n",
    "one line feed": _GET + b"X: y\nZ: a\r\n\r\n",
    "a lone carriage return": _GET + b"X: y\rZ: a\r\n\r\n",
    "blanks and what may not follow": _GET + b"X:" + b" " * 7000 + b"\x01\r\n\r\n",
    "a null": _GET + b"X: a\x00b\r\n\r\n",
    "a null in the address": b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "bytes beyond ASCII in the address": b"GET /\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "bytes that are no text in the address": b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "bytes beyond ASCII in a header": _GET + b"X: \xc3\xa9\r\n\r\n",
    "bytes beyond ASCII in a header's name": _GET + b"\xc3\xa9: y\r\n\r\n",
    "bytes beyond ASCII in the method": b"G\xc3\x89T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header without a name": _GET + b": y\r\n\r\n",
    "a header without a colon": _GET + b"rubbish\r\n\r\n",
    "a header's name in quotes": _GET + b'"X": y\r\n\r\n',
    "no host": b"GET /health/live HTTP/1.1\r\n\r\n",
    "two hosts": _GET + b"Host: localhost\r\n\r\n",
    "two origins": _GET + b"Origin: a\r\nOrigin: b\r\n\r\n",
    "two tokens": _GET + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
    "two types": _POST + b"Content-Type: a/b\r\nContent-Type: application/json\r\n\r\n",
    "a whole address": b"GET http://evil.example/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a host as address": b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a star for anything but OPTIONS": b"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a fragment": b"GET /health/live#x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "white space in the address": b"GET /health/live x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "two spaces": b"GET  /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a tab in the request line": b"GET\t/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an older version": b"GET /health/live HTTP/0.9\r\nHost: localhost\r\n\r\n",
    "a version with more digits": b"GET /health/live HTTP/1.10\r\nHost: localhost\r\n\r\n",
    "a version in small letters": b"GET /health/live http/1.1\r\nHost: localhost\r\n\r\n",
    "a chunk's size with a prefix": _CHUNKS + b"0x2\r\n{}\r\n0\r\n\r\n",
    "a chunk's size with a sign": _CHUNKS + b"+2\r\n{}\r\n0\r\n\r\n",
    "a chunk's size with an underscore": _CHUNKS + b"0_2\r\n{}\r\n0\r\n\r\n",
    "a chunk's size with a space": _CHUNKS + b"2 \r\n{}\r\n0\r\n\r\n",
    "a chunk's size below nothing": _CHUNKS + b"-2\r\n{}\r\n0\r\n\r\n",
    "a chunk's size of many digits": _CHUNKS + b"000000002\r\n{}\r\n0\r\n\r\n",
    "a chunk without a size": _CHUNKS + b"\r\n{}\r\n0\r\n\r\n",
    "a chunk's extension": _CHUNKS + b"2;a=b\r\n{}\r\n0\r\n\r\n",
    "a chunk's line that ends otherwise": _CHUNKS + b"2\n{}\r\n0\r\n\r\n" + b"x" * 64,
    "a chunk that is longer than it says": _CHUNKS + b"2\r\n{}xx2\r\n{}\r\n0\r\n\r\n",
    "a trailer": _CHUNKS + b"2\r\n{}\r\n0\r\nX: y\r\n\r\n",
}
"""Each can be read in two ways, or is not HTTP; each is complete, so that the answer need not wait for more."""


def answer_to(port: int, request: bytes) -> bytes:
    """All bytes that come back until the server closes the connection, or pauses for a second after an answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        received = b""
        try:
            while more := connection.recv(65536):
                received += more
                connection.settimeout(1)
        except (TimeoutError, ConnectionResetError):
            pass
    return received


def statuses(answer: bytes) -> Sequence[int]:
    """The status of each response in the bytes."""
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


def drop_by_drop(request: bytes) -> Iterator[bytes]:
    """Single bytes."""
    return (request[index : index + 1] for index in range(len(request)))
