"""Hot swap: loads another model, tests it with the smoke questions, then replaces the current one."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path
from typing import Any

import structlog
import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.utils import AvailableEndpoints

from assistant.core.content.languages import LANGUAGE
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.metrics import MODEL as MODEL_GAUGE
from assistant.server.rasa.patches import apply
from assistant.server.storage.runtime_flags import MODEL, read_flag
from assistant.server.storage.tracker_store import store_of

_log = structlog.get_logger("assistant.server.rasa.hot_swap")

MODELS = Path("models")
SMOKE = Path("data", LANGUAGE, "smoke.yml")
_LOOK_AGAIN = 2.0  # seconds between polls
_NAME = re.compile(r"[\w-]{1,100}\.tar\.gz")


class ModelRefusedError(Exception):
    """The model was rejected, for the reason in the message; the current one stays."""


def model_file(name: str) -> Path:
    """Return the path of a model in the project's model folder; no other path is ever loaded."""
    path = MODELS / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise ModelRefusedError(f"there is no model {name!r} in {MODELS}/")
    return path


async def watch_for_models(agent: Agent) -> None:
    """Poll the runtime flag and swap the model when it changes. Runs until the server stops."""
    done = time.time()
    while True:
        await asyncio.sleep(_LOOK_AGAIN)
        try:
            switch = read_flag(store_of(agent), MODEL)
            if switch is None or switch.since <= done:
                continue
            done = switch.since
            await change_model(agent, model_file(switch.value))
            _log.info("model_changed", model=switch.value)
        except Exception as error:  # whatever fails, the current model stays
            why = str(error) if isinstance(error, ModelRefusedError) else cause(error)
            _log.error("model_change_failed", cause=why)


async def change_model(agent: Agent, path: Path) -> None:
    """Load and test a model, then make it the agent's.

    Raises `ModelRefusedError` or any loading error; the agent is then unchanged.
    """
    processor = await asyncio.to_thread(_load, agent, path)
    await _ask_smoke_questions(processor)
    generator = _generator(processor)
    # no await from here on, so no message sees a half-replaced model
    agent.processor, agent.domain, agent.nlg = processor, processor.domain, generator
    processor.nlg = generator
    agent.tracker_store.domain = processor.domain
    apply(agent)
    MODEL_GAUGE.clear()
    MODEL_GAUGE.labels(path.name).set(1)


def _load(agent: Agent, path: Path) -> MessageProcessor:
    return MessageProcessor(
        model_path=path,
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
        http_interpreter=agent.http_interpreter,
    )


def _generator(processor: MessageProcessor) -> Any:
    """Create the response generator with the new model's domain and the current content."""
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    return NaturalLanguageGenerator.create(endpoints.nlg, processor.domain)


async def _ask_smoke_questions(processor: MessageProcessor) -> None:
    for question in yaml.safe_load(SMOKE.read_text("utf-8"))["smoke"]:
        parsed = await processor.parse_message(UserMessage(question["text"]))
        if parsed["intent"]["name"] != question["topic"]:
            raise ModelRefusedError(
                f"{SMOKE}: {question['text']!r} is misunderstood "
                f"(got {parsed['intent']['name']} / expected {question['topic']})"
            )
