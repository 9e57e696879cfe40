"""Client for the action server: signed calls over one pooled connection, a timeout and a fallback response.

Rasa waits five minutes for an action, opens a connection for each, and drops the turn on failure. With this client
the person is told within two seconds that the computed answer is unavailable, and gets the general one, which needs
no action.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
import structlog
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import InvalidConfigException
from rasa.utils.endpoints import EndpointConfig

from assistant.core.action_signature import HEADER as SIGNATURE
from assistant.core.action_signature import is_signed_answer, sign_call
from assistant.core.content.topics import Intent, load_intents, load_topics
from assistant.core.protocol import HAS_ALARM
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.turn_log import HEADER, present_request_id
from assistant.server.settings import read
from assistant.settings import Settings

TIMEOUT: Final = 1.5
"""Timeout of a call with its second attempt, in seconds."""
EVENTS: Final = 80
"""Number of the latest events sent to an action; no action looks further back."""
MAX_ANSWER: Final = 1024 * 1024
"""Bytes of an answer; the longest timeline has a tenth of it."""
_SOCKET_URL: Final = "http://localhost/webhook"  # the host means nothing there
UNAVAILABLE: Final = "unavailable"
"""Key that marks a response as the fallback for a computed answer."""

_REPLY = Draft202012Validator(RemoteAction.action_response_format_spec())

_log = structlog.get_logger("assistant.server.rasa.action_client")


class ActionClient(EndpointConfig):
    """Rasa's endpoint with signatures, a persistent connection, a timeout and a fallback response."""

    _session: aiohttp.ClientSession | None = None

    def __init__(self, url: str | None, settings: Settings, **named: Any) -> None:
        """Create a client for ACTION_SOCKET, or else for the `url`.

        Raises:
            InvalidConfigException: the URL is another machine's, and there is no key to recognize it by.
        """
        super().__init__(_SOCKET_URL if settings.action_socket else url, **named)
        self._settings = settings
        if not (settings.action_key or settings.action_socket or _is_loopback(url)):
            raise InvalidConfigException(
                "ACTION_KEY: missing, while the action server is on another machine "
                "(expected the same key for both, for example from `openssl rand -hex 32`)"
            )

    async def request(self, *given: Any, **named: Any) -> dict[str, Any] | None:
        """Return the action's events and responses, or the general response if the call fails."""
        call = named.get("json") or {}
        if _has_alarm(call):
            return {"events": [], "responses": [{"response": general_response(call)}]}
        try:
            return await asyncio.wait_for(self._ask_again(call), TIMEOUT)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            _log.error("action_server_failed", action=call.get("next_action"), cause=cause(error))
            return {"events": [], "responses": [{"response": general_response(call), UNAVAILABLE: True}]}

    async def _ask_again(self, call: dict[str, Any]) -> dict[str, Any]:
        try:
            return await self._ask(call)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            # The server closed an idle connection just as the call was sent. An action changes nothing but by its
            # answer, so calling it again is safe.
            return await self._ask(call)

    async def _ask(self, call: dict[str, Any]) -> dict[str, Any]:
        tracker = call["tracker"]
        body = json.dumps({**call, "tracker": {**tracker, "events": tracker["events"][-EVENTS:]}}).encode()
        headers = {"Content-Type": "application/json", HEADER: present_request_id(), **self._signature(body)}
        async with self._open().post(self.url, data=body, headers=headers) as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            content = await _content(response)
            self._verify(headers.get(SIGNATURE, ""), response.headers.get(SIGNATURE, ""), content)
            answer: dict[str, Any] = json.loads(content)
            return answer

    def _signature(self, body: bytes) -> dict[str, str]:
        key = self._settings.action_key
        return {SIGNATURE: sign_call(key, body)} if key else {}

    def _verify(self, call: str, signature: str, content: bytes) -> None:
        key = self._settings.action_key
        if key and not is_signed_answer(key, call, signature, content):
            raise ValueError("the answer is not signed with ACTION_KEY")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            path = self._settings.action_socket
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=None),  # one for both attempts
                connector=aiohttp.UnixConnector(str(path)) if path else None,
                auto_decompress=False,  # answers are never compressed; inflating knows no limit
            )
        return self._session


async def _content(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > MAX_ANSWER:
            raise ValueError("the answer is too long")
    return bytes(content)


def _is_loopback(url: str | None) -> bool:
    host = urlsplit(url or "").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@wraps(RemoteAction._validate_action_result)
def check_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Validate like Rasa, without re-checking the schema on each call, which costs more than the rest of the turn."""
    _REPLY.validate(result)
    return True


def _has_alarm(call: dict[str, Any]) -> bool:
    """Tell whether the message also reports an alarm: then no computed answer may say that something is fine."""
    message = call.get("tracker", {}).get("latest_message") or {}
    return bool((message.get("metadata") or {}).get(HAS_ALARM))


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
