"""What the tests of the candidate check share."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.content import Content, load_content
from assistant.core.screening.questions import Screening, load_screening

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def check() -> Screening:
    """The project's own check."""
    return load_screening(ROOT / "data")


@pytest.fixture(scope="session")
def content() -> Content:
    """The project's own content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")
