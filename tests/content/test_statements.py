"""Claims that the content must not make: unverified agreement or silence of the articles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.core.content.content import Content, load_content
from assistant.core.dialogue.follow_up_answers import PreviousAnswer, reply
from assistant.core.dialogue.message_builder import NluResult, compose
from assistant.core.protocol import FOLLOW_UP_MORE, FOLLOW_UP_SOURCE, FOLLOW_UP_SURE, FOLLOW_UP_WHY

ROOT = Path(__file__).parents[2]
RESPONSES: dict[str, list[dict[str, Any]]] = {
    name: variations
    for path in sorted((ROOT / "data" / "en" / "responses").glob("*.yml"))
    for name, variations in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items()
}
CLAIMS = re.compile(
    r"contradict|(?:other|rest)\b[^.]{0,30}\bsay nothing|agree with|all agree|none of the|"
    r"\barticles (?:do not|don't|say no|say nothing)(?! all say the same)",
    re.IGNORECASE,
)
"""Claims that the sources of one answer cannot support."""
DIFFERING = (
    # ice, and make-up
    "after_ice", "after_makeup", "aftercare", "procedure_steps", "swelling_bruising",
    # the time between sessions, and their length
    "session_interval", "procedure_duration", "timeline",
    # how long the effects last
    "downtime", "peeling", "redness", "side_effects",
    # retinoids
    "prep_skincare", "preparation", "after_products", "product_absorption",
    # acne
    "treats", "who_should_avoid", "candidate_check", "skin_types",
    # painkillers, and the sun
    "after_pain_relief", "after_sun",
    # how invasive, how deep, at home
    "what_is", "how_it_works", "professional_vs_home",
    # results, hair, safety, and the rest
    "results_when", "results_duration", "sessions_number", "hair_loss", "safety",
    "compare_treatments", "history", "worth_it",
)  # fmt: skip
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SYMPTOMS = ("redness", "swelling", "bruising", "peeling", "dryness", "marks", "soreness")


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")


def given(topic: str, **more: Any) -> PreviousAnswer:
    return PreviousAnswer(topic=topic, text="An answer.", **more)


def source(article: str) -> dict[str, str]:
    return {"id": article, "title": article, "section": "A section"}


ANSWERS = [
    given("redness"),
    given("redness", sources=(source("skincare-world"),)),
    given("redness", sources=(source("skincare-world"), source("anti-aging"))),
    given("redness", sources=(source("skincare-world"), source("anti-aging")), disagreement=True),
    given("cost", outcome="not_covered", sources=(source("skincare-world"),)),
    given("cost", outcome="not_covered"),
    given("after_makeup", sources=(source("clinic"),)),
    given("after_makeup", sources=(source("clinic"), source("skincare-world"))),
]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("kind", [FOLLOW_UP_SURE, FOLLOW_UP_SOURCE])
def test_who_asks_back_hears_nothing_that_nobody_looked_up(
    kind: str, answer: PreviousAnswer, content: Content
) -> None:
    text = reply(kind, answer, content)["text"]
    assert not CLAIMS.search(text), text


@pytest.mark.parametrize("kind", [FOLLOW_UP_MORE, FOLLOW_UP_WHY])
def test_who_asks_for_more_than_there_is_hears_only_what_we_have(kind: str, content: Content) -> None:
    answer = given("after_not_covered", shown=tuple(content.facts))
    assert not CLAIMS.search(reply(kind, answer, content)["text"])


def test_the_claims_that_were_made_are_found() -> None:
    for claim in (
        "“X” says so, and the other four say nothing about it.",
        "I know of no contradiction between them here.",
        "The articles do not say why.",
        "The articles say no more about it than this:",
        "None of the five articles answers that.",
    ):
        assert CLAIMS.search(claim), claim


def test_a_clinic_is_counted_as_no_article(content: Content) -> None:
    own = reply(FOLLOW_UP_SOURCE, given("after_makeup", sources=(source("clinic"),)), content)["text"]
    assert "of the five articles" not in own
    both = (source("clinic"), source("skincare-world"))
    assert (
        "one of the five articles"
        in reply(FOLLOW_UP_SOURCE, given("after_makeup", sources=both), content)["text"]
    )


@pytest.mark.parametrize("topic", DIFFERING)
def test_where_the_articles_differ_the_answer_shows_both_sides(topic: str, content: Content) -> None:
    metadata = shown(RESPONSES[f"utter_{topic}"][0], content)
    assert metadata["disagreement"]
    assert len(metadata["positions"]) > 1


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_until_when_a_symptom_is_expected_the_articles_differ(symptom: str, content: Content) -> None:
    [variation] = [
        each for each in RESPONSES["utter_symptom_report"] if each["metadata"].get("symptom") == symptom
    ]
    assert shown(variation, content)["disagreement"]


def shown(response: dict[str, Any], content: Content) -> dict[str, Any]:
    """Return the metadata of the message that people get."""
    metadata: dict[str, Any] = compose(response, NluResult(), content, notice_given=True)["metadata"]
    return metadata


@pytest.mark.parametrize(
    "path",
    [
        "data/en/wording.yml",
        "assistant/channels/website/page/index.html",
        "README.md",
        "deploy/slack/manifest.yml",
    ],
)
def test_every_text_gives_the_true_number_of_articles(path: str, content: Content) -> None:
    told = re.findall(r"\b(\w+) articles\b", (ROOT / path).read_text("utf-8"))
    counted = {word for word in told if word in NUMBERS}
    assert counted == {NUMBERS[len(content.articles) - 1]}


def test_the_phrases_for_a_number_of_articles_are_as_many_as_these(content: Content) -> None:
    wording = yaml.safe_load((ROOT / "data/en/wording.yml").read_text("utf-8"))["wording"]
    assert len(wording["replies"]["articles"]) == len(content.articles)
