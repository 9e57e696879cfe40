"""The doctor finds what would keep the assistant from starting, and says how to mend it."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from channels import metrics
from door import doctor
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Settings as the Makefile exports them."""
    monkeypatch.chdir(ROOT)
    ports = {"PORT": str(free_port()), "ACTION_PORT": str(free_port())}
    hosts = {"INTERFACE": "127.0.0.1", "SANIC_HOST": "127.0.0.1"}
    return {**ports, **hosts, "STATE_DIR": str(tmp_path / "state"), "DATABASE_URL": "", "REDIS_URL": ""}


@pytest.mark.parametrize("name", ["settings", "ports", "state directory", "database", "redis", "content"])
def test_nothing_is_wrong_with_the_defaults(healthy: dict[str, str], name: str) -> None:
    assert list(doctor.EXAMINATIONS[name](healthy)) == []


def test_a_port_that_is_taken_is_found(healthy: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(healthy["PORT"]))):
        assert "Stop what listens there" in "".join(doctor.ports(healthy))


def test_settings_are_read_as_the_assistant_reads_them(
    healthy: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", "clinic.example")
    assert "ALLOWED_ORIGINS: not an origin" in "".join(doctor.values({**healthy, "SESSION_KEY": "short"}))
    assert "openssl rand" in "".join(doctor.values({**healthy, "SESSION_KEY": "short"}))


def test_a_state_directory_that_others_can_read_is_found(healthy: dict[str, str]) -> None:
    Path(healthy["STATE_DIR"]).mkdir()
    Path(healthy["STATE_DIR"]).chmod(0o755)
    assert "chmod 700" in "".join(doctor.state(healthy))


def test_storage_that_does_not_answer_is_found(healthy: dict[str, str]) -> None:
    port = free_port()
    urls = {
        "DATABASE_URL": f"postgresql://a:SECRET@127.0.0.1:{port}/a",
        "REDIS_URL": f"redis://127.0.0.1:{port}",
    }
    found = "".join([*doctor.database({**healthy, **urls}), *doctor.redis({**healthy, **urls})])
    assert "DATABASE_URL: " in found
    assert "REDIS_URL: " in found
    assert "SECRET" not in found


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
