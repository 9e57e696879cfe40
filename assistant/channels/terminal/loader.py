"""Loads the assistant into this process without log output."""

from __future__ import annotations

import logging

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog

from assistant.server.observability import log_redaction
from assistant.server.rasa.compatibility import check
from assistant.server.rasa.patches import apply
from assistant.server.settings import read
from assistant.settings import Settings


async def loaded_agent(models: str, endpoints: str) -> Agent | None:
    """Load the latest model of a folder with the storage in `endpoints`; None if there is no model."""
    check()
    read(Settings).make_state_dir()
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    configure_structlog(logging.ERROR)
    agent = await load_agent(models, endpoints=AvailableEndpoints.read_endpoints(endpoints))
    log_redaction.redact_ids_of("terminal")
    log_redaction.install()
    apply(agent)
    return agent if agent.is_ready() else None
