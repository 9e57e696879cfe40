"""Messages of the candidate check."""

from __future__ import annotations

import itertools

import pytest

from assistant.core.content.content import Content
from assistant.core.screening.messages import build_message
from assistant.core.screening.progress import Progress, Reply
from assistant.core.screening.questions import Screening

FIRST = "active_acne"
NEVER = ("you are suitable", "you're suitable", "good candidate", "perfect candidate", "you can have it")


def finished(check: Screening, **replies: Reply) -> Progress:
    return Progress(replies={condition: replies.get(condition, "no") for condition in check.questions})


def test_a_question_has_its_condition_and_every_reply_as_a_button(check: Screening, content: Content) -> None:
    message = build_message("ask", Progress(question="infection"), check, content)
    assert message["metadata"] == {"topic": "candidate_check", "outcome": "clarify", "condition": "infection"}
    assert [button["title"] for button in message["buttons"]] == ["Yes", "No", "Not sure", "Why do you ask?"]
    assert "2 of 8" in message["text"]


@pytest.mark.parametrize("number", range(8))
def test_why_is_answered_with_sources_and_asks_again(check: Screening, content: Content, number: int) -> None:
    question = list(check.questions.values())[number]
    message = build_message("why", Progress(question=question.id), check, content)
    assert message["metadata"]["sources"]
    assert message["metadata"]["outcome"] == "clarify"
    assert question.ask in message["text"]


def test_nothing_against_it_is_not_a_yes(check: Screening, content: Content) -> None:
    message = build_message("end", finished(check), check, content)
    assert message["metadata"]["outcome"] == "answered"
    assert len(message["metadata"]["sources"]) > 0
    assert "give no reason against it" in message["text"]
    assert "not a yes" in message["text"]
    assert "condition" not in message["metadata"]


def test_reasons_come_first_and_doubts_count_as_such(check: Screening, content: Content) -> None:
    message = build_message("end", finished(check, isotretinoin="yes", active_acne="unsure"), check, content)
    assert message["metadata"]["conditions"] == ["isotretinoin", "active_acne"]
    assert message["text"].index("sotretinoin") < message["text"].index("ctive acne")
    assert "no reason against" not in message["text"]


def test_no_end_ever_says_that_somebody_is_suitable(check: Screening, content: Content) -> None:
    replies: tuple[Reply, ...] = ("yes", "no", "unsure")
    for first, second in itertools.product(replies, replies):
        message = build_message("end", finished(check, active_acne=first, skin_cancer=second), check, content)
        assert not any(words in message["text"].lower() for words in NEVER)
        assert "{" not in message["text"]


def test_what_is_known_is_said_and_not_counted(check: Screening, content: Content) -> None:
    progress = Progress(replies={"isotretinoin": "yes"}, known=("isotretinoin",), question=FIRST)
    text = build_message("begin", progress, check, content)["text"]
    assert "isotretinoin already" in text
    assert "1 of 7" in text


def test_a_blood_thinner_is_never_followed_by_no_reason_against_it(
    check: Screening, content: Content
) -> None:
    for reply in ("yes", "unsure"):
        message = build_message("end", finished(check, blood_thinners=reply), check, content)
        assert "no reason against" not in message["text"]
        assert "don't stop it" in message["text"]
        assert message["metadata"]["conditions"] == ["blood_thinners"]


def test_stopping_says_what_was_found_so_far(check: Screening, content: Content) -> None:
    progress = Progress(replies={FIRST: "yes"}, question="infection", stopped=True)
    message = build_message("stopped", progress, check, content)
    assert "Active acne" in message["text"]
    assert message["metadata"]["sources"]
    assert "condition" not in message["metadata"]
