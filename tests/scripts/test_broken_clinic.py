"""Tests that each server refuses invalid clinic files if it is started without scripts.serve, which checks for both."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from assistant.core.content.issues import ContentError
from assistant.core.validation.clinic_files import VARIABLE
from assistant.nlg.response_generator import ResponseGenerator
from testbed.environment import free_port

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "clinic" / "aftercare.example.yml").read_text("utf-8")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic whose rules have a wrong duration, which only actions would notice."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / "settings.yml").write_text("clinic: {}\n", "utf-8")
    (tmp_path / "aftercare.yml").write_text(RULES.replace("PT48H", "48 hours"), "utf-8")
    return tmp_path


def test_the_action_server_says_what_is_wrong_and_ends(broken: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "actions.server"],
        env={**os.environ, "ACTION_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert f"{broken}/aftercare.yml, line " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_assistant_does_not_start_either(broken: Path) -> None:
    with pytest.raises(ContentError, match="is not an ISO 8601 duration"):
        ResponseGenerator(EndpointConfig(), Domain.empty())
    (broken / "aftercare.yml").unlink()
    ResponseGenerator(EndpointConfig(), Domain.empty())
