"""NLU quality on questions that are not in the training data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.known_misses import KNOWN_MISSES, compare, misses, read_misses, write_misses
from benchmarks.leakage import near_repetitions, write_repetitions
from benchmarks.parse_client import guess_all
from benchmarks.predictions import Guessed, calibration_error, threshold_curve
from benchmarks.progress import say
from benchmarks.projects import all_phrases, copy_project
from benchmarks.questions import EVAL, TESTS, Questions, load_questions
from benchmarks.replies import reply_of
from benchmarks.request_loop import ask_in_turn
from benchmarks.run import ROOT, Run, Section
from benchmarks.scores import Asked, Score, Share, score
from benchmarks.servers import serving
from benchmarks.tables import table, yes_or_no
from benchmarks.visitors import WebsiteVisitor
from scripts.train import present_model

Pick = Callable[[Score], Share]
Reached = Callable[[Share], bool]

_FIGURES: tuple[tuple[str, Pick, str, Reached], ...] = (
    ("right topic", lambda s: s.right, "≥ 85 %", lambda share: share.value >= 0.85),
    ("right topic answered or offered", lambda s: s.right_or_offered, "≥ 95 %", lambda share: share.value >= 0.95),
    ("out of scope rejected", lambda s: s.foreign_rejected, "≥ 90 %", lambda share: share.value >= 0.90),
    ("in scope wrongly rejected", lambda s: s.own_rejected, "≤ 5 %", lambda share: share.value <= 0.05),
    ("urgent symptoms found", lambda s: s.alarms_found, "100 %", lambda share: share.part == share.whole),
    ("false alarms", lambda s: s.false_alarms, "≤ 1", lambda share: share.part <= 1),
    ("concern or condition right", lambda s: s.named_right, "", lambda _share: True),
)  # fmt: skip


def measure(run: Run) -> Section:
    """Ask every question over HTTP, each in a new session."""
    questions = load_questions(run.size.questions)
    project, model = copy_project(run.scratch / "understanding"), present_assistant()
    asked = _ask(questions, project, model)
    say("reading confidences …")
    guessed = guess_all(questions, project, model, run.scratch)
    complaints = _note_misses(asked, run)
    parts = (
        f"Model: `{model.name}`{'' if model == ROOT / present_model(ROOT) else ', **not** of the present data'}.",
        score_table(asked),
        _repetitions(asked, project, run),
        _confidence(guessed),
        _rest(asked),
    )
    body = "\n\n".join(parts)
    return Section("Understanding", body, complaints)


def present_assistant() -> Path:
    """Return the model of the current data, or else the newest one."""
    model = ROOT / present_model(ROOT)
    if model.exists():
        return model
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise FileNotFoundError("there is no trained model: run `make train` first")
    say(f"no model of the present data: taking {models[-1].name}; `make train` makes one")
    return models[-1]


def score_table(asked: Mapping[str, Sequence[Asked]]) -> str:
    """Return a table with one column per question set."""
    scores = {name: score(pairs) for name, pairs in asked.items()}
    rows = []
    for label, pick, wanted, reached in _FIGURES:
        shares = [pick(each) for each in scores.values()]
        verdict = yes_or_no(all(reached(share) for share in shares)) if wanted else ""
        rows.append([label, *shares, wanted, verdict])
    return table(["", *scores, "wanted", "reached"], rows)


def _ask(questions: Questions, project: Path, model: Path) -> dict[str, list[Asked]]:
    say("starting the assistant …")
    asked: dict[str, list[Asked]] = {}
    with serving(project, model, WebsiteVisitor) as server:
        for name, given in questions.items():
            say(f"asking {len(given)} questions of {name} …")
            timed = ask_in_turn(
                server.base_url, WebsiteVisitor, [each.text for each in given], conversation=1
            )
            asked[name] = [(question, reply_of(answer.messages)) for question, answer in zip(given, timed)]
    return asked


def _repetitions(asked: Mapping[str, Sequence[Asked]], project: Path, run: Run) -> str:
    """Report near repetitions of phrases, which are easier than real questions."""
    phrases = all_phrases(project)
    told = []
    for name, pairs in asked.items():
        near = near_repetitions([question.text for question, _ in pairs], phrases)
        others = [pair for pair in pairs if pair[0].text not in near]
        told.append(f"{len(near)} of {name}; without them the topic is right for {score(others).right}")
        write_repetitions(run.kept / f"near-{name.replace('/', '-')}.yml", near)
    return f"Questions that nearly repeat a phrase that was trained on: {'. '.join(told)}."


def _confidence(guessed: Mapping[str, Sequence[Guessed]]) -> str:
    errors = ", ".join(f"{calibration_error(pairs):.3f} on {name}" for name, pairs in guessed.items())
    curves = [threshold_curve(pairs) for pairs in guessed.values()]
    rows = [
        [
            f"{points[0].threshold:.1f}",
            *(f"{share:.1%}" for each in points for share in (each.answered, each.right)),
        ]
        for points in zip(*curves)
    ]
    head = [
        "confidence from",
        *(f"{name}: {what}" for name in guessed for what in ("answered", "of these right")),
    ]
    return (
        f"Expected calibration error: {errors} (10 bins; the likeliest topic; alarms, which rules decide, left out). "
        f"What would come of answering from a confidence on, whatever the topic:\n\n{table(head, rows)}"
    )


def _note_misses(asked: Mapping[str, Sequence[Asked]], run: Run) -> tuple[str, ...]:
    if EVAL in asked:  # never committed: the evaluation is for checking, not for training
        write_misses(run.kept / "misses-eval.yml", misses(asked[EVAL]), head="")
    found = misses(asked[TESTS])
    known = read_misses(KNOWN_MISSES)
    comparison = compare(found, known or ())
    for miss in comparison.new:
        say(f"  missed: {miss.text!r} (got {miss.got} / expected {miss.expected})")
    if not run.size.is_full:
        return ()
    if known is None or run.accept_misses:
        write_misses(KNOWN_MISSES, found)
        return ()
    write_misses(KNOWN_MISSES, comparison.known)
    say(f"known misses: {len(comparison.known)} are left, {comparison.mended} are gone")
    new = len(comparison.new)
    return (f"{new} questions of {TESTS} are missed that known_misses.yml does not have",) if new else ()


def _rest(asked: Mapping[str, Sequence[Asked]]) -> str:
    return (
        f"Questions of {TESTS} that are missed: {len(misses(asked[TESTS]))} (those known are in known_misses.yml, "
        f"the list must shrink). A message that asks back counts as wrong, and as offered where a button has the topic."
    )
