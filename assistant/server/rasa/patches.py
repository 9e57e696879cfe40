"""Gives memory back to the system that loading a model has left behind."""

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
    """Frees what nothing refers to any more, and hands the C library's free pages back to the system.

    Reading a model takes and frees hundreds of megabytes. glibc keeps the freed pages for later, in which it is
    right while a program loads, and wrong for a server whose need is smaller from then on: they would count as its
    memory for good. A model that was replaced hangs together in circles, which only the collector takes apart.
    Where the C library can't do that (musl, macOS), only the collector runs.
    """
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return
    trim(0)


def apply(agent: Agent) -> None:
    """Takes away Rasa's fallback to memory, makes it less patient with the action server, and watches its stages.

    What loading the model has left behind in memory is given back.
    """
    # Rasa's wrapper goes on in memory when storage fails: what was said then would be lost.
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
