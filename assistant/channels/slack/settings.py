"""What can be set from the environment, by way of credentials.yml. Without Slack's settings the channel is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.exceptions import InvalidConfigException

from assistant.server.http.settings import Settings as WebsiteSettings

SLACKS_OWN_API = "https://slack.com/api/"
_SECRETS = ("bot_token", "signing_secret", "app_token")
_OF_THE_SERVER = ("state_dir", "retention_days", "metrics_port", "metrics_interface")


@dataclass(frozen=True)
class Settings:
    """The Slack channel's settings, checked; an empty value means its default."""

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
        """Whether there is a Slack to talk to."""
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


def _refuse_half(values: Mapping[str, str]) -> None:
    bot, secret, app = (values.get(key, "") for key in _SECRETS)
    if not (bot or secret or app):
        return
    if not bot:
        raise _missing(
            "SLACK_BOT_TOKEN", "it begins with xoxb-; see OAuth & Permissions in the app's settings"
        )
    if not (secret or app):
        raise _missing(
            "SLACK_SIGNING_SECRET",
            "see Basic Information in the app's settings; or set SLACK_APP_TOKEN for Socket Mode",
        )
    for name, value, beginning in (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", app, "xapp-")):
        if value and not value.startswith(beginning):
            raise InvalidConfigException(
                f"{name}: not such a token (expected one that begins with {beginning})"
            )


def _missing(name: str, mend: str) -> InvalidConfigException:
    return InvalidConfigException(f"{name}: missing, while other Slack settings are there ({mend})")


def _address(name: str, text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise InvalidConfigException(f"{name}: not an address (got {text!r} / expected https://example.org)")
    return text and text.rstrip("/") + "/"


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise InvalidConfigException(
            f"MESSAGES_PER_MINUTE: not a number of times a minute (got {text!r} / expected a whole number from 1)"
        )
    return int(text)
