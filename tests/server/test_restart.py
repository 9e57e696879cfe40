"""Conversations survive a restart, and two servers share one database."""

from __future__ import annotations

from pathlib import Path

from tests.servers import MESSAGES, RunningAssistant, Visitor, is_problem


def test_conversations_survive_a_restart_and_two_servers_agree(stub_project: Path, tmp_path: Path) -> None:
    before = RunningAssistant(stub_project, tmp_path / "state", tmp_path / "one.log")
    visitor, leaver = before.visitor(), before.visitor()
    first = visitor.send(id="one", text="show me options").json()
    leaver.say("does it hurt")
    leaver.erase()
    history = visitor.history()
    before.stop()

    after = RunningAssistant(stub_project, tmp_path / "state", tmp_path / "two.log")
    beside = RunningAssistant(stub_project, tmp_path / "state", tmp_path / "three.log")
    try:
        for server in (after, beside):
            again = Visitor(server.base_url, token=visitor.token)
            assert again.history() == history
            assert again.send(id="one", text="show me options").json() == first
            assert is_problem(Visitor(server.base_url, token=leaver.token).http.get(MESSAGES), 401)
        at_one = Visitor(after.base_url, token=visitor.token)
        at_other = Visitor(beside.base_url, token=visitor.token)
        answer = at_one.send(id="two", payload="/pain").json()
        assert at_other.send(id="two", payload="/pain").json() == answer
        assert len(at_other.history()) == 4
        at_other.erase()
        assert is_problem(at_one.send(text="does it hurt"), 401)
    finally:
        after.stop()
        beside.stop()
    assert after.process.returncode == beside.process.returncode == 0
