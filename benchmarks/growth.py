"""Scaling: costs with several times as many topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.core.content.topics import load_topics
from benchmarks.progress import say
from benchmarks.projects import all_phrases, copy_project
from benchmarks.questions import Question, load_eval, load_tests, sample
from benchmarks.replies import reply_of
from benchmarks.request_loop import Timed, ask_in_turn, percentile
from benchmarks.run import Run, Section
from benchmarks.scores import score
from benchmarks.servers import serving
from benchmarks.synthetic_topics import grow
from benchmarks.tables import megabytes, table
from benchmarks.training import model_of, train
from benchmarks.visitors import WebsiteVisitor


@dataclass(frozen=True)
class Grown:
    """Costs for one size of the content."""

    topics: int
    phrases: int
    training: float
    """Seconds."""
    first_answer: float
    """Seconds from the start of the process."""
    median: float
    """Milliseconds."""
    memory: int
    """Bytes."""
    right: str
    """Accuracy on questions about the original topics."""


def measure(run: Run) -> Section:
    """Measure our configuration with one size of content after the other."""
    questions = sample([*load_eval(), *load_tests()], run.size.growth_messages)
    grown = [_measure_one(run, times, questions) for times in run.size.growth]
    return Section("How cost grows", f"{growth_table(grown)}\n\n{_note(run, questions)}")


def growth_table(grown: Sequence[Grown]) -> str:
    """Return a table with one row per size and factors relative to the first."""
    first = grown[0]
    rows = [
        [
            f"{each.topics} topics",
            f"{each.phrases:,}",
            f"{each.training:.0f} s (× {each.training / first.training:.1f})",
            f"{each.first_answer:.1f} s (× {each.first_answer / first.first_answer:.1f})",
            f"{each.median:.1f} ms (× {each.median / first.median:.1f})",
            f"{megabytes(each.memory)} (× {each.memory / first.memory:.1f})",
            each.right,
        ]
        for each in grown
    ]
    head = ["content", "phrases", "training", "first answer", "answer time, median", "memory", "right topic"]
    return table(head, rows)


def _measure_one(run: Run, times: int, questions: Sequence[Question]) -> Grown:
    say(f"content × {times} …")
    project = copy_project(run.scratch / f"grown-{times}", run.size.phrases)
    grow(project, times)
    training = train(project, f"content × {times}")
    with serving(project, model_of(project), WebsiteVisitor) as server:
        answers = ask_in_turn(server.base_url, WebsiteVisitor, [question.text for question in questions])
        memory = server.memory()
    return Grown(
        topics=len(load_topics(project / "data")),
        phrases=len(all_phrases(project)),
        training=training.seconds,
        first_answer=server.first_answer,
        median=percentile([answer.milliseconds for answer in answers[run.size.warm_up :]], 0.5),
        memory=memory,
        right=_share_right(questions, answers),
    )


def _share_right(questions: Sequence[Question], answers: Sequence[Timed]) -> str:
    asked = [(question, reply_of(answer.messages)) for question, answer in zip(questions, answers)]
    return str(score(asked).right)


def _note(run: Run, questions: Sequence[Question]) -> str:
    return (
        f"The added topics are copies under new names: phrases with other English words for every word of four letters "
        f"or more, and rules, responses and facts alike. {len(questions)} messages of one client about the original "
        f"topics (the first {run.size.warm_up} not timed), somebody new after every 10."
    )
