"""Tests of load generators, comparison and results, without a server."""

from __future__ import annotations

import threading
from pathlib import Path

import httpx

from benchmarks.load.generators import Outcome, closed_loop, open_loop
from benchmarks.load.page_load import report
from benchmarks.load.side_by_side import COSTS, Round, accuracy_table
from benchmarks.quality.predictions import Guess
from benchmarks.run import RESULTS, TITLES, read_sections, write_section
from testbed.questions import Question
from testbed.visitors import Message, Visitor, ask_in_turn, percentile

NOWHERE = "http://127.0.0.1:9"


def echo(_http: httpx.Client) -> Visitor:
    conversation: list[str] = []

    def ask(text: str) -> list[Message]:
        conversation.append(text)
        return [{"text": text, "turn": len(conversation)}]

    return ask


def test_somebody_new_asks_after_so_many_messages() -> None:
    answers = ask_in_turn(NOWHERE, echo, ["a", "b", "c", "d", "e"], conversation=2)
    assert [answer.messages[0]["turn"] for answer in answers] == [1, 2, 1, 2, 1]


def test_the_closed_loop_has_as_many_clients_as_it_is_told() -> None:
    connections: list[httpx.Client] = []

    def visitor(http: httpx.Client) -> Visitor:
        connections.append(http)
        return echo(http)

    outcome = closed_loop(NOWHERE, visitor, ["a", "b"], clients=3, seconds=0.05)
    assert outcome.per_second > 0
    assert len({id(http) for http in connections}) == 3


def test_the_open_loop_goes_on_while_answers_are_slow() -> None:
    """None of the ten answers comes before all ten questions are there."""
    all_there = threading.Barrier(10)

    def slow(_http: httpx.Client) -> Visitor:
        def ask(text: str) -> list[Message]:
            all_there.wait(30)
            return [{"text": text}]

        return ask

    outcome = open_loop(NOWHERE, slow, ["a"], rate=50, seconds=0.2)
    assert len(outcome.milliseconds) == 10


def test_failures_are_counted_by_status() -> None:
    def refused(_text: str) -> list[Message]:
        request = httpx.Request("POST", NOWHERE)
        raise httpx.HTTPStatusError("busy", request=request, response=httpx.Response(503, request=request))

    outcome = Outcome()
    outcome.ask(refused, "a")
    assert (outcome.errors, outcome.milliseconds) == ({"503": 1}, [])


def test_percentiles_are_values_that_occurred() -> None:
    assert [percentile([float(value) for value in range(1, 101)], share) for share in (0.5, 0.95)] == [50, 95]


def test_ratios_stand_beside_their_targets() -> None:
    ours, stock = Round(8, 4, 5, 240, 500_000_000), Round(32, 16, 20, 60, 500_000_000)
    rows = {cost.label: cost.row([ours, ours], [stock, stock])[1:] for cost in COSTS}
    assert rows["answer time, median"] == ["4.0 ms", "16.0 ms", "0.25", "≤ 0.33", "yes"]
    assert rows["answers a second, several clients"] == ["240", "60", "4.00", "≥ 3.00", "yes"]
    assert rows["resident memory after the messages, MB"][2:] == ["1.00", "≤ 0.60", "**no**"]


def test_accuracy_is_compared_in_points() -> None:
    pain = Question("does it hurt", "pain")
    right, wrong = (pain, Guess("pain", 0.9)), (pain, Guess("cost", 0.9))
    row = accuracy_table({"eval": [right, right]}, {"eval": [right, wrong]}).splitlines()[2]
    assert row.endswith("| 100.0% (2 of 2) | 50.0% (1 of 2) | +50.0 | ≥ +10 | yes |")


def test_one_slow_visit_of_three_is_forgiven() -> None:
    assert report([20, 90, 20], [80, 900, 80])[1] == ()
    assert report([20, 90, 90], [80] * 3)[1] == ("the tag's main thread of the widget: not under 50 ms",)


def test_sections_that_were_not_measured_stay(tmp_path: Path) -> None:
    path = tmp_path / "results.md"
    for title, body in (("Load", "old"), ("Of another kind", "kept"), ("Load", "new"), ("Alarms", "| a |")):
        write_section(path, title, body)
    assert list(read_sections(path.read_text("utf-8")).items()) == [
        ("Alarms", "| a |"),
        ("Load", "new"),
        ("Of another kind", "kept"),
    ]


def test_every_part_that_is_measured_has_its_place() -> None:
    assert set(read_sections(RESULTS.read_text("utf-8"))) <= set(TITLES)
