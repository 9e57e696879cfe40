"""Trains a model unless there is one for the current data: ``python -m scripts.train``."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import Settings

MODELS = Path("models")
KEPT = 2  # models: the current one, and the previous one to roll back to
INPUTS = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data/**/*.yml",
    "assistant/nlu/**/*.py",
    "assistant/nlu/**/*.yml",
)
CODE = ("requirements.lock", "assistant/nlu/**/*.py", "assistant/nlu/**/*.yml")

_STEP = re.compile(r"Starting to train component '(\w+)'")
_QUIET = 15.0  # seconds between lines of progress if no new step begins
_TAIL = 25  # lines of the log shown if training fails


def main() -> int:
    """Return the exit code: 0 if there is a model for the current data, new or existing."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    model = present_model()
    if model.exists():
        model.touch()  # Rasa loads the newest model of a folder
        return 0
    try:
        return _train(model)
    except KeyboardInterrupt:
        print("Training was stopped. The next start begins it again.", file=sys.stderr)
        return 130


def present_model(root: Path = Path()) -> Path:
    """Return the path of the current data's model, existing or not."""
    return MODELS / f"assistant-{stamp(INPUTS, root)}.tar.gz"


def stamp(patterns: tuple[str, ...], root: Path = Path()) -> str:
    """Return a short hash of names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def _train(model: Path) -> int:
    print("Training the model (a few minutes) …", flush=True)
    since = time.monotonic()
    unfinished = MODELS / ".unfinished"
    log = Settings.read_or_exit().state_dir / "train.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    code = _run_rasa(unfinished, log)
    trained = next(unfinished.glob("*.tar.gz"), None)
    if code or trained is None:
        return _report_failure(log, code)
    trained.replace(model)
    shutil.rmtree(unfinished)
    _remove_old_models()
    print(f"Trained in {time.monotonic() - since:.0f} s: {model}", flush=True)
    return 0


def _run_rasa(out: Path, log: Path) -> int:
    """Run Rasa with its output in the log, printing each step; return its exit code."""
    shutil.rmtree(out, ignore_errors=True)
    command = [
        "train",
        "--domain",
        "domain.yml",
        "--data",
        "data",
        "--config",
        "config.yml",
        "--out",
        str(out),
        "--skip-validation",  # a sixth of the time, and `make check` validates more strictly
    ]
    environment = {**os.environ, "RASA_CACHE_DIRECTORY": str(_cache())}
    with log.open("wb") as output:
        rasa = subprocess.Popen(
            [sys.executable, "-m", "rasa", *command], stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        try:
            for line in _progress(rasa, log):
                print(line, flush=True)
        finally:
            rasa.terminate()
            rasa.wait()
    return rasa.returncode


def _cache() -> Path:
    """Return a cache folder for this version of the code.

    Rasa's cache keys cover a component's class but not the modules that it imports.
    """
    folder = Path(".rasa", "cache")
    present = folder / stamp(CODE)
    for other in folder.glob("*"):
        if other != present:
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    return present


def _progress(process: subprocess.Popen[bytes], log: Path) -> Iterator[str]:
    """Yield a line whenever a step begins, and at least every 15 seconds."""
    since = said = time.monotonic()
    step = ""
    while process.poll() is None:
        time.sleep(0.25)
        steps = _STEP.findall(log.read_text("utf-8", errors="replace"))
        newest = steps[-1] if steps else ""
        now = time.monotonic()
        if newest != step or now - said > _QUIET:
            step, said = newest, now
            yield f"  {now - since:3.0f} s  {step or 'reading the data'}"


def _report_failure(log: Path, code: int) -> int:
    lines = re.split(r"[\r\n]+", log.read_text("utf-8", errors="replace").strip())
    print(f"\nTraining did not work. The end of {log}:", file=sys.stderr)
    print("\n".join(f"    {line}" for line in lines[-_TAIL:]), file=sys.stderr)
    print("\n`make check` names what is wrong in the content.", file=sys.stderr)
    return code or 1


def _remove_old_models() -> None:
    models = sorted(MODELS.glob("assistant-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[KEPT:]:
        model.unlink()


if __name__ == "__main__":
    sys.exit(main())
