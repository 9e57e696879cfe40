"""Another model without a gap: it is loaded beside the present one, asked the smoke questions, and then takes over."""

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

from assistant.server.observability.log_redaction import cause
from assistant.server.observability.metrics import MODEL as MODEL_GAUGE
from assistant.server.rasa.patches import apply
from assistant.server.storage.runtime_flags import MODEL, read_switch
from assistant.server.storage.tracker_store import store_of

_log = structlog.get_logger("assistant.server.rasa.hot_swap")

MODELS = Path("models")
SMOKE = Path("data/smoke.yml")
_LOOK_AGAIN = 2.0  # seconds
_NAME = re.compile(r"[\w-]{1,100}\.tar\.gz")


class ModelRefusedError(Exception):
    """The message says why; the present model stays."""


def model_file(name: str) -> Path:
    """The file of that name in the project's own folder; nothing from anywhere else is ever loaded."""
    path = MODELS / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise ModelRefusedError(f"there is no model {name!r} in {MODELS}/")
    return path


async def watch_for_models(agent: Agent) -> None:
    """Runs as long as the server does, and does what the switch says that was set since."""
    done = time.time()
    while True:
        await asyncio.sleep(_LOOK_AGAIN)
        try:
            switch = read_switch(store_of(agent), MODEL)
            if switch is None or switch.since <= done:
                continue
            done = switch.since
            await change_model(agent, model_file(switch.value))
            _log.info("model changed", model=switch.value)
        except Exception as error:  # whatever it is, the present model goes on
            why = str(error) if isinstance(error, ModelRefusedError) else cause(error)
            _log.error("model not changed", cause=why)


async def change_model(agent: Agent, path: Path) -> None:
    """Raises `ModelRefusedError`, or whatever went wrong with loading, and leaves the agent as it was."""
    processor = await asyncio.to_thread(_load, agent, path)
    await _ask_smoke_questions(processor)
    generator = _generator(processor)
    # from here on nothing waits: no message sees half of it
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
    """With the content that belongs to the new model."""
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
