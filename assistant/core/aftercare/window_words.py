"""Windows of rules in words, and the placeholders in texts of rules that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from assistant.core.aftercare.durations import Duration
from assistant.core.aftercare.rules import Rule
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.language import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_faults

KEY = "window_words"
TEXTS = ("title", "later", "over", "subject", "caution", "detail", "ask")
"""Fields of a rule that people read."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Unit(Record):
    """Wording of a number of units."""

    one: str
    other: str


class WindowWording(Record):
    """Wording of durations."""

    months: Unit
    weeks: Unit
    days: Unit
    hours: Unit
    between: str
    """For two numbers of the same unit."""
    on_days: str
    """For whole days after the treatment."""
    whole_days: Unit
    """For whole days that begin or end with the day of the treatment."""


def load_window_wording(data: Path) -> WindowWording:
    """Load the wording from the folder ``data``.

    Raises:
        ContentError: it is missing or invalid.
    """
    path = data / LANGUAGE / "aftercare_wording.yml"
    try:
        return WindowWording.parse_obj((read_yaml(path) or {}).get(KEY) or {})
    except ValidationError as error:
        raise ContentError(record_faults(path, KEY, error, (KEY,))) from error


def say_duration(duration: Duration, words: WindowWording) -> str | None:
    """Return the duration in its largest unit, such as "4 weeks"; ``None`` if it has several units or none."""
    counted = _counted(duration, words)
    if counted is None:
        return None
    number, unit = counted
    return (unit.one if number == 1 else unit.other).format(number=number)


def _counted(duration: Duration, words: WindowWording) -> tuple[int, Unit] | None:
    minutes = divmod(duration.seconds, 3600)
    parts = ((duration.months, words.months), (duration.days, words.days), (minutes[0], words.hours))
    [*present] = [(number, unit) for number, unit in parts if number]
    if len(present) != 1 or minutes[1]:
        return None
    number, unit = present[0]
    return (number // 7, words.weeks) if unit is words.days and number % 7 == 0 else (number, unit)


def say_window(rule: Rule, words: WindowWording) -> str | None:
    """Return the rule's window in words: its length, or where it begins and ends; ``None`` without both ends."""
    if rule.start is None or rule.end is None:
        return None
    near, far = sorted((rule.start, rule.end), key=lambda edge: edge.approximate)
    if rule.whole_days and not (near.by_clock or far.by_clock):
        return _whole_days(near.days, far.days, words)
    first, last = _counted(near, words), _counted(far, words)
    if first is None or last is None or first[1] is not last[1]:
        return None if first else say_duration(far, words)
    return words.between.format(first=first[0], last=say_duration(far, words))


def _whole_days(first: int, last: int, words: WindowWording) -> str:
    if first:
        return words.on_days.format(first=first, last=last)
    return (words.whole_days.one if last == 0 else words.whole_days.other).format(number=last + 1)


def filled_rules(rules: Mapping[str, Rule], words: WindowWording) -> dict[str, Rule]:
    """Return the rules, by id, with the placeholders in their texts filled.

    ``{window}``, ``{start}`` and ``{end}`` are the rule's own; ``{window:ID}`` is that of another rule.

    Raises:
        ContentError: a placeholder has no value.
    """
    faults = [
        fault for rule in rules.values() for fault in placeholder_faults("aftercare", rule, rules, words)
    ]
    if faults:
        raise ContentError(faults)
    return {name: rule.copy(update=_texts(rule, rules, words)) for name, rule in rules.items()}


def placeholder_faults(
    path: str, rule: Rule, rules: Mapping[str, Rule], words: WindowWording
) -> Iterator[Issue]:
    """Yield placeholders that are unknown, or whose window has no words."""
    for text in (getattr(rule, field) for field in TEXTS):
        for name in _PLACEHOLDER.findall(text or ""):
            if _value(name, rule, rules, words) is None:
                expected = "{window}, {start} or {end} of this rule, or {window:ID} of another"
                yield Issue(path, f"rule {rule.id}: placeholder without a value", f"{{{name}}}", expected)


def _texts(rule: Rule, rules: Mapping[str, Rule], words: WindowWording) -> dict[str, str | None]:
    return {field: _filled(getattr(rule, field), rule, rules, words) for field in TEXTS}


def _filled(text: str | None, rule: Rule, rules: Mapping[str, Rule], words: WindowWording) -> str | None:
    def value(match: re.Match[str]) -> str:
        return _value(match.group(1), rule, rules, words) or match.group()

    return None if text is None else _PLACEHOLDER.sub(value, text)


def _value(name: str, rule: Rule, rules: Mapping[str, Rule], words: WindowWording) -> str | None:
    kind, _, other = name.partition(":")
    owner = rules.get(other) if other else rule
    if owner is None:
        return None
    if kind == "window":
        return say_window(owner, words)
    edge = {"start": owner.start, "end": owner.end}.get(kind)
    return None if edge is None else say_duration(edge, words)
