"""The content that actions need, loaded once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.core.aftercare.guide import AftercareGuide, load_guide
from assistant.core.screening.questions import Screening, load_screening
from assistant.core.validation.clinic_files import clinic_folder

_DATA = Path("data")


@lru_cache(maxsize=1)
def handbook() -> AftercareGuide:
    """Return the project's aftercare guide.

    Raises:
        ContentError: a file is missing or invalid.
    """
    return load_guide(_DATA, clinic_folder())


@lru_cache(maxsize=1)
def candidate_check() -> Screening:
    """Return the questions of the candidate check.

    Raises:
        ContentError: the file is missing or invalid.
    """
    return load_screening(_DATA)
