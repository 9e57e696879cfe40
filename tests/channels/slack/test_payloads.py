"""Every payload of payloads/ is acknowledged and leads to exactly the calls it lists."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from testbed.slack import FakeSlack
from testbed.slack.journal import Call
from tests.channels.slack.shapes import Play, Shape, shapes
from tests.servers import RunningAssistant

SHAPES = list(shapes())
AT_A_TIME = 12


def fits(call: Call, expected: dict[str, Any]) -> bool:
    """Return whether a call is the expected one; `text` is a pattern, and a field that is None must be absent."""
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


@pytest.fixture(scope="module")
def played(workspace_and_assistant: tuple[FakeSlack, RunningAssistant]) -> dict[str, Play | Exception]:
    """All the shapes, several at a time; until nothing more can come."""
    slack = workspace_and_assistant[0]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        plays = list(pool.map(lambda shape: prepared(slack, shape), SHAPES))
        slack.settle()
        ended = list(pool.map(run, plays))
    slack.settle_slowly()
    return {str(shape): play for shape, play in zip(SHAPES, ended)}


def prepared(slack: FakeSlack, shape: Shape) -> Play | Exception:
    play = Play(slack, shape)
    try:
        play.prepare()
    except Exception as error:  # the test of this shape tells of it
        return error
    return play


def run(play: Play | Exception) -> Play | Exception:
    try:
        if isinstance(play, Play):
            play.run()
    except Exception as error:
        return error
    return play


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_shape_leads_to_its_calls(
    slack: FakeSlack, played: dict[str, Play | Exception], shape: Shape
) -> None:
    play = played[str(shape)]
    if isinstance(play, Exception):
        raise play
    assert [(attempt.status, attempt.body) for attempt in play.attempts] == [(200, "")] * len(play.attempts)
    calls, expected = play.calls(), play.expected()
    assert [call.method for call in calls] == [each["method"] for each in expected]
    for call, each in zip(calls, expected):
        assert fits(call, each), f"{call} is not {each}"
