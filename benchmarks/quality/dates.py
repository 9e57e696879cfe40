"""Answers that depend on the person's date: correctness and cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from assistant.core.content.yaml_files import read_yaml
from benchmarks.run import Run, Section, say, table, yes_or_no
from testbed.environment import ROOT
from testbed.frozen_time import FrozenTimeAssistant, frozen_time_assistant
from testbed.processes import action_server, serving
from testbed.projects import copy_project, present_assistant
from testbed.visitors import CONVERSATION, Message, Visitor, connection, timed, visitors, website_visitor

HELD_OUT = ROOT / "tests" / "actions" / "held_out"
RESOLVED = ROOT / "tests" / "core" / "aftercare" / "timing_questions.yml"
FROM_EVAL = 11
"""Number of resolved questions from the evaluation; in the others, the test chooses the date."""
AT_MOST = 1.5
FORBIDDEN = frozenset({"not_yet", "avoid"})
_DATE = "i had it done yesterday at 3pm"
_TIMED = ("can i wear makeup now", "is ibuprofen ok", "may i use retinol", "when can i go again")
_PLAIN = ("does it hurt", "what does it cost", "who invented it", "is it safe")
_NORMAL = {
    "expected": ("That can be normal now", "That can be normal until"),
    "not_expected_any_more": ("should be over by now",),
}


@dataclass(frozen=True)
class Result:
    """A conversation with its expected and actual result."""

    says: Sequence[str]
    expected: str
    got: str

    @property
    def is_right(self) -> bool:
        return self.expected == self.got

    @property
    def is_dangerous(self) -> bool:
        """Return whether it allows something that the rules forbid."""
        return self.got == "ok" and self.expected in FORBIDDEN


def measure(run: Run) -> Section:
    """Measure conversations at simulated times in one process, and response times over HTTP."""
    folder = run.scratch / "timing"
    folder.mkdir()
    with frozen_time_assistant(folder) as assistant:
        sets = {name: _ask(assistant, talks, run) for name, talks in _sets().items()}
    dangerous = [result for results in sets.values() for result in results if result.is_dangerous]
    body = "\n\n".join((_rights(sets), _dangers(dangerous), _wrong(sets), _cost(run)))
    complaints = tuple(f"allowed against the cautious reading: {result.says}" for result in dangerous)
    return Section("Answers by the person's date", body, complaints)


def _sets() -> Mapping[str, list[dict[str, Any]]]:
    resolved = read_yaml(RESOLVED)["questions"][:FROM_EVAL]
    return {
        "shared sample, questions of timing": [_without_hour(each) for each in resolved],
        "held out, may I": read_yaml(HELD_OUT / "timing.yml")["talks"],
        "held out later, may I": read_yaml(HELD_OUT / "timing_second.yml")["talks"],
        "held out, is this normal": read_yaml(HELD_OUT / "normal.yml")["talks"],
        "held out, before a day that matters": read_yaml(HELD_OUT / "events.yml")["talks"],
    }


def _without_hour(question: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the verdict only: the sample's texts state no hour, which the test made up."""
    return {**question, "says": [question["text"]], "ok_from": None}


def _ask(assistant: FrozenTimeAssistant, talks: Sequence[dict[str, Any]], run: Run) -> list[Result]:
    return [_result(assistant, talk) for talk in talks[: run.size.questions]]


def _result(assistant: FrozenTimeAssistant, talk: Mapping[str, Any]) -> Result:
    zone = talk.get("zone", "Europe/Madrid")
    now = datetime.fromisoformat(talk["now"]).replace(tzinfo=ZoneInfo(zone))
    answer = assistant.talk(talk["says"], now, zone)[-1]
    if "verdict" not in talk:
        return Result(talk["says"], talk["expected"], _judged(answer))
    got = next((m["metadata"]["verdict"] for m in answer if "verdict" in m["metadata"]), "general answer")
    if got == talk["verdict"] and talk.get("ok_from") and not _same_moment(answer, talk["ok_from"]):
        got += ", from another moment"
    return Result(talk["says"], talk["verdict"], got)


def _judged(answer: Sequence[Message]) -> str:
    if any(message["metadata"]["outcome"] == "urgent" for message in answer):
        return "urgent"
    text = " ".join(message["text"] for message in answer)
    return next((name for name, signs in _NORMAL.items() if any(sign in text for sign in signs)), "unknown")


def _same_moment(answer: Sequence[Message], moment: str) -> bool:
    given = next((m["metadata"]["ok_from"] for m in answer if "ok_from" in m["metadata"]), None)
    return given is not None and datetime.fromisoformat(given) == datetime.fromisoformat(moment)


def _rights(sets: Mapping[str, Sequence[Result]]) -> str:
    rows = []
    for name, results in sets.items():
        right = sum(result.is_right for result in results)
        share = right / len(results)
        rows.append((name, len(results), f"{right} ({share:.1%})", yes_or_no(share >= 0.95)))
    return table(("talks", "number", "right", "≥ 95 %"), rows)


def _dangers(dangerous: Sequence[Result]) -> str:
    said = "; ".join(" / ".join(result.says) for result in dangerous)
    return f"`ok` where the cautious reading says `not_yet` or `avoid` (wanted: none): {len(dangerous)} {said}".strip()


def _wrong(sets: Mapping[str, Sequence[Result]]) -> str:
    lines = [
        f"- {' / '.join(result.says)} (expected {result.expected}, got {result.got})"
        for results in sets.values()
        for result in results
        if not result.is_right
    ]
    return "Wrong:\n\n" + "\n".join(lines) if lines else "Nothing wrong."


def _cost(run: Run) -> str:
    say("times over HTTP …")
    number = max(10, run.size.messages // 4)
    project = copy_project(run.scratch / "timed")
    with (
        action_server(project) as port,
        serving(project, present_assistant(), {"ACTION_PORT": str(port)}) as server,
        connection(server.base_url) as http,
    ):
        _milliseconds(http, _TIMED, 10)
        plain, dated = (median(_milliseconds(http, texts, number)) for texts in (_PLAIN, _TIMED))
    rows = [
        ("plain answer", f"{plain:.1f} ms", "", ""),
        ("computed answer", f"{dated:.1f} ms", f"{dated / plain:.2f}", yes_or_no(dated <= AT_MOST * plain)),
    ]
    head = f"{number} messages of each kind, one client, somebody new with a date after every ten:"
    return f"{head}\n\n" + table(("over HTTP", "median", "of plain", f"≤ {AT_MOST}"), rows)


def _milliseconds(http: httpx.Client, texts: Sequence[str], number: int) -> list[float]:
    asking = visitors(http, _visitor_with_date, CONVERSATION)
    return [
        timed(visitor, text).milliseconds for _, visitor, text in zip(range(number), asking, cycle(texts))
    ]


def _visitor_with_date(http: httpx.Client) -> Visitor:
    visitor = website_visitor(http)
    visitor(_DATE)
    return visitor
