"""The server does what Rasa itself does where it replaces Rasa's own parts, and says when Rasa has changed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.utils import AvailableEndpoints
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException
from rasa.utils.endpoints import EndpointConfig

from actions import server as action_server
from assistant.core.protocol import Message
from assistant.server.messages import CollectedOutput
from assistant.server.rasa.compatibility import check, incompatibilities
from assistant.server.rasa.patches import SequentialGraphRunner, apply
from assistant.server.rasa.turns import take_turn
from assistant.server.storage.event_queries import event_pages
from assistant.server.storage.tracker_store import store_of

PERSON = "website-abcdefghijklmnopqrstuvwx"
AT = "2026-01-02T03:04:05+00:00"
TALKS = {
    "an answer": ["does it hurt"],
    "an answer with buttons, and a button": ["show me options", '/pain{"condition": "acne"}'],
    "nothing understood": ["xyzzy"],
    "three questions": ["does it hurt", "take your time", "show me options"],
}


class FixedReply(EndpointConfig):
    """An action server's reply, in Rasa's form, without a server."""

    async def request(self, *_given: Any, **_named: Any) -> dict[str, Any]:
        return {"events": [], "responses": [{"text": "Computed."}]}


async def load(project: Path, **storage: str) -> Agent:
    endpoints = AvailableEndpoints(tracker_store=EndpointConfig(**storage))
    return await load_agent(str(project / "models"), endpoints=endpoints)


@pytest_asyncio.fixture
async def rasas_own(stub_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agent:
    """The agent as Rasa makes it, with nothing replaced."""
    monkeypatch.syspath_prepend(str(stub_project))
    return await load(stub_project, type="SQL", dialect="sqlite", db=str(tmp_path / "rasas_own.db"))


@pytest_asyncio.fixture
async def ours(stub_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Agent]:
    """The agent as the server patches it."""
    monkeypatch.syspath_prepend(str(stub_project))
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    kind = "assistant.server.storage.tracker_store.ConversationStore"
    agent = await load(stub_project, type=kind, db=str(tmp_path / "conversations.db"))
    apply(agent)
    yield agent
    store_of(agent).engine.dispose()


def message(text: str) -> UserMessage:
    """The same each time, with what is random otherwise."""
    return UserMessage(
        text, CollectedOutput(), PERSON, input_channel="website", message_id=text, metadata={"at": AT}
    )


async def answers_of_rasa(agent: Agent, text: str) -> list[Message]:
    said = message(text)
    await agent.handle_message(said)
    output: CollectedOutput = said.output_channel
    return output.messages


def without_times(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in event.items() if key != "timestamp"} for event in events]


async def events_of_rasa(agent: Agent) -> list[dict[str, Any]]:
    tracker = await agent.tracker_store.retrieve_full_tracker(PERSON)
    assert tracker is not None
    stored: list[dict[str, Any]] = json.loads(json.dumps([event.as_dict() for event in tracker.events]))
    return without_times(stored)


@pytest.mark.parametrize("talk", TALKS)
async def test_a_turn_gives_the_events_and_answers_of_rasas_own(
    rasas_own: Agent, ours: Agent, talk: str
) -> None:
    for text in TALKS[talk]:
        answer = await take_turn(ours, message(text))
        assert answer == await answers_of_rasa(rasas_own, text)
        assert answer
    events = without_times(chain(*event_pages(store_of(ours).engine, PERSON)))
    assert events == await events_of_rasa(rasas_own)


async def test_an_action_gives_the_events_and_answers_of_rasas_own(rasas_own: Agent, ours: Agent) -> None:
    for agent in (rasas_own, ours):
        agent.processor.action_endpoint = FixedReply("http://127.0.0.1:9/webhook")
    (answer,) = await take_turn(ours, message("let the action fail"))
    assert answer["text"] == "Computed."
    assert [answer] == await answers_of_rasa(rasas_own, "let the action fail")
    events = without_times(chain(*event_pages(store_of(ours).engine, PERSON)))
    assert events == await events_of_rasa(rasas_own)


def inputs(text: str) -> dict[str, Any]:
    """As the processor hands them over."""
    return {
        PLACEHOLDER_MESSAGE: [message(text)],
        PLACEHOLDER_TRACKER: DialogueStateTracker.from_events(PERSON, []),
    }


def outputs(runner: DaskGraphRunner | SequentialGraphRunner, agent: Agent, text: str) -> list[Any]:
    """Return the parse, and the action that follows."""
    metadata = agent.processor.model_metadata
    (understood,) = runner.run(inputs(text), [metadata.nlu_target])[metadata.nlu_target]
    predicted = runner.run(inputs(text), [metadata.core_target])[metadata.core_target]
    return [understood.as_dict(), predicted]


@pytest.mark.parametrize("text", ["does it hurt", "show me options", "xyzzy", '/pain{"condition": "acne"}'])
async def test_the_runner_gives_what_rasas_own_gives(rasas_own: Agent, text: str) -> None:
    dask: DaskGraphRunner = rasas_own.processor.graph_runner
    assert outputs(SequentialGraphRunner(dask), rasas_own, text) == outputs(dask, rasas_own, text)


async def test_the_runner_runs_the_components_that_rasas_own_runs_each_once(rasas_own: Agent) -> None:
    dask: DaskGraphRunner = rasas_own.processor.graph_runner
    ran: list[str] = []

    def counted(name: str, node: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            ran.append(name)
            return node(*given)

        return run

    dask._instantiated_nodes = {name: counted(name, node) for name, node in dask._instantiated_nodes.items()}
    targets = [rasas_own.processor.model_metadata.nlu_target]
    SequentialGraphRunner(dask).run(inputs("does it hurt"), targets)
    of_ours, ran[:] = list(ran), []
    dask.run(inputs("does it hurt"), targets)
    assert sorted(of_ours) == sorted(ran) == sorted(set(ran))


async def test_what_a_component_raises_comes_out_as_from_rasas_own(rasas_own: Agent) -> None:
    dask: DaskGraphRunner = rasas_own.processor.graph_runner
    raised = []
    for runner in (SequentialGraphRunner(dask), dask):
        with pytest.raises(Exception) as caught:  # noqa: PT011 (which one is compared)
            runner.run(inputs("explode"), [rasas_own.processor.model_metadata.nlu_target])
        raised.append((type(caught.value), type(caught.value.__cause__), str(caught.value)))
    assert raised[0] == raised[1]


def test_the_installed_packages_are_those_that_the_server_was_written_for() -> None:
    assert incompatibilities() == []
    check()


def test_patches_that_were_applied_are_no_incompatibility(ours: Agent) -> None:
    check()


async def _without_channel(self: MessageProcessor, tracker: DialogueStateTracker) -> None:
    """A loop as another Rasa might have it."""


def test_a_changed_signature_is_named_with_its_use_and_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MessageProcessor, "_run_prediction_loop", _without_channel)
    with pytest.raises(InvalidConfigException) as caught:
        check()
    told = str(caught.value)
    for part in (
        "rasa.core.processor:MessageProcessor._run_prediction_loop: wrong signature",
        "(got async (self, tracker) / expected async (self, output_channel, tracker))",
        "assistant/server/rasa/turns.py",
        "make setup",
    ):
        assert part in told


def test_a_function_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(MessageProcessor, "_parse_message_with_graph")
    assert "_parse_message_with_graph: missing" in "".join(incompatibilities())


def test_an_attribute_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def initialise(
        self: Any, graph_schema: Any, model_storage: Any, execution_context: Any, hooks: Any = None
    ) -> None:
        self._graph_schema = graph_schema

    monkeypatch.setattr(DaskGraphRunner, "__init__", initialise)
    (told,) = incompatibilities()
    assert "DaskGraphRunner.__init__: does not set _instantiated_nodes" in told


def test_another_version_is_named_even_where_nothing_else_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    assert incompatibilities() == ["rasa: wrong version (got 3.7.0 / expected 3.6.21)"]


def test_the_action_server_does_not_start_with_another_sdk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(action_server.VERSIONS, "rasa_sdk", "3.6.1")
    assert action_server.main() == 2
    assert "rasa_sdk: wrong version (got 3.6.2 / expected 3.6.1)" in capsys.readouterr().err
