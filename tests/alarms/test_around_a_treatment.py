"""Tests of alarms that depend on the phase: recently treated, booked or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.core.content.yaml_files import read_yaml
from tests.servers import RunningAssistant

_GROUPS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("around_a_treatment.yml"))


def _said(expected: str) -> Iterator[Any]:
    for group in _GROUPS:
        before = [group["after"]] if group["after"] else []
        for text in group.get(expected, []):
            yield pytest.param([*before, text], id=" / ".join([*before, text]))


def _answer(assistant: RunningAssistant, says: list[str]) -> list[dict[str, Any]]:
    visitor = assistant.visitor()
    return [said["metadata"] for said in [visitor.say(text) for text in says][-1]]


@pytest.mark.parametrize("says", _said("alarms"))
def test_it_is_an_alarm(says: list[str], assistant: RunningAssistant) -> None:
    assert "urgent" in [metadata["outcome"] for metadata in _answer(assistant, says)]


@pytest.mark.parametrize("says", _said("others"))
def test_it_is_none(says: list[str], assistant: RunningAssistant) -> None:
    answer = _answer(assistant, says)
    assert "urgent" not in [metadata["outcome"] for metadata in answer]
    assert "alarm" not in {key for metadata in answer for key in metadata}


@pytest.mark.parametrize("says", _said("shown_before"))
def test_it_is_to_be_shown_before_the_session(says: list[str], assistant: RunningAssistant) -> None:
    assert [metadata.get("alarm") for metadata in _answer(assistant, says)] == ["before_session"]
