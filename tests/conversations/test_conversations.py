"""Tests of whole conversations with the trained assistant, through the website channel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.core.content.yaml_files import read_yaml
from tests.conversations.player import issues
from tests.conversations.scripts import Script, load_scripts
from tests.servers import RunningAssistant

KNOWN_FAILURES: dict[str, str] = read_yaml(Path(__file__).with_name("known_failures.yml"))
SCRIPTS = {script.name: script for script in load_scripts()}


def _marked(name: str) -> Any:
    reason = KNOWN_FAILURES.get(name)
    marks: list[Any] = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    if any(turn.timeline for turn in SCRIPTS[name].turns):
        marks.append(pytest.mark.dated)
    return pytest.param(SCRIPTS[name], id=name, marks=marks)


@pytest.mark.parametrize("script", [_marked(name) for name in SCRIPTS])
def test_the_person(script: Script, assistant: RunningAssistant) -> None:
    assert issues(script, assistant) == []


def test_what_is_known_to_fail_is_a_talk() -> None:
    assert set(KNOWN_FAILURES) <= set(SCRIPTS)
