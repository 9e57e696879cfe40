"""Tests of messages unrelated to the previous answer, with the trained assistant and its action server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers import RunningAssistant, Visitor

Message = dict[str, Any]
QUESTIONS = ("how much is a session", "does it hurt", "how long will i be red")
AGAIN = "I have no more about it than this"


@pytest.fixture(params=QUESTIONS)
def person(request: pytest.FixtureRequest, assistant: RunningAssistant) -> Visitor:
    """Somebody who has had an answer."""
    visitor = assistant.visitor()
    visitor.say(request.param)
    return visitor


def is_about_the_answer(person: Visitor, answer: Message) -> bool:
    """Whether it says the answer before again, or something about it."""
    first = next(said for said in person.history() if said["role"] == "assistant")
    again = first["metadata"]["topic"] == answer["metadata"]["topic"]
    return again or "follow_up" in answer["metadata"] or AGAIN in answer["text"]


@pytest.mark.parametrize(
    "text",
    [
        "ok", "okay", "great", "cool", "👍", "❤️", "got it", "makes sense", "good to know", "oh no", "will do",
        "right, got it", "ok ok", "ah ok cool", "fair enough", "OK!!", "hmm", "i see", ":)",
    ],
)  # fmt: skip
def test_a_nod_is_acknowledged_in_a_few_words(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert answer["metadata"]["outcome"] == "smalltalk"
    assert len(answer["text"].split()) <= 25
    assert "buttons" not in answer


@pytest.mark.parametrize("text", ["yes", "no", "yeah", "Nope.", "yes please", "no way", "maybe"])
def test_a_yes_or_no_to_nobodys_question_is_told_that_nothing_was_asked(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert answer["metadata"]["outcome"] == "smalltalk"
    assert answer["text"].startswith("I hadn't asked you anything")


@pytest.mark.parametrize("text", ["asdf qwe", "jkl", "hjkhjk kjhkj", "dfgdfg"])
def test_a_slip_of_the_keyboard_is_about_nothing(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert answer["metadata"]["outcome"] in {"out_of_scope", "clarify"}


@pytest.mark.parametrize(
    "text", ["i am 45", "im a man", "i live in madrid", "i have two kids", "im from ireland"]
)
def test_a_small_fact_about_oneself_is_no_question(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert not is_about_the_answer(person, answer)


@pytest.mark.parametrize(
    "text",
    [
        "what about parking",
        "do you have wifi",
        "what's your address",
        "and the address?",
        "what's your instagram",
        "and the opening hours?",
        "which bus",
    ],
)
def test_another_subject_is_another_subject(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert not is_about_the_answer(person, answer)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("can i wear make-up", "even just powder?"),
        ("can i go in the sun", "how many days"),
        ("can i put ice on it", "why not"),
        ("how long will i be red", "are you sure"),
        ("how much is it", "just the upper lip then"),
        ("does it hurt", "really?"),
        ("what are the benefits", "ok go on"),
    ],
)
def test_what_leans_on_the_answer_is_still_about_it(
    assistant: RunningAssistant, question: str, text: str
) -> None:
    person = assistant.visitor()
    person.say(question)
    [answer] = person.say(text)
    assert is_about_the_answer(person, answer)


def test_yes_and_no_answer_the_candidate_check_while_it_asks(assistant: RunningAssistant) -> None:
    person = assistant.visitor()
    first = person.say("am i a good candidate")[-1]
    for text in ("no", "nope", "no"):
        question = person.say(text)[-1]
        assert question["metadata"]["topic"] == "candidate_check"
        assert question["text"] != first["text"]


@pytest.mark.parametrize(
    "text", ["we've got three girls", "i work nights in a warehouse", "i'm from norwich"]
)
def test_a_fact_that_nothing_is_known_about_is_thanked_for(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert answer["text"].startswith("Thanks for telling me")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("which skin types is it for", "i have dark skin"),
        ("can i wear make-up", "i'm a waitress"),
        ("can i go swimming", "i teach water polo"),
        ("can i fly", "i'm a stewardess"),
    ],
)
def test_a_fact_that_touches_the_question_is_not_answered_again(
    assistant: RunningAssistant, question: str, text: str
) -> None:
    person = assistant.visitor()
    person.say(question)
    [answer] = person.say(text)
    assert answer["text"].startswith("Thanks for telling me")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("should i stop aspirin before it", "on it since my heart attack"),
        ("who should not have it", "i've got lupus"),
        ("can i take ibuprofen after", "i've a weak stomach"),
    ],
)
def test_a_fact_that_may_matter_is_for_the_person_who_treats(
    assistant: RunningAssistant, question: str, text: str
) -> None:
    person = assistant.visitor()
    person.say(question)
    [answer] = person.say(text)
    assert "Tell the person who treats you" in answer["text"]
    assert "/candidate_check" in {button["payload"] for button in answer["buttons"]}


@pytest.mark.parametrize("text", ["oh, that isn't so bad", "aye, grand", "i can wait, no hurry"])
def test_a_comment_on_the_answer_is_acknowledged(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert answer["metadata"]["topic"] in {"acknowledge", "thanks"}


@pytest.mark.parametrize(
    "text",
    ["what about a used van", "how about the tumble dryer", "and a bike lock", "what about my retainer"],
)
def test_a_foreign_subject_that_is_brought_up_is_not_about_the_answer(person: Visitor, text: str) -> None:
    [answer] = person.say(text)
    assert not is_about_the_answer(person, answer)


@pytest.mark.parametrize("text", ["just one", "only half a tablet", "a single one?", "just the one"])
def test_an_amount_after_a_medicine_is_about_the_medicine(assistant: RunningAssistant, text: str) -> None:
    person = assistant.visitor()
    person.say("can i take ibuprofen after")
    [answer] = person.say(text)
    assert answer["metadata"]["topic"] == "after_pain_relief"


@pytest.mark.parametrize(
    "text", ["ok i'll ring them, thanks", "right, calling the clinic now", "ok i'll go and see a doctor"]
)
def test_who_will_call_after_an_alarm_is_not_told_to_again(assistant: RunningAssistant, text: str) -> None:
    person = assistant.visitor()
    person.say("there is pus on my cheek")
    [answer] = person.say(text)
    assert answer["metadata"]["outcome"] == "smalltalk"


def test_a_bare_question_with_a_neighbouring_topic_is_about_that(assistant: RunningAssistant) -> None:
    visitor = assistant.visitor()
    visitor.say("how many sessions do i need")
    [answer] = visitor.say("how long in between")
    assert answer["metadata"]["topic"] == "session_interval"
