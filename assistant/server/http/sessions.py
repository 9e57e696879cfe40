"""Anonymous sessions: a signed token that carries the conversation id."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from itsdangerous import BadData, URLSafeTimedSerializer

LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Session:
    """A conversation and the time at which its token expires."""

    conversation: str
    expires_at: datetime


class Sessions:
    """Issues and verifies session tokens."""

    def __init__(self, key: bytes) -> None:
        """`key` is the secret signing key."""
        self._signer = URLSafeTimedSerializer(
            key, salt="website-session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def open(self) -> tuple[str, Session]:
        """Return a new token and its session. The conversation id is random (192 bits)."""
        token = self._signer.dumps(f"website-{secrets.token_urlsafe(24)}")
        assert isinstance(token, str)
        return token, self._read(token)

    def recognise(self, token: str) -> Session | None:
        """Return the session of a valid, unexpired token, else None."""
        if not token.isascii():
            return None
        try:
            session = self._read(token)
        except BadData:
            return None
        # The signer's own max_age rejects tokens from the future: after a clock was set back, all recent ones.
        return session if session.expires_at > datetime.now(timezone.utc) else None

    def _read(self, token: str) -> Session:
        conversation, made_at = self._signer.loads(token, return_timestamp=True)
        return Session(conversation, made_at + LIFETIME)
