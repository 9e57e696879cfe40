"""Runtime patches of Rasa's agent and processor."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.agent import Agent

from assistant.server.observability.metrics import stage
from assistant.server.rasa.action_client import use_action_client
from assistant.server.rasa.maintenance import MaintenanceMode
from assistant.server.rasa.runner import SequentialGraphRunner
from assistant.server.storage.tracker_store import store_of


def trim_memory() -> None:
    """Collect garbage and return the C library's free pages to the operating system.

    Loading a model allocates and frees hundreds of megabytes, and glibc keeps the freed pages for reuse. That is
    right while a program loads, but a server needs less from then on, and the pages would count as its memory for
    good. A replaced model is kept alive by reference cycles until the garbage collector runs. Without `malloc_trim`
    (musl, macOS), only the collector runs.
    """
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return
    trim(0)


def apply(agent: Agent) -> None:
    """Disable the in-memory fallback, set a timeout for actions, time each stage and trim memory."""
    # Rasa's wrapper falls back to memory when storage fails; those turns would be lost.
    agent.tracker_store = store_of(agent)
    agent.maintenance = MaintenanceMode(agent.tracker_store)
    use_action_client(agent)
    processor = agent.processor
    if processor is None:
        return
    processor.tracker_store = agent.tracker_store
    processor.graph_runner = SequentialGraphRunner(processor.graph_runner)
    processor._parse_message_with_graph = _timed("nlu", processor._parse_message_with_graph)
    processor._predict_next_with_tracker = _timed("policy", processor._predict_next_with_tracker)
    processor._run_action = _timed_async("action", processor._run_action)
    processor.save_tracker = _timed_async("store", processor.save_tracker)
    trim_memory()


def _timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        with stage(name):
            return function(*given, **named)

    return timed


def _timed_async(name: str, function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(function)
    async def timed(*given: Any, **named: Any) -> Any:
        with stage(name):
            return await function(*given, **named)

    return timed
