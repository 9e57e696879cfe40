"""A tiny project whose content is right in every respect, to be spoiled by tests in one respect each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from assistant.core.content.issues import ContentError
from assistant.core.content.topics import generated_files
from assistant.core.validation.checks import find_issues
from assistant.core.validation.project_content import ProjectContent, read_project_content
from tests.core.content_entries import (
    Entry,
    alarms,
    articles,
    cost_answer,
    dialogue_answers,
    domain,
    fact,
    fixed_reply,
    intents,
    left_out,
    pain_answer,
    pain_facts,
    topics,
    treats_answers,
    voice,
    wording,
    words,
)

ROOT = Path(__file__).parents[2]

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

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
            "data/topics.yml": {"topics": topics(), "intents": intents()},
            "data/articles.yml": {"articles": articles()},
            "data/en/alarms.yml": {"alarms": alarms()},
            "data/facts/procedure.yml": {"facts": pain_facts()},
            "data/facts/outcomes.yml": {"facts": [fact("wrinkles-fade", topic="treats")]},
            "data/facts/dialogue.yml": {"facts": [fact("ask-the-professional", topic="symptom_report")]},
            "data/facts/left_out.yml": {"left_out": left_out()},
            "data/en/lexicon/concern.yml": {"lexicon": words("wrinkles", "eczema")},
            "data/en/lexicon/symptom.yml": {"lexicon": words("redness", "itching")},
            "data/en/responses/procedure.yml": {"responses": {"utter_pain": [pain_answer()]}},
            "data/en/responses/basics.yml": {"responses": {"utter_cost": [cost_answer()]}},
            "data/en/responses/outcomes.yml": {"responses": {"utter_treats": treats_answers()}},
            "data/en/responses/dialogue.yml": {"responses": dialogue_answers()},
            "domain.yml": domain(),
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
