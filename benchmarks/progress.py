"""Progress output on the terminal."""

from __future__ import annotations

import time

_SINCE = time.monotonic()


def say(text: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"[{time.monotonic() - _SINCE:5.0f} s] {text}", flush=True)
