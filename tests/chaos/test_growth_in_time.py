"""Tests of CPU time for work outside the interpreter, such as regular expressions; slow, with a wide margin."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sanic.exceptions import InvalidUsage

import actions
import assistant
from assistant.server.http.connections import check_head
from tests.growth.messages import UNITS, different_words, repeated
from tests.growth.work import NOW, Work, kinds_of_work
from tests.servers import ROOT

pytestmark = pytest.mark.slow

MOST_GROWTH = 8.0  # for four times the length
NOTICED = 0.01  # seconds; below that nobody waits, and a quarter of it counts as little as nothing


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Of the processor in this thread; the least of several times."""
    return min(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def growth(work: Work, short: str, long: str) -> float:
    """Return the ratio of times of a long message and a short one; 0 where nobody would notice."""
    if seconds(lambda: work(long), 1) < NOTICED or (most := seconds(lambda: work(long))) < NOTICED:
        return 0.0
    return most / max(seconds(lambda: work(short)), NOTICED / 4)


def too_steep(work: Work, units: Iterator[str] | tuple[str, ...], short: int, long: int) -> dict[str, float]:
    """The units with which it grows too fast, and how fast."""
    grown = {unit: growth(work, repeated(unit, short), repeated(unit, long)) for unit in units}
    return {unit: times for unit, times in grown.items() if times > MOST_GROWTH}


@pytest.mark.parametrize("kind", kinds_of_work())
def test_the_time_for_a_message_grows_with_its_length(kind: str) -> None:
    work = kinds_of_work()[kind]
    assert too_steep(work, UNITS, 250, 1000) == {}
    assert growth(work, different_words(250), different_words(1000)) <= MOST_GROWTH


@pytest.mark.parametrize("kind", kinds_of_work())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4).map("".join))
@example("a@ monday ")
def test_mixtures_are_no_worse(kind: str, unit: str) -> None:
    assert too_steep(kinds_of_work()[kind], (unit,), 250, 1000) == {}


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every regular expression that a module of the project holds, by where it stands."""
    return {
        f"{module}.{name}[{number}]": pattern
        for package in (actions, assistant)
        for module in _modules(package.__name__, package.__path__)
        for name, value in vars(importlib.import_module(module)).items()
        for number, pattern in enumerate(_patterns_in(value))
    }


def _modules(package: str, path: object) -> Iterator[str]:
    for found in pkgutil.walk_packages(path, f"{package}."):  # type: ignore[arg-type]
        if not found.name.endswith("__main__"):
            yield found.name


def _patterns_in(value: object, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)) and depth:
        for each in value:
            yield from _patterns_in(each, depth - 1)


def _units_for(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Everything that is repeated elsewhere, and the pattern's own words."""
    words = dict.fromkeys(re.findall(r"[A-Za-z']{2,}", str(pattern.pattern)))
    return iter([*UNITS, *(f"{word} " for word in words), *words])


ONLY_AT_THE_BEGINNING = frozenset(
    {
        *("_AMOUNT", "_CLOCK", "_OPENS", "_ORDER", "_ITS_OWN", "_OWNING_DAY", "_ASKED_RIGHT_AFTER", "_PARTS"),
        *("FROM_SESSION", "_INJECTION", "_LAPSE_PARTS", "_REQUEST", "_FIELD", "_LENGTH", "_CHUNK"),
    }
)
"""Patterns that are only looked for where a text begins, or in the few words that another one has found."""


@pytest.mark.parametrize("place", patterns())
def test_no_regular_expression_backtracks_for_long(place: str) -> None:
    pattern = patterns()[place]
    at_the_beginning = place.rpartition(".")[2].partition("[")[0] in ONLY_AT_THE_BEGINNING

    def search(text: str) -> object:
        given = text.encode() if isinstance(pattern.pattern, bytes) else text
        if at_the_beginning:
            return pattern.match(given), pattern.fullmatch(given)
        return list(pattern.finditer(given))

    units = tuple(_units_for(pattern))
    assert too_steep(lambda text: search(f"{text}!"), units, 500, 2000) == {}


@pytest.mark.parametrize("end", ["", "\x01"])
def test_the_time_for_a_head_grows_with_its_length(end: str) -> None:
    def check(text: str) -> None:
        with suppress(InvalidUsage):
            check_head(f"GET / HTTP/1.1\r\nHost: localhost\r\nX:{text}{end}".encode())

    assert too_steep(check, UNITS, 2000, 8000) == {}


@pytest.fixture(scope="module")
def understanding() -> Work:
    """The trained pipeline in this process."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `make train` first")
    agent = Agent.load(str(ROOT / "models"))
    assert agent.processor is not None
    tracker = DialogueStateTracker("somebody", agent.domain.slots)
    parse, told = (
        agent.processor._parse_message_with_graph,
        {"at": NOW.isoformat(), "timezone": "Europe/Madrid"},
    )
    return lambda text: parse(UserMessage(text, metadata=dict(told)), tracker)


@pytest.mark.parametrize("unit", [*UNITS, "different words"])
def test_the_whole_understanding_grows_with_the_length(understanding: Work, unit: str) -> None:
    short, long = (
        different_words(length) if unit == "different words" else repeated(unit, length)
        for length in (250, 1000)
    )
    understanding(short)
    assert growth(understanding, short, long) <= MOST_GROWTH
