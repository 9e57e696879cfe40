"""Entries of a tiny project whose content is right in every respect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Entry = dict[str, Any]
TEXT = (
    "One article says that this is so, and another says that it is a little different. What is right for "
    "your own skin is a question for a professional who has looked at it."
)
"""An answer of a good length."""


def fact(name: str, topic: str = "pain", article: str = "first", section: str = "Sessions") -> Entry:
    """A fact as the files have it."""
    statement = f"The claim {name} stands here."
    place = {"article": article, "section": section, "line": 3}
    return {"id": name, "statement": statement, **place, "topic": topic}


def answer(topic: str, facts: Sequence[str] = (), *, text: str = TEXT, **metadata: Any) -> Entry:
    """A response as the files have it."""
    cited = f"{text} [{', '.join(facts)}]" if facts else text
    return {"text": cited, "metadata": {"topic": topic, **metadata}}


def variation(topic: str, facts: Sequence[str], entity: str, value: str, **more: Any) -> Entry:
    """A response for one value of an entity; its metadata name the value, other than ``other``."""
    named = {} if value == "other" else {entity: value}
    condition = [{"type": "slot", "name": entity, "value": value}]
    return {"condition": condition, **answer(topic, facts, **named, **more)}


def topics() -> list[Entry]:
    """Return the topics of the project."""
    return [
        {"id": "pain", "group": "procedure", "label": "Whether it hurts", "example": "ouch?"},
        {
            "id": "cost",
            "group": "basics",
            "covered": False,
            "label": "Price",
            "example": "price?",
        },
        {
            "id": "treats",
            "group": "outcomes",
            "entities": ["concern"],
            "label": "What it helps",
            "example": "acne?",
        },
        {
            "id": "symptom_report",
            "own_answer": True,
            "kind": "symptom",
            "group": "dialogue",
            "entities": ["symptom", "alarm"],
            "label": "Something on my skin",
            "example": "my cheeks are hot",
        },
        {"id": "greet", "group": "dialogue", "kind": "small_talk", "label": "Hello", "example": "hiya"},
        {
            "id": "out_of_scope",
            "group": "dialogue",
            "kind": "out_of_scope",
            "label": "Something else",
            "example": "who won",
        },
    ]


def intents() -> list[Entry]:
    """Return the intents of the project."""
    return [
        {"id": "nlu_fallback", "kind": "internal"},
        {"id": "urgent", "kind": "symptom", "action": "utter_symptom_report", "general": "symptom_report"},
        {"id": "follow_up_why", "kind": "about_the_answer"},
    ]


def articles() -> list[Entry]:
    """Return the articles of the project."""
    return [
        {
            "id": "first",
            "title": "The first",
            "name": "First",
            "file": "first.txt",
            "sections": ["Introduction", "Sessions"],
        },
        {"id": "second", "title": "The second", "name": "Second", "file": "second.txt", "sections": ["Pain"]},
    ]


def pain_facts() -> list[Entry]:
    """Return the pain facts of the project."""
    return [fact("not-that-painful"), fact("more-intense-later", article="second", section="Pain")]


def left_out() -> list[Entry]:
    """Return the left out of the project."""
    place = {"article": "first", "section": "Introduction"}
    return [
        {**place, "claim": "It is wonderful.", "reason": "advertising"},
        {**place, "claim": "It is fine.", "reason": "too vague to check"},
    ]


def alarms() -> list[Entry]:
    """Return the alarms of the project."""
    return [
        {"id": "breathing", "level": "emergency", "sure": True, "signs": ["short ... breath"]},
        {"id": "pus", "level": "urgent", "signs": ["pus"]},
    ]


def words(covered: str, uncovered: str) -> list[Entry]:
    """Return the words of the project."""
    return [
        {"id": covered, "label": covered, "terms": [covered, f"some {covered}"]},
        {"id": uncovered, "label": uncovered, "terms": [uncovered], "covered": False},
    ]


def pain_answer() -> Entry:
    """Return the pain answer of the project."""
    return answer("pain", ["not-that-painful", "more-intense-later"], near=["treats"])


def cost_answer() -> Entry:
    """Return the cost answer of the project."""
    return answer("cost", ["not-that-painful"], near=["pain"], outcome="not_covered")


def treats_answers() -> list[Entry]:
    """Return the treats answers of the project."""
    return [
        answer("treats", ["wrinkles-fade"], near=["pain"]),
        variation("treats", ["wrinkles-fade"], "concern", "wrinkles"),
        variation("treats", ["wrinkles-fade"], "concern", "other", near=["pain"], outcome="not_covered"),
    ]


def dialogue_answers() -> dict[str, list[Entry]]:
    """Return the dialogue answers of the project."""
    asking, call, number = (
        "ask-the-professional",
        f"{TEXT} {{clinic_help}}",
        f"{TEXT} Call {{emergency_number}}",
    )
    return {
        "utter_symptom_report": [
            answer("symptom_report", [asking], near=["pain"], outcome="not_covered"),
            variation("symptom_report", [asking], "alarm", "emergency", text=number, outcome="urgent"),
            variation("symptom_report", [asking], "alarm", "urgent", text=call, outcome="urgent"),
            variation("symptom_report", [asking], "alarm", "before_session", text=call),
            variation("symptom_report", [asking], "symptom", "redness"),
        ],
        "utter_greet": [answer("greet", outcome="smalltalk")],
        "utter_out_of_scope": [answer("out_of_scope", outcome="out_of_scope")],
        "utter_nlu_fallback": [answer("out_of_scope", outcome="clarify")],
    }


def domain() -> Entry:
    """Return the domain of the project."""
    names = ["concern", "symptom", "alarm"]
    return {
        "intents": [],
        "entities": names,
        "slots": {name: {"type": "text"} for name in names},
    }


def wording() -> Entry:
    """The sentences around the answers."""
    sentence = "Call {name}."
    return {
        "notice": "General information, not medical advice.",
        "clinic_name": "your professional",
        "emergency_number": "112",
        "before_numbers": ["call", "on"],
        "after_alarm": "Have it looked at. In general:",
        "unavailable": "Not now. In general:",
        "unavailable_check": "No check now. In general:",
        "make_personal": {"title": "For my date", "topics": []},
        "something_else": "what you describe",
        "contact": {
            "phone_and_booking": sentence,
            "phone": sentence,
            "booking": sentence,
            "neither": sentence,
        },
        "clinic": {
            "says": "The clinic: {detail}",
            "lists": "The clinic:\n\n{list}",
            "stricter": "Others:",
            "section": "Own",
        },
        "replies": _replies(),
        "clarification": {
            "none_of_these": "None of these",
            "closest": "The closest thing in the articles:\n\n{list}",
            "still_unclear": "Ask a person. {clinic_contact}",
            "still_unclear_closest": "The closest thing in the articles:\n\n{list}",
        },
    }


def voice() -> Entry:
    """Rules of wording that apply to no file yet."""
    return {
        "applies_to": [],
        "first_sentence": 6,
        "sentence": 10,
        "shortest": 4,
        "longest": 30,
        "longest_with_list": 40,
        "banned": [{"pattern": r"\barticles?\b", "instead": "a citation"}],
        "contractions": {"do not": "don't", "it is": "it's"},
        "terms": [{"use": "session", "not": ["sitting"]}],
        "uncited": ["^(?:yes|no)\\b[^,.]{0,15}[.:]?$", "^ask\\b"],
        "exceptions": [],
    }


def fixed_reply(text: str = "It's done.") -> Entry:
    """A message that the server writes itself."""
    return {"text": text, "topic": "pain", "outcome": "smalltalk"}


def _replies() -> Entry:
    return {
        "articles": ["one article", "two articles", "three articles", "four articles", "five articles"],
        "clinic": "the sheet of {clinic_name}",
        "clinic_and": "{clinic} and {articles}",
        "again": "No more than this:",
        "last_answer": "It",
        "earlier_answer": "“{topic}”",
        "source_also": "Also:\n\n{list}",
        "source_differs": "The other side:\n\n{list}",
        "source_not_covered": "They do not answer it; what is near rests on {articles}:\n\n{list}",
        "source": "{answer} rests on {articles}:\n\n{list}",
        "no_source": "{answer} rests on no article. {clinic_contact}",
        "more": "Also:\n\n{list}",
        "more_again": "In detail, in {articles}:\n\n{list}",
        "no_more": "That is all.",
        "why": "The reason, by {articles}:\n\n{list}",
        "no_reason": "They do not say why.",
        "no_reason_personal": "Ask who knows.",
        "sure": "{articles} say so: {titles}.{also}",
        "sure_also": " And {titles}.",
        "sure_clinic": "{answer} repeats {articles}.",
        "sure_differ": "They differ: {titles}.",
        "sure_positions": "They differ:\n\n{positions}",
        "sure_not_covered": "They do not say.",
        "sure_no_source": "No article says so.",
        "sure_safety": "It is about safety.",
        "sure_urgent": "It is common sense. {clinic_help}",
    }
