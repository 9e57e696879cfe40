"""Tests of clustering by meaning, with the real sentence embeddings."""

from __future__ import annotations

from assistant.analytics.clusters import group, sentence_encoder


def test_questions_that_mean_the_same_come_together() -> None:
    texts = [
        "can i go to the gym after",
        "is exercise ok afterwards",
        "what does it cost",
        "can i work out",
        "how much is it",
        "do you ship to mars",
    ]
    groups = group(texts, sentence_encoder())
    assert [0, 1, 3] in groups
    assert [5] in groups


def test_the_same_words_count_each_time() -> None:
    assert group(["price", "gym", "price"], sentence_encoder())[0] == [0, 2]


def test_one_question_is_a_group_and_none_is_none() -> None:
    assert group(["price"], sentence_encoder()) == [[0]]
    assert group([], sentence_encoder()) == []
