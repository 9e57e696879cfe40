"""A model that was replaced is freed; what is in use costs the garbage collector nothing."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from assistant.server.rasa.patches import trim_memory


class Circle:
    """Refers to itself, as a model does whose methods were wrapped."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def no_other_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


def test_what_hangs_together_in_circles_is_freed() -> None:
    circle = weakref.ref(Circle())
    assert circle() is not None
    trim_memory()
    assert circle() is None


def test_it_is_freed_too_after_it_was_in_use() -> None:
    in_use = Circle()
    circle = weakref.ref(in_use)
    trim_memory()
    del in_use
    assert circle() is not None
    trim_memory()
    assert circle() is None


def test_what_is_in_use_is_not_looked_through_again() -> None:
    in_use = Circle()
    trim_memory()
    assert not any(each is in_use for each in gc.get_objects())
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10
