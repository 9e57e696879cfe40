"""Slack settings from the environment, through credentials.yml, and the channel's own texts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, root_validator, validator

from assistant import settings
from assistant.core.content.texts import load_texts

TEXTS = load_texts("slack")

SLACKS_OWN_API = "https://slack.com/api/"
_NO_BOT_TOKEN = "it begins with xoxb-; see OAuth & Permissions in the app's settings"
_NO_CONNECTION = "see Basic Information in the app's settings; or set SLACK_APP_TOKEN for Socket Mode"


class Settings(settings.Settings):
    """The assistant's settings and Slack's own."""

    bot_token: str = Field(default="", env="SLACK_BOT_TOKEN", repr=False)
    signing_secret: str = Field(default="", env="SLACK_SIGNING_SECRET", repr=False)
    app_token: str = Field(default="", env="SLACK_APP_TOKEN", repr=False)
    api_url: str = Field(default=SLACKS_OWN_API, env="SLACK_API_URL")
    public_url: str = Field(default="", env="SLACK_PUBLIC_URL")
    """The assistant's URL for browsers; without it, calendars are sent as files."""

    @property
    def is_on(self) -> bool:
        """Return whether Slack is configured."""
        return bool(self.bot_token)

    def is_response_url(self, url: str) -> bool:
        """Return whether a `response_url` is Slack's: an answer must not be posted to any other host."""
        given, api = urlsplit(url), urlsplit(self.api_url)
        return given.scheme == api.scheme and given.netloc in (api.netloc, f"hooks.{api.netloc}")

    @validator("bot_token")
    def _begins_as_a_bots(cls, token: str) -> str:
        return _token(token, "xoxb-")

    @validator("app_token")
    def _begins_as_an_apps(cls, token: str) -> str:
        return _token(token, "xapp-")

    @validator("api_url", "public_url")
    def _is_address(cls, text: str) -> str:
        if not text.startswith(("http://", "https://")):
            raise ValueError(f"not an address (got {text!r} / expected https://example.org)")
        return text.rstrip("/") + "/"

    @root_validator(skip_on_failure=True)
    def _refuse_half(cls, values: dict[str, Any]) -> dict[str, Any]:
        bot, secret, app = (values[name] for name in ("bot_token", "signing_secret", "app_token"))
        if (secret or app) and not bot:
            raise _missing("SLACK_BOT_TOKEN", _NO_BOT_TOKEN)
        if bot and not (secret or app):
            raise _missing("SLACK_SIGNING_SECRET", _NO_CONNECTION)
        return values


def _token(token: str, beginning: str) -> str:
    if not token.startswith(beginning):
        raise ValueError(f"not such a token (expected one that begins with {beginning})")
    return token


def _missing(name: str, fix: str) -> ValueError:
    return ValueError(f"{name}: missing, while other Slack settings are there ({fix})")
