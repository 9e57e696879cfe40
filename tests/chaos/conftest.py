"""Programs of the slow tests, as for the cluster and Slack, and a visitor whose words nobody else may see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.slack.conftest import slack, workspace_and_assistant
from tests.cluster.conftest import nginx, postgres, programs, redis
from tests.servers import RunningAssistant, Visitor

__all__ = ["nginx", "postgres", "programs", "redis", "slack", "workspace_and_assistant"]

SECRET = "MARMALADE-OF-SOMEBODY-ELSE"


@pytest.fixture
def victim(assistant: RunningAssistant) -> Iterator[Visitor]:
    """Visitor whose conversation holds the secret, and has to be the same afterwards."""
    visitor = assistant.visitor()
    visitor.say(f"does it hurt {SECRET}")
    before = visitor.history()
    yield visitor
    assert visitor.history() == before
