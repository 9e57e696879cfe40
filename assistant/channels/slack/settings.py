"""Slack settings, from the environment through credentials.yml. Without them the channel is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.exceptions import InvalidConfigException

SLACKS_OWN_API = "https://slack.com/api/"
_SECRETS = ("bot_token", "signing_secret", "app_token")


@dataclass(frozen=True)
class Settings:
    """Validated settings of the Slack channel. An empty value means the default."""

    bot_token: str = ""
    signing_secret: str = ""
    app_token: str = ""
    api_url: str = SLACKS_OWN_API
    public_url: str = ""
    """The assistant's URL for browsers; without it, calendars are sent as files."""
    redis_url: str = ""
    state_dir: Path = Path(".state")
    session_key: str = ""
    """The website channel's key, which signs calendar links."""
    messages_per_minute: int = 30

    @property
    def is_on(self) -> bool:
        """Return whether Slack is configured."""
        return bool(self.bot_token)

    @classmethod
    def read(cls, given: Mapping[str, object] | None) -> Settings:
        """Read a section of credentials.yml; an incomplete one raises with the name of the missing setting."""
        values = {key: str(value).strip() for key, value in (given or {}).items() if value is not None}
        _refuse_unknown(values)
        _refuse_half(values)
        return cls(
            **{key: values.get(key, "") for key in (*_SECRETS, "redis_url", "session_key")},
            state_dir=Path(values.get("state_dir") or cls.state_dir),
            api_url=_address("SLACK_API_URL", values.get("api_url") or SLACKS_OWN_API),
            public_url=_address("SLACK_PUBLIC_URL", values.get("public_url", "")),
            messages_per_minute=_count(values.get("messages_per_minute") or str(cls.messages_per_minute)),
        )


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
