"""Shifted clock: put this folder on PYTHONPATH and the offset in seconds into the file named by CLOCK_FILE."""

from __future__ import annotations

import os
import time
from pathlib import Path

_file = Path(os.environ.get("CLOCK_FILE", "/nonexistent"))
_time = time.time


def _set_time() -> float:
    try:
        return _time() + float(_file.read_text() or 0)
    except (OSError, ValueError):
        return _time()


time.time = _set_time
