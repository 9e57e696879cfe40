"""Checks against plagiarism."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.validation.plagiarism import Text, common_runs
from tests.core.content_entries import TEXT
from tests.core.content_tree import ContentTree

SENTENCE = "Micro-needling makes tiny holes in the top layer of your skin, which heal."


def articles(tree: ContentTree, sentence: str = SENTENCE) -> Path:
    """Return a folder with the two articles, the first of which contains the sentence."""
    folder = tree.root / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(f"The first.\n\nIntroduction\n{sentence} Goodbye.\n", encoding="utf-8")
    (folder / "second.txt").write_text("The second. Nothing much.\n", encoding="utf-8")
    return folder


def test_eight_words_in_a_row_are_copied() -> None:
    assert common_runs(Text("a b c d e f g h i j"), Text("x b c d e f g h i x")) == ["b c d e f g h i"]


def test_seven_words_in_a_row_are_not() -> None:
    assert common_runs(Text("a b c d e f g h i j"), Text("x b c d e f g h x")) == []


def test_a_run_is_as_long_as_possible_and_every_run_is_told() -> None:
    article = Text("a b c d e f g h i j k . 1 2 3 4 5 6 7 8")
    assert common_runs(article, Text("a b c d e f g h i x 1 2 3 4 5 6 7 8")) == [
        "a b c d e f g h i",
        "1 2 3 4 5 6 7 8",
    ]


@pytest.mark.parametrize(
    "ours",
    [
        "micro-needling makes tiny holes in the top layer",
        "MICRO NEEDLING, makes tiny: holes in\nthe   top layer",
        "Micro\u2011needling makes “tiny” holes in the top-layer",
        "microneedling makes tiny holes in the top layer",
        "microneedling makes tinyholes in the top layer of your",
    ],
)
def test_case_punctuation_space_and_hyphens_hide_nothing(ours: str) -> None:
    assert common_runs(Text(SENTENCE), Text(ours)) == [" ".join(Text(ours).words)]


def test_a_run_starts_and_ends_with_whole_words() -> None:
    assert common_runs(Text("an ice mask is put on it all"), Text("than ice mask is put on it all")) == []
    assert common_runs(Text("an ice mask is put on it all"), Text("an ice mask is put on it allows")) == []


def test_a_copied_fact_is_an_issue(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["statement"] = "It makes tiny holes in the top layer of your skin."
    assert tree.issues(articles(tree)) == [
        "data/facts/procedure.yml: fact not-that-painful: copied from article first "
        "(got makes tiny holes in the top layer of your skin / expected fewer than 8 words in a row)"
    ]


def test_a_copied_answer_is_an_issue(tree: ContentTree) -> None:
    tree.answers("outcomes", "utter_treats")[1]["text"] = f"{TEXT} {SENTENCE} [wrinkles-fade]"
    assert tree.issues(articles(tree)) == [
        "data/en/responses/outcomes.yml: utter_treats, variation 2 (concern wrinkles): copied from "
        "article first (got micro needling makes tiny holes in the top layer of your skin which heal "
        "/ expected fewer than 8 words in a row)"
    ]


def test_a_copied_claim_that_was_left_out_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/facts/left_out.yml"]["left_out"][0]["claim"] = SENTENCE
    (line,) = tree.issues(articles(tree))
    assert line.startswith("data/facts/left_out.yml: left_out 1: copied from article first")


def test_titles_and_sections_may_be_the_same(tree: ContentTree) -> None:
    section = "What holes does it make in the top layer of your skin?"
    tree.files["data/articles.yml"]["articles"][0]["sections"][0] = section
    for claim in tree.files["data/facts/left_out.yml"]["left_out"]:
        claim["section"] = section
    assert tree.issues(articles(tree, section)) == []


def test_an_article_whose_file_is_missing_is_an_issue(tree: ContentTree) -> None:
    folder = articles(tree)
    (folder / "second.txt").unlink()
    assert tree.issues(folder) == [
        "data/articles.yml: article second: its file is missing (got articles/second.txt)"
    ]


def test_nothing_is_compared_where_the_articles_are_not_at_hand(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["statement"] = SENTENCE
    assert tree.issues() == []
