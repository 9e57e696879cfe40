"""Dialogue quality: several questions in one message, and follow-ups after an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.quality.curves import curves
from benchmarks.quality.scores import CLARIFY, Miss, Share, write_misses
from benchmarks.run import Run, Section, say, table, yes_or_no
from testbed.dialogue_questions import HELD_OUT as QUESTIONS
from testbed.dialogue_questions import (
    TUNED_ON,
    Double,
    FollowUp,
    Fresh,
    Single,
    load_doubles,
    load_follow_ups,
    load_fresh,
    load_singles,
)
from testbed.expected_answers import Expected, all_fit
from testbed.processes import Server, serving
from testbed.projects import copy_project, present_assistant
from testbed.questions import eval_talks
from testbed.visitors import Message, Visitor, connection, timed, visitors, website_visitor

TUNED, HELD_OUT, EVAL = "tuned on", "held out", "eval"
FOLDERS = ((TUNED_ON, TUNED), (QUESTIONS, HELD_OUT))
Answers = Sequence[Message]
Asked = TypeVar("Asked", Double, Single, FollowUp, Fresh)
_ABOUT = (
    "tests/conversations/held_out and tests/conversations/tuned_on were written by several hands that saw neither "
    f"the training phrases nor each other. On “{TUNED}” words and thresholds were tuned; “{HELD_OUT}” nobody "
    "has read who tuned. A right answer to several questions answers each of them, in order, and nothing else."
)


@dataclass(frozen=True)
class Case:
    """The last message of a conversation with a predicate for its answers."""

    messages: tuple[str, ...]
    holds: Callable[[Answers], bool]
    wanted: str
    half: str = EVAL


@dataclass(frozen=True)
class Figure:
    """One row of the table."""

    title: str
    cases: Sequence[Case]
    least: float | None = None
    most: float | None = None
    least_of_eval: int = 0
    """Target for the number of right answers to the evaluation's few questions."""

    def is_reached(self, shares: Mapping[str, Share]) -> bool:
        """Return whether the target is reached.

        A minimum applies to the held-out set and to the evaluation, a maximum to both of our sets together, because
        a share of 2 % is too fine for one.
        """
        if self.least is not None:
            return shares[HELD_OUT].value >= self.least and shares[EVAL].part >= self.least_of_eval
        both = [shares[TUNED], shares[HELD_OUT]]
        return self.most is None or sum(s.part for s in both) <= self.most * sum(s.whole for s in both)

    @property
    def target(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:.0%}, eval ≥ {self.least_of_eval}"
        return "" if self.most is None else f"≤ {self.most:.0%} of all"


def measure(run: Run) -> Section:
    """Measure everything over HTTP, each case in a new session."""
    project, model = copy_project(run.scratch / "talking"), present_assistant()
    with serving(project, model) as server:
        rows = [_row(server, figure, run) for figure in figures()]
        cost = _cost(server, run)
    tuned = curves(model, run.scratch, 1 if run.size.is_full else 20)
    head = ["", TUNED, HELD_OUT, EVAL, "wanted", "reached"]
    body = (f"Model: `{model.name}`.", table(head, rows), _ABOUT, tuned, cost)
    return Section("Talking", "\n\n".join(body))


def figures() -> list[Figure]:
    """Return the figures to measure, with cases from the project's files and from the evaluation."""
    doubles, follow_ups = eval_talks()
    several = [*_cases(load_doubles, _double), *(_exactly((text,), topics) for text, topics in doubles)]
    after = [
        *_cases(load_follow_ups, _follow_up),
        *(_exactly((context, text), [topic]) for context, text, topic in follow_ups),
    ]
    return [
        Figure("several questions: all answered, in order", several, least=0.85, least_of_eval=7),
        Figure('one question with "and": wrongly split', _cases(load_singles, _split), most=0.02),
        Figure('one question with "and": right topic', _cases(load_singles, _single)),
        Figure("follow-ups: right", after, least=0.85, least_of_eval=5),
        Figure("new questions taken for follow-ups", _cases(load_fresh, _taken), most=0.02),
        Figure("new questions: right topic", _cases(load_fresh, _fresh)),
    ]


def _cases(load: Callable[[Path], Sequence[Asked]], case: Callable[[Asked, str], Case]) -> list[Case]:
    return [case(asked, half) for folder, half in FOLDERS for asked in load(folder)]


def _row(server: Server, figure: Figure, run: Run) -> list[object]:
    cases = figure.cases[:: 1 if run.size.is_full else 20]
    say(f"{figure.title}: {len(cases)} …")
    with connection(server.base_url) as http:
        asked = [(case, _last(website_visitor(http), case.messages)) for case in cases]
    failed = [pair for pair in asked if pair[0].holds(pair[1]) is (figure.most is not None)]
    name = "-".join("".join(letter if letter.isalpha() else " " for letter in figure.title).split())
    shown = [_miss(*pair) for pair in failed if pair[0].half != HELD_OUT]
    write_misses(run.kept / f"talking-{name}.yml", shown)
    shares = {half: _share(asked, half) for half in (TUNED, HELD_OUT, EVAL)}
    reached = yes_or_no(figure.is_reached(shares)) if figure.target else ""
    return [figure.title, *shares.values(), figure.target, reached]


def _last(visitor: Visitor, messages: Sequence[str]) -> Answers:
    return [visitor(text) for text in messages][-1]


def _share(asked: Iterable[tuple[Case, Answers]], half: str) -> Share:
    found = [case.holds(answers) for case, answers in asked if case.half == half]
    return Share(sum(found), len(found))


def _miss(case: Case, answers: Answers) -> Miss:
    about = [answer["metadata"] for answer in answers]
    got = ",".join(f"{each.get('topic')}/{each.get('outcome')}" for each in about)
    return Miss(" | ".join(case.messages), case.wanted, got)


def _exactly(messages: tuple[str, ...], topics: Sequence[str]) -> Case:
    def right(answers: Answers) -> bool:
        return [answer["metadata"].get("topic", "") for answer in answers] == list(topics)

    return Case(messages, right, " + ".join(topics))


def _fits(expected: Expected) -> Callable[[Answers], bool]:
    return lambda answers: len(answers) > 0 and expected.fits(answers[0]["metadata"])


def _double(double: Double, half: str) -> Case:
    def right(answers: Answers) -> bool:
        return all_fit(double.asks, [answer["metadata"] for answer in answers])

    return Case((double.text,), right, " + ".join("/".join(ask.topic) for ask in double.asks), half)


def _split(single: Single, half: str) -> Case:
    return Case((single.text,), lambda answers: len(answers) > 1, "/".join(single.topic), half)


def _single(single: Single, half: str) -> Case:
    return Case((single.text,), _fits(single), "/".join(single.topic), half)


def _follow_up(given: FollowUp, half: str) -> Case:
    def right(answers: Answers) -> bool:
        about = answers[0]["metadata"]
        if given.kind is None:
            return given.fits(about)
        return about.get("follow_up") == given.kind and (not given.about or about.get("topic") in given.about)

    wanted = f"{given.kind} about {'/'.join(given.about)}" if given.kind else "/".join(given.topic)
    return Case(_messages(given), right, wanted, half)


def _taken(fresh: Fresh, half: str) -> Case:
    """Build a case that holds if a new question got the topic of the answer before, or an answer about it."""
    earlier = set(fresh.before[-1].topic) - set(fresh.topic)

    def taken(answers: Answers) -> bool:
        about = answers[0]["metadata"]
        return "follow_up" in about or (about.get("topic") in earlier and about.get("outcome") != CLARIFY)

    return Case(_messages(fresh), taken, "/".join(fresh.topic), half)


def _fresh(fresh: Fresh, half: str) -> Case:
    return Case(_messages(fresh), _fits(fresh), "/".join(fresh.topic), half)


def _messages(given: FollowUp | Fresh) -> tuple[str, ...]:
    return (*(each.text for each in given.before), given.text)


def _cost(server: Server, run: Run) -> str:
    """Compare the response times of messages with one answer and with two."""
    doubles = [each.text for folder, _ in FOLDERS for each in load_doubles(folder) if len(each.asks) == 2]
    singles = [each.text for folder, _ in FOLDERS for each in load_singles(folder)]
    one, two = (
        _milliseconds(server, texts[: run.size.messages], answers)
        for texts, answers in ((singles, 1), (doubles, 2))
    )
    ratio = median(two) / median(one)
    return (
        f"Answer time, median: {median(one):.1f} ms for a message with one answer, {median(two):.1f} ms for one with "
        f"two: {ratio:.2f} times as long (wanted: ≤ 2; reached: {yes_or_no(ratio <= 2)})."
    )


def _milliseconds(server: Server, texts: Sequence[str], answers: int) -> list[float]:
    """Return the times of the messages that got this number of answers, without those that warm up."""
    with connection(server.base_url) as http:
        asked = [timed(visitor, text) for text, visitor in zip(texts, visitors(http, website_visitor, 10))]
    return [each.milliseconds for each in asked[2:] if len(each.messages) == answers]
