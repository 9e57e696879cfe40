"""Dialogue quality: several questions in one message, and follow-ups after an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import httpx

from benchmarks.curves import curves
from benchmarks.known_misses import Miss, write_misses
from benchmarks.nlu_quality import present_assistant
from benchmarks.progress import say
from benchmarks.projects import copy_project
from benchmarks.questions import eval_talks
from benchmarks.replies import Message
from benchmarks.run import Run, Section
from benchmarks.scores import Share
from benchmarks.servers import Server, serving
from benchmarks.tables import table, yes_or_no
from benchmarks.visitors import WebsiteVisitor, connection
from tests.conversations.expected import Expected, all_fit
from tests.conversations.questions import HELD_OUT as QUESTIONS
from tests.conversations.questions import (
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

TUNED, HELD_OUT, EVAL = "tuned on", "held out", "eval"
REPEATS = 2
Answers = list[Message]
Asked = TypeVar("Asked", Double, Single, FollowUp, Fresh)


@dataclass(frozen=True)
class Case:
    """A message with its preceding messages and a predicate for right answers."""

    text: str
    before: tuple[str, ...]
    is_right: Callable[[Answers], bool]
    wanted: str
    half: str


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
    with serving(project, model, WebsiteVisitor) as server:
        rows = [_row(server, figure, run) for figure in figures()]
        cost = _cost(server)
    tuned = curves(run.scratch, model)
    head = ["", TUNED, HELD_OUT, EVAL, "wanted", "reached"]
    return Section(
        "Talking", f"Model: `{model.name}`.\n\n{table(head, rows)}\n\n{_about()}\n\n{tuned}\n\n{cost}"
    )


def figures() -> list[Figure]:
    """Return the figures to measure, with cases from the project's files and from the evaluation."""
    doubles, follow_ups = eval_talks()
    several = [*_cases(load_doubles, _double), *map(_eval_double, doubles)]
    after = [*_cases(load_follow_ups, _follow_up), *map(_eval_follow_up, follow_ups)]
    return [
        Figure("several questions: all answered, in order", several, least=0.85, least_of_eval=7),
        Figure('one question with "and": wrongly split', _cases(load_singles, _split), most=0.02),
        Figure('one question with "and": right topic', _cases(load_singles, _single)),
        Figure("follow-ups: right", after, least=0.85, least_of_eval=5),
        Figure("new questions taken for follow-ups", _cases(load_fresh, _taken), most=0.02),
        Figure("new questions: right topic", _cases(load_fresh, _fresh)),
    ]


def _cases(load: Callable[[Path], Sequence[Asked]], case: Callable[[Asked, str], Case]) -> list[Case]:
    folders = ((TUNED_ON, TUNED), (QUESTIONS, HELD_OUT))
    return [case(asked, half) for folder, half in folders for asked in load(folder)]


def _row(server: Server, figure: Figure, run: Run) -> list[object]:
    say(f"{figure.title}: {len(figure.cases)} …")
    with connection(server.base_url) as http:
        asked = [(case, _ask(http, case)) for case in figure.cases]
    misses = [
        (case, answers) for case, answers in asked if case.is_right(answers) is (figure.most is not None)
    ]
    name = "-".join("".join(letter if letter.isalpha() else " " for letter in figure.title).split())
    write_misses(
        run.kept / f"talking-{name}.yml",
        [_miss(*pair) for pair in misses if pair[0].half != HELD_OUT],
        head="",
    )
    shares = {half: _share(asked, half) for half in (TUNED, HELD_OUT, EVAL)}
    reached = yes_or_no(figure.is_reached(shares)) if figure.target else ""
    return [figure.title, *shares.values(), figure.target, reached]


def _ask(http: httpx.Client, case: Case) -> Answers:
    visitor = WebsiteVisitor(http)
    for text in case.before:
        visitor.ask(text)
    return visitor.ask(case.text)


def _share(asked: Iterable[tuple[Case, Answers]], half: str) -> Share:
    found = [case.is_right(answers) for case, answers in asked if case.half == half]
    return Share(sum(found), len(found))


def _miss(case: Case, answers: Answers) -> Miss:
    got = ",".join(
        f"{answer['metadata'].get('topic')}/{answer['metadata'].get('outcome')}" for answer in answers
    )
    return Miss(text=" | ".join((*case.before, case.text)), expected=case.wanted, got=got)


def _topics(answers: Answers) -> list[str]:
    return [answer["metadata"].get("topic", "") for answer in answers]


def _fits(expected: Expected) -> Callable[[Answers], bool]:
    return lambda answers: len(answers) > 0 and expected.fits(answers[0]["metadata"])


def _double(double: Double, half: str) -> Case:
    def right(answers: Answers) -> bool:
        return all_fit(double.asks, [answer["metadata"] for answer in answers])

    wanted = " + ".join("/".join(ask.topic) for ask in double.asks)
    return Case(double.text, (), right, wanted, half)


def _eval_double(given: tuple[str, Sequence[str]]) -> Case:
    text, topics = given
    return Case(text, (), lambda answers: _topics(answers) == list(topics), " + ".join(topics), EVAL)


def _split(single: Single, half: str) -> Case:
    return Case(single.text, (), lambda answers: len(answers) > 1, "/".join(single.topic), half)


def _single(single: Single, half: str) -> Case:
    return Case(single.text, (), _fits(single), "/".join(single.topic), half)


def _follow_up(given: FollowUp, half: str) -> Case:
    def right(answers: Answers) -> bool:
        about = answers[0]["metadata"]
        if given.kind is None:
            return given.fits(about)
        return about.get("follow_up") == given.kind and (not given.about or about.get("topic") in given.about)

    wanted = f"{given.kind} about {'/'.join(given.about)}" if given.kind else "/".join(given.topic)
    return Case(given.text, tuple(each.text for each in given.before), right, wanted, half)


def _eval_follow_up(given: tuple[str, str, str]) -> Case:
    context, text, topic = given
    return Case(text, (context,), lambda answers: _topics(answers) == [topic], topic, EVAL)


def _taken(fresh: Fresh, half: str) -> Case:
    """Build a case that is met if a new question is mistaken for a follow-up.

    That is, it got the topic of the previous answer, or an answer about that answer.
    """
    earlier = set(fresh.before[-1].topic) - set(fresh.topic)

    def taken(answers: Answers) -> bool:
        about = answers[0]["metadata"]
        return "follow_up" in about or (about.get("topic") in earlier and about.get("outcome") != "clarify")

    return Case(
        fresh.text,
        tuple(each.text for each in fresh.before),
        taken,
        "/".join(fresh.topic),
        half,
    )


def _fresh(fresh: Fresh, half: str) -> Case:
    before = tuple(each.text for each in fresh.before)
    return Case(fresh.text, before, _fits(fresh), "/".join(fresh.topic), half)


def _about() -> str:
    return (
        "tests/conversations/held_out and tests/conversations/tuned_on were written by several hands that saw neither "
        f"the training phrases nor each other. On “{TUNED}” words and thresholds were tuned; “{HELD_OUT}” nobody "
        "has read who tuned. A right answer to several questions answers each of them, in order, and nothing else."
    )


def _cost(server: Server) -> str:
    pairs = [
        (double.text, [ask.topic[0] for ask in double.asks])
        for folder in (TUNED_ON, QUESTIONS)
        for double in load_doubles(folder)
        if len(double.asks) == 2
    ]
    doubles = [text for text, _ in pairs]
    singles = [single.text for folder in (TUNED_ON, QUESTIONS) for single in load_singles(folder)]
    with connection(server.base_url) as http:
        _times(http, singles[:10], 1)
        one, two = _times(http, singles, 1), _times(http, doubles, 2)
    ratio = median(two) / median(one)
    return (
        f"Answer time, median: {median(one):.1f} ms for a message with one answer, {median(two):.1f} ms for one with "
        f"two: {ratio:.2f} times as long (wanted: ≤ 2; reached: {yes_or_no(ratio <= 2)})."
    )


def _times(http: httpx.Client, texts: Sequence[str], answers: int) -> list[float]:
    """Return milliseconds of the messages with the given number of answers."""
    times: list[float] = []
    for _ in range(REPEATS):
        visitor = WebsiteVisitor(http)
        visitor.ask(texts[0])
        for number, text in enumerate(texts):
            if number % 10 == 9:
                visitor = WebsiteVisitor(http)
                visitor.ask(texts[0])
            since = perf_counter()
            got = visitor.ask(text)
            if len(got) == answers:
                times.append((perf_counter() - since) * 1000)
    return times
