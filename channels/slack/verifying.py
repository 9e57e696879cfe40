"""Whether a request comes from Slack: signed with the app's secret, within the last five minutes."""

from __future__ import annotations

import time

from slack_sdk.signature import SignatureVerifier

FIVE_MINUTES = 300


def is_recent(timestamp: str | None) -> bool:
    """Asked before the body is read."""
    if timestamp is None or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    return abs(time.time() - int(timestamp)) <= FIVE_MINUTES


def is_signed(secret: str, timestamp: str, signature: str | None, body: bytes) -> bool:
    """Asked with the body as it arrived, byte for byte."""
    if signature is None or not signature.isascii():
        return False
    try:
        return SignatureVerifier(secret).is_valid(body, timestamp, signature)
    except UnicodeDecodeError:  # Slack writes UTF-8
        return False
