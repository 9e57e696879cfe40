"""Tests of the sentence encoder: published weights, and vectors with the expected similarities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from assistant.nlu.encoder import weights as encoder_weights
from assistant.nlu.encoder.encoder import Encoder
from assistant.nlu.encoder.onnx_export import write_encoder
from assistant.nlu.encoder.weights import EncoderWeightsError, find_encoder_files
from assistant.nlu.text.spacy_pipeline import build_base


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("encoder")
    write_encoder(folder)
    return Encoder.read(folder)


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


def test_each_token_has_a_state_and_the_text_its_own_vector(encoder: Encoder) -> None:
    doc = build_base()("does it hurt, and how long")
    layers, states = encoder.encode_with_tokens(doc)
    np.testing.assert_allclose(layers, encoder.encode_layers([doc.text])[0], atol=1e-6)
    np.testing.assert_allclose(layers[:384], encoder.encode([doc.text])[0], atol=1e-6)
    assert states.shape == (len(doc), 384)
    assert np.linalg.norm(states, axis=1).min() > 0


def test_the_state_of_a_word_of_several_pieces_is_their_mean(encoder: Encoder) -> None:
    _, whole = encoder.encode_with_tokens(Doc(Vocab(), ["dermaplaning", "hurts"]))
    _, pieces = encoder.encode_with_tokens(
        Doc(Vocab(), ["der", "ma", "pl", "ani", "ng", "hurts"], spaces=[*[False] * 4, True, False])
    )
    np.testing.assert_allclose(whole[0], pieces[:5].mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(whole[1], pieces[5], atol=1e-6)


def test_a_token_beyond_the_limit_has_no_state(encoder: Encoder) -> None:
    doc = build_base()("red " * 300)
    _, states = encoder.encode_with_tokens(doc)
    assert states[0].any()
    assert not states[-1].any()


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
