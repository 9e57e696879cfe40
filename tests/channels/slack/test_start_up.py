"""Start-up with no, incomplete and wrong Slack settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException

from assistant.channels.slack.settings import Settings
from assistant.server.settings import read
from testbed.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from tests.channels.slack.conftest import start
from tests.servers import RunningAssistant

HALF = {
    "only the bot's token": ({"bot_token": BOT_TOKEN}, "SLACK_SIGNING_SECRET"),
    "only the secret": ({"signing_secret": SIGNING_SECRET}, "SLACK_BOT_TOKEN"),
    "only the app's token": ({"app_token": APP_TOKEN}, "SLACK_BOT_TOKEN"),
    "secret and app's token": ({"signing_secret": SIGNING_SECRET, "app_token": APP_TOKEN}, "SLACK_BOT_TOKEN"),
    "tokens in each other's place": ({"bot_token": APP_TOKEN, "app_token": BOT_TOKEN}, "SLACK_BOT_TOKEN"),
    "a bot's token as the app's": (
        {"bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET, "app_token": BOT_TOKEN},
        "SLACK_APP_TOKEN",
    ),
    "an address that is none": (
        {"bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET, "api_url": "slack.com"},
        "SLACK_API_URL",
    ),
}


@pytest.mark.parametrize("name", HALF)
def test_what_is_missing_or_wrong_is_named(name: str) -> None:
    given, variable = HALF[name]
    with pytest.raises(InvalidConfigException, match=variable) as caught:
        read(Settings, given)
    assert not any(secret in str(caught.value) for secret in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET))


@pytest.mark.parametrize(
    "given", [{}, None, {"bot_token": "", "signing_secret": " "}, {"api_url": "http://127.0.0.1:1/api"}]
)
def test_without_settings_the_channel_is_off(given: dict[str, object] | None) -> None:
    assert not read(Settings, given).is_on


@pytest.mark.parametrize("second", [{"signing_secret": SIGNING_SECRET}, {"app_token": APP_TOKEN}])
def test_with_one_of_both_ways_to_connect_it_is_on(second: dict[str, str]) -> None:
    assert read(Settings, {"bot_token": BOT_TOKEN, **second}).is_on


def test_a_server_with_half_the_settings_does_not_start_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="SLACK_SIGNING_SECRET: missing") as caught:
        start(tmp_path, SLACK_BOT_TOKEN=BOT_TOKEN)
    assert BOT_TOKEN not in str(caught.value)


def test_where_slack_is_off_the_website_works_and_slack_finds_nothing(assistant: RunningAssistant) -> None:
    visitor = assistant.visitor()
    assert visitor.http.post("/webhooks/slack/webhook", json={}).status_code == 404
    assert visitor.say("does it hurt")
    assert visitor.http.get("/health/ready").json() == {"status": "ready"}
