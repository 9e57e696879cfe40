"""Sweeps of the boundary threshold and of the regularization of the follow-up ranker."""

from __future__ import annotations

import tarfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial, wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from assistant.core.content.follow_up_examples import follow_up_files
from assistant.core.content.topics import Topic
from assistant.nlu import pipeline
from assistant.nlu.classifiers.follow_ups import RankedExample, train_follow_ups
from assistant.nlu.reader import Reader
from assistant.nlu.state import Content, Resources, State
from assistant.nlu.steps.segment import segment
from assistant.nlu.text.analysis import Analyzer
from assistant.nlu.training import ranked_examples
from benchmarks.frozen_time import FrozenTimeAssistant, clocked_assistant
from benchmarks.run import ROOT
from benchmarks.scores import Share
from benchmarks.tables import table
from tests.conversations.questions import TUNED_ON, load_doubles, load_singles

THRESHOLDS = (0.7, 1.1, 1.5, 1.9, 2.3, 2.7, 3.1)
PENALTIES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
FOLDS = 5

Say = Callable[[str], list[dict[str, Any]]]


def curves(folder: Path, model: Path) -> str:
    """Return two tables, measured on the tuning set with the assistant in this process."""
    with clocked_assistant(folder) as assistant:
        boundaries = _of_boundaries(partial(_say, assistant))
    return f"{boundaries}\n\n{_of_follow_ups(model, folder)}"


def _say(assistant: FrozenTimeAssistant, text: str) -> list[dict[str, Any]]:
    now, conversation = datetime.now(timezone.utc), f"website-{uuid.uuid4().hex}"
    return [dict(answer) for answer in assistant.say(conversation, text, now, "UTC")]


def _of_boundaries(say: Say) -> str:
    doubles = [double for double in load_doubles(TUNED_ON) if len(double.asks) > 1]
    singles = load_singles(TUNED_ON)
    rows = []
    for threshold in THRESHOLDS:
        with patch.object(pipeline, "STEPS", (_segment_from(threshold), *pipeline.STEPS[1:])):
            whole = sum(len(say(double.text)) == len(double.asks) for double in doubles)
            split = sum(len(say(single.text)) > 1 for single in singles)
        rows.append([threshold, Share(whole, len(doubles)), Share(split, len(singles))])
    head = ["evidence from", "doubles with as many answers as questions", "singles split"]
    return f"How much evidence a boundary needs:\n\n{table(head, rows)}"


def _segment_from(threshold: float) -> pipeline.Step:
    """Return the step with another threshold."""

    @wraps(segment)
    def step(state: State, resources: Resources) -> State:
        settings = resources.settings
        if settings.segment is not None:
            changed = replace(settings.segment, accept_threshold=threshold)
            resources = replace(resources, settings=replace(settings, segment=changed))
        return segment(state, resources)

    return step


def _of_follow_ups(model: Path, folder: Path) -> str:
    analyzer, reader = trained_parts(model, folder)
    content = Content.load(ROOT / "data")
    files = follow_up_files(ROOT / "data")
    examples = [each for path in files for each in ranked_examples(path, analyzer, reader, content)]
    rows = [[penalty, cross_validated(examples, content.topics, penalty)] for penalty in PENALTIES]
    return (
        "How much the weights of the follow-up ranker are held back, and how many examples are then understood by "
        f"weights that were fitted to the others:\n\n{table(['penalty', 'right topic'], rows)}"
    )


def trained_parts(model: Path, folder: Path) -> tuple[Analyzer, Reader]:
    """Return the analyzer and the reader of a trained model, extracted to a folder."""
    with tarfile.open(model) as archive:
        archive.extractall(folder / "model")
    (spelling,), (topics,) = ((folder / "model").rglob(name) for name in ("spelling.json", "topics.npz"))
    return Analyzer.read(spelling.parent), Reader.load(topics.parent)


def cross_validated(examples: Sequence[RankedExample], topics: Mapping[str, Topic], penalty: float) -> Share:
    """Return the accuracy of rankers on examples that they were not fitted to."""
    right = 0
    for fold in range(FOLDS):
        others = [each for number, each in enumerate(examples) if number % FOLDS != fold]
        ranker = train_follow_ups(others, topics, penalty)
        if ranker is not None:
            right += sum(ranker.topic(each.candidate) in each.topics for each in examples[fold::FOLDS])
    return Share(right, len(examples))
