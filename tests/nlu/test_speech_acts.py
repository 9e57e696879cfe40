"""Tests that the predicates of a span equal those of its words alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from spacy.language import Language

from assistant.nlu.en.speech_acts import (
    CONJUNCTIONS,
    FILLERS,
    HEAD,
    NEGATIONS,
    SENTENCE_ENDINGS,
    SpeechActs,
)
from assistant.nlu.text.spacy_pipeline import build_base

WORDS = sorted(
    {"is", "it", "ok", "how", "long", "what", "about", "my", "skin", "red", "had", "i", "that", "'s", "who", "right",
     "tell", "me", "want", "know", "time", "if", "so", "when", "or", "not", "can", "swim", "there"}
    | set(sorted(FILLERS)[:8]) | set(sorted(CONJUNCTIONS)[:5]) | set(sorted(SENTENCE_ENDINGS)[:4]) | NEGATIONS
)  # fmt: skip


@pytest.fixture(scope="module")
def language() -> Language:
    return build_base()


@pytest.mark.parametrize(
    "name", ["is_question", "contains_question", "asks", "is_statement", "has_no_content_word", "is_marked"]
)
@given(said=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), data=st.data())
def test_it_is_the_same_as_for_the_words_alone(
    language: Language, name: str, said: list[str], data: st.DataObject
) -> None:
    assume(sum(word in NEGATIONS for word in said) < HEAD - 2)  # "not not not …" hides how it begins
    words = list(language(" ".join(said)))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    alone = SpeechActs(words[start:end])
    assert getattr(SpeechActs(words), name)(start, end) == getattr(alone, name)()
