"""Runs Rasa's graph sequentially, in an order computed once for each set of targets.

Rasa's own runner builds a graph for Dask's scheduler, and a debug text of all inputs, three times in each turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

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
