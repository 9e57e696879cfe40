"""Settings of the server and the website channel, from the environment through credentials.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.exceptions import InvalidConfigException


@dataclass(frozen=True)
class Settings:
    """Validated settings of the website channel. An empty value means the default."""

    state_dir: Path = Path(".state")
    messages_per_minute: int = 30
    sessions_per_minute: int = 10
    allowed_origins: frozenset[str] = frozenset()
    session_key: str = ""
    redis_url: str = ""
    retention_days: int = 30
    metrics_port: int = 0
    """No metrics are served if 0."""
    metrics_interface: str = "127.0.0.1"

    @classmethod
    def read(cls, given: Mapping[str, object] | None) -> Settings:
        """Read a section of credentials.yml, in which ${VARIABLES} have been replaced by strings."""
        values = {key: str(value).strip() for key, value in (given or {}).items() if value is not None}
        _refuse_unknown(values)
        return cls(
            state_dir=Path(values.get("state_dir") or cls.state_dir),
            messages_per_minute=_count("messages_per_minute", values, cls.messages_per_minute),
            sessions_per_minute=_count("sessions_per_minute", values, cls.sessions_per_minute),
            allowed_origins=frozenset(_origins(values.get("allowed_origins", ""))),
            session_key=values.get("session_key", ""),
            redis_url=values.get("redis_url", ""),
            retention_days=_count("retention_days", values, cls.retention_days, "a number of days"),
            metrics_port=_count("metrics_port", values, 0, "a port") if values.get("metrics_port") else 0,
            metrics_interface=values.get("metrics_interface") or cls.metrics_interface,
        )


def _refuse_unknown(values: Mapping[str, str]) -> None:
    known = set(Settings.__dataclass_fields__)
    for key in values:
        if key not in known:
            raise InvalidConfigException(
                f"credentials.yml: unknown setting (got {key!r} / expected one of {sorted(known)})"
            )


def _count(
    key: str, values: Mapping[str, str], default: int, what: str = "a number of times a minute"
) -> int:
    text = values.get(key) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise InvalidConfigException(
            f"{key.upper()}: not {what} (got {text!r} / expected a whole number from 1)"
        )
    return int(text)


def _origins(text: str) -> list[str]:
    origins = [origin.strip().rstrip("/").lower() for origin in text.split(",") if origin.strip()]
    for origin in origins:
        if origin != "*" and "://" not in origin:
            raise InvalidConfigException(
                f"ALLOWED_ORIGINS: not an origin (got {origin!r} / expected https://example.org or *)"
            )
    return origins
