"""The content that actions compute with, loaded once for this process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from knowledge.aftercare.handbook import Handbook, load_handbook


@lru_cache(maxsize=1)
def handbook() -> Handbook:
    """The handbook of this project.

    Raises:
        ContentError: a file is missing or wrong.
    """
    return load_handbook(Path("data"), Path("clinic"))
