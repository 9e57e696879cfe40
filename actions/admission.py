"""Decides which calls the action server answers: those of its assistant, of known actions, in plain JSON."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.executor import ActionExecutor

from assistant.core.action_signature import HEADER, is_signed_call, sign_answer

MAX_BODY: Final = 2 * 1024 * 1024
"""Bytes; ten times the size of a conversation as the assistant sends it."""
OPEN: Final = "/health"
"""The only path that needs no signature; it tells nothing."""
WEBHOOK: Final = "/webhook"

Refusal = tuple[int, str]
"""HTTP status, and a sentence without a word of the call."""


class Admission:
    """Checks calls before the SDK sees them, and signs the answers."""

    def __init__(self, key: str) -> None:
        """Without a `key` calls are not signed; then the server may listen on the loopback address only."""
        self._key = key
        executor = ActionExecutor()
        executor.register_package("actions")
        self._actions = frozenset(executor.actions)

    def refuse(self, request: Any) -> Refusal | None:
        """Return why a call is refused, or None."""
        if request.path == OPEN:
            return None
        if self._key and not is_signed_call(self._key, _signature(request), request.body):
            return 401, "the signature is missing or wrong: both servers need the same ACTION_KEY"
        if request.headers.get("Content-Encoding"):
            return 415, "a call is never compressed"  # the SDK would inflate it, without a limit
        if request.path == WEBHOOK and self.action_of(request) is None:
            return 404, "there is no such action"
        return None

    def action_of(self, request: Any) -> str | None:
        """Return the name of the action that is called, if there is one of that name."""
        try:
            name = request.json["next_action"]
        except Exception:  # any malformed body
            return None
        return name if isinstance(name, str) and name in self._actions else None

    def sign(self, request: Any, response: Any) -> None:
        """Add the signature to the answer of a signed call."""
        if self._key and _signature(request):
            response.headers[HEADER] = sign_answer(self._key, _signature(request), response.body or b"")


def _signature(request: Any) -> str:
    return str(request.headers.get(HEADER, ""))
