"""A model that was replaced is freed."""

from __future__ import annotations

import gc
import weakref

from assistant.server.rasa.patches import trim_memory


class Circle:
    """Refers to itself, as a model does whose methods were wrapped."""

    def __init__(self) -> None:
        self.itself = self


def test_what_hangs_together_in_circles_is_freed() -> None:
    gc.disable()
    try:
        circle = weakref.ref(Circle())
        assert circle() is not None
        trim_memory()
        assert circle() is None
    finally:
        gc.enable()
