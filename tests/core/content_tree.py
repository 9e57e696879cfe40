"""A tiny project whose content is right in every respect, to be spoiled by tests in one respect each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from assistant.core.content.generated_files import generated_files
from assistant.core.content.issues import ContentError
from assistant.core.validation.checks import find_issues
from assistant.core.validation.project_content import ProjectContent, read_project_content

ROOT = Path(__file__).parents[2]

Entry = dict[str, Any]
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

TEXT = (
    "One article says that this is so, and another says that it is a little different. What is right for "
    "your own skin is a question for a professional who has looked at it."
)
"""An answer of a good length."""


REPLIES = ("apology", "erased", "maintenance", "new_conversation", "too_long")
"""Messages that the server writes itself."""


class ContentTree:
    """Files by path, as the data that they hold; a string is written as it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, Any] = {
            "data/aftercare.yml": {
                "aftercare": [],
                "calendar": {"name": "x", "begins": "x", "fine_again": "x"},
            },
            "data/en/aftercare_wording.yml": yaml.safe_load(
                (ROOT / "data" / "en" / "aftercare_wording.yml").read_text(encoding="utf-8")
            ),
            "data/en/durations.yml": yaml.safe_load(
                (ROOT / "data" / "en" / "durations.yml").read_text(encoding="utf-8")
            ),
            "data/en/voice.yml": {"voice": voice()},
            "data/en/texts/replies.yml": {"replies": dict.fromkeys(REPLIES, fixed_reply())},
            "data/en/texts/problems.yml": {"busy": {"status": 503, "title": "Busy", "detail": "Try again."}},
            "clinic/settings.yml": {"clinic": {"name": "", "phone": ""}},
            "data/en/wording.yml": {"wording": wording()},
            "data/topics.yml": {"topics": _topics(), "intents": _intents()},
            "data/articles.yml": {"articles": _articles()},
            "data/en/alarms.yml": {"alarms": _alarms()},
            "data/facts/procedure.yml": {"facts": _pain_facts()},
            "data/facts/outcomes.yml": {"facts": [fact("wrinkles-fade", topic="treats")]},
            "data/facts/dialogue.yml": {"facts": [fact("ask-the-professional", topic="symptom_report")]},
            "data/facts/left_out.yml": {"left_out": _left_out()},
            "data/en/lexicon/concern.yml": {"lexicon": _words("wrinkles", "eczema")},
            "data/en/lexicon/symptom.yml": {"lexicon": _words("redness", "itching")},
            "data/en/responses/procedure.yml": {"responses": {"utter_pain": [_pain_answer()]}},
            "data/en/responses/basics.yml": {"responses": {"utter_cost": [_cost_answer()]}},
            "data/en/responses/outcomes.yml": {"responses": {"utter_treats": _treats_answers()}},
            "data/en/responses/dialogue.yml": {"responses": _dialogue_answers()},
            "domain.yml": _domain(),
        }
        for topic in self.topics:
            self._add_understanding(topic)

    def _add_understanding(self, topic: Entry) -> None:
        name, group = topic["id"], topic["group"]
        many = {"out_of_scope": 250, "greet": 30, "symptom_report": 30}.get(name, 60)
        self.write_phrases(group, name, [f"{name} asked in way {number}" for number in range(many)])
        questions = [{"text": f"{name} wanted in way {number}", "style": "plain"} for number in range(6)]
        self.files[f"tests/nlu/{group}/{name}.yml"] = {"topic": name, "questions": questions}

    def write_phrases(self, group: str, topic: str, phrases: Sequence[str]) -> None:
        """Makes these the phrases of the topic's file."""
        examples = "".join(f"- {phrase}\n" for phrase in phrases)
        self.files[f"data/en/nlu/{group}/{topic}.yml"] = {"nlu": [{"intent": topic, "examples": examples}]}

    def add_phrase(self, group: str, topic: str, phrase: str) -> None:
        """One more way to ask about the topic."""
        self.files[f"data/en/nlu/{group}/{topic}.yml"]["nlu"][0]["examples"] += f"- {phrase}\n"

    def questions(self, group: str, topic: str) -> list[Entry]:
        """The held-out questions about the topic."""
        questions: list[Entry] = self.files[f"tests/nlu/{group}/{topic}.yml"]["questions"]
        return questions

    @property
    def topics(self) -> list[Entry]:
        topics: list[Entry] = self.files["data/topics.yml"]["topics"]
        return topics

    def topic(self, name: str) -> Entry:
        """One topic of the contract."""
        return next(topic for topic in self.topics if topic["id"] == name)

    def facts(self, group: str) -> list[Entry]:
        """The facts of one file."""
        facts: list[Entry] = self.files[f"data/facts/{group}.yml"]["facts"]
        return facts

    def answers(self, group: str, name: str) -> list[Entry]:
        """The variations of one response."""
        answers: list[Entry] = self.files[f"data/en/responses/{group}.yml"]["responses"][name]
        return answers

    def write(self) -> None:
        """Writes all files below the root."""
        for name, content in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = (
                content if isinstance(content, str) else yaml.dump(content, Dumper=_DUMPER, sort_keys=False)
            )
            path.write_text(text, encoding="utf-8")
        self._generate()

    def _generate(self) -> None:
        """Writes what `make content` would, where the test has nothing of its own."""
        with suppress(ContentError):
            for path, text in generated_files(self.root).items():
                if not self._has_own(path.relative_to(self.root).as_posix()):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")

    def _has_own(self, name: str) -> bool:
        content = self.files.get(name)
        return content is not None and not (isinstance(content, dict) and content.get("intents") == [])

    def material(self) -> ProjectContent:
        """Return the content as the checker reads it."""
        self.write()
        return read_project_content(self.root)

    def issues(self, articles: Path | None = None) -> list[str]:
        """The lines that the checker prints, with paths from the root."""
        found = find_issues(self.material(), articles)
        return [without_line(str(issue)).replace(f"{self.root}/", "") for issue in found]


def without_line(issue: str) -> str:
    """An issue without the number of its line, which depends on how the file is written."""
    return re.sub(r", line \d+(?=: )", "", issue, count=1)


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


def _topics() -> list[Entry]:
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


def _intents() -> list[Entry]:
    return [
        {"id": "nlu_fallback", "kind": "internal"},
        {"id": "urgent", "kind": "symptom", "action": "utter_symptom_report", "general": "symptom_report"},
        {"id": "follow_up_why", "kind": "about_the_answer"},
    ]


def _articles() -> list[Entry]:
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


def _pain_facts() -> list[Entry]:
    return [fact("not-that-painful"), fact("more-intense-later", article="second", section="Pain")]


def _left_out() -> list[Entry]:
    place = {"article": "first", "section": "Introduction"}
    return [
        {**place, "claim": "It is wonderful.", "reason": "advertising"},
        {**place, "claim": "It is fine.", "reason": "too vague to check"},
    ]


def _alarms() -> list[Entry]:
    return [
        {"id": "breathing", "level": "emergency", "sure": True, "signs": ["short ... breath"]},
        {"id": "pus", "level": "urgent", "signs": ["pus"]},
    ]


def _words(covered: str, uncovered: str) -> list[Entry]:
    return [
        {"id": covered, "label": covered, "terms": [covered, f"some {covered}"]},
        {"id": uncovered, "label": uncovered, "terms": [uncovered], "covered": False},
    ]


def _pain_answer() -> Entry:
    return answer("pain", ["not-that-painful", "more-intense-later"], near=["treats"])


def _cost_answer() -> Entry:
    return answer("cost", ["not-that-painful"], near=["pain"], outcome="not_covered")


def _treats_answers() -> list[Entry]:
    return [
        answer("treats", ["wrinkles-fade"], near=["pain"]),
        variation("treats", ["wrinkles-fade"], "concern", "wrinkles"),
        variation("treats", ["wrinkles-fade"], "concern", "other", near=["pain"], outcome="not_covered"),
    ]


def _dialogue_answers() -> dict[str, list[Entry]]:
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


def _domain() -> Entry:
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
        "beside_alarm": "Have it looked at. In general:",
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
        "asking_back": {
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
        "sure": "{articles} say so: {titles}.{also}",
        "sure_also": " And {titles}.",
        "sure_clinic": "{answer} repeats {articles}.",
        "sure_differ": "They differ: {titles}.",
        "sure_positions": "They differ:\n\n{positions}",
        "sure_not_covered": "They do not say.",
        "sure_no_source": "No article says so.",
        "sure_urgent": "It is common sense. {clinic_help}",
    }
