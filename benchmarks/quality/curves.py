"""Sweeps of the boundary threshold and of the penalty of the follow-up ranker, on what was tuned on."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from assistant.core.content.topics import Topic
from assistant.core.content.yaml_files import read_yaml
from assistant.nlu.classifiers.follow_up_training import RankedExample, train_follow_ups
from assistant.nlu.encoder import MINILM
from assistant.nlu.pipeline import interpret
from assistant.nlu.reader import Reader
from assistant.nlu.settings import Settings
from assistant.nlu.state import Content, Conversation, Resources
from assistant.nlu.text.analysis import Analyzer
from assistant.nlu.training import ranked_examples
from benchmarks.quality.scores import Share
from benchmarks.run import table
from testbed.dialogue_questions import TUNED_ON, load_doubles, load_singles
from testbed.environment import ROOT

THRESHOLDS = (0.7, 1.1, 1.5, 1.9, 2.3, 2.7, 3.1)
PENALTIES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
_FOLDS = 5


def curves(model: Path, folder: Path, step: int = 1) -> str:
    """Return two tables; the model is extracted to a folder, and only each `step`-th message is read."""
    analyzer, reader = trained_parts(model, folder)
    resources = Resources(reader, Content.load(ROOT / "data"), _settings())
    return f"{_boundaries(analyzer, resources, step)}\n\n{_follow_ups(analyzer, resources)}"


def trained_parts(model: Path, folder: Path, encoder: str = MINILM) -> tuple[Analyzer, Reader]:
    """Return the analyzer and the reader of a trained model with that encoder, extracted to a folder."""
    with tarfile.open(model) as archive:
        archive.extractall(folder / "model")
    (spelling,), (topics,) = ((folder / "model").rglob(name) for name in ("spelling.json", "topics.npz"))
    return Analyzer.read(spelling.parent), Reader.load(topics.parent, encoder)


def cross_validated(examples: Sequence[RankedExample], topics: Mapping[str, Topic], penalty: float) -> Share:
    """Return the accuracy of rankers on examples that they were not fitted to."""
    right = 0
    for fold in range(_FOLDS):
        others = [each for number, each in enumerate(examples) if number % _FOLDS != fold]
        ranker = train_follow_ups(others, topics, penalty)
        if ranker is not None:
            right += sum(ranker.topic(each.candidate) in each.topics for each in examples[fold::_FOLDS])
    return Share(right, len(examples))


def _settings() -> Settings:
    pipeline = read_yaml(ROOT / "config.yml")["pipeline"]
    return Settings.of(next(each for each in pipeline if each["name"].endswith("DialogueInterpreter")))


def _boundaries(analyzer: Analyzer, resources: Resources, step: int) -> str:
    doubles = [double for double in load_doubles(TUNED_ON) if len(double.asks) > 1][::step]
    singles, rows = load_singles(TUNED_ON)[::step], []
    for threshold in THRESHOLDS:
        changed = _with_threshold(resources, threshold)
        whole = sum(_questions(each.text, analyzer, changed) == len(each.asks) for each in doubles)
        split = sum(_questions(each.text, analyzer, changed) > 1 for each in singles)
        rows.append([threshold, Share(whole, len(doubles)), Share(split, len(singles))])
    head = ["evidence from", "doubles read as so many questions", "singles split"]
    return f"How much evidence a boundary needs:\n\n{table(head, rows)}"


def _with_threshold(resources: Resources, threshold: float) -> Resources:
    segment = resources.settings.segment
    assert segment is not None
    changed = replace(segment, accept_threshold=threshold)
    return replace(resources, settings=replace(resources.settings, segment=changed))


def _questions(text: str, analyzer: Analyzer, resources: Resources) -> int:
    conversation = Conversation(datetime.now(timezone.utc))
    return max(1, len(interpret(analyzer.analyze(text), conversation, resources).questions))


def _follow_ups(analyzer: Analyzer, resources: Resources) -> str:
    content = resources.content
    examples = list(ranked_examples(ROOT / "data", analyzer, resources.reader, content))
    rows = [(penalty, cross_validated(examples, content.topics, penalty)) for penalty in PENALTIES]
    return (
        "How much the weights of the follow-up ranker are held back, and how many examples are then understood by "
        f"weights that were fitted to the others:\n\n{table(['penalty', 'right topic'], rows)}"
    )
