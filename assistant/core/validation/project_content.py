"""All content that the checks cover, as far as it can be read, and checks of its files: names, and duplicate keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, Literal, TypeVar

import yaml

from assistant.core.content.alarms import Alarm, load_alarms
from assistant.core.content.articles import Article, Fact, LeftOut, fact_files, load_left_out
from assistant.core.content.clinic import Clinic, Wording, load_clinic, load_wording
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.lexicon import Entry
from assistant.core.content.responses import Response, load_responses, response_files
from assistant.core.content.topics import Intent, Topic
from assistant.core.content.training_examples import (
    FollowUpExample,
    SegmentationExample,
    follow_up_files,
    segmentation_files,
)
from assistant.core.content.yaml_files import Loader, read_records
from assistant.core.validation.project_files import (
    Domain,
    Phrase,
    QuestionFile,
    RasaRule,
    load_domain,
    load_phrases,
    load_questions,
    load_rules,
)

_Kind = TypeVar("_Kind")
Subject = Literal[
    "topic", "article", "fact", "left out", "response", "phrase", "question",
    "rule", "domain", "lexicon", "alarm", "wording", "clinic", "segmentation", "follow up",
]  # fmt: skip


@dataclass(frozen=True)
class Placed(Generic[_Kind]):
    """An entry, with its file."""

    path: Path
    entry: _Kind


@dataclass(frozen=True)
class Answer:
    """One variation of a response, with its place."""

    path: Path
    name: str
    number: int
    """Number within the response, from 1."""
    variations: int
    response: Response

    @property
    def topic(self) -> str:
        """Topic according to the response's name."""
        return self.name.removeprefix("utter_")

    @property
    def texts(self) -> tuple[str, ...]:
        """Its text, and its details if it has any."""
        details = self.response.metadata.details
        return (self.response.text, details) if details else (self.response.text,)

    @property
    def place(self) -> str:
        """Name of the variation in issues."""
        if self.variations == 1:
            return self.name
        values = " and ".join(f"{condition.name} {condition.value}" for condition in self.response.condition)
        return f"{self.name}, variation {self.number}" + (f" ({values})" if values else "")


@dataclass(frozen=True)
class ProjectContent:
    """The content with the place of every entry; duplicate ids are kept."""

    root: Path
    topics: Sequence[Topic]
    intents: Sequence[Intent]
    """Intents that are no topics."""
    articles: Sequence[Article]
    facts: Sequence[Placed[Fact]]
    left_out: Sequence[LeftOut]
    answers: Sequence[Answer]
    phrases: Sequence[Placed[Phrase]]
    questions: Sequence[Placed[QuestionFile]]
    segmentation_examples: Sequence[Placed[SegmentationExample]]
    follow_up_examples: Sequence[Placed[FollowUpExample]]
    rules: Sequence[Placed[RasaRule]]
    domain: Domain
    lexicon: Sequence[Placed[list[Entry]]]
    alarms: Sequence[Alarm]
    wording: Wording | None
    issues: Sequence[Issue]
    """Issues of files that could not be read."""
    broken: frozenset[Subject]
    """Subjects with a file that could not be read, from which nothing can be reported as missing."""

    @property
    def data(self) -> Path:
        return self.root / "data"

    def path(self, *parts: str) -> str:
        """Return the actual or expected path of a content file, for issues."""
        return str(self.root.joinpath(*parts))

    def is_whole(self, *subjects: Subject) -> bool:
        """Return whether every file of these subjects could be read."""
        return self.broken.isdisjoint(subjects)


def read_project_content(root: Path) -> ProjectContent:
    """Read the content of the project at ``root``; a file that cannot be read becomes an issue."""
    data = root / "data"
    reader = _Reader()
    reader.one("clinic", lambda: load_clinic(root / "clinic" / "settings.yml"), Clinic())
    nothing: tuple[list[Topic], list[Intent]] = ([], [])
    topics, intents = reader.one("topic", lambda: _topics(data / "topics.yml"), nothing)
    return ProjectContent(
        root=root,
        topics=topics,
        intents=intents,
        articles=reader.one("article", lambda: read_records(data / "articles.yml", "articles", Article), []),
        facts=reader.all("fact", fact_files(data), lambda path: read_records(path, "facts", Fact)),
        left_out=reader.one("left out", lambda: load_left_out(data), []),
        answers=[answer.entry for answer in reader.all("response", response_files(data), _answers)],
        phrases=reader.all("phrase", sorted((data / LANGUAGE / "nlu").glob("**/*.yml")), load_phrases),
        questions=reader.all("question", sorted((root / "tests" / "nlu").glob("**/*.yml")), _questions),
        segmentation_examples=reader.all(
            "segmentation",
            segmentation_files(data),
            lambda path: read_records(path, "messages", SegmentationExample),
        ),
        follow_up_examples=reader.all(
            "follow up", follow_up_files(data), lambda path: read_records(path, "talks", FollowUpExample)
        ),
        rules=reader.all("rule", sorted((data / "rules").glob("**/*.yml")), load_rules),
        domain=reader.one("domain", lambda: load_domain(root / "domain.yml"), Domain()),
        lexicon=reader.all("lexicon", sorted((data / LANGUAGE / "lexicon").glob("*.yml")), _lexicon),
        alarms=reader.one("alarm", lambda: load_alarms(data), []),
        wording=reader.one("wording", lambda: load_wording(data), None),
        issues=reader.issues,
        broken=frozenset(reader.broken),
    )


class _Reader:
    """Reader that collects issues and continues with the next file."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self.broken: set[Subject] = set()

    def one(self, subject: Subject, load: Callable[[], _Kind], otherwise: _Kind) -> _Kind:
        try:
            return load()
        except ContentError as error:
            self.issues += error.issues
            self.broken.add(subject)
            return otherwise

    def all(
        self, subject: Subject, paths: Sequence[Path], load: Callable[[Path], Sequence[_Kind]]
    ) -> list[Placed[_Kind]]:
        nothing: Sequence[_Kind] = ()
        return [
            Placed(path, entry) for path in paths for entry in self.one(subject, partial(load, path), nothing)
        ]


def _answers(path: Path) -> list[Answer]:
    return [
        Answer(path, name, number, len(variations), response)
        for name, variations in load_responses(path).items()
        for number, response in enumerate(variations, start=1)
    ]


def _questions(path: Path) -> list[QuestionFile]:
    return [load_questions(path)]


def _topics(path: Path) -> tuple[list[Topic], list[Intent]]:
    return read_records(path, "topics", Topic), read_records(path, "intents", Intent)


def _lexicon(path: Path) -> list[list[Entry]]:
    return [read_records(path, "lexicon", Entry)]


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield files that nothing reads, and duplicate keys in a mapping."""
    clinic = project.root / "clinic"
    for path in sorted(clinic.glob("[!.]*")):
        if path.name != "settings.yml" and not any(map(path.match, ("aftercare*.yml", "answers*.yml"))):
            expected = "settings.yml, aftercare.yml or answers.yml"
            yield Issue(str(path), "nobody reads this file", expected=expected)
    for path in sorted(clinic.glob("*.yml")):
        yield from _doubled_keys(path)
    for folder in (project.data, project.root / "tests" / "nlu"):
        for path in sorted(folder.glob("**/*.yaml")):
            yield Issue(str(path), "ends in .yaml, which only Rasa reads", expected=f"{path.stem}.yml")
        for path in sorted(folder.glob("**/*.yml")):
            yield from _doubled_keys(path)


def _doubled_keys(path: Path) -> Iterator[Issue]:
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return  # reported when the file is read
    for node in _mappings(tree):
        counts = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        for key, count in counts.items():
            if count > 1:
                line = node.start_mark.line + 1
                yield Issue(
                    str(path), f"key {key}: given {count} times from line {line} on, and only the last counts"
                )


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)
