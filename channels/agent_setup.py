"""What is done to Rasa's agent once its model is loaded, and again with every new model."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.agent import Agent

from channels.action_endpoint import use_action_endpoint
from channels.closed_sign import ClosedSign
from channels.conversation_store import store_of
from channels.graph_order import GraphInOrder
from channels.memory import give_back
from channels.metrics import stage


def set_up(agent: Agent) -> None:
    """Takes away Rasa's fallback to memory, makes it less patient with the action server, and watches its stages.

    What loading the model has left behind in memory is given back.
    """
    # Rasa's wrapper goes on in memory when storage fails: what was said then would be lost.
    agent.tracker_store = store_of(agent)
    agent.closed_sign = ClosedSign(agent.tracker_store)
    use_action_endpoint(agent)
    processor = agent.processor
    if processor is None:
        return
    processor.tracker_store = agent.tracker_store
    processor.graph_runner = GraphInOrder(processor.graph_runner)
    processor._parse_message_with_graph = _timed("nlu", processor._parse_message_with_graph)
    processor._predict_next_with_tracker = _timed("policy", processor._predict_next_with_tracker)
    processor._run_action = _timed_async("action", processor._run_action)
    processor.save_tracker = _timed_async("store", processor.save_tracker)
    give_back()


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
