"""Checks of wording by ``data/en/voice.yml``: length, narration, contractions, terms, and claims without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, validator

from assistant.core.aftercare.figures import PLACEHOLDER
from assistant.core.content.citations import SAFETY, cited_ids, without_citations
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record
from assistant.core.protocol import ANSWERED, NOT_COVERED
from assistant.core.validation.comparison import unknown, words
from assistant.core.validation.figures import FigureCheck
from assistant.core.validation.project_content import Answer, ProjectContent

AFTERCARE = "aftercare"
"""Stands for data/aftercare.yml in ``applies_to``."""
CLAIMING = frozenset({ANSWERED, NOT_COVERED})
"""Outcomes of answers that state something about microneedling."""
FIGURE = "24 hours"
"""Stands for a figure where words are counted."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])(\**)\s+(?=[\"“(*{]*[A-Z{])")
_REFERRAL = re.compile(r"{(?:clinic_\w+|emergency_number)}")
RuleName = Literal["first_sentence", "sentence", "length", "banned", "contraction", "term", "citation"]
Found = tuple[RuleName, str, object, object]
"""The rule, the problem, what stands there, and what is expected."""


def _compilable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error} (got {pattern})") from error
    return pattern


class Banned(Record):
    """A phrase that no answer holds."""

    pattern: str
    instead: str

    _pattern_is_right = validator("pattern", allow_reuse=True)(_compilable)


class Term(Record):
    """The one word for a thing."""

    use: str
    not_: tuple[str, ...] = Field(alias="not")


class VoiceException(Record):
    """An answer that may break a rule."""

    answer: str
    value: str | None = None
    """The concern, condition or the like of a variation."""
    rule: RuleName
    reason: str


class Voice(Record):
    """Rules of wording; numbers are words."""

    applies_to: tuple[str, ...]
    first_sentence: int
    sentence: int
    shortest: int
    longest: int
    longest_with_list: int
    banned: tuple[Banned, ...]
    contractions: Mapping[str, str]
    """Short forms by the long ones, which are regular expressions."""
    terms: tuple[Term, ...]
    uncited: tuple[str, ...]
    exceptions: tuple[VoiceException, ...] = ()

    _patterns_are_right = validator("uncited", each_item=True, allow_reuse=True)(_compilable)


def load_voice(data: Path) -> Voice:
    """Load the rules from the folder ``data``.

    Raises:
        ContentError: the file is missing, or with every issue of it.
    """
    return read_record(data / LANGUAGE / "voice.yml", "voice", Voice)


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield the texts that break a rule, unknown names in the file, and exceptions that excuse nothing."""
    try:
        voice = load_voice(project.data)
    except ContentError as error:
        yield from error.issues
        return
    path = project.path("data", LANGUAGE, "voice.yml")
    groups = {answer.path.stem for answer in project.answers} | {AFTERCARE}
    yield from unknown(path, "applies_to", "file", voice.applies_to, groups)
    check = VoiceCheck(voice)
    used: set[int] = set()
    for answer in project.answers:
        for issue in check.of_answer(answer) if answer.path.stem in voice.applies_to else ():
            excuse = _excuse(answer, issue[0], voice)
            used |= set() if excuse is None else {excuse}
            if excuse is None:
                yield Issue(str(answer.path), f"{answer.place}: {issue[1]}", issue[2], issue[3])
    yield from _unused(path, voice, used, project)
    if AFTERCARE in voice.applies_to:
        yield from _rule_issues(project, check)


def _rule_issues(project: ProjectContent, check: VoiceCheck) -> Iterator[Issue]:
    """Yield what breaks a rule in the texts of aftercare rules, and the numbers that they own."""
    path, figures = project.path("data", "aftercare.yml"), FigureCheck.of(project)
    for rule in figures.rules if figures else ():
        texts = {"title": rule.title, "detail": rule.detail, "ask": rule.ask, "later": rule.later}
        for name, text in texts.items():
            place = f"rule {rule.id}, {name}"
            for issue in check.of_text(text or ""):
                yield Issue(path, f"{place}: {issue[1]}", issue[2], issue[3])
            yield from figures.issues(path, place, text or "", [rule]) if figures else ()


def groups_in_voice(data: Path) -> frozenset[str]:
    """Return the files whose answers are checked here; none if the rules cannot be read."""
    try:
        return frozenset(load_voice(data).applies_to)
    except ContentError:
        return frozenset()


def _excuse(answer: Answer, rule: RuleName, voice: Voice) -> int | None:
    values = {str(condition.value) for condition in answer.response.condition}
    for number, each in enumerate(voice.exceptions):
        named = each.answer == answer.name and (each.value is None or each.value in values)
        if named and each.rule == rule:
            return number
    return None


def _unused(path: str, voice: Voice, used: set[int], project: ProjectContent) -> Iterator[Issue]:
    groups = {answer.name: answer.path.stem for answer in project.answers}
    for number, each in enumerate(voice.exceptions):
        if each.answer not in groups:
            yield from unknown(path, "exceptions", "answer", [each.answer], groups)
        elif groups[each.answer] in voice.applies_to and number not in used:
            yield Issue(
                path,
                f"exceptions: {each.answer} does not break the rule {each.rule}",
                expected="no exception",
            )


@dataclass(frozen=True)
class VoiceCheck:
    """The rules, applied to texts."""

    voice: Voice

    def of_answer(self, answer: Answer) -> Iterator[Found]:
        """Yield what breaks a rule in the text or the details of an answer."""
        outcome, text = answer.response.metadata.outcome, answer.response.text
        yield from self._length(text, is_claim=outcome in CLAIMING)
        yield from self._first_sentence(text)
        for each in answer.texts:
            yield from self.of_text(each)
            if outcome in CLAIMING and answer.response.metadata.basis != SAFETY:
                yield from self._citations(each)

    def of_text(self, text: str) -> Iterator[Found]:
        """Yield sentences that are too long, and phrases and words that stand in no answer."""
        for sentence in sentences(text):
            plain = _plain(sentence)
            if count(sentence) > self.voice.sentence:
                yield (
                    "sentence",
                    "a sentence is too long",
                    _shown(plain, count(sentence)),
                    self.voice.sentence,
                )
            yield from self._phrases(plain)

    def _length(self, text: str, *, is_claim: bool) -> Iterator[Found]:
        has_list = any(line.startswith("- ") for line in text.splitlines())
        most = self.voice.longest_with_list if has_list else self.voice.longest
        least, length = self.voice.shortest if is_claim else 1, count(text)
        if not least <= length <= most:
            problem = (
                "too short" if length < least else "too long: what not everybody needs goes into details"
            )
            yield ("length", problem, f"{length} words", f"{least} to {most}")

    def _first_sentence(self, text: str) -> Iterator[Found]:
        first = next(iter(sentences(text)), "")
        if count(first) > self.voice.first_sentence:
            problem = "the first sentence is too long: it answers in a few words"
            yield ("first_sentence", problem, _shown(_plain(first), count(first)), self.voice.first_sentence)

    def _phrases(self, plain: str) -> Iterator[Found]:
        for pattern, instead in self._banned:
            match = pattern.search(plain)
            if match:
                yield ("banned", "a phrase that no answer holds", match.group(), instead)
        for pattern, short in self._long_forms:
            match = pattern.search(plain)
            if match:
                yield ("contraction", "a long form", match.group(), short)
        for pattern, use in self._other_terms:
            match = pattern.search(plain)
            if match:
                yield ("term", "another word for one thing", match.group(), use)

    @cached_property
    def _banned(self) -> Sequence[tuple[re.Pattern[str], str]]:
        return [(re.compile(each.pattern, re.IGNORECASE), each.instead) for each in self.voice.banned]

    @cached_property
    def _long_forms(self) -> Sequence[tuple[re.Pattern[str], str]]:
        # at the end of a clause the long form is right: "I know what it is."
        return [
            (re.compile(rf"\b{long}\b(?!\s*(?:[.,;:!?)–]|$))", re.IGNORECASE), short)
            for long, short in self.voice.contractions.items()
        ]

    @cached_property
    def _other_terms(self) -> Sequence[tuple[re.Pattern[str], str]]:
        return [
            (re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE), term.use)
            for term in self.voice.terms
            for word in term.not_
        ]

    def _citations(self, text: str) -> Iterator[Found]:
        listed_under_citation = False
        for line in text.splitlines():
            for sentence in sentences(line):
                is_carried = listed_under_citation and line.startswith("- ") and not _states_window(sentence)
                if not is_carried and self._lacks_citation(sentence):
                    expected = "[id-of-a-fact], or [safety] for common sense"
                    yield ("citation", "a sentence without a source", _plain(sentence), expected)
            if line.strip() and not line.startswith("- "):
                listed_under_citation = line.rstrip().endswith(":") and bool(cited_ids(line))

    def _lacks_citation(self, sentence: str) -> bool:
        plain = _plain(sentence)
        needs_none = plain.endswith(("?", ":")) or _REFERRAL.search(sentence) or f"[{SAFETY}]" in sentence
        if not plain or cited_ids(sentence):
            return False
        if _states_window(sentence):  # its citation becomes the clinic's where the window does
            return True
        if needs_none:
            return False
        return not any(pattern.search(plain) for pattern in self._uncited)

    @cached_property
    def _uncited(self) -> Sequence[re.Pattern[str]]:
        return [re.compile(pattern, re.IGNORECASE) for pattern in self.voice.uncited]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text with their citations; an entry of a list ends one, too."""
    found: list[str] = []
    for line in text.splitlines():
        pieces = _SENTENCE_END.sub(r"\1\n", line.removeprefix("- ")).split("\n")
        found += [piece.strip() for piece in pieces if piece.strip()]
    return found


def count(text: str) -> int:
    """Return the number of words that people read."""
    return sum(1 for word in PLACEHOLDER.sub(FIGURE, without_citations(text)).split() if words(word))


def _states_window(sentence: str) -> bool:
    return any(name.startswith("window:") for name in PLACEHOLDER.findall(sentence))


def _plain(sentence: str) -> str:
    return without_citations(sentence).replace("**", "").strip()


def _shown(sentence: str, length: int) -> str:
    return f"{length} words: {sentence}"
