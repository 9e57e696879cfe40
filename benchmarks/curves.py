"""Sweeps of the boundary threshold and of the regularization of the follow-up ranker."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import assistant.nlu.utterance_segmenter
from assistant.nlu.segmentation import Weights, segments
from benchmarks.follow_up_weights import RESTRAINTS, followed_talks, left_out
from benchmarks.frozen_time import FrozenTimeAssistant, clocked_assistant
from benchmarks.scores import Share
from benchmarks.tables import table
from tests.conversations.questions import TUNED_ON, load_doubles, load_singles

NEEDED = (0.7, 1.1, 1.5, 1.9, 2.3, 2.7, 3.1)

Say = Callable[[str], list[dict[str, Any]]]


def curves(folder: Path) -> str:
    """Return two tables, measured on the tuning set with the assistant in this process."""
    with clocked_assistant(folder) as assistant:
        return f"{_of_places(partial(_say, assistant))}\n\n{_of_remarks(assistant)}"


def _say(assistant: FrozenTimeAssistant, text: str) -> list[dict[str, Any]]:
    now, conversation = datetime.now(timezone.utc), f"website-{uuid.uuid4().hex}"
    return [dict(answer) for answer in assistant.say(conversation, text, now, "UTC")]


def _of_places(say: Say) -> str:
    doubles = [double for double in load_doubles(TUNED_ON) if len(double.asks) > 1]
    singles = load_singles(TUNED_ON)
    rows = []
    for needed in NEEDED:
        with patch.object(assistant.nlu.utterance_segmenter, "segments", partial(_segments, needed)):
            whole = sum(len(say(double.text)) == len(double.asks) for double in doubles)
            split = sum(len(say(single.text)) > 1 for single in singles)
        rows.append([needed, Share(whole, len(doubles)), Share(split, len(singles))])
    head = ["evidence from", "doubles with as many answers as questions", "singles split"]
    return f"How much evidence a place needs, for a question to begin there:\n\n{table(head, rows)}"


def _segments(needed: float, log_odds: Any, read: Any, weights: Weights, *, alarming: bool) -> Sequence[Any]:
    return segments(log_odds, read, replace(weights, needed=needed), alarming=alarming)


def _of_remarks(assistant: FrozenTimeAssistant) -> str:
    followed = followed_talks(assistant)
    rows = [[restraint, left_out(followed, restraint)] for restraint in RESTRAINTS]
    return (
        "How much the weights by which follow-ups are read are held back, and how many examples are then "
        f"understood by weights that were fitted to the others:\n\n{table(['restraint', 'right topic'], rows)}"
    )
