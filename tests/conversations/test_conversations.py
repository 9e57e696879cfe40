"""Whole conversations with the trained assistant, through the website channel."""

from __future__ import annotations

import pytest

from tests.conversations.playing import faults
from tests.conversations.scripts import Script, load_scripts
from tests.servers import RunningAssistant

SCRIPTS = load_scripts()
AWAITED = frozenset(
    {
        "answers_the_check_in_whole_sentences",
        "asks_about_breathing_in_the_middle_of_the_check",
        "asks_something_else_in_the_middle_of_the_check",
        "asks_why_during_the_check",
        "checks_and_has_a_metal_allergy",
        "checks_and_is_not_sure",
        "checks_and_nothing_stands_against",
        "deletes_everything_during_the_check",
        "goes_back_in_the_check",
        "reloads_in_the_middle_of_the_check",
        "said_it_earlier_and_is_not_asked_again",
        "stops_the_check_and_comes_back_to_it",
        "tries_to_trick_it",
    }
)
"""Talks in which the candidate check takes part: empty this once it is there."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_person(script: Script, assistant: RunningAssistant) -> None:
    if script.name in AWAITED:
        pytest.skip("the candidate check is not there yet")
    assert faults(script, assistant) == []
