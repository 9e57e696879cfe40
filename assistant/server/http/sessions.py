"""Anonymous sessions: a signed token that names a conversation and can't be made by anyone else."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from itsdangerous import BadData, URLSafeTimedSerializer

LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Session:
    """A conversation, and the moment from which its token is worth nothing."""

    conversation: str
    expires_at: datetime


class Sessions:
    """Opens sessions and recognises them."""

    def __init__(self, key: bytes) -> None:
        """`key` is secret."""
        self._signer = URLSafeTimedSerializer(
            key, salt="website-session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def open(self) -> tuple[str, Session]:
        """A new token and its session; nobody can guess the conversation's id (192 bits)."""
        token = self._signer.dumps(f"website-{secrets.token_urlsafe(24)}")
        assert isinstance(token, str)
        return token, self._read(token)

    def recognise(self, token: str) -> Session | None:
        """The session of a token that was made here and hasn't expired, else none."""
        if not token.isascii():
            return None
        try:
            session = self._read(token)
        except BadData:
            return None
        # The signer's own max_age refuses tokens from the future: after a clock was set back, all of the last hour.
        return session if session.expires_at > datetime.now(timezone.utc) else None

    def _read(self, token: str) -> Session:
        conversation, made_at = self._signer.loads(token, return_timestamp=True)
        return Session(conversation, made_at + LIFETIME)
