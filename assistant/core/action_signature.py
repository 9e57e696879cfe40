"""Signatures on the calls between the assistant and the action server: each proves to the other that it holds the key.

The key itself never travels. The answer's signature covers the call's, so that no answer fits another call.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

HEADER: Final = "X-Action-Signature"


def sign_call(key: str, body: bytes) -> str:
    """Return a header value for a call with this body, different for each call."""
    nonce = secrets.token_hex(16)
    return f"{nonce}.{_digest(key, b'call', nonce, body)}"


def is_signed_call(key: str, header: str, body: bytes) -> bool:
    """Tell whether the header is a signature of this body, in constant time."""
    nonce, _, given = header.partition(".")
    return _is_same(given, _digest(key, b"call", nonce, body))


def sign_answer(key: str, call_header: str, body: bytes) -> str:
    """Return a header value for the answer to the call with that header."""
    return _digest(key, b"answer", call_header, body)


def is_signed_answer(key: str, call_header: str, header: str, body: bytes) -> bool:
    """Tell whether the header is a signature of this answer to that call, in constant time."""
    return _is_same(header, sign_answer(key, call_header, body))


def _digest(key: str, purpose: bytes, context: str, body: bytes) -> str:
    message = b"\n".join((purpose, context.encode("utf-8", "surrogateescape"), body))
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected.encode())
