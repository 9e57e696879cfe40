"""The real assistant over HTTP: guarantees of the API that hold for any content."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.servers import RunningAssistant

OUTCOMES = {"answered", "not_covered", "clarify", "urgent", "out_of_scope", "handoff", "smalltalk"}
MARKER = "marmalade"
QUESTIONS = {
    "How long will my skin stay red?": "answered",
    "what does it cost": "not_covered",
    "I have a fever and there is pus coming out of my cheek": "urgent",
    "what is the capital of France": "out_of_scope",
    "hello": "smalltalk",
}


def fits_the_contract(message: dict[str, Any]) -> bool:
    metadata = message["metadata"]
    return (
        set(message) <= {"text", "buttons", "custom", "metadata"}
        and bool(message["text"])
        and bool(metadata["topic"])
        and metadata["outcome"] in OUTCOMES
        and all(set(button) == {"title", "payload"} for button in message.get("buttons", []))
        and all({"id", "title", "section"} <= set(source) for source in metadata.get("sources", []))
    )


@pytest.mark.parametrize(("question", "outcome"), QUESTIONS.items())
def test_a_question_is_answered_as_the_contract_says(
    assistant: RunningAssistant, question: str, outcome: str
) -> None:
    messages = assistant.visitor().say(question)
    assert all(map(fits_the_contract, messages))
    assert messages[0]["metadata"]["outcome"] == outcome
    assert outcome != "answered" or messages[0]["metadata"]["sources"]


def test_every_button_that_is_offered_leads_to_an_answer(assistant: RunningAssistant) -> None:
    visitor = assistant.visitor()
    offered = [b for question in QUESTIONS for m in visitor.say(question) for b in m.get("buttons", [])]
    assert offered
    for button in offered:
        pressed = visitor.send(payload=button["payload"])
        assert pressed.status_code == 200
        assert all(map(fits_the_contract, pressed.json()["messages"]))


def test_visitors_do_not_get_each_others_answers(assistant: RunningAssistant) -> None:
    def talk(question: str) -> str:
        visitor = assistant.visitor()
        for _ in range(3):
            topic: str = visitor.say(question)[0]["metadata"]["topic"]
        return topic

    alone = {question: talk(question) for question in QUESTIONS}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(talk, list(QUESTIONS) * 4))
    assert together == list(alone.values()) * 4


def test_the_real_log_does_not_hold_what_a_person_wrote_either(assistant: RunningAssistant) -> None:
    visitor = assistant.visitor()
    for question in QUESTIONS:
        visitor.say(f"{question} {MARKER}")
    for text in (
        MARKER,
        f"/{MARKER}",
        f'/who_should_avoid{{"condition": "{MARKER}"}}',
        f"my {MARKER} eczema",
    ):
        visitor.say(text)
    output = assistant.output()
    assert '"event": "turn"' in output
    assert MARKER not in output.lower()
    assert visitor.token not in output
