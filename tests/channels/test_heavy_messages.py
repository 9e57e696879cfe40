"""Pathological messages are answered, or refused with a reason."""

from __future__ import annotations

from tests.growth.messages import FEW, different_words, repeated
from tests.servers import RunningAssistant

HEAVY = [repeated(unit, 1000) for unit in ("?", "+", ";", "a,", "a-", "\U0001f62d")]
OTHERS = [repeated(unit, 1000) for unit in FEW] + ["\ufdfa" * 55, "\ufdfa" * 1000, different_words(1000)]


def test_each_of_them_is_answered_or_refused_in_a_kind_way(assistant: RunningAssistant) -> None:
    visitor = assistant.visitor()
    for text in (*HEAVY, *OTHERS):
        answer = visitor.send(text=text)
        said = answer.json()
        assert (answer.status_code == 200 and said["messages"]) or said["detail"], text[:20]
