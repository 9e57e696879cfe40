"""Client for the action server: one pooled connection, a timeout and a fallback response.

Rasa waits five minutes for an action, opens a connection for each, and drops the turn on failure. With this client
the person is told within two seconds that the computed answer is unavailable, and gets the general one, which needs
no action.
"""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Final

import aiohttp
import structlog
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

from assistant.core.content.topics import Intent, load_intents, load_topics
from assistant.core.protocol import BESIDE_ALARM
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.request_ids import HEADER, present_request_id
from assistant.server.settings import read
from assistant.settings import Settings

TIMEOUT: Final = 1.5
"""Total timeout of a call, in seconds."""
EVENTS: Final = 80
"""Number of the latest events sent to an action; no action looks further back."""
UNAVAILABLE: Final = "unavailable"
"""Key that marks a response as the fallback for a computed answer."""

_REPLY = Draft202012Validator(RemoteAction.action_response_format_spec())

_log = structlog.get_logger("assistant.server.rasa.action_client")


class ActionClient(EndpointConfig):
    """Rasa's endpoint with a persistent connection, a timeout and a fallback response."""

    _session: aiohttp.ClientSession | None = None

    async def request(self, *given: Any, **named: Any) -> dict[str, Any] | None:
        """Return the action's events and responses, or the general response if the call fails."""
        call = named.get("json") or {}
        if _stands_beside_alarm(call):
            return {"events": [], "responses": [{"response": general_response(call)}]}
        try:
            return await self._ask(call)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            _log.error("action_server_failed", action=call.get("next_action"), cause=cause(error))
            return {"events": [], "responses": [{"response": general_response(call), UNAVAILABLE: True}]}

    async def _ask(self, call: dict[str, Any]) -> dict[str, Any]:
        tracker = call["tracker"]
        body = json.dumps({**call, "tracker": {**tracker, "events": tracker["events"][-EVENTS:]}})
        headers = {"Content-Type": "application/json", HEADER: present_request_id()}
        async with self._open().post(self.url, data=body, headers=headers) as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            answer: dict[str, Any] = await response.json()
            return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return self._session


@wraps(RemoteAction._validate_action_result)
def check_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Validate like Rasa, without re-checking the schema on each call, which costs more than the rest of the turn."""
    _REPLY.validate(result)
    return True


def _stands_beside_alarm(call: dict[str, Any]) -> bool:
    """Tell whether the message also reports an alarm: then no computed answer may say that something is fine."""
    message = call.get("tracker", {}).get("latest_message") or {}
    return bool((message.get("metadata") or {}).get(BESIDE_ALARM))


def general_response(call: dict[str, Any]) -> str:
    """Return the name of the general response for the intent whose action was called."""
    message = call.get("tracker", {}).get("latest_message") or {}
    intent = str((message.get("intent") or {}).get("name"))
    known = _intents()
    return known[intent].response if intent in known else f"utter_{intent}"


@lru_cache(maxsize=1)
def _intents() -> dict[str, Intent]:
    data = Path("data")
    return {**load_topics(data), **load_intents(data)}


def action_url(given: str | None) -> str | None:
    """Return the URL of ACTION_HOST and ACTION_PORT if one of them is set, else the one of endpoints.yml."""
    settings = read(Settings)
    is_set = settings.__fields_set__ & {"action_host", "action_port"}
    return settings.action_url if is_set else given
