"""Fixtures of the core's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.content_tree import ContentTree


@pytest.fixture
def tree(tmp_path: Path) -> ContentTree:
    """A tiny project with right content."""
    return ContentTree(tmp_path)
