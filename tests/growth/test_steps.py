"""Tests that count the interpreter's steps for a message, so that other processes do not interfere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from assistant.core.treatment_date import find_moments
from assistant.core.treatment_date.mentions import MOST_EXPRESSIONS
from assistant.nlu.text.normalization import MOST_PIECES, normalize, shortened
from assistant.nlu.text.spacy_pipeline import build_base
from tests.growth.messages import FEW, TIMES, UNITS, different_words, repeated
from tests.growth.work import NOW, Work, kinds_of_work

SHORT, LONG = 200, 800
MOST_GROWTH = 2 * LONG / SHORT
PAIRED_TIMES = (
    "had it monday and gym on friday. ",
    "session on 12 december, wedding the 5th, ",
    "day 4, 3 days after, ",
    "at 3 or at 4, ",
)
"""Expressions that are compared with the others of a message."""
FEWEST = 20_000  # steps; below that nobody waits


def steps(work: Callable[[], object]) -> int:
    """Return the number of Python instructions that it takes."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Work, short: str, long: str) -> float:
    """Return the ratio of steps of a long message to those of a short one; 0 where it hardly takes any."""
    work(long)  # what is remembered from one message to the next is no part of it
    most = steps(lambda: work(long))
    return most / max(steps(lambda: work(short)), 1) if most > FEWEST else 0.0


@pytest.mark.parametrize("kind", kinds_of_work())
def test_four_times_the_length_takes_about_four_times_the_steps(kind: str) -> None:
    work = kinds_of_work()[kind]
    grown = {unit: growth(work, repeated(unit, SHORT), repeated(unit, LONG)) for unit in FEW}
    grown["different words"] = growth(work, different_words(SHORT), different_words(LONG))
    assert {unit: times for unit, times in grown.items() if times > MOST_GROWTH} == {}


def test_four_times_the_expressions_of_time_take_about_four_times_the_steps() -> None:
    grown = {
        unit: growth(_find, repeated(unit, 250), repeated(unit, 1000)) for unit in (*TIMES, *PAIRED_TIMES)
    }
    assert {unit: times for unit, times in grown.items() if times > 6} == {}  # the square would be 16 times


def _find(text: str) -> object:
    return find_moments(text, NOW)


def test_the_tokens_of_a_message_have_a_ceiling() -> None:
    language = build_base()
    read = {unit: len(language(shortened(normalize(repeated(unit, 1000))))) for unit in UNITS}
    assert {unit: tokens for unit, tokens in read.items() if tokens > 2 * MOST_PIECES} == {}  # "cant" is two


def test_a_message_of_ordinary_words_is_read_to_its_end() -> None:
    said = normalize("is it ok to put on my make up, or not? " * 25)
    assert shortened(said) == said


def test_what_stands_behind_many_signs_is_read() -> None:
    read = shortened(normalize("help" + "!" * 800 + " my lips are swelling"))
    assert read.endswith("my lips are swelling")


def test_the_first_expressions_of_time_are_read() -> None:
    assert len(find_moments("had it monday. " * 60, NOW)) <= MOST_EXPRESSIONS
