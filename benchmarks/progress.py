"""Tells on the terminal how far it is."""

from __future__ import annotations

import time

_SINCE = time.monotonic()


def say(text: str) -> None:
    """One line, with the seconds since the start before it."""
    print(f"[{time.monotonic() - _SINCE:5.0f} s] {text}", flush=True)
