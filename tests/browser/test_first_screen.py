"""Answers on a small phone: what is seen of them without scrolling."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat
from tests.browser.conftest import NewChat
from tests.browser.test_sizes import STILL, box
from tests.fakes.flaky_proxy import MoodyProxy
from tests.servers import ROOT, RunningAssistant

PHONE: dict[str, object] = {
    **STILL,
    "viewport": {"width": 375, "height": 667},
    "has_touch": True,
    "is_mobile": True,
}
OFFER = re.compile("Related questions|Did you mean")
SHARE = 0.9  # of the topics
BATCH = 10  # questions of a conversation; each takes longer than the one before
Answers = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def topics() -> dict[str, str]:
    """One question for each topic that people ask about."""
    found = yaml.safe_load((ROOT / "data" / "topics.yml").read_text("utf-8"))["topics"]
    return {topic["id"]: topic["example"] for topic in found if topic.get("example")}


@pytest.fixture(scope="module")
def answers(topics: dict[str, str], embedded: RunningAssistant) -> Answers:
    """Answers that somebody new gets, by topic."""
    return {topic: embedded.visitor().say(example) for topic, example in topics.items()}


NewPhone = Callable[[], Chat]


@pytest.fixture
def new_phone(new_chat: NewChat) -> NewPhone:
    """The opened chat on a small phone, of somebody new each time."""

    def opened() -> Chat:
        chat = new_chat(options=PHONE)
        chat.launcher.click()
        expect(chat.field).to_be_visible()
        return chat

    return opened


def end_of_first_button(answer: Locator) -> float:
    """Return the end of the first button, or of an answer without one, in px from the top of the screen."""
    offered = answer.get_by_role("group", name=OFFER).get_by_role("button")
    return box(offered.first if offered.count() else answer)[3]


def is_seen(chat: Chat, answer: Locator) -> bool:
    """True when the answer begins and its first button ends between the head and the field."""
    _, top, _, bottom = box(chat.log)
    return top <= box(answer)[1] and end_of_first_button(answer) <= bottom


def test_most_answers_are_seen_whole_with_their_first_button(
    new_phone: NewPhone, proxy: MoodyProxy, topics: dict[str, str], answers: Answers
) -> None:
    seen: dict[str, bool] = {}
    for number, (topic, example) in enumerate(topics.items()):
        if number % BATCH == 0:
            phone = new_phone()
        proxy.mood.rewrite = lambda _, topic=topic: answers[topic]
        answer = phone.ask(example)
        expect(phone.questions.last).to_be_in_viewport()
        seen[topic] = is_seen(phone, answer)
    unseen = [topic for topic in topics if not seen[topic]]
    assert sum(seen.values()) / len(seen) >= SHARE, f"too long: {', '.join(unseen)}"


@pytest.mark.parametrize("message", ["I can't breathe", "I have a fever and pus is coming out of my cheek"])
def test_an_urgent_answer_fits_on_the_screen_with_its_question(new_phone: NewPhone, message: str) -> None:
    phone = new_phone()
    answer = phone.ask(message)
    _, top, _, bottom = box(phone.log)
    assert top <= box(phone.questions.last)[1]
    assert box(answer)[3] <= bottom
