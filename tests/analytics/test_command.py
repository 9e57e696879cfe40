"""Tests of `python -m assistant.analytics`."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.analytics.__main__ import main
from tests.analytics.conversations import Conversation, keep


def test_it_writes_a_page_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(tmp_path, Conversation("a").asks("does it hurt", "pain"), Conversation("b", 400).asks("old", "cost"))
    assert main([], {"state_dir": str(tmp_path)}) == 0
    assert str(tmp_path / "report" / "report.html") in capsys.readouterr().out
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "pain" in page
    assert "cost" not in page


def test_it_says_what_to_do_where_nobody_has_talked_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([], {"state_dir": str(tmp_path)}) == 1
    assert "has anybody talked" in capsys.readouterr().err


def test_a_setting_that_is_neither_yes_nor_no_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([], {"state_dir": str(tmp_path), "report_texts": "maybe"}) == 1
    assert "expected yes or no" in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_no_reason_to_tell_its_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([], {"database_url": "postgresql://me:secret@127.0.0.1:9/none"}) == 1
    error = capsys.readouterr().err
    assert "can't be read" in error
    assert "secret" not in error
