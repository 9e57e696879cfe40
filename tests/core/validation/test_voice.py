"""Checks of wording: short, plain, in one voice, and with a source."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.content_tree import ContentTree

PAIN = "data/en/responses/procedure.yml: utter_pain"
CITED = "[not-that-painful, more-intense-later]"
GOOD = f"It hurts a little {CITED}."


@pytest.fixture
def tree(tree: ContentTree) -> ContentTree:
    """The tiny project, whose answer about pain is held to the rules."""
    tree.files["data/en/voice.yml"]["voice"]["applies_to"] = ["procedure"]
    return tree


def say(tree: ContentTree, text: str, **metadata: Any) -> list[str]:
    """Return the issues if the answer about pain has this text, without its place."""
    answer = tree.answers("procedure", "utter_pain")[0]
    answer["text"] = text
    answer["metadata"].update(metadata)
    return [fault.removeprefix(f"{PAIN}: ") for fault in tree.faults()]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"Yes. It hurts a little {CITED}.",
        f"No, not much: it hurts little {CITED}.",
        f"It hurts a little {CITED}. Does it hurt more? {{clinic_help}}",
        f"It hurts a little {CITED}. Ask for a cream.",
        f"It hurts a little {CITED}. Don't bear strong pain [safety].",
        f"It hurts {CITED}:\n\n- soft at first\n- later more",
        f"This is what you feel:\n\n- soft {CITED}\n- later more {CITED}",
        f"You know what it is. {GOOD}".replace("You know", "Ask"),
    ],
)
def test_a_good_answer_has_no_fault(tree: ContentTree, text: str) -> None:
    assert say(tree, text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            f"It hurts a little at first, then more {CITED}.",
            "the first sentence is too long: it answers in a few words "
            "(got 8 words: It hurts a little at first, then more. / expected 6)",
        ),
        (
            f"Yes. It hurts a little at first, and then it hurts rather more {CITED}.",
            "a sentence is too long "
            "(got 12 words: It hurts a little at first, and then it hurts rather more. / expected 10)",
        ),
        (f"It hurts {CITED}.", "too short (got 2 words / expected 4 to 30)"),
        (
            "It hurts a little [more-intense-later]. " * 7 + f"It hurts a little {CITED}.",
            "too long: what not everybody needs goes into details (got 32 words / expected 4 to 30)",
        ),
        (
            f"One article says it hurts {CITED}.",
            "a phrase that no answer holds (got article / expected a citation)",
        ),
        (f"Yes, and do not scratch {CITED}.", "a long form (got do not / expected don't)"),
        (
            f"One sitting hurts a little {CITED}.",
            "another word for one thing (got sitting / expected session)",
        ),
        (
            f"It hurts a little {CITED}. Later it hurts more.",
            "a sentence without a source (got Later it hurts more. / "
            "expected [id-of-a-fact], or [safety] for common sense)",
        ),
        (
            f"You feel this:\n\n- soft {CITED}\n- later more",
            "a sentence without a source (got later more / "
            "expected [id-of-a-fact], or [safety] for common sense)",
        ),
    ],
)
def test_what_breaks_a_rule_is_said_with_the_way_out(tree: ContentTree, text: str, fault: str) -> None:
    assert say(tree, text) == [fault]


def test_a_list_may_be_longer(tree: ContentTree) -> None:
    assert say(tree, f"It hurts a little {CITED}:\n\n" + "- it hurts a little\n" * 9) == []


def test_details_are_held_to_the_same_rules_but_not_to_the_length(tree: ContentTree) -> None:
    assert say(tree, GOOD, details=f"It hurts a little more later {CITED}. " * 9) == []
    assert say(tree, GOOD, details="It hurts. Articles say so.")[0].startswith(
        "a phrase that no answer holds"
    )


def test_figures_count_as_two_words(tree: ContentTree) -> None:
    tree.facts("procedure")[0]["values"] = {"time": "PT24H"}
    figure = "{fact:not-that-painful.time}"
    assert say(tree, f"Wait for {figure} at least {CITED}.") == []
    assert say(tree, f"Wait for {figure} at the least {CITED}.")[0].startswith(
        "the first sentence is too long"
    )


@pytest.mark.parametrize(
    "text", ["Ask after {window:calm}.", "All [not-that-painful]:\n\n- for {window:calm}"]
)
def test_a_window_always_has_a_source_behind_it(tree: ContentTree, text: str) -> None:
    tree.files["data/aftercare.yml"]["aftercare"] = [
        {
            "id": "calm", "topics": ["treats"], "title": "Calm", "kind": "avoid",
            "detail": "word " * 12 + "[wrinkles-fade]", "direction": "after", "start": "PT0S", "end": "PT24H",
            "otherwise": "ok", "strictness": "must",
        }
    ]  # fmt: skip
    (fault,) = say(tree, f"{GOOD} {text}")
    assert fault.startswith("a sentence without a source")


def test_common_sense_and_small_talk_need_no_source(tree: ContentTree) -> None:
    tree.facts("outcomes")[0].update(topic="treats")
    tree.answers("outcomes", "utter_treats")[0]["text"] += f" {CITED}"
    assert say(tree, "It hurts too much then.", basis="safety") == []
    assert say(tree, "Hello to you too.", basis=None, outcome="smalltalk") == []


def test_files_outside_the_list_are_not_held_to_the_rules(tree: ContentTree) -> None:
    tree.files["data/en/voice.yml"]["voice"]["applies_to"] = []
    assert (
        len(say(tree, f"One article says it hurts {CITED}.")) == 1
    )  # its length, by the rule for all others


def excuse(tree: ContentTree, answer: str, rule: str) -> None:
    tree.files["data/en/voice.yml"]["voice"]["exceptions"] = [
        {"answer": answer, "rule": rule, "reason": "a name"}
    ]


def test_a_listed_exception_is_no_fault(tree: ContentTree) -> None:
    excuse(tree, "utter_pain", "term")
    assert say(tree, f"One sitting hurts a little {CITED}.") == []


def test_an_exception_that_excuses_nothing_is_a_fault(tree: ContentTree) -> None:
    excuse(tree, "utter_pain", "term")
    assert say(tree, GOOD) == [
        "data/en/voice.yml: exceptions: utter_pain does not break the rule term (expected no exception)"
    ]
    excuse(tree, "utter_pian", "term")
    assert say(tree, GOOD) == [
        "data/en/voice.yml: exceptions: unknown answer (got utter_pian / expected utter_pain?)"
    ]


def test_a_file_that_is_not_there_is_a_fault(tree: ContentTree) -> None:
    tree.files["data/en/voice.yml"]["voice"]["applies_to"] = ["procedures"]
    assert say(tree, "word " * 30 + CITED) == [
        "data/en/voice.yml: applies_to: unknown file (got procedures / expected procedure?)"
    ]


def test_a_pattern_that_is_none_is_a_fault(tree: ContentTree) -> None:
    tree.files["data/en/voice.yml"]["voice"]["banned"] = [{"pattern": "(", "instead": "x"}]
    (fault,) = say(tree, "word " * 30 + CITED)
    assert fault.startswith("data/en/voice.yml: voice, banned.0.pattern: is no regular expression")


def test_rules_of_aftercare_can_be_held_to_it_too(tree: ContentTree) -> None:
    tree.files["data/en/voice.yml"]["voice"]["applies_to"] = ["aftercare"]
    tree.files["data/aftercare.yml"]["aftercare"] = [
        {
            "id": "calm", "topics": ["pain"], "title": "Calm", "kind": "avoid",
            "detail": "Do not touch it for 24 hours [wrinkles-fade]. An article wants that, and we do too.",
            "direction": "after", "start": "PT0S", "end": "PT24H", "otherwise": "ok", "strictness": "must",
        }
    ]  # fmt: skip
    assert [fault.split(": ", 1)[1] for fault in tree.faults()] == [
        "rule calm, detail: a long form (got Do not / expected don't)",
        "rule calm, detail: a phrase that no answer holds (got article / expected a citation)",
        "rule calm, detail: a number that a rule owns (got 24 hours / expected {window:calm}; "
        "{fact:…} for what one source says)",
    ]
