"""Tests of the candidate check over HTTP, with the trained assistant and its action server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.servers import ROOT, RunningAssistant, Visitor

Message = dict[str, Any]
CONDITIONS = [
    "active_acne", "infection", "open_wound", "skin_cancer", "metal_allergy", "bleeding_disorder", "isotretinoin",
    "blood_thinners",
]  # fmt: skip


def asked_about(messages: list[Message]) -> str | None:
    """The condition that a question of the check is about."""
    about = [m["metadata"] for m in messages if m["metadata"]["topic"] == "candidate_check"]
    return next(
        (each["condition"] for each in about if each["outcome"] == "clarify" and "condition" in each), None
    )


def topics(messages: list[Message]) -> list[str]:
    return [message["metadata"]["topic"] for message in messages]


def press(person: Visitor, messages: list[Message], title: str) -> list[Message]:
    payload = next(b["payload"] for m in messages for b in m.get("buttons", []) if b["title"] == title)
    answer: list[Message] = person.send(payload=payload).json()["messages"]
    return answer


def test_one_question_at_a_time_to_an_end_that_is_no_yes(person: Visitor) -> None:
    messages = person.say("am i a candidate?")
    for condition in CONDITIONS:
        assert asked_about(messages) == condition
        messages = person.say("nope")
    [end] = messages
    assert end["metadata"]["outcome"] == "answered"
    assert end["metadata"]["sources"]
    assert "no reason against it" in end["text"]
    assert "suitable" not in end["text"]


def test_buttons_do_the_same_as_words_and_an_old_one_corrects_itself(person: Visitor) -> None:
    first = person.say("check if i can have it")
    assert asked_about(press(person, first, "Yes")) == "infection"
    assert asked_about(press(person, first, "No")) == "infection"
    for _ in CONDITIONS[1:]:
        messages = person.say("no")
    assert "conditions" not in messages[0]["metadata"]


def test_what_was_said_before_is_not_asked_and_counts(person: Visitor) -> None:
    person.say("i'm on accutane, can i have it done")
    messages = person.say("would i be suitable")
    assert "isotretinoin already" in messages[0]["text"]
    asked = []
    while (condition := asked_about(messages)) is not None:
        asked.append(condition)
        messages = person.say("no")
    assert asked == [condition for condition in CONDITIONS if condition != "isotretinoin"]
    assert messages[0]["metadata"]["conditions"] == ["isotretinoin"]


def test_another_question_is_answered_and_the_check_waits(person: Visitor) -> None:
    person.say("do the suitability check with me")
    person.say("no")
    aside = person.say("how long does a session take?")
    assert topics(aside) == ["procedure_duration"]
    assert "an infection of the skin" in aside[-1]["text"]
    assert asked_about(press(person, aside, "Go on with the check")) == "infection"
    person.say("what does it cost")
    assert asked_about(person.say("no")) == "open_wound"


def test_dated_answers_lead_back_to_the_check_too(person: Visitor) -> None:
    person.say("i had it done yesterday at 3pm", timezone="Europe/Madrid")
    person.say("could you check whether i qualify")
    [aside] = person.say("can i wear make-up", timezone="Europe/Madrid")
    assert aside["metadata"]["verdict"]
    assert aside["buttons"][0]["title"] == "Go on with the check"
    assert asked_about(person.say("no", timezone="Europe/Madrid")) == "infection"


def test_an_alarm_wins_and_puts_the_check_to_sleep(person: Visitor) -> None:
    person.say("check me")
    [alarm] = person.say("yes and there is yellow pus coming out, and i have a fever")
    assert alarm["metadata"]["outcome"] == "urgent"
    assert "check" not in str(alarm.get("buttons", "")).lower()
    assert asked_about(person.say("no")) is None
    assert asked_about(person.say("go on with the check")) == "active_acne"


def test_stop_back_and_why(person: Visitor) -> None:
    person.say("am i suitable for it")
    person.say("yes")
    why = person.say("why do you want to know")
    assert asked_about(why) == "infection"
    assert why[0]["metadata"]["sources"]
    assert asked_about(person.say("wrong button, go back")) == "active_acne"
    stopped = person.say("ok stop")
    assert asked_about(stopped) is None
    assert topics(stopped) == ["candidate_check"]
    assert topics(person.say("does it hurt")) == ["pain"]
    assert asked_about(person.say("let's finish the check")) == "active_acne"


def test_what_is_neither_yes_nor_no_is_asked_again(person: Visitor) -> None:
    person.say("am i suitable for it")
    assert asked_about(person.say("wibble")) == "active_acne"
    assert asked_about(person.say("no wait yes")) == "active_acne"
    assert asked_about(person.say("i'd have to ask my mum, no idea")) == "infection"


def test_a_reload_changes_nothing_and_erasing_ends_it(assistant: RunningAssistant, person: Visitor) -> None:
    person.say("am i suitable for it")
    person.say("no")
    back = Visitor(assistant.base_url, token=person.token)
    assert asked_about([m for m in back.history() if m["role"] == "assistant"][-1:]) == "infection"
    assert back.send(id="after", text="no").status_code == 200
    back.erase()
    assert asked_about(assistant.visitor().say("no")) is None


def test_a_typed_command_begins_nothing(person: Visitor) -> None:
    assert topics(person.say("/candidate_check")) == ["out_of_scope"]


def test_small_talk_is_kind_and_other_languages_are_answered_in_theirs(person: Visitor) -> None:
    [spanish] = person.say("hola, ¿cuánto cuesta?")
    assert spanish["metadata"]["outcome"] == "out_of_scope"
    assert "inglés" in spanish["text"]
    assert "English" in spanish["text"]
    [rude] = person.say("stupid bot")
    assert rude["metadata"]["outcome"] == "out_of_scope"
    assert "sorry" in rude["text"]
    assert rude["buttons"][0]["title"] == "Talk to a person"


def test_without_the_action_server_the_reasons_are_given_all_at_once(tmp_path: Path) -> None:
    alone = RunningAssistant(ROOT, tmp_path / "state", tmp_path / "log")
    try:
        [message] = alone.visitor().say("am i a candidate")
        assert "can't go through the questions" in message["text"]
        assert "bleeding disorder" in message["text"]
        assert message["metadata"]["topic"] == "candidate_check"
        assert message["metadata"]["sources"]
    finally:
        alone.stop()
