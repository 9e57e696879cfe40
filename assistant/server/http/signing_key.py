"""The key that signs sessions: from the environment, or generated at the first start and stored."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from rasa.shared.exceptions import InvalidConfigException

_LENGTH = 32  # bytes


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
