"""The learned part of the newest trained model."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from assistant.nlu.reader import Reader
from tests.servers import ROOT


@pytest.fixture(scope="session")
def trained_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        pytest.skip("no trained model: run `make train` first")
    folder = tmp_path_factory.mktemp("model")
    with tarfile.open(models[-1]) as model:
        model.extractall(folder)
    (file,) = folder.rglob("topics.npz")
    return Reader.load(Path(file).parent)
