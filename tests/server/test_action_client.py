"""Address at which the action client finds the action server."""

from __future__ import annotations

import pytest

from assistant.server.rasa.action_client import action_url

GIVEN = "https://actions.example/webhook"


@pytest.mark.parametrize(
    ("host", "port", "url"),
    [
        ("", "", GIVEN),
        ("", "6055", "http://127.0.0.1:6055/webhook"),
        ("actions", "", "http://actions:5055/webhook"),
    ],
)
def test_the_environment_wins_over_endpoints_yml(
    host: str, port: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTION_HOST", host)
    monkeypatch.setenv("ACTION_PORT", port)
    assert action_url(GIVEN) == url
