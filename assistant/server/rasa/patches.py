"""Runtime patches of Rasa's agent, processor and actions, each with its reason.

compatibility.py lists the signatures that they rely on.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

from assistant.core.stages import stage
from assistant.server.rasa.action_client import ActionClient, action_url, check_result
from assistant.server.rasa.maintenance import MaintenanceMode
from assistant.server.rasa.rule_index import RuleIndex
from assistant.server.settings import read
from assistant.server.storage.tracker_store import store_of
from assistant.settings import Settings

Step = tuple[str, GraphNode, Sequence[str]]
"""A node's name, the node, and the names of the nodes whose outputs it takes."""


class SequentialGraphRunner:
    """Drop-in replacement for Rasa's graph runner; takes over its loaded nodes."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._schema = runner._graph_schema
        self._nodes = runner._instantiated_nodes
        self._orders: dict[tuple[str, ...], list[Step]] = {}

    def run(
        self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Return outputs by target. Exceptions of components are raised as Rasa wraps them."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        # nodes take and return (name, value) pairs
        known: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._orders[wanted]:
            known[name] = node(*(known[need] for need in needs))
        return {target: known[target][1] for target in wanted}

    def components(self) -> list[Any]:
        """Return the loaded component of each node."""
        return [node._component for node in self._nodes.values()]

    def _order(self, wanted: Sequence[str]) -> list[Step]:
        order: dict[str, Step] = {}

        def add(name: str) -> None:
            if name in order or name not in self._nodes:  # names without a node are inputs
                return
            needs = tuple(self._schema.nodes[name].needs.values())
            for need in needs:
                add(need)
            order[name] = (name, self._nodes[name], needs)

        for target in wanted:
            add(target)
        return list(order.values())


def apply(agent: Agent) -> None:
    """Patch an agent after its model was loaded. Without a model, only the agent itself is patched."""
    _store_in_database_only(agent)
    _replace_action_endpoint(agent)
    if agent.processor is not None:
        _patch_processor(agent.processor, agent)
        trim_memory()


def _store_in_database_only(agent: Agent) -> None:
    """Remove Rasa's wrapper, which falls back to memory when storage fails; those turns would be lost."""
    agent.tracker_store = store_of(agent)
    agent.maintenance = MaintenanceMode(agent.tracker_store)


def _replace_action_endpoint(agent: Agent) -> None:
    """Replace Rasa's client of the action server, and its validation of replies.

    Rasa waits five minutes for an action, opens a connection for each, drops the turn if it fails, and checks the JSON
    schema itself on each call. The validation is replaced in the class, because Rasa creates an action for each call.
    """
    RemoteAction._validate_action_result = check_result
    given = agent.action_endpoint
    if given is not None and not isinstance(given, ActionClient):
        agent.action_endpoint = ActionClient(action_url(given.url), read(Settings), **given.kwargs)


def _patch_processor(processor: MessageProcessor, agent: Agent) -> None:
    """Replace the processor's own references to parts of the agent, and its graph runner; time each stage."""
    processor.tracker_store = agent.tracker_store
    processor.action_endpoint = agent.action_endpoint
    # Rasa's runner builds a Dask graph and a log message of all inputs three times per turn
    processor.graph_runner = SequentialGraphRunner(processor.graph_runner)
    _index_rules(processor.graph_runner)
    # it builds an empty domain for each message; `make check` finds intents and entities that the domain lacks
    processor._check_for_unseen_features = lambda _parse_data: None
    processor._parse_message_with_graph = _timed("nlu", processor._parse_message_with_graph)
    processor._predict_next_with_tracker = _timed("policy", processor._predict_next_with_tracker)
    processor._run_action = _timed_async("action", processor._run_action)
    processor.save_tracker = _timed_async("store", processor.save_tracker)


def _index_rules(runner: SequentialGraphRunner) -> None:
    """Replace the prediction of RulePolicy, which compares all rules with the whole conversation, four times a turn.

    A policy class of our own would not do: Rasa's validation warns about each configuration without RulePolicy itself.
    """
    for component in runner.components():
        if isinstance(component, RulePolicy):
            component._predict = RuleIndex(component).predict


def trim_memory() -> None:
    """Collect garbage, exempt the rest from later collections, and return free pages to the operating system.

    Loading a model allocates and frees hundreds of megabytes, and glibc keeps the freed pages for reuse. That is
    right while a program loads, but a server needs less from then on, and the pages would count as its memory for
    good. A replaced model is kept alive by reference cycles until the garbage collector runs. What has been loaded by
    then stays, and looking through it again and again would hold the event loop for 200 ms each time. Without
    `malloc_trim` (musl, macOS), only the collector runs.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return
    trim(0)


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
