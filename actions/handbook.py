"""The content that actions compute with, loaded once for this process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from knowledge.aftercare.handbook import Handbook, load_handbook
from knowledge.candidate.questions import CandidateCheck, load_candidate_check
from knowledge.clinic_files import clinic_folder

_DATA = Path("data")


@lru_cache(maxsize=1)
def handbook() -> Handbook:
    """The handbook of this project.

    Raises:
        ContentError: a file is missing or wrong.
    """
    return load_handbook(_DATA, clinic_folder())


@lru_cache(maxsize=1)
def candidate_check() -> CandidateCheck:
    """The questions of the candidate check.

    Raises:
        ContentError: the file is missing or wrong.
    """
    return load_candidate_check(_DATA)
