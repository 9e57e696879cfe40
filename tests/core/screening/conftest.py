"""Fixtures of the screening tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.content import Content, load_content
from assistant.core.screening.questions import Screening, load_screening

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def check() -> Screening:
    """Return the project's own check."""
    return load_screening(ROOT / "data")


@pytest.fixture(scope="session")
def content() -> Content:
    """Return the project's own content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")
