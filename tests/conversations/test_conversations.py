"""Whole conversations with the trained assistant, through the website channel."""

from __future__ import annotations

import pytest

from tests.conversations.playing import faults
from tests.conversations.scripts import Script, load_scripts
from tests.servers import RunningAssistant

SCRIPTS = load_scripts()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_person(script: Script, assistant: RunningAssistant) -> None:
    assert faults(script, assistant) == []
