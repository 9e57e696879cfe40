"""What the tests of the candidate check share."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.candidate.questions import CandidateCheck, load_candidate_check
from knowledge.content import Content, load_content

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def check() -> CandidateCheck:
    """The project's own check."""
    return load_candidate_check(ROOT / "data")


@pytest.fixture(scope="session")
def content() -> Content:
    """The project's own content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")
