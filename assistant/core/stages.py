"""Durations of the stages of a turn. The core measures; whoever observes decides where the durations go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Observer = Callable[[str, float], None]
"""Takes the name of a stage and its duration in seconds."""

_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    """Report every stage to the observer from now on."""
    _observers.append(observer)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Time the enclosed code as a stage, such as ``policy``, or ``nlu.segment`` for a step of understanding."""
    since = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - since
        for observer in _observers:
            observer(name, seconds)
