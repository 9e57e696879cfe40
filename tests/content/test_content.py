"""The content of this project."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checking import copying
from knowledge.checking.__main__ import articles_beside
from knowledge.checking.checks import find_faults
from knowledge.checking.material import Material, read_material

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def material() -> Material:
    """Everything that the checks look at."""
    return read_material(ROOT)


def test_the_content_is_fine(material: Material) -> None:
    assert [str(fault) for fault in find_faults(material)] == []


def test_nothing_is_copied_from_the_articles(material: Material) -> None:
    folder = articles_beside(ROOT)
    if folder is None:
        pytest.skip("the articles are not at hand (../shared/articles)")
    assert [str(fault) for fault in copying.find_faults(material, folder)] == []
