"""The way to the action server: quick, and with an answer also when nobody is there.

Rasa waits five minutes for an action, opens a connection for each, and drops the turn if it fails. Here the person is
told within two seconds that the computed answer is not to be had, and gets the general one, which needs no action.
"""

from __future__ import annotations

import asyncio
import json
from functools import wraps
from typing import Any, Final

import aiohttp
import structlog
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

from assistant.core.protocol import BESIDE_ALARM
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.request_ids import HEADER, present_request_id

TIMEOUT: Final = 1.5
"""Seconds for connecting, computing and reading."""
EVENTS: Final = 80
"""Events of a conversation that actions are shown, the last ones: none of them looks further back."""
UNAVAILABLE: Final = "unavailable"
"""What tells the response generator that an answer stands in for a computed one."""
_GENERAL: Final = {"weigh_event": "downtime", "urgent": "symptom_report", "check_reply": "candidate_check"}

_REPLY = Draft202012Validator(RemoteAction.action_response_format_spec())

_log = structlog.get_logger("assistant.server.rasa.action_client")


class ActionClient(EndpointConfig):
    """Rasa's endpoint with one connection that stays open, a time limit, and something to say without it."""

    _session: aiohttp.ClientSession | None = None

    async def request(self, *given: Any, **named: Any) -> dict[str, Any] | None:
        """The action's events and responses; the general answer where there is no reply in time."""
        call = named.get("json") or {}
        if _stands_beside_alarm(call):
            return {"events": [], "responses": [{"response": general_response(call)}]}
        try:
            return await self._ask(call)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            _log.error("no answer from the action server", action=call.get("next_action"), cause=cause(error))
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
    """Nothing is worked out as fine by the date for skin that shows a sign of alarm."""
    message = call.get("tracker", {}).get("latest_message") or {}
    return bool((message.get("metadata") or {}).get(BESIDE_ALARM))


def general_response(call: dict[str, Any]) -> str:
    """The response that answers in general what the action would have computed."""
    message = call.get("tracker", {}).get("latest_message") or {}
    intent = str((message.get("intent") or {}).get("name"))
    return f"utter_{_GENERAL.get(intent, intent)}"
