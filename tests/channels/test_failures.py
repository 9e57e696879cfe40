"""Failures of the assistant: an apology for the person, the cause in the log, no user text."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.server.messages import apology
from tests.servers import MESSAGES, RunningAssistant, Visitor, is_problem

MARKER = "MARMALADE"


def lines_of(server: RunningAssistant, event: str) -> list[dict[str, Any]]:
    """The structured lines with that event, as they were logged."""
    return [
        json.loads(line[line.index("{") :])
        for line in server.output().splitlines()
        if f'"event": "{event}"' in line
    ]


FAILURES = ["please explode", "let the action fail", "be silent"]


@pytest.mark.parametrize("text", FAILURES)
def test_a_failed_turn_is_answered_with_an_apology(visitor: Visitor, text: str) -> None:
    assert visitor.say(text) == [apology()]
    assert apology()["metadata"] == {"topic": "out_of_scope", "outcome": "error"}


@pytest.mark.parametrize("text", FAILURES)
def test_a_failed_turn_is_in_the_history_and_counts_once(visitor: Visitor, text: str) -> None:
    assert visitor.say(text, id="one") == visitor.say(text, id="one") == [apology()]
    user, assistant = visitor.history()
    assert (user["text"], assistant["text"]) == (text, apology()["text"])


def test_after_a_failed_turn_the_conversation_goes_on(visitor: Visitor) -> None:
    for text in FAILURES:
        visitor.say(text)
        assert visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"


def test_a_failed_turn_leaves_its_cause_in_the_log(standin: RunningAssistant, visitor: Visitor) -> None:
    for text in FAILURES:
        visitor.say(text)
    causes = [line["cause"] for line in lines_of(standin, "turn_failed")]
    assert any("ValueError (" in cause and "breakable.py" in cause for cause in causes)
    assert lines_of(standin, "turn_unanswered")
    assert lines_of(standin, "action_server_failed")
    assert "Traceback" not in standin.output()


def test_every_turn_leaves_one_line_in_the_log(standin: RunningAssistant, visitor: Visitor) -> None:
    before = len(lines_of(standin, "turn"))
    visitor.say("does it hurt")
    visitor.say("please explode")
    answered, failed = lines_of(standin, "turn")[before:]
    assert (answered["channel"], answered["topic"], answered["outcome"]) == ("website", "pain", "answered")
    assert answered["confidence"] == 1.0
    assert 0 < answered["milliseconds"] < 5000
    assert (failed["topic"], failed["outcome"], failed["confidence"]) == ("out_of_scope", "error", None)
    assert answered["conversation"] == failed["conversation"]


def test_a_repeated_message_is_no_turn(standin: RunningAssistant, visitor: Visitor) -> None:
    visitor.say("does it hurt", id="one")
    before = len(lines_of(standin, "turn"))
    visitor.say("does it hurt", id="one")
    assert len(lines_of(standin, "turn")) == before


def test_no_log_holds_what_a_person_wrote(standin: RunningAssistant, visitor: Visitor) -> None:
    texts = [
        "does it hurt",
        "show me options",
        "unknown things",
        "name a missing slot",
        *FAILURES,
        "/restart",
        '/pain{"condition": "',
        '/pain{"condition": 1} and',
        "/nothing",
    ]
    for text in texts:
        visitor.say(f"{text} {MARKER}")
    visitor.send(text=f"\x00 {MARKER}")
    visitor.send(text=MARKER * 1000)
    visitor.send(payload=f"/{MARKER}")
    visitor.send(id=MARKER, text="x", timezone=MARKER, **{MARKER: 1})
    visitor.send_raw(b'{"text": "\xff' + MARKER.encode())
    visitor.http.get(f"/{MARKER}", params={"q": MARKER}, headers={"User-Agent": MARKER, "Origin": MARKER})
    assert MARKER in json.dumps(visitor.history())
    output = standin.output()
    assert MARKER not in output
    assert visitor.token not in output
    assert "I was told" not in output  # nor its beginning, which Breakable logs
    assert not re.search(r"website-[\w-]{16,}", output)


def test_no_telemetry_is_sent(standin: RunningAssistant) -> None:
    assert "sentry" not in standin.output().lower()


def test_a_turn_that_storage_refuses_is_a_problem_and_leaks_nothing(
    stub_project: Path, tmp_path: Path
) -> None:
    server = RunningAssistant(stub_project, tmp_path / "state", tmp_path / "server.log")
    try:
        visitor = server.visitor()
        visitor.say("does it hurt")
        with closing(sqlite3.connect(server.state_dir / "conversations.db")) as database:
            database.execute("ALTER TABLE events RENAME TO elsewhere")
            refused = visitor.send(text=f"does it hurt {MARKER}")
            assert is_problem(refused, 503)
            assert int(refused.headers["retry-after"]) >= 1
            assert is_problem(visitor.http.get(MESSAGES), 503)
            assert is_problem(visitor.http.get("/health/ready"), 503)
            assert visitor.http.get("/health/live").status_code == 200
            database.execute("ALTER TABLE elsewhere RENAME TO events")
            database.execute(
                "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(FAIL, 'disk full'); END"
            )
            assert is_problem(visitor.send(id="late", text=f"does it hurt {MARKER}"), 503)
            assert is_problem(
                visitor.send(text=f"please explode {MARKER}"), 503
            )  # nor can its apology be kept
            database.execute("DROP TRIGGER full")
        assert visitor.http.get("/health/ready").status_code == 200
        assert len(visitor.history()) == 2
        assert visitor.say("does it hurt", id="late")[0]["metadata"]["outcome"] == "answered"
        assert len(visitor.history()) == 4
        assert server.output().count('"request_failed"') >= 3
        assert "failed_turn_not_stored" in server.output()
        assert MARKER not in server.output()
    finally:
        server.stop()


def test_without_a_model_the_server_lives_but_is_not_ready(stub_project: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(stub_project, project, ignore=shutil.ignore_patterns("models"))
    (project / "models").mkdir()
    (project / "models" / "broken.tar.gz").write_bytes(b"no archive at all")
    server = RunningAssistant(project, tmp_path / "state", tmp_path / "server.log", health="live")
    try:
        visitor = server.visitor()
        assert visitor.history() == []
        for answer in (visitor.http.get("/health/ready"), visitor.send(text="does it hurt")):
            assert is_problem(answer, 503)
            assert int(answer.headers["retry-after"]) >= 1
    finally:
        server.stop()
