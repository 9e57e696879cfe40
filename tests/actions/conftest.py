"""People who talk to the trained assistant."""

from __future__ import annotations

import pytest

from tests.servers import RunningAssistant, Visitor


@pytest.fixture
def person(assistant: RunningAssistant) -> Visitor:
    """Somebody new."""
    return assistant.visitor()
