"""Tests of the sentence encoder: published weights, and vectors with the expected similarities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.nlu import encoder_weights
from assistant.nlu.encoder import Encoder
from assistant.nlu.encoder_weights import EncoderWeightsError, find_encoder_files
from assistant.nlu.onnx_export import write_encoder_graph


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    weights, tokenizer = find_encoder_files()
    graph = tmp_path_factory.mktemp("encoder") / "encoder.onnx"
    write_encoder_graph(weights, graph)
    return Encoder(graph, tokenizer)


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(["how long am i red", "x", ""])
    assert vectors.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_the_same_meaning_in_other_words_is_near_and_another_meaning_is_far(encoder: Encoder) -> None:
    red, redness, weather = encoder.encode(
        ["how long will i be red after this", "when does the redness go", "what is the weather in leeds"]
    )
    assert red @ redness > 0.6
    assert red @ weather < 0.25


def test_a_sentence_has_the_same_vector_alone_and_among_longer_ones(encoder: Encoder) -> None:
    alone = encoder.encode(["does it hurt"])[0]
    among = encoder.encode(
        ["does it hurt", "a much longer question about something else, with many more words in it"]
    )[0]
    assert alone @ among > 0.99


def test_altered_weights_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_weights, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderWeightsError, match=r"not the published file .*make clean-env"):
        find_encoder_files()


def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_weights, "PACKAGE", "no-such-package")
    with pytest.raises(EncoderWeightsError, match=r"no-such-package is not installed.*make clean-env"):
        find_encoder_files()


def test_the_files_come_from_the_package() -> None:
    assert [Path(path).name for path in find_encoder_files()] == ["model.safetensors", "tokenizer.json"]
