"""Tests of an outage of the action server and of the recovery."""

from __future__ import annotations

from pathlib import Path

from testbed.environment import free_port
from tests.servers import ROOT, RunningActions, RunningAssistant


def test_plain_answers_go_on_computed_ones_turn_general_and_the_date_is_kept(tmp_path: Path) -> None:
    port = free_port()
    assistant = RunningAssistant(ROOT, tmp_path / "state", tmp_path / "log", ACTION_PORT=str(port))
    try:
        person = assistant.visitor()
        [timeline] = person.say("i had it done yesterday at 3pm", timezone="Europe/Madrid")
        assert "can't work out dates right now" in timeline["text"]
        [plain] = person.say("how does it work")
        assert plain["metadata"]["topic"] == "how_it_works"
        assert "right now" not in plain["text"]
        [general] = person.say("can i take ibuprofen")
        assert "can't work out dates right now" in general["text"]
        assert general["metadata"]["topic"] == "after_pain_relief"
        assert general["metadata"]["sources"]
        [urgent] = person.say("there is pus and i have a fever")
        assert urgent["metadata"]["outcome"] == "urgent"
        actions = RunningActions(tmp_path / "actions.log", port)
        try:
            [dated] = person.say("and advil?")
            assert dated["metadata"]["verdict"] == "not_yet"
        finally:
            actions.stop()
        [again] = person.say("can i take ibuprofen")
        assert "can't work out dates right now" in again["text"]
    finally:
        assistant.stop()
