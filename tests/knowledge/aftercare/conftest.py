"""What the tests of aftercare share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.aftercare.aftercare import Aftercare, load_aftercare
from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.wording import load_aftercare_wording
from knowledge.content import Content, load_content

ROOT = Path(__file__).parents[3]
Clinic = Callable[..., Aftercare]


@pytest.fixture(scope="session")
def content() -> Content:
    """The project's own content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")


@pytest.fixture(scope="session")
def aftercare(content: Content) -> Aftercare:
    """The articles' rules, with no clinic's."""
    return load_aftercare(ROOT / "data", ROOT / "clinic" / "none.yml", content)


@pytest.fixture(scope="session")
def book(content: Content, aftercare: Aftercare) -> Handbook:
    """All that computed answers are made of, with no clinic's rules."""
    return Handbook(content, aftercare, load_aftercare_wording(ROOT / "data"))


@pytest.fixture(scope="session")
def clinics_book(content: Content) -> Handbook:
    """The same with the rules of the clinic's example."""
    example = load_aftercare(ROOT / "data", ROOT / "clinic" / "aftercare.example.yml", content)
    return Handbook(content, example, load_aftercare_wording(ROOT / "data"))


@pytest.fixture
def clinic(content: Content, tmp_path: Path) -> Clinic:
    """The rules with a clinic's own, each given as what it changes of an article's."""

    def load(*rules: dict[str, Any]) -> Aftercare:
        path = tmp_path / "aftercare.yml"
        path.write_text(yaml.safe_dump({"aftercare": list(rules)}), encoding="utf-8")
        return load_aftercare(ROOT / "data", path, content)

    return load
