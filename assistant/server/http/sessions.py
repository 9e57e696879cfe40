"""Anonymous sessions: a signed token that carries the conversation id, and the key that signs it."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer
from rasa.shared.exceptions import InvalidConfigException

LIFETIME = timedelta(days=30)
_LENGTH = 32  # bytes


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


def signing_key(state_dir: Path, given: str) -> bytes:
    """Return `given` (SESSION_KEY) if it is not empty, else the key stored in `state_dir`."""
    if given:
        if len(given) < _LENGTH:
            raise InvalidConfigException(
                f"SESSION_KEY: too short (got {len(given)} characters / expected at least {_LENGTH}, "
                f"for example from `openssl rand -hex 32`)"
            )
        return given.encode()
    return _kept_key(state_dir / "session.key")


def _kept_key(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    path.chmod(0o600)
    key = path.read_bytes()
    if len(key) < _LENGTH:
        raise InvalidConfigException(
            f"{path}: damaged (got {len(key)} bytes / expected {_LENGTH}); delete it to have a new one made, "
            f"which ends every open conversation"
        )
    return key


def _make(path: Path) -> None:
    """Generate the key file atomically: of two processes starting together, the first link wins."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
