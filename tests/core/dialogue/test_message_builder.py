"""Composition of the protocol's messages from a response and the NLU result."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.core.content.content import Content, load_content
from assistant.core.dialogue.message_builder import (
    BUTTONS,
    CHOICES,
    LIKELY,
    OTHER,
    RUNNERS_UP,
    SURE_CHOICES,
    NluResult,
    chosen_values,
    compose,
    named,
    payload,
    readable,
)
from tests.core.content_tree import ContentTree

MANY = ("sun", "ice", "wine", "sport", "sleep")


@pytest.fixture
def content(tree: ContentTree) -> Content:
    """The tiny content with more topics for buttons."""
    tree.topics.extend(
        {"id": name, "group": "after", "label": name.title(), "example": name} for name in MANY
    )
    tree.write()
    return load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")


def response(facts: list[str] | None = None, **about: Any) -> dict[str, Any]:
    """Return a response as Rasa passes it."""
    cited = f" [{', '.join(facts)}]" if facts else ""
    return {"text": f"It hurts a little{cited}.", "metadata": {"topic": "pain", **about}}


def ranking(*topics: str, share: float = 0.3) -> NluResult:
    """Return an NLU result with these topics, equally likely."""
    return NluResult(ranking=[(topic, share) for topic in topics])


def titles(message: dict[str, Any]) -> list[str]:
    """Return the titles of the message's buttons."""
    return [button["title"] for button in message.get("buttons", [])]


# metadata


def test_sources_come_from_the_facts(content: Content) -> None:
    message = compose(response(["more-intense-later"]), NluResult(), content, notice_given=True)
    assert message["metadata"] == {
        "topic": "pain",
        "outcome": "answered",
        "basis": "sources",
        "sources": [
            {
                "id": "second",
                "title": "The second",
                "name": "Second",
                "section": "Pain",
                "extract": "The claim more-intense-later stands here.",
            }
        ],
    }


def test_a_message_without_facts_has_no_sources(content: Content) -> None:
    message = compose(response(outcome="smalltalk"), NluResult(), content, notice_given=True)
    assert message["metadata"] == {"topic": "pain", "outcome": "smalltalk"}


def test_what_the_answer_depends_on_is_told(content: Content) -> None:
    about = response(["wrinkles-fade"], concern="wrinkles")
    assert compose(about, NluResult(), content, notice_given=True)["metadata"]["concern"] == "wrinkles"


def test_details_are_filled_and_cited_like_the_text(content: Content) -> None:
    about = response(
        ["wrinkles-fade"], details="{clinic_name} knows {named} [more-intense-later].", topic="treats"
    )
    asked = NluResult(entities={"concern": ["eczema"]})
    metadata = compose(about, asked, content, notice_given=True)["metadata"]
    assert metadata["details"] == "your professional knows eczema [2]."
    assert [source["id"] for source in metadata["sources"]] == ["first", "second"]


def test_what_only_the_content_needs_is_not_told(content: Content) -> None:
    message = compose(response(["wrinkles-fade"], near=["treats"]), NluResult(), content, notice_given=True)
    assert set(message["metadata"]) == {"topic", "outcome", "sources", "basis"}


def test_the_response_itself_is_left_as_it_is(content: Content) -> None:
    original = response(["wrinkles-fade"], near=["treats"])
    copy = json.loads(json.dumps(original))
    compose(original, ranking("sun"), content, notice_given=False)
    assert original == copy


# disclaimer


def test_the_notice_stands_under_the_first_answer_that_rests_on_facts(content: Content) -> None:
    message = compose(response(["wrinkles-fade"]), NluResult(), content, notice_given=False)
    assert message["text"] == "It hurts a little [1].\n\nGeneral information, not medical advice."
    assert message["metadata"]["notice"] is True


def test_the_notice_is_not_said_again(content: Content) -> None:
    message = compose(response(["wrinkles-fade"]), NluResult(), content, notice_given=True)
    assert message["text"] == "It hurts a little [1]."
    assert "notice" not in message["metadata"]


@pytest.mark.parametrize("outcome", ["smalltalk", "handoff", "urgent", "clarify", "out_of_scope", "error"])
def test_the_notice_goes_only_with_what_the_articles_say(content: Content, outcome: str) -> None:
    about = response(["wrinkles-fade"], outcome=outcome)
    assert compose(about, NluResult(), content, notice_given=False)["text"] == "It hurts a little [1]."


# buttons


def test_neighbours_become_buttons(content: Content) -> None:
    message = compose(response(near=["treats", "cost"]), NluResult(), content, notice_given=True)
    assert message["buttons"] == [
        {"title": "What it helps", "payload": "/treats"},
        {"title": "Price", "payload": "/cost"},
    ]


def test_a_message_without_neighbours_has_no_buttons(content: Content) -> None:
    assert "buttons" not in compose(response(), NluResult(), content, notice_given=True)


def test_other_likely_readings_come_before_neighbours(content: Content) -> None:
    message = compose(response(near=["treats"]), ranking("pain", *MANY), content, notice_given=True)
    others = [name.title() for name in MANY[:RUNNERS_UP]]
    assert titles(message) == [*others, "What it helps"]


def test_a_reading_that_is_a_neighbour_too_is_one_button(content: Content) -> None:
    message = compose(response(near=["sun", "treats"]), ranking("pain", "sun"), content, notice_given=True)
    assert titles(message) == ["Sun", "What it helps"]


def test_an_unlikely_reading_is_no_button(content: Content) -> None:
    assert titles(compose(response(), ranking("sun", share=LIKELY / 2), content, notice_given=True)) == []


def test_small_talk_and_unknown_intents_are_no_buttons(content: Content) -> None:
    about = ranking("greet", "out_of_scope", "nlu_fallback")
    assert titles(compose(response(), about, content, notice_given=True)) == []


def test_there_are_never_too_many_buttons(content: Content) -> None:
    message = compose(response(near=list(MANY)), ranking("treats", "cost"), content, notice_given=True)
    assert len(titles(message)) == BUTTONS


def test_an_urgent_message_has_no_buttons(content: Content) -> None:
    about = response(["ask-the-professional"], outcome="urgent", near=["treats"])
    assert titles(compose(about, ranking("sun"), content, notice_given=True)) == []


def test_asking_back_offers_the_likeliest_readings_and_takes_the_first_as_its_topic(content: Content) -> None:
    about = response(outcome="clarify", topic="out_of_scope")
    message = compose(about, ranking("greet", *MANY), content, notice_given=True)
    assert titles(message) == [*(name.title() for name in MANY[:CHOICES]), "None of these"]
    assert message["metadata"] == {"topic": MANY[0], "outcome": "clarify"}


def test_asking_back_offers_a_choice_even_between_unlikely_readings(content: Content) -> None:
    about = response(outcome="clarify", topic="out_of_scope")
    message = compose(about, ranking(*MANY, share=LIKELY / 2), content, notice_given=True)
    assert len(titles(message)) == SURE_CHOICES + 1  # "none of these"


def test_asking_back_with_nothing_to_offer_keeps_its_own_topic(content: Content) -> None:
    message = compose(
        response(outcome="clarify", topic="out_of_scope"), NluResult(), content, notice_given=True
    )
    assert message["metadata"]["topic"] == "out_of_scope"
    assert "buttons" not in message


# payloads of buttons


def test_a_payload_carries_what_its_topic_depends_on_and_nothing_else(content: Content) -> None:
    reading = NluResult(entities={"concern": ["wrinkles", "eczema"], "symptom": ["redness"]})
    assert payload("treats", reading, content) == '/treats{"concern": "wrinkles"}'
    assert payload("pain", reading, content) == "/pain"


def test_a_payload_without_a_value_is_only_the_topic(content: Content) -> None:
    assert payload("treats", NluResult(entities={"concern": []}), content) == "/treats"


# selection of the variation


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ([], None),
        (["wrinkles"], "wrinkles"),
        (["eczema"], OTHER),
        (["eczema", "wrinkles"], "wrinkles"),
        (["something-new"], "something-new"),
    ],
)
def test_what_the_articles_cover_is_chosen_first(
    content: Content, values: list[str], chosen: str | None
) -> None:
    assert chosen_values(NluResult(entities={"concern": values}), content)["concern"] == chosen


def test_every_slot_is_chosen_anew_so_that_nothing_sticks(content: Content) -> None:
    nothing = {"concern": None, "condition": None, "symptom": None, "remark": None, "alarm": None}
    assert chosen_values(NluResult(), content) == nothing


def test_an_alarm_has_no_lexicon_and_is_chosen_as_it_is(content: Content) -> None:
    assert chosen_values(NluResult(entities={"alarm": ["urgent"]}), content)["alarm"] == "urgent"


def test_an_answer_to_what_no_article_mentions_says_what_that_was(content: Content) -> None:
    about = {**response(), "condition": [{"type": "slot", "name": "concern", "value": OTHER}]}
    asked = NluResult(entities={"concern": ["eczema"]})
    assert compose(about, asked, content, notice_given=True)["metadata"]["concern"] == "eczema"


# labels of entities


def test_an_answer_names_what_the_person_named(content: Content) -> None:
    assert named("concern", NluResult(entities={"concern": ["eczema"]}), content) == "eczema"


@pytest.mark.parametrize("values", [[], ["something-new"]])
def test_what_cannot_be_named_is_worded_neutrally(content: Content, values: list[str]) -> None:
    assert named("concern", NluResult(entities={"concern": values}), content) == "what you describe"


def test_entities_of_rasa_are_sorted_by_kind_in_the_order_of_the_text() -> None:
    found: list[dict[str, Any]] = [
        {"entity": "concern", "value": "wrinkles", "start": 0},
        {"entity": "time", "value": "tomorrow"},
        {"entity": "concern", "value": "eczema"},
    ]
    assert readable(found) == {"concern": ["wrinkles", "eczema"], "time": ["tomorrow"]}


def test_a_question_of_its_own_offers_only_its_replies(content: Content) -> None:
    """A reply that names a topic keeps what was named, another payload stays as it is."""
    asked = response(outcome="clarify") | {
        "buttons": [
            {"title": "Yes", "payload": '/urgent{"alarm": "urgent"}'},
            {"title": "No", "payload": "/pain"},
        ]
    }
    message = compose(asked, ranking("sun", "ice"), content, notice_given=True)
    assert [button["payload"] for button in message["buttons"]] == ['/urgent{"alarm": "urgent"}', "/pain"]
    assert message["metadata"]["topic"] == "pain"
