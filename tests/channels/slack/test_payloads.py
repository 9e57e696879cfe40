"""Every shape of payloads/ is acknowledged, and leads to the calls that it says and to no others."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.channels.slack.shapes import Play, Shape, shapes
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.journal import Call

SHAPES = list(shapes())


def fits(call: Call, expected: dict[str, Any]) -> bool:
    """Whether a call is the expected one; `text` is a pattern, and a field that is None must not be there."""
    for name, value in expected.items():
        given = call.method if name == "method" else call.arguments.get(name)
        if name == "text":
            if not re.search(value, given or "", re.IGNORECASE):
                return False
        elif given != value:
            return False
    return call.is_ok


def test_there_are_many_shapes_and_each_has_a_name_of_its_own() -> None:
    assert len(SHAPES) >= 60
    assert len({str(shape) for shape in SHAPES}) == len(SHAPES)
    assert all(shape.entry["see"] for shape in SHAPES)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_shape_leads_to_its_calls(slack: FakeSlack, shape: Shape) -> None:
    play = Play(slack, shape)
    play.run()
    assert [(attempt.status, attempt.body) for attempt in play.attempts] == [(200, "")] * len(play.attempts)
    calls, expected = play.calls(), play.expected()
    assert [call.method for call in calls] == [each["method"] for each in expected]
    for call, each in zip(calls, expected):
        assert fits(call, each), f"{call} is not {each}"
