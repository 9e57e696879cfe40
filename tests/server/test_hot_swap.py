"""Runtime flags during conversations: maintenance mode and hot swap of the model."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.server.rasa.hot_swap import ModelRefusedError, model_file
from assistant.server.rasa.maintenance import MaintenanceMode, maintenance_message
from assistant.server.storage.runtime_flags import CLOSED, set_flag
from assistant.server.storage.tracker_store import ConversationStore
from tests.servers import RunningAssistant


@pytest.fixture(scope="module")
def server(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """With a models folder of its own."""
    folder = tmp_path_factory.mktemp("switched")
    project = folder / "project"
    shutil.copytree(stub_project, project, symlinks=False)
    server = RunningAssistant(project, folder / "state", folder / "server.log")
    yield server
    server.stop()


def operate(server: RunningAssistant, *arguments: str) -> str:
    command = [sys.executable, "-m", "assistant.server.admin", *arguments]
    done = subprocess.run(command, cwd=server.project, env=server.env, capture_output=True, text=True)
    return done.stdout + done.stderr


def comes_true(condition: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_the_sign_goes_up_and_down_without_a_restart(server: RunningAssistant) -> None:
    visitor = server.visitor()
    assert visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"
    assert "Paused." in operate(server, "pause")
    assert comes_true(lambda: visitor.say("does it hurt")[0]["metadata"]["outcome"] == "handoff")
    assert "call 112" in visitor.say("does it hurt")[0]["text"]
    assert "Paused since" in operate(server, "status")
    kept = len(visitor.history())
    visitor.say("does it hurt")
    assert len(visitor.history()) == kept
    operate(server, "resume")
    assert comes_true(lambda: visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered")
    assert operate(server, "status").startswith("Running.")


def test_the_sign_names_the_clinic_where_its_contact_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("clinic", "data/en"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy("data/en/wording.yml", tmp_path / "data" / "en")
    settings = "clinic: {name: Studio Ruiz, phone: +34 600, emergency_number: '112'}"
    (tmp_path / "clinic" / "settings.yml").write_text(settings)
    monkeypatch.chdir(tmp_path)
    assert "Call Studio Ruiz on +34 600." in maintenance_message()["text"]
    assert "call 112" in maintenance_message()["text"]


def test_while_the_database_is_silent_the_sign_stays_as_it_was(tmp_path: Path) -> None:
    store = ConversationStore(db=str(tmp_path / "conversations.db"))
    now = 0.0
    sign = MaintenanceMode(store, lambda: now)
    set_flag(store, CLOSED, "yes")
    assert sign.is_up()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE switches")
    now = 10.0
    assert sign.is_up()


def test_a_model_that_fails_leaves_the_old_one_at_work(server: RunningAssistant) -> None:
    (server.project / "models" / "broken.tar.gz").write_bytes(b"no archive at all")
    operate(server, "use", "broken.tar.gz")
    assert comes_true(lambda: "model_change_failed" in server.output())
    assert server.visitor().say("does it hurt")[0]["metadata"]["outcome"] == "answered"


def test_a_model_that_misunderstands_is_refused(server: RunningAssistant) -> None:
    smoke = server.project / "data" / "en" / "smoke.yml"
    before = smoke.read_text()
    smoke.write_text("smoke: [{text: does it hurt, topic: options}]")
    good = next(path for path in (server.project / "models").glob("*.tar.gz") if path.name != "broken.tar.gz")
    operate(server, "use", good.name)
    assert comes_true(lambda: "'does it hurt' is misunderstood" in server.output())
    smoke.write_text(before)


def test_a_model_that_understands_takes_over_while_people_talk(server: RunningAssistant) -> None:
    good = next(path for path in (server.project / "models").glob("*.tar.gz") if path.name != "broken.tar.gz")
    visitor = server.visitor()
    operate(server, "use", good.name)
    assert comes_true(
        lambda: (
            visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"
            and '"model_changed"' in server.output()
        )
    )
    assert visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"


@pytest.mark.parametrize(
    "name", ["../secret.tar.gz", "/etc/passwd", "missing.tar.gz", "a/b.tar.gz", ".tar.gz", ""]
)
def test_models_come_only_from_the_projects_own_folder(name: str) -> None:
    with pytest.raises(ModelRefusedError):
        model_file(name)
