"""Recall and false positives of alarms, however they are worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from assistant.core.protocol import Interpretation
from benchmarks.frozen_time import FrozenTimeAssistant, clocked_assistant
from benchmarks.questions import load_questions
from benchmarks.run import Run, Section
from benchmarks.tables import table
from tests.alarms.messages import AlarmMessages, load_messages

_CURVE = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)


def measure(run: Run) -> Section:
    """Measure both sets of alarms and the evaluation's; each message starts a new conversation."""
    sets = {f"tests/alarms, {name}": load_messages(name) for name in ("held_out", "tuned_on")}
    for name, questions in load_questions().items():
        sets[name] = AlarmMessages(
            tuple(each.text for each in questions if each.urgent),
            tuple(each.text for each in questions if not each.urgent),
        )
    if not run.size.is_full:
        sets = {name: AlarmMessages(each.alarms[:20], each.others[:20]) for name, each in sets.items()}
    with clocked_assistant(run.scratch) as assistant:
        rows = [(name, *_counts(assistant, messages)) for name, messages in sets.items()]
        curve = _curve(assistant, sets)
    body = (
        "Held out: messages that nobody read who tuned. Both sets of tests/alarms are hard on purpose: half of the "
        "alarms stand beside another question or use no medical word, and the others use the same words of what might "
        "be, what is over, or somebody else.\n\n"
        f"{table(('messages', 'alarms heard', 'raised without need'), rows)}\n\n"
        "The classifier's probability of an alarm alone, without the signs of data/en/alarms.yml (`alone` is 0.45, and "
        "0.7 where a message is plainly about another topic):\n\n"
        f"{curve}"
    )
    return Section("Alarms", body)


def _counts(assistant: FrozenTimeAssistant, messages: AlarmMessages) -> tuple[str, str]:
    return _share(assistant, messages.alarms), _share(assistant, messages.others)


def _share(assistant: FrozenTimeAssistant, texts: Sequence[str]) -> str:
    now = datetime.now(timezone.utc)
    urgent = 0
    for text in texts:
        (answer,) = assistant.talk([text], now, "UTC")
        urgent += any(said["metadata"].get("outcome") == "urgent" for said in answer)
    return f"{urgent} of {len(texts)} ({urgent / max(1, len(texts)):.1%})"


def _curve(assistant: FrozenTimeAssistant, sets: dict[str, AlarmMessages]) -> str:
    alarms = [_probability(assistant, text) for each in sets.values() for text in each.alarms]
    others = [_probability(assistant, text) for each in sets.values() for text in each.others]
    rows = [(f"{least}", f"{_above(alarms, least):.1%}", f"{_above(others, least):.1%}") for least in _CURVE]
    return table(("threshold", "alarms above", "others above"), rows)


def _probability(assistant: FrozenTimeAssistant, text: str) -> float:
    return Interpretation.of(assistant.parse(text)).alarm_probability


def _above(probabilities: Sequence[float], least: float) -> float:
    return sum(each > least for each in probabilities) / max(1, len(probabilities))
