"""Scaling: costs with several times as many topics, copies under new names and in other words.

A copy replaces each word of four letters or more with another English word, the same one everywhere: phrases keep
their form and length, and topics stay as distinct as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.core.content.citations import cited_facts, with_targets
from assistant.core.content.topics import generated_files, load_topics
from assistant.core.content.yaml_files import read_yaml
from assistant.nlu.text.spacy_pipeline import common_words
from benchmarks.quality.scores import reply_of, score
from benchmarks.run import Run, Section, say, table
from benchmarks.training import model_of, train
from testbed.processes import serving
from testbed.projects import all_phrases, as_examples, copy_project, examples_of, phrase_files, write_yaml
from testbed.questions import load_eval, load_tests, sample
from testbed.visitors import ask_in_turn, percentile, website_visitor

_WORD = re.compile(r"[A-Za-z]{4,}")
_LONGEST = 9  # letters; maximum length of a substitute
_LINKS = ("general", "wider", "counterpart")
_FORMS = ("{:.0f} s", "{:.1f} s", "{:.1f} ms", "{:,.0f} MB")
_HEAD = ("content", "phrases", "training", "first answer", "answer time, median", "memory", "right topic")


def measure(run: Run) -> Section:
    """Measure our configuration with one size of content after the other."""
    measured = [_measure_one(run, times) for times in run.size.growth]
    first = measured[0][2]
    rows = [
        [f"{topics} topics", f"{phrases:,}", *_with_factors(costs, first), right]
        for topics, phrases, costs, right in measured
    ]
    about = (
        "The added topics are copies under new names: phrases with other English words for every word of four letters "
        f"or more, and rules, responses and facts alike. {run.size.growth_messages} messages of one client about the "
        f"original topics (the first {run.size.warm_up} not timed), somebody new after every 10."
    )
    return Section("How cost grows", f"{table(_HEAD, rows)}\n\n{about}")


def _measure_one(run: Run, times: int) -> tuple[int, int, Sequence[float], str]:
    """Return the numbers of topics and phrases, the costs in the order of `_FORMS`, and the accuracy."""
    say(f"content × {times} …")
    project = copy_project(run.scratch / f"grown-{times}", run.size.phrases)
    grow(project, times)
    training = train(project, f"content × {times}")
    questions = sample([*load_eval(), *load_tests()], run.size.growth_messages)
    with serving(project, model_of(project)) as server:
        answers = ask_in_turn(server.base_url, website_visitor, [each.text for each in questions])
        memory = server.memory() / 1e6
    median = percentile([answer.milliseconds for answer in answers[run.size.warm_up :]], 0.5)
    asked = [(question, reply_of(answer.messages)) for question, answer in zip(questions, answers)]
    costs = (training.seconds, server.first_answer, median, memory)
    topics = len(load_topics(project / "data"))
    return topics, len(all_phrases(project)), costs, str(score(asked).right)


def _with_factors(costs: Sequence[float], first: Sequence[float]) -> Iterator[str]:
    for form, cost, base in zip(_FORMS, costs, first):
        yield f"{form.format(cost)} (× {cost / base:.1f})"


def grow(project: Path, times: int) -> None:
    """Add copies until the content is multiplied by `times`."""
    data = project / "data"
    topics = read_yaml(data / "topics.yml")
    copies = _Copies(data, frozenset(topic["id"] for topic in topics["topics"]))
    for number in range(2, times + 1):
        write_yaml(data / "en" / "nlu" / f"copy{number}.yml", copies.phrases(number))
        write_yaml(data / "en" / "responses" / f"copy{number}.yml", copies.responses(number))
        write_yaml(data / "facts" / f"copy{number}.yml", copies.facts(number))
        topics["topics"] += [copies.topic(each, number) for each in copies.topics]
    write_yaml(data / "topics.yml", topics)
    for path, text in generated_files(project).items():
        path.write_text(text, "utf-8")


def reworded(text: str, words: Sequence[str], number: int) -> str:
    """Return a phrase in the vocabulary of a copy."""
    return _WORD.sub(lambda match: _substitute(match.group().lower(), words, number), text)


class _Copies:
    """Copies of the content as it was read at first."""

    def __init__(self, data: Path, names: frozenset[str]) -> None:
        self._names = names
        self.topics: list[dict[str, Any]] = read_yaml(data / "topics.yml")["topics"]
        self._blocks = [block for path in phrase_files(data.parent) for block in read_yaml(path)["nlu"]]
        files = (read_yaml(path) for path in sorted((data / "en" / "responses").glob("*.yml")))
        self._responses = {name: each for file in files for name, each in file["responses"].items()}
        files = (read_yaml(path) for path in sorted((data / "facts").glob("*.yml")))
        self._facts = [fact for file in files for fact in file.get("facts", ())]
        used = {word.lower() for block in self._blocks for word in _WORD.findall(block["examples"])}
        known = (word for word in common_words() if word.isascii() and 4 <= len(word) <= _LONGEST)
        self._words = sorted(set(known) - used)

    def topic(self, topic: dict[str, Any], number: int) -> dict[str, Any]:
        links = {key: self._renamed(topic[key], number) for key in ("id", *_LINKS) if key in topic}
        return {**topic, **links, "label": f"{topic['label']} ({number})"}

    def phrases(self, number: int) -> dict[str, Any]:
        """Return the phrases that differ, without `urgent` metadata: in other words, alarms are none."""
        blocks = []
        for block in (each for each in self._blocks if each.get("intent") in self._names):
            copies = {phrase: reworded(phrase, self._words, number) for phrase in examples_of(block)}
            examples = as_examples(copy for phrase, copy in copies.items() if copy != phrase)
            blocks.append({"intent": self._renamed(block["intent"], number), "examples": examples})
        return {"version": "3.1", "nlu": blocks}

    def responses(self, number: int) -> dict[str, Any]:
        copies = {
            self._renamed(name, number): [self._variation(each, number) for each in variations]
            for name, variations in self._responses.items()
            if name.removeprefix("utter_") in self._names
        }
        return {"version": "3.1", "responses": copies}

    def facts(self, number: int) -> dict[str, Any]:
        renamed = (
            (f"{fact['id']}-copy{number}", self._renamed(fact["topic"], number)) for fact in self._facts
        )
        copies = [{**fact, "id": name, "topic": topic} for fact, (name, topic) in zip(self._facts, renamed)]
        return {"facts": copies}

    def _variation(self, variation: dict[str, Any], number: int) -> dict[str, Any]:
        about = {**variation["metadata"], "topic": self._renamed(variation["metadata"]["topic"], number)}
        about["near"] = [self._renamed(topic, number) for topic in about.get("near", ())]
        if about.get("details"):
            about["details"] = _recited(about["details"], number)
        return {**variation, "text": _recited(variation["text"], number), "metadata": about}

    def _renamed(self, name: str, number: int) -> str:
        return f"{name}_copy{number}" if name.removeprefix("utter_") in self._names else name


def _recited(text: str, number: int) -> str:
    """Return the text with its citations leading to the copies of the facts."""
    return with_targets(text, {name: f"{name}-copy{number}" for name in cited_facts(text)})


def _substitute(word: str, words: Sequence[str], number: int) -> str:
    digest = hashlib.sha256(f"{number} {word}".encode()).digest()
    return words[int.from_bytes(digest[:8], "big") % len(words)]
