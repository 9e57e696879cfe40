"""Files of the wrong structure: the checker reports every wrong value and continues."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.content_tree import ContentTree

Spot = tuple[Any, ...]
"""Keys and indices that lead to a place in a file."""

WRONG: list[Any] = [5, "words", None, [], {}, [None], {1: 2}, {"x": []}]


def spots(content: Any, above: Spot = ()) -> Iterator[Spot]:
    """Yield every place in the content of a file."""
    yield above
    inner = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    for key, value in inner:
        yield from spots(value, (*above, key))


def spoiled(content: Any, spot: Spot, wrong: Any) -> Any:
    """Return the content with a wrong value in one place."""
    if not spot:
        return wrong
    first, *others = spot
    result = copy.copy(content)
    result[first] = spoiled(content[first], tuple(others), wrong)
    return result


@pytest.fixture(scope="module")
def project() -> Iterator[ContentTree]:
    """A tiny project in its own folder, written once."""
    with tempfile.TemporaryDirectory() as folder:
        tree = ContentTree(Path(folder))
        tree.write()
        yield tree


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_mistake_of_form_stops_the_checker(project: ContentTree, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(project.files)))
    right = project.files[name]
    spot = data.draw(st.sampled_from(list(spots(right))))
    project.files[name] = spoiled(right, spot, data.draw(st.sampled_from(WRONG)))
    try:
        assert all(": " in line and "\n" not in line for line in project.issues())
    finally:
        project.files[name] = right


def test_a_key_that_is_a_number_is_an_issue(project: ContentTree) -> None:
    name = "data/en/texts/problems.yml"
    right = project.files[name]
    project.files[name] = {1: 2}
    try:
        assert any(line.startswith(f"{name}: 1") for line in project.issues())
    finally:
        project.files[name] = right
