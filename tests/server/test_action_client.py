"""Where the action client finds the action server."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.utils.endpoints import EndpointConfig

from assistant.server.rasa.action_client import ActionClient, use_action_client

GIVEN = "https://actions.example/webhook"


def url_of_client() -> str:
    agent: Any = SimpleNamespace(
        action_endpoint=EndpointConfig(GIVEN, enable_selective_domain=True), processor=None
    )
    use_action_client(agent)
    client = agent.action_endpoint
    assert isinstance(client, ActionClient)
    assert client.kwargs == {"enable_selective_domain": True}
    return str(client.url)


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
    assert url_of_client() == url
