"""Tests of the doctor: it finds problems that prevent a start, and reports how to fix them."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.core.validation.clinic_files import settle
from assistant.server.observability import metrics
from assistant.settings import Settings
from scripts import doctor
from testbed.environment import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with free ports and a state directory of their own."""
    monkeypatch.chdir(ROOT)
    return Settings(port=free_port(), state_dir=tmp_path / "state")


def variables(settings: Settings) -> dict[str, str]:
    """The settings as environment variables."""
    return {
        "PORT": str(settings.port),
        "STATE_DIR": str(settings.state_dir),
    }


@pytest.mark.parametrize(
    "name",
    ["settings", "ports", "state directory", "frameworks", "database", "redis", "clinic's files", "content"],
)
def test_nothing_is_wrong_with_the_defaults(healthy: Settings, name: str) -> None:
    assert list(doctor.EXAMINATIONS[name](healthy)) == []


def test_a_port_that_is_taken_is_found(healthy: Settings) -> None:
    with socket.create_server(("127.0.0.1", healthy.port)):
        assert "Stop what listens there" in "".join(doctor.ports(healthy))


def test_settings_are_read_as_the_assistant_reads_them(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "openssl rand" in "".join(doctor.values(Settings(session_key="short")))
    monkeypatch.setenv("ALLOWED_ORIGINS", "clinic.example")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-1")
    origins, token = doctor.values(healthy)
    assert origins.startswith("ALLOWED_ORIGINS: not an origin")
    assert token.startswith("SLACK_BOT_TOKEN: not such a token")


def test_what_can_not_be_used_has_its_default_in_the_other_examinations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "http")
    monkeypatch.setenv("DATABASE_URL", "mysql://u:SECRET@h/db")
    monkeypatch.setenv("RETENTION_DAYS", "7")
    settings = doctor.usable_settings()
    assert (settings.port, settings.database_url, settings.retention_days) == (5005, "", 7)
    port, url = doctor.values(settings)
    assert port.startswith("PORT: not a port")
    assert url.startswith("DATABASE_URL: unknown kind of database (got mysql://")


def test_a_state_directory_that_others_can_read_is_found_and_a_start_repairs_it(healthy: Settings) -> None:
    healthy.state_dir.mkdir()
    database = healthy.state_dir / "conversations.db"
    database.touch()
    database.chmod(0o644)
    healthy.state_dir.chmod(0o755)
    assert "others can read 2 of its files and folders; chmod -R go-rwx" in "".join(doctor.state(healthy))
    healthy.make_state_dir()
    assert list(doctor.state(healthy)) == []
    assert database.stat().st_mode & 0o777 == 0o600
    assert healthy.state_dir.stat().st_mode & 0o777 == 0o700


def test_storage_that_does_not_answer_is_found(healthy: Settings) -> None:
    port = free_port()
    settings = Settings(
        database_url=f"postgresql://a:SECRET@127.0.0.1:{port}/a", redis_url=f"redis://127.0.0.1:{port}"
    )
    found = "".join([*doctor.database(settings), *doctor.redis(settings)])
    assert "DATABASE_URL: " in found
    assert "REDIS_URL: " in found
    assert "SECRET" not in found


@pytest.fixture
def settings(healthy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic's settings beside this project's content, to be written."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "clinic").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clinic" / "settings.yml"


def test_what_is_said_in_an_emergency_is_shown_with_the_numbers_that_it_calls(
    healthy: Settings, settings: Path
) -> None:
    settings.write_text("clinic:\n  name: Ana\n  emergency_number: 000\n  phone: 020 7946 0123\n", "utf-8")
    said = list(doctor.emergencies(healthy))
    assert "emergency: Call the emergency number now: 000. (links: tel:000)" in said
    (urgent,) = [line for line in said if line.startswith("urgent: ")]
    assert "Call Ana on 020 7946 0123." in urgent
    assert urgent.endswith("Call 000. (links: tel:000, tel:02079460123)")


def test_a_broken_file_of_the_clinic_is_found_with_what_is_in_force_meanwhile(
    healthy: Settings, settings: Path
) -> None:
    settings.write_text("clinic:\n  emergency_number: 061\n", "utf-8")
    settle(Path("clinic"), Path("data"), healthy.state_dir)
    settings.write_text("clinic:\n\temergency_number: 061\n", "utf-8")
    issue, in_force = doctor.clinics_files(healthy)
    assert issue.startswith("clinic/settings.yml, line 2: a tab stands here")
    assert "the last good one counts" in in_force
    assert "emergency: Call the emergency number now: 061. (links: tel:061)" in list(
        doctor.emergencies(healthy)
    )


def test_broken_rules_of_the_clinic_are_found(healthy: Settings, settings: Path) -> None:
    settings.write_text("clinic: {}\n", "utf-8")
    rules = (ROOT / "clinic" / "aftercare.example.yml").read_text("utf-8")
    settings.with_name("aftercare.yml").write_text(rules.replace("PT48H", "48 hours"), "utf-8")
    issue, in_force = doctor.clinics_files(healthy)
    assert "(no-make-up), end: is not an ISO 8601 duration (got 48 hours" in issue
    assert in_force == "clinic/aftercare.yml: fix it; until then the assistant does not start"


def test_it_says_what_to_fix_and_nothing_else(healthy: Settings, settings: Path) -> None:
    """No traceback, and no warnings of libraries."""
    settings.write_text("clinic:\n  name: Studio: Ana\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "scripts.doctor"],
        env={**os.environ, **variables(healthy), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "FIX   clinic's files\n      clinic/settings.yml, line 2: a colon inside a text" in done.stdout
    assert {line[:6] for line in done.stdout.splitlines()} <= {
        "ok    ",
        "FIX   ",
        "note  ",
        "says  ",
        "      ",
    }


def test_the_dashboard_asks_for_metrics_that_there_are() -> None:
    text = (ROOT / "deploy" / "grafana-dashboard.json").read_text("utf-8")
    asked = set(
        re.findall(
            r"assistant_[a-z_]+?(?=_bucket|_total|\b)",
            " ".join(target["expr"] for panel in json.loads(text)["panels"] for target in panel["targets"]),
        )
    )
    assert asked
    assert asked <= set(re.findall(r'"(assistant_\w+)"', Path(str(metrics.__file__)).read_text("utf-8")))
