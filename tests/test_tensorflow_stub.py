"""Rasa runs without TensorFlow, and says so where it would need it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.core.content.yaml_files import read_yaml
from testbed.projects import write_yaml
from tests.servers import ROOT

STUBS = ROOT / "stubs"
COMPANIONS = re.compile(r"^(tensor\w*|keras|libclang|grpcio|h5py)\b", re.MULTILINE)
TRAIN_TEST_AND_ANSWER = """
import asyncio
import tensorflow
from rasa.core.agent import Agent
from rasa.model_training import train
from rasa.model_testing import test_core, test_nlu

model = train("domain.yml", "config.yml", ["data"], output="out").model
asyncio.run(test_nlu(model, "data/nlu.yml", "results", {}))
asyncio.run(test_core(model, "test_stories.yml", "results", {}))
print(tensorflow.__file__, asyncio.run(Agent.load(model).handle_text("does it hurt"))[0]["text"])
"""
USES = """
import tensorflow as tf
from keras import Model
from tensorflow.types.experimental import TensorLike

class Layer(tf.keras.layers.Layer):
    dtype = tf.float32

def calls(value: TensorLike = None): return tf.constant(1)
def makes(): return Layer()
def makes_a_base(): return Model()
def checks(value=tf.Tensor): return isinstance(1, value)
def imports(): from tensorflow.keras.callbacks import Callback
def looks(): return hasattr(tf, "constant")

for use in (calls, makes, makes_a_base, checks, imports):
    try:
        use()
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
print(looks())
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tiny project without components of its own."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests" / "fakes" / "stub_project", project)
    write_yaml(project / "config.yml", configuration(project, "KeywordIntentClassifier"))
    story = {"story": "pain", "steps": [{"user": "does it hurt", "intent": "pain"}, {"action": "utter_pain"}]}
    write_yaml(project / "test_stories.yml", {"version": "3.1", "stories": [story]})
    return project


def configuration(project: Path, classifier: str) -> dict[str, object]:
    pipeline = [{"name": name} for name in ("WhitespaceTokenizer", "CountVectorsFeaturizer", classifier)]
    return {**read_yaml(project / "config.yml"), "pipeline": pipeline}


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(map(str, (STUBS, ROOT)))  # first, as TensorFlow may be installed
    env = {**os.environ, "PYTHONPATH": path, "RASA_TELEMETRY_ENABLED": "false"}
    return subprocess.run([sys.executable, *command], cwd=cwd, env=env, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-actions.lock"])
def test_neither_tensorflow_nor_its_companions_are_installed(name: str) -> None:
    assert not COMPANIONS.findall((ROOT / name).read_text("utf-8"))


def test_the_stock_contender_has_them() -> None:
    lock = (ROOT / "benchmarks" / "stock" / "requirements.lock").read_text("utf-8")
    assert "tensorflow==2.12.0" in lock


def test_rasa_trains_tests_and_answers_without_tensorflow(project: Path) -> None:
    done = run("-c", TRAIN_TEST_AND_ANSWER, cwd=project)
    assert done.returncode == 0, done.stderr[-3000:]
    where, _, answer = done.stdout.splitlines()[-1].partition(" ")
    assert Path(where).is_relative_to(STUBS)
    assert answer == "It **feels** like scratching."


def test_a_component_that_needs_tensorflow_is_refused_with_the_fix(project: Path) -> None:
    write_yaml(project / "config.yml", configuration(project, "DIETClassifier"))
    done = run("-m", "rasa", "train", cwd=project)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    for part in (
        "TensorFlowMissingError",
        "rasa.nlu.classifiers.diet_classifier, line",
        "config.yml",
        "make lock",
    ):
        assert part in said


def test_names_can_be_read_on_import_and_not_used(tmp_path: Path) -> None:
    (tmp_path / "component.py").write_text(USES, "utf-8")
    done = run("-c", "import component", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    *errors, has_constant = done.stdout.splitlines()
    used = (
        ("tensorflow.constant", "calls"),
        ("component.Layer", "makes"),
        ("keras.Model", "makes_a_base"),
        ("tensorflow.Tensor", "checks"),
    )
    assert errors.pop().startswith("ImportError: cannot import name 'Callback'")
    assert len(errors) == len(used)
    for error, (name, function) in zip(errors, used):
        assert error.startswith(f"TensorFlowMissingError: {name} is used by component, line ")
        assert f", in {function}, but TensorFlow is not installed. Remove the component" in error
    assert has_constant == "False"
