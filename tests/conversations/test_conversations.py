"""Whole conversations with the trained assistant, through the website channel."""

from __future__ import annotations

import pytest

from tests.conversations.playing import faults
from tests.conversations.scripts import Script, load_scripts
from tests.servers import RunningAssistant

SCRIPTS = load_scripts()
_CHECK = {"answers_check", "asks_check", "same_check_as", "never_asks", "conditions"}
AWAITED = frozenset(
    script.name for script in SCRIPTS if any(_CHECK & turn.__fields_set__ for turn in script.turns)
)
"""Talks in which the candidate check takes part: empty this once it is there."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_person(script: Script, assistant: RunningAssistant) -> None:
    if script.name in AWAITED:
        pytest.skip("the candidate check is not there yet")
    assert faults(script, assistant) == []
