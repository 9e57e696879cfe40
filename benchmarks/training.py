"""Trains a copy of the project and measures the time."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from assistant.core.content.yaml_files import read_yaml
from benchmarks.run import say
from testbed.processes import failure, running
from testbed.projects import write_yaml

_QUIET = 30.0  # seconds between lines of progress
_SKIPPED = re.compile(r"Skipping training of `(\w+)`")


@dataclass(frozen=True)
class Training:
    """A successful training."""

    seconds: float
    on: str
    """Date of the training."""
    skipped: tuple[str, ...] = ()
    """Components without training data."""


def model_of(project: Path) -> Path:
    """Return the path of the model that `train` writes."""
    return project / "models" / "model.tar.gz"


def train(project: Path, name: str, python: str = sys.executable) -> Training:
    """Train from scratch: a copy has no cache."""
    say(f"training {name} …")
    log = project / "train.log"
    files = ["--domain", "domain.yml", "--data", "data", "--config", "config.yml"]
    since = time.perf_counter()
    command = ["-m", "rasa", "train", *files, "--out", "models", "--fixed-model-name", "model"]
    with running(command, project, log, python) as process:
        _wait(process, name)
    seconds = time.perf_counter() - since
    if process.returncode or not model_of(project).exists():
        raise failure(f"Training {name} did not work", log)
    say(f"trained {name} in {seconds:.0f} s")
    skipped = dict.fromkeys(_SKIPPED.findall(log.read_text("utf-8", errors="replace")))
    return Training(seconds, date.today().isoformat(), tuple(skipped))


def train_once(project: Path, name: str, kept: Path, python: str = sys.executable) -> Training:
    """Train only if the project's content has changed; model and time are cached in a folder of `kept`."""
    folder = kept / f"{name}-{_stamp(project)}"
    about = folder / "training.yml"
    if not about.exists():
        training = train(project, name, python)
        _keep(project, training, folder)
        for other in kept.glob(f"{name}-*"):
            if other != folder:
                shutil.rmtree(other)
        return training
    say(f"{name} was trained before: {folder}")
    model_of(project).parent.mkdir()
    shutil.copy(folder / "model.tar.gz", model_of(project))
    given = read_yaml(about)
    return Training(given["seconds"], given["on"], tuple(given["skipped"]))


def _keep(project: Path, training: Training, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(model_of(project), folder / "model.tar.gz")
    # written last: a folder without it is incomplete
    write_yaml(folder / "training.yml", {**asdict(training), "skipped": list(training.skipped)})


def _wait(process: subprocess.Popen[bytes], name: str) -> None:
    since = time.monotonic()
    while True:
        try:
            process.wait(_QUIET)
            return
        except subprocess.TimeoutExpired:
            say(f"  {name} has trained for {time.monotonic() - since:.0f} s")


def _stamp(project: Path) -> str:
    digest = hashlib.sha256(version("rasa").encode())
    for path in sorted(path for path in project.rglob("*.yml")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(project).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
