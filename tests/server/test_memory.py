"""Memory freed after loading a model is returned to the system, if the C library supports it."""

from __future__ import annotations

import ctypes
import gc
import weakref
from types import SimpleNamespace

import pytest

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


def no_library(_name: object) -> object:
    raise OSError("no such library")


@pytest.mark.parametrize("library", [lambda _name: SimpleNamespace(), no_library])
def test_without_glibc_nothing_happens(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    monkeypatch.setattr(ctypes, "CDLL", library)
    trim_memory()
