"""Slack settings, from the environment through credentials.yml. Without them the channel is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, root_validator, validator

from assistant import settings

from assistant.server.http.settings import Settings as WebsiteSettings

SLACKS_OWN_API = "https://slack.com/api/"
_SECRETS = ("bot_token", "signing_secret", "app_token")
_OF_THE_SERVER = ("state_dir", "retention_days", "metrics_port", "metrics_interface")


class Settings(settings.Settings):
    """The assistant's settings and Slack's own."""

    bot_token: str = ""
    signing_secret: str = ""
    app_token: str = ""
    api_url: str = SLACKS_OWN_API
    public_url: str = ""
    """Where people's browsers reach the assistant; without it a calendar is sent as a file."""
    redis_url: str = ""
    state_dir: Path = Path(".state")
    session_key: str = ""
    """The website's, which links to calendars are signed with."""
    messages_per_minute: int = 30
    retention_days: int = 30
    metrics_port: int = 0
    metrics_interface: str = "127.0.0.1"

    @property
    def is_on(self) -> bool:
        """Return whether Slack is configured."""
        return bool(self.bot_token)

    @classmethod
    def read(cls, given: Mapping[str, object] | None) -> Settings:
        """From a section of credentials.yml; with half of Slack's settings it says which one is missing."""
        values = {key: str(value).strip() for key, value in (given or {}).items() if value is not None}
        _refuse_unknown(values)
        _refuse_half(values)
        texts: dict[str, Any] = {key: values.get(key, "") for key in (*_SECRETS, "redis_url", "session_key")}
        return cls(
            **_of_the_server(values),
            **texts,
            api_url=_address("SLACK_API_URL", values.get("api_url") or SLACKS_OWN_API),
            public_url=_address("SLACK_PUBLIC_URL", values.get("public_url", "")),
            messages_per_minute=_count(values.get("messages_per_minute") or str(cls.messages_per_minute)),
        )


def _of_the_server(values: Mapping[str, str]) -> dict[str, Any]:
    read = WebsiteSettings.read({key: values.get(key, "") for key in _OF_THE_SERVER})
    return {key: getattr(read, key) for key in _OF_THE_SERVER}


def _refuse_unknown(values: Mapping[str, str]) -> None:
    known = set(Settings.__dataclass_fields__)
    for key in values:
        if key not in known:
            raise InvalidConfigException(
                f"credentials.yml: unknown setting (got {key!r} / expected one of {sorted(known)})"
            )


def _missing(name: str, fix: str) -> ValueError:
    return ValueError(f"{name}: missing, while other Slack settings are there ({fix})")
