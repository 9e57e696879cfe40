"""The graph runner executes each component once, in order, with its inputs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.server.rasa.runner import SequentialGraphRunner

NEEDS = {
    "answer": {"text": "clean", "vector": "encode"},
    "encode": {"text": "clean"},
    "clean": {"text": "__message__"},
    "other": {"text": "clean"},
}


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def graph(ran: list[str]) -> SequentialGraphRunner:
    """Each component says its name and what it was given."""

    def component(name: str) -> Any:
        def run(*given: tuple[str, str]) -> tuple[str, str]:
            ran.append(name)
            return name, f"{name}({', '.join(value for _, value in given)})"

        return run

    nodes = {name: SimpleNamespace(needs=needs) for name, needs in NEEDS.items()}
    schema = SimpleNamespace(nodes=nodes, target_names=["other"])
    runner: Any = SimpleNamespace(
        _graph_schema=schema, _instantiated_nodes={name: component(name) for name in NEEDS}
    )
    return SequentialGraphRunner(runner)


def test_each_component_runs_once_and_after_those_that_it_needs(
    graph: SequentialGraphRunner, ran: list[str]
) -> None:
    outputs = graph.run({"__message__": "hi"}, ["answer"])
    assert outputs == {"answer": "answer(clean(hi), encode(clean(hi)))"}
    assert ran == ["clean", "encode", "answer"]


def test_without_a_target_the_graphs_own_are_meant(graph: SequentialGraphRunner, ran: list[str]) -> None:
    assert graph.run({"__message__": "hi"}) == {"other": "other(clean(hi))"}
    assert "encode" not in ran


def test_one_run_leaves_nothing_for_the_next(graph: SequentialGraphRunner) -> None:
    graph.run({"__message__": "hi"}, ["answer"])
    assert graph.run({"__message__": "ho"}, ["answer"]) == {"answer": "answer(clean(ho), encode(clean(ho)))"}


def test_what_a_component_raises_comes_out(graph: SequentialGraphRunner) -> None:
    with pytest.raises(KeyError):
        graph.run({}, ["answer"])
