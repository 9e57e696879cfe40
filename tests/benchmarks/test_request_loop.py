"""Tests of the request loop, without a server."""

from __future__ import annotations

import httpx

from benchmarks.replies import Message
from benchmarks.request_loop import ask_in_turn, percentile, throughput

NOWHERE = "http://127.0.0.1:9"


class Echo:
    """Answers by itself, and counts who came."""

    came = 0

    def __init__(self, _http: httpx.Client) -> None:
        type(self).came += 1

    def ask(self, text: str) -> list[Message]:
        return [{"text": text}]


def test_somebody_new_asks_after_so_many_messages() -> None:
    """Conversations don't grow without end."""
    Echo.came = 0
    answers = ask_in_turn(NOWHERE, Echo, ["a", "b", "c", "d", "e"], conversation=2)
    assert [answer.messages[0]["text"] for answer in answers] == ["a", "b", "c", "d", "e"]
    assert Echo.came == 3


def test_every_question_can_have_a_conversation_of_its_own() -> None:
    """As the questions about understanding need it."""
    Echo.came = 0
    ask_in_turn(NOWHERE, Echo, ["a", "b"], conversation=1)
    assert Echo.came == 2


def test_clients_keep_asking_until_the_time_is_over() -> None:
    """Answers a second, over all clients."""
    assert throughput(NOWHERE, Echo, ["a", "b"], clients=3, seconds=0.05) > 0


def test_percentiles_are_values_that_occurred() -> None:
    """The nearest rank, not something between two."""
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.95) == 95
    assert percentile([7.0], 0.95) == 7.0
