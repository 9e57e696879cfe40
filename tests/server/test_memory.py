"""Memory freed after loading a model is returned to the system, if the C library supports it."""

from __future__ import annotations

import ctypes
import gc
import weakref
from types import SimpleNamespace

import pytest

from assistant.server.rasa import patches as agent_setup
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


def test_a_model_that_is_set_up_gives_back_memory_last(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(agent_setup, "store_of", lambda _agent: SimpleNamespace())
    monkeypatch.setattr(agent_setup, "MaintenanceMode", lambda _store: None)
    monkeypatch.setattr(agent_setup, "use_action_client", lambda _agent: done.append("action endpoint"))
    monkeypatch.setattr(agent_setup, "trim_memory", lambda: done.append("memory"))
    monkeypatch.setattr(agent_setup, "SequentialGraphRunner", lambda _runner: None)
    methods = ("_parse_message_with_graph", "_predict_next_with_tracker", "_run_action", "save_tracker")
    processor = SimpleNamespace(graph_runner=None, **dict.fromkeys(methods, no_library))
    agent_setup.apply(SimpleNamespace(processor=processor))
    assert done == ["action endpoint", "memory"]
