"""Fixtures of the aftercare tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.core.aftercare.guide import AftercareGuide, guide_of, load_aftercare_wording
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rulebook_files import load_rulebook
from assistant.core.content.content import Content, load_content

ROOT = Path(__file__).parents[3]
Clinic = Callable[..., Rulebook]


@pytest.fixture(scope="session")
def content() -> Content:
    """The project's own content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")


@pytest.fixture(scope="session")
def aftercare(content: Content) -> Rulebook:
    """The articles' rules, without a clinic's."""
    return load_rulebook(ROOT / "data", ROOT / "clinic" / "none.yml", content)


@pytest.fixture(scope="session")
def book(content: Content, aftercare: Rulebook) -> AftercareGuide:
    """The guide without a clinic's rules."""
    return guide_of(content, aftercare, load_aftercare_wording(ROOT / "data"))


@pytest.fixture(scope="session")
def clinics_book(content: Content) -> AftercareGuide:
    """The guide with the rules of the example clinic."""
    example = load_rulebook(ROOT / "data", ROOT / "clinic" / "aftercare.example.yml", content)
    return guide_of(content, example, load_aftercare_wording(ROOT / "data"))


@pytest.fixture(scope="session")
def make_up_wait(aftercare: Rulebook) -> timedelta:
    """How long the articles leave make-up off, so that other tests don't repeat it."""
    (rule,) = (rule for rule in aftercare.rules if rule.id == "no-make-up")
    assert rule.end is not None
    return timedelta(seconds=rule.end.seconds)


@pytest.fixture
def clinic(content: Content, tmp_path: Path) -> Clinic:
    """The rules with a clinic's own, each given as its changes to an article's rule."""

    def load(*rules: dict[str, Any]) -> Rulebook:
        path = tmp_path / "aftercare.yml"
        path.write_text(yaml.safe_dump({"aftercare": list(rules)}), encoding="utf-8")
        return load_rulebook(ROOT / "data", path, content)

    return load
