"""Comparison of our configuration with stock's in one run, alternating so that drift favours neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.comparison import Measured, accuracy_table, cost_table, rounds_table
from benchmarks.parse_client import guess_all
from benchmarks.predictions import Guessed
from benchmarks.progress import say
from benchmarks.projects import copy_project
from benchmarks.questions import Questions, load_questions, mixed_texts
from benchmarks.rounds import Contender, Round, run_round
from benchmarks.run import Run, Section
from benchmarks.stock.environment import installed_python
from benchmarks.stock.project import write_stock_project
from benchmarks.training import Training, model_of, train, train_once
from benchmarks.visitors import RestVisitor, WebsiteVisitor

OURS, STOCK = "ours", "stock"


def measure(run: Run) -> Section:
    """Train both, then measure them alternately."""
    questions = load_questions(run.size.questions)
    ours, stock = contenders(run)
    trainings = {OURS: train(ours.project, OURS), STOCK: train_stock(stock, run)}
    rounds = _alternate((ours, stock), questions, run)
    measured = {name: Measured(trainings[name], rounds[name]) for name in (OURS, STOCK)}
    parts = (
        accuracy_table(_guess(ours, questions, run), _guess(stock, questions, run)),
        cost_table(measured[OURS], measured[STOCK]),
        rounds_table(measured),
        _notes(measured, run),
    )
    return Section("Side by side with stock Rasa", "\n\n".join(parts))


def contenders(run: Run) -> tuple[Contender, Contender]:
    """Return both projects with the same content, untrained."""
    size = run.size
    stock = write_stock_project(run.scratch / STOCK, size.epochs, size.phrases, run.stories)
    ours = copy_project(run.scratch / OURS, size.phrases)
    return Contender(OURS, ours, WebsiteVisitor), Contender(STOCK, stock, RestVisitor, installed_python())


def train_stock(stock: Contender, run: Run) -> Training:
    """Train stock, which takes many minutes after a change of the content; the model is cached between runs."""
    name = STOCK if run.size.is_full else f"quick-{STOCK}"
    return train_once(stock.project, name, run.kept, stock.python)


def _alternate(both: Sequence[Contender], questions: Questions, run: Run) -> dict[str, list[Round]]:
    texts = mixed_texts([each for given in questions.values() for each in given], run.size.messages)
    rounds: dict[str, list[Round]] = {each.name: [] for each in both}
    for number in range(run.size.rounds):
        say(f"round {number + 1} of {run.size.rounds}")
        for each in both:
            rounds[each.name].append(run_round(each, texts, run.size))
    return rounds


def _guess(contender: Contender, questions: Questions, run: Run) -> dict[str, list[Guessed]]:
    say(f"{contender.name}: reading the questions …")
    project = contender.project
    return guess_all(questions, project, model_of(project), run.scratch, contender.python)


def _notes(measured: Mapping[str, Measured], run: Run) -> str:
    size, training = run.size, measured[STOCK].training
    learnt = f"trained on {training.on}" + (" with each rule as a story, too" if run.stories else "")
    if training.skipped:
        learnt += f"; {' and '.join(training.skipped)} found no stories and stayed untrained, which makes stock lighter"
    if size.epochs is not None:
        learnt += (
            f"; for {size.epochs} epochs, not the 100 of its configuration, which would take hours: training time "
            "and accuracy are of these, answer times and memory do not depend on them"
        )
    silent = {name: sum(each.silent for each in one.rounds) for name, one in measured.items()}
    return (
        f"{size.rounds} rounds, ours and stock in turn, each with a fresh process: {size.messages} messages of one "
        f"client (the first {size.warm_up} not timed), then memory, then {size.clients} clients for "
        f"{size.seconds:.0f} s; somebody new after every 10 messages. Mixed questions of eval and tests/nlu. Ours "
        f"answers through the website channel with its conversations in SQLite and opens signed sessions; stock "
        f"answers through the REST channel with conversations in memory. Stock: {learnt}. Messages without an "
        f"answer: ours {silent[OURS]}, stock {silent[STOCK]}. Accuracy is read from each model's own ranking, so "
        f"ours here has no buttons."
    )
