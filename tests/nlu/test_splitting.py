"""Where a message holds several questions, and where it only looks so."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlu.clauses import asks, is_bare
from nlu.language import build_base
from nlu.parts import Kind
from nlu.splitting import split


@pytest.fixture(scope="module")
def language() -> Language:
    return build_base()


def parts(language: Language, text: str) -> list[str]:
    """The parts as they read."""
    doc = language(text)
    return [" ".join(doc[n].text for n in part.tokens) for part in split(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does it hurt and how long does it take", ["does it hurt", "how long does it take"]),
        ("price? pain?", ["price ?", "pain ?"]),
        ("is it safe? also do i need to shave", ["is it safe ?", "do i need to shave"]),
        ("i want to know how long it takes and whether it hurts",
         ["i want to know how long it takes", "whether it hurts"]),
        ("1) does it hurt 2) is it safe", ["1", "does it hurt", "is it safe"]),
        ("how is it done and by when am i normal", ["how is it done", "by when am i normal"]),
        ("my aunt wants me to ask how it works. and does it last",
         ["my aunt wants me to ask how it works", "does it last"]),
        ("spf when, sauna when", ["spf when", "sauna when"]),
        ("sauna yes or no + peel yes or no", ["sauna yes or no", "peel yes or no"]),
        ("what is it how does it work", ["what is it", "how does it work"]),
        ("price and how many sessions", ["price", "how many sessions"]),
        ("is sun ok? and the pool", ["is sun ok ?", "the pool"]),
        ("so hun just tell me the price and where do i get it", ["tell me the price", "where do i get it"]),
        ("will it work and if i stop going does it all come back",
         ["will it work", "if i stop going does it all come back"]),
    ],
)  # fmt: skip
def test_each_question_is_a_part(language: Language, text: str, expected: list[str]) -> None:
    assert parts(language, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "redness and swelling, is that normal?",
        "what are the pros and cons",
        "does it work on lines and wrinkles",
        "sore and hot, is that normal",
        "pen or roller, which is better",
        "if i have eczema and take steroids, can i have it?",
        "can i use my cleanser and toner in the morning",
        "how long will i look red and puffy",
    ],
)
def test_a_single_question_stays_one(language: Language, text: str) -> None:
    assert parts(language, text) == []


def test_a_question_about_what_is_told_stands_alone_only_beside_an_alarm(language: Language) -> None:
    doc = language("theres pus near my chin, can i put foundation over it")
    assert [part.kind for part in split(doc)] == [Kind.ASIDE]


def test_what_two_questions_share_is_said_with_each(language: Language) -> None:
    assert parts(language, "can i wear makeup and go to the gym after") == [
        "can i wear makeup after",
        "can i go to the gym after",
    ]


def test_a_moment_is_true_of_what_is_only_named(language: Language) -> None:
    assert (
        parts(language, "is shaving ok beforehand and what about aspirin")[1]
        == "what about aspirin beforehand"
    )


def test_beside_one_question_only_the_question_is_read_alone(language: Language) -> None:
    assert parts(language, "there is pus on my cheek. what does a session cost") == [
        "what does a session cost"
    ]


def test_what_is_told_behind_a_question_may_be_another_matter(language: Language) -> None:
    doc = language("what does it cost and my throat is closing up")
    assert [part.kind for part in split(doc)] == [Kind.CLEAR, Kind.TOLD]


@pytest.mark.parametrize(
    "text", ["is shaving ok", "so um can i swim", "any downtime", "i need to book", "what about ice"]
)
def test_a_question_is_known_by_its_beginning(language: Language, text: str) -> None:
    assert asks(language(text))


@pytest.mark.parametrize(
    "text", ["have the session later", "when i had it done", "my face is red", "which is no use"]
)
def test_a_statement_asks_nothing(language: Language, text: str) -> None:
    assert not asks(language(text))


@pytest.mark.parametrize(
    ("text", "bare"), [("for how long", True), ("is that ok?", True), ("how much", False)]
)
def test_a_bare_question_does_not_say_what_it_is_about(language: Language, text: str, bare: bool) -> None:
    assert is_bare(language(text)) is bare
