"""Slack settings: off if absent, rejected before start-up if incomplete."""

from __future__ import annotations

import pytest
from rasa.shared.exceptions import InvalidConfigException

from assistant.channels.slack.settings import SLACKS_OWN_API, Settings
from assistant.server.settings import read


@pytest.mark.parametrize(
    "given", [None, {}, {"bot_token": "", "api_url": ""}, {"api_url": "http://127.0.0.1:1"}]
)
def test_without_slacks_settings_the_channel_is_off(given: dict[str, object] | None) -> None:
    assert not read(Settings, given).is_on


@pytest.mark.parametrize("second", [{"signing_secret": "s"}, {"app_token": "xapp-1"}])
def test_with_a_bot_token_and_one_way_to_connect_it_is_on(second: dict[str, object]) -> None:
    settings = read(Settings, {"bot_token": "xoxb-1", **second})
    assert settings.is_on
    assert settings.api_url == SLACKS_OWN_API


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"bot_token": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"signing_secret": "s"}, "SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-1"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_with_half_of_them_it_says_which_one_is_missing(given: dict[str, object], missing: str) -> None:
    with pytest.raises(InvalidConfigException, match=f"^{missing}: missing"):
        read(Settings, given)


@pytest.mark.parametrize(
    "given",
    [
        {"bot_token": "xapp-marmalade", "signing_secret": "s"},
        {"bot_token": "xoxb-1", "app_token": "xoxb-marmalade"},
        {"bot_token": "xoxb-1", "signing_secret": "s", "public_url": "assistant.example"},
        {"bot_token": "xoxb-1", "signing_secret": "s", "messages_per_minute": "many"},
        {"colour": "green"},
    ],
)
def test_what_can_not_be_right_is_refused_without_repeating_a_secret(given: dict[str, object]) -> None:
    with pytest.raises(InvalidConfigException, match="expected") as refusal:
        read(Settings, given)
    assert "marmalade" not in str(refusal.value)


def test_an_address_may_end_with_a_slash_or_not() -> None:
    given = {"bot_token": "xoxb-1", "signing_secret": "s", "api_url": "http://127.0.0.1:1/api"}
    assert (
        read(Settings, given).api_url
        == read(Settings, {**given, "api_url": "http://127.0.0.1:1/api/"}).api_url
    )
