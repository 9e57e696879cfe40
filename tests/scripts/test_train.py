"""Tests of training on demand, with a stub of Rasa."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.train import INPUTS, KEPT, present_model, stamp

ROOT = Path(__file__).resolve().parents[2]
RASA = """
import os, pathlib, sys
print("2026-01-01 00:00:00 INFO rasa - Starting to train component 'Pretended'.", flush=True)
if os.environ.get("RASA_FAILS"):
    print("the cause", flush=True)
    sys.exit(1)
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
out.mkdir(parents=True)
(out / "any.tar.gz").write_text("a model")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of a few files, and a pretended Rasa."""
    for name in (
        "config.yml",
        "domain.yml",
        "data/en/nlu/pain.yml",
        "assistant/nlu/deep/part.py",
        "assistant/nlu/en/words.yml",
        "README.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a: 1\n")
    (tmp_path / "fake" / "rasa").mkdir(parents=True)
    (tmp_path / "fake" / "rasa" / "__init__.py").touch()
    (tmp_path / "fake" / "rasa" / "__main__.py").write_text(RASA)
    return tmp_path


def train(project: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """``python -m scripts.train`` in the project."""
    path = os.pathsep.join((str(project / "fake"), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": path, "STATE_DIR": ".state", **env}
    return subprocess.run(
        [sys.executable, "-m", "scripts.train"], cwd=project, env=environment, capture_output=True, text=True
    )


def models(project: Path) -> list[str]:
    """The models that there are."""
    return sorted(path.name for path in (project / "models").glob("*.tar.gz"))


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/en/nlu/pain.yml",
        "assistant/nlu/deep/part.py",
        "assistant/nlu/en/words.yml",
    ],
)
def test_the_stamp_changes_with_what_a_model_is_made_of(project: Path, name: str) -> None:
    """A changed comma is enough."""
    before = stamp(INPUTS, project)
    (project / name).write_text("a: 2\n")
    assert stamp(INPUTS, project) != before


def test_the_stamp_changes_when_a_file_comes_goes_or_is_renamed(project: Path) -> None:
    """The names count as much as the content."""
    seen = {stamp(INPUTS, project)}
    new = project / "data" / "en" / "nlu" / "cost.yml"
    new.write_text("a: 1\n")
    seen.add(stamp(INPUTS, project))
    new.rename(project / "data" / "en" / "nlu" / "price.yml")
    seen.add(stamp(INPUTS, project))
    assert len(seen) == 3


def test_the_stamp_stays_when_something_else_changes(project: Path) -> None:
    """Nobody waits for a model because of a README."""
    before = stamp(INPUTS, project)
    (project / "README.md").write_text("new")
    assert stamp(INPUTS, project) == before


def test_it_trains_once_for_the_same_data(project: Path) -> None:
    """The second time it says nothing."""
    first = train(project)
    assert first.returncode == 0, first.stderr
    assert models(project) == [present_model(project).name]
    assert train(project).stdout == ""


def test_an_earlier_state_of_the_data_takes_its_earlier_model(project: Path) -> None:
    """Rasa takes the newest of a folder, so the model of the present data has to be that."""
    train(project)
    earlier = present_model(project).name
    (project / "domain.yml").write_text("a: 2\n")
    train(project)
    (project / "domain.yml").write_text("a: 1\n")
    assert train(project).stdout == ""
    newest = max((project / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_ctime)
    assert newest.name == earlier


def test_only_the_newest_models_are_kept(project: Path) -> None:
    """Each takes 40 MB."""
    for number in range(KEPT + 2):
        (project / "domain.yml").write_text(f"a: {number}\n")
        train(project)
    assert len(models(project)) == KEPT
    assert present_model(project).name in models(project)


def test_a_failure_shows_the_end_of_the_log_and_leaves_no_model(project: Path) -> None:
    """Half a model would be taken for a whole one."""
    failed = train(project, RASA_FAILS="yes")
    assert failed.returncode == 1
    assert "the cause" in failed.stderr
    assert "make check" in failed.stderr
    assert models(project) == []
    assert train(project).returncode == 0
