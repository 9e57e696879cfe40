"""Settings of every process, read from the environment. The one home of their defaults; docs/settings.md explains them.

A field's name in capitals is its variable. An empty variable counts as one that is not set.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseSettings, Field, ValidationError, root_validator, validator

from assistant.urls import (
    DATABASE_EXAMPLE,
    DATABASES,
    REDIS_EXAMPLE,
    REDISES,
    check_url,
    read_hosts,
    read_origins,
)

SHORTEST_KEY: Final = 32
"""Characters of a key that signs something."""
_LONGEST_SOCKET: Final = 100  # bytes; the systems' limits are 104 and 108

Self = TypeVar("Self", bound="Settings")


class SettingsError(ValueError):
    """Settings that can't be used; one line for each, without the value of a secret."""

    def __init__(self, lines: list[str], fields: frozenset[str]) -> None:
        """Names of the `fields` that are wrong, where single ones are."""
        super().__init__("\n".join(lines))
        self.fields = fields


class Settings(BaseSettings):
    """Settings of the assistant and the action server."""

    port: int = 5005
    interface: str = "127.0.0.1"
    action_port: int = 5055
    action_host: str = "127.0.0.1"
    sanic_host: str = "127.0.0.1"
    """Address that the action server listens on."""
    action_socket: Path | None = None
    """Unix socket that the action server listens on instead, where both servers are on one machine."""
    action_key: str = Field(default="", repr=False)
    """Key that signs the calls of the action server and its answers."""
    state_dir: Path = Path(".state")
    messages_per_minute: int = 30
    sessions_per_minute: int = 10
    messages_per_conversation: int = 300
    connections_per_address: int = 0
    """0 for as many as the process may have files; see assistant/server/http/connections.py."""
    request_seconds: int = 10
    """Within which the head of a request has to arrive, and then its body."""
    allowed_hosts: frozenset[str] = frozenset()
    allowed_origins: frozenset[str] = frozenset()
    session_key: str = Field(default="", repr=False)
    database_url: str = Field(default="", repr=False)
    redis_url: str = Field(default="", repr=False)
    retention_days: int = 30
    metrics_port: int = 0
    """0 for no metrics."""
    metrics_interface: str = "127.0.0.1"

    class Config:
        """Of pydantic."""

        allow_mutation = False
        validate_all = False

        @classmethod
        def parse_env_var(cls, field_name: str, raw_val: str) -> Any:
            """Leave lists to the validators; pydantic expects JSON."""
            return raw_val

    @classmethod
    def read(cls: type[Self], given: Mapping[str, object] | None = None) -> Self:
        """Read the environment; what is `given`, by the names of the fields, takes precedence.

        Raises:
            SettingsError: a setting is unknown or can't be used.
        """
        try:
            return cls.parse_obj(
                {name: value for name, value in (given or {}).items() if not _is_empty(value)}
            )
        except ValidationError as error:
            raise cls._explained(error) from None

    @classmethod
    def read_or_exit(cls: type[Self]) -> Self:
        """Read the environment for a command, which ends with exit code 2 where a setting is wrong."""
        try:
            return cls.read()
        except SettingsError as error:
            print(error, file=sys.stderr)
            sys.exit(2)

    @property
    def conversations(self) -> Path:
        """SQLite file of the conversations where there is no `database_url`."""
        return self.state_dir / "conversations.db"

    @property
    def action_url(self) -> str:
        """Webhook of the action server."""
        return f"http://{self.action_host}:{self.action_port}/webhook"

    def make_state_dir(self) -> Path:
        """Make the state directory where it is missing, and keep it and what this process writes to its owner.

        A directory that others can read is repaired, with all that is in it.

        Raises:
            SettingsError: it is somebody else's, so it can't be repaired.
        """
        os.umask(0o077)
        self.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in exposed_paths(self.state_dir):
            try:
                path.chmod(path.stat().st_mode & 0o700)
            except PermissionError:
                line = f"STATE_DIR: others can read {path}, which only its owner can change; choose another STATE_DIR"
                raise SettingsError([line], frozenset({"state_dir"})) from None
        return self.state_dir

    @classmethod
    def variable(cls, field: str) -> str:
        """Environment variable of a field."""
        (name,) = cls.__fields__[field].field_info.extra["env_names"]
        return str(name).upper()

    @classmethod
    def _explained(cls, error: ValidationError) -> SettingsError:
        issues = {str(each["loc"][0]): each["msg"] for each in error.errors()}
        known = frozenset(issues) & frozenset(cls.__fields__)
        return SettingsError([cls._line(*issue) for issue in issues.items()], known)

    @classmethod
    def _line(cls, field: str, message: str) -> str:
        if field == "__root__":
            return message
        if field not in cls.__fields__:
            return (
                f"credentials.yml: unknown setting (got {field!r} / expected one of {sorted(cls.__fields__)})"
            )
        return f"{cls.variable(field)}: {message}"

    @root_validator(pre=True)
    def _drop_empty(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: _stripped(value) for name, value in values.items() if not _is_empty(value)}

    @validator("port", "action_port", pre=True)
    def _read_port(cls, value: object) -> int:
        return whole_number(value, "a port", "a number from 1 to 65535", 65535)

    @validator("action_key")
    def _check_action_key(cls, key: str) -> str:
        if len(key) < SHORTEST_KEY:
            raise ValueError(
                f"too short (got {len(key)} characters / expected at least {SHORTEST_KEY}, "
                f"for example from `openssl rand -hex 32`)"
            )
        return key

    @validator("action_socket")
    def _check_action_socket(cls, path: Path) -> Path:
        length = len(os.fsencode(path))
        if length > _LONGEST_SOCKET:
            raise ValueError(
                f"too long for a socket (got {length} bytes / expected at most {_LONGEST_SOCKET}); "
                f"choose a shorter STATE_DIR"
            )
        return path

    @validator("metrics_port", pre=True)
    def _read_metrics_port(cls, value: object) -> int:
        return whole_number(value, "a port", largest=65535)

    @validator("messages_per_minute", "sessions_per_minute", pre=True)
    def _read_rate(cls, value: object) -> int:
        return whole_number(value, "a number of times a minute")

    @validator("messages_per_conversation", pre=True)
    def _read_ceiling(cls, value: object) -> int:
        return whole_number(value, "a number of messages")

    @validator("connections_per_address", pre=True)
    def _read_connections(cls, value: object) -> int:
        return whole_number(value, "a number of connections")

    @validator("request_seconds", pre=True)
    def _read_seconds(cls, value: object) -> int:
        return whole_number(value, "a number of seconds")

    @validator("allowed_hosts", pre=True)
    def _read_hosts(cls, value: object) -> frozenset[str]:
        return value if isinstance(value, frozenset) else frozenset(read_hosts(str(value)))

    @validator("retention_days", pre=True)
    def _read_days(cls, value: object) -> int:
        return whole_number(value, "a number of days")

    @validator("allowed_origins", pre=True)
    def _read_origins(cls, value: object) -> frozenset[str]:
        return value if isinstance(value, frozenset) else frozenset(read_origins(str(value)))

    @validator("database_url")
    def _check_database_url(cls, url: str) -> str:
        return check_url(url, DATABASES, DATABASE_EXAMPLE, forbidden="@")

    @validator("redis_url")
    def _check_redis_url(cls, url: str) -> str:
        return check_url(url, REDISES, REDIS_EXAMPLE, forbidden="@/?#[]")


def exposed_paths(folder: Path) -> list[Path]:
    """Return the folder and what is in it as far as others than the owner have rights to it."""
    exposed = []
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):  # a database's own files come and go
            if not path.is_symlink() and path.stat().st_mode & 0o077:
                exposed.append(path)
    return exposed


def whole_number(
    value: object, what: str, expected: str = "a whole number from 1", largest: int | None = None
) -> int:
    """Return the value of a setting that counts something."""
    text = str(value)
    if not text.isascii() or not text.isdigit() or int(text) < 1 or (largest and int(text) > largest):
        raise ValueError(f"not {what} (got {text!r} / expected {expected})")
    return int(text)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
