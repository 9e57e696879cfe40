"""Pathological messages delay others no more than ordinary ones of the same length."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle

import httpx
import pytest

from tests.channels.test_heavy_messages import HEAVY
from tests.growth.messages import repeated
from tests.servers import RunningAssistant, Visitor

pytestmark = pytest.mark.slow

ORDINARY = (
    "I had microneedling on my cheeks and forehead on Friday afternoon and the redness went down by Sunday. "
    "My skin still feels a little dry and tight today. When may I put on make-up again, and is swimming fine? "
)
TIMES = 16
MOST = 1.5  # times; signs alone are read more quickly than words


@contextmanager
def somebody_sends(visitor: Visitor, texts: list[str]) -> Iterator[None]:
    """One after the other, as fast as they are answered."""
    done = threading.Event()

    def send() -> None:
        for text in cycle(texts):
            if done.is_set():
                return
            assert visitor.send(text=text).status_code == 200

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield
    finally:
        done.set()
        sender.join()


def wait_beside(assistant: RunningAssistant, texts: list[str], ask: Callable[[], httpx.Response]) -> float:
    """How long an answer takes, half of the times, while somebody else sends these texts."""
    with somebody_sends(assistant.visitor(), texts):
        return statistics.median(_seconds(ask) for _ in range(TIMES))


def _seconds(ask: Callable[[], httpx.Response]) -> float:
    began = time.perf_counter()
    assert ask().status_code == 200
    return time.perf_counter() - began


@pytest.fixture(params=["whether it lives", "a question"])
def ask(request: pytest.FixtureRequest, assistant: RunningAssistant) -> Callable[[], httpx.Response]:
    if request.param == "a question":
        other = assistant.visitor()
        return lambda: other.send(text="does it hurt")
    return lambda: httpx.get(f"{assistant.base_url}/health/live", timeout=60)


def test_others_wait_no_longer_than_beside_ordinary_messages(
    assistant: RunningAssistant, ask: Callable[[], httpx.Response]
) -> None:
    ordinary = wait_beside(assistant, [repeated(ORDINARY, 1000)], ask)
    assert wait_beside(assistant, HEAVY, ask) < MOST * ordinary
