"""Recall and false positives of alarms, however they are worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from assistant.core.protocol import Interpretation
from benchmarks.quality.scores import URGENT, Share
from benchmarks.run import Run, Section, table
from testbed.alarm_messages import AlarmMessages, load_messages
from testbed.frozen_time import FrozenTimeAssistant, frozen_time_assistant
from testbed.questions import load_questions

_THRESHOLDS = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)
_ABOUT = (
    "Held out: messages that nobody read who tuned. Both sets of tests/alarms are hard on purpose: half of the "
    "alarms stand beside another question or use no medical word, and the others use the same words of what might "
    "be, what is over, or somebody else."
)
_ABOUT_CURVE = (
    "The classifier's probability of an alarm alone, without the signs of data/en/alarms.yml (`alone` is 0.45, and "
    "0.7 where a message is plainly about another topic):"
)


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
    with frozen_time_assistant(run.scratch) as assistant:
        rows = [
            (name, _urgent(assistant, s.alarms), _urgent(assistant, s.others)) for name, s in sets.items()
        ]
        curve = _curve(assistant, sets)
    counts = table(("messages", "alarms heard", "raised without need"), rows)
    return Section("Alarms", f"{_ABOUT}\n\n{counts}\n\n{_ABOUT_CURVE}\n\n{curve}")


def _urgent(assistant: FrozenTimeAssistant, texts: Sequence[str]) -> Share:
    now = datetime.now(timezone.utc)
    answers = [assistant.talk([text], now, "UTC")[0] for text in texts]
    urgent = [any(said["metadata"].get("outcome") == URGENT for said in answer) for answer in answers]
    return Share(sum(urgent), len(urgent))


def _curve(assistant: FrozenTimeAssistant, sets: dict[str, AlarmMessages]) -> str:
    alarms = [_probability(assistant, text) for each in sets.values() for text in each.alarms]
    others = [_probability(assistant, text) for each in sets.values() for text in each.others]
    rows = [(least, _above(alarms, least), _above(others, least)) for least in _THRESHOLDS]
    return table(("threshold", "alarms above", "others above"), rows)


def _probability(assistant: FrozenTimeAssistant, text: str) -> float:
    return Interpretation.of(assistant.parse(text)).alarm_probability


def _above(probabilities: Sequence[float], least: float) -> str:
    return f"{sum(each > least for each in probabilities) / max(1, len(probabilities)):.1%}"
