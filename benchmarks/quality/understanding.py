"""NLU quality on questions that are not in the training data, and how many of them nearly repeat a phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from benchmarks.quality.predictions import Guessed, answered_from, calibration_error, guess_all
from benchmarks.quality.scores import (
    HEAD,
    KNOWN_MISSES,
    Asked,
    Score,
    Share,
    known_and_new,
    misses,
    read_misses,
    reply_of,
    score,
    write_misses,
)
from benchmarks.run import Run, Section, say, table, yes_or_no
from scripts.train import present_model
from testbed.environment import ROOT
from testbed.processes import serving
from testbed.projects import all_phrases, copy_project, present_assistant, write_yaml
from testbed.questions import EVAL, TESTS, Questions, load_questions
from testbed.visitors import ask_in_turn, website_visitor

NEAR = 80.0
"""Minimum similarity, in per cent (rapidfuzz's ratio)."""
Pick = Callable[[Score], Share]
Reached = Callable[[Share], bool]
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_FIGURES: tuple[tuple[str, Pick, str, Reached], ...] = (
    ("right topic", lambda s: s.right, "≥ 85 %", lambda share: share.value >= 0.85),
    ("right topic answered or offered", lambda s: s.right_or_offered, "≥ 95 %", lambda share: share.value >= 0.95),
    ("out of scope rejected", lambda s: s.foreign_rejected, "≥ 90 %", lambda share: share.value >= 0.90),
    ("in scope wrongly rejected", lambda s: s.own_rejected, "≤ 5 %", lambda share: share.value <= 0.05),
    ("urgent symptoms found", lambda s: s.alarms_found, "100 %", lambda share: share.part == share.whole),
    ("false alarms", lambda s: s.false_alarms, "≤ 1", lambda share: share.part <= 1),
    ("concern or condition right", lambda s: s.named_right, "", lambda _share: True),
)  # fmt: skip


def near_repetitions(questions: Iterable[str], phrases: Sequence[str]) -> dict[str, str]:
    """Return the nearest phrase of each question that nearly repeats one, ignoring case and punctuation."""
    plain = [utils.default_process(phrase) for phrase in phrases]
    found: dict[str, str] = {}
    for question in questions:
        asked = utils.default_process(question)
        best = process.extractOne(asked, plain, scorer=fuzz.ratio, score_cutoff=NEAR)
        if best is not None:
            found[question] = phrases[best[2]]
    return found


def measure(run: Run) -> Section:
    """Ask every question over HTTP, each in a new session."""
    questions = load_questions(run.size.questions)
    project, model = copy_project(run.scratch / "understanding"), present_assistant()
    asked = _ask(questions, project, model)
    say("reading confidences …")
    guessed = guess_all(questions, project, model, run.scratch)
    parts = (
        f"Model: `{model.name}`{'' if model == ROOT / present_model(ROOT) else ', **not** of the present data'}.",
        score_table(asked),
        _leakage(asked, project, run),
        _confidence(guessed),
        f"Questions of {TESTS} that are missed: {len(misses(asked[TESTS]))} (those known are in known_misses.yml, "
        f"the list must shrink). A message that asks back counts as wrong, and as offered where a button has it.",
    )
    return Section("Understanding", "\n\n".join(parts), _note_misses(asked, run))


def score_table(asked: Mapping[str, Sequence[Asked]]) -> str:
    """Return a table with one column per question set."""
    scores = {name: score(pairs) for name, pairs in asked.items()}
    rows = []
    for label, pick, wanted, reached in _FIGURES:
        shares = [pick(each) for each in scores.values()]
        verdict = yes_or_no(all(map(reached, shares))) if wanted else ""
        rows.append([label, *shares, wanted, verdict])
    return table(["", *scores, "wanted", "reached"], rows)


def _ask(questions: Questions, project: Path, model: Path) -> dict[str, list[Asked]]:
    asked: dict[str, list[Asked]] = {}
    with serving(project, model) as server:
        for name, given in questions.items():
            say(f"asking {len(given)} questions of {name} …")
            texts = [each.text for each in given]
            answers = ask_in_turn(server.base_url, website_visitor, texts, conversation=1)
            asked[name] = [(question, reply_of(answer.messages)) for question, answer in zip(given, answers)]
    return asked


def _leakage(asked: Mapping[str, Sequence[Asked]], project: Path, run: Run) -> str:
    phrases = all_phrases(project)
    found = []
    for name, pairs in asked.items():
        near = near_repetitions([question.text for question, _ in pairs], phrases)
        others = [pair for pair in pairs if pair[0].text not in near]
        found.append(f"{len(near)} of {name}; without them the topic is right for {score(others).right}")
        listed = [{"question": question, "phrase": phrase} for question, phrase in near.items()]
        write_yaml(run.kept / f"near-{name.replace('/', '-')}.yml", listed)
    return f"Questions that nearly repeat a phrase that was trained on: {'. '.join(found)}."


def _confidence(guessed: Mapping[str, Sequence[Guessed]]) -> str:
    errors = ", ".join(f"{calibration_error(pairs):.3f} on {name}" for name, pairs in guessed.items())
    columns = ("answered", "of these right")
    head = ["confidence from", *(f"{name}: {column}" for name in guessed for column in columns)]
    rows = [
        [
            threshold,
            *(f"{s.value:.1%}" for pairs in guessed.values() for s in answered_from(pairs, threshold)),
        ]
        for threshold in THRESHOLDS
    ]
    return (
        f"Expected calibration error: {errors} (10 bins; the likeliest topic; alarms, which rules decide, left out). "
        f"What would come of answering from a confidence on, whatever the topic:\n\n{table(head, rows)}"
    )


def _note_misses(asked: Mapping[str, Sequence[Asked]], run: Run) -> tuple[str, ...]:
    if EVAL in asked:  # never committed: the evaluation is for checking, not for training
        write_misses(run.kept / "misses-eval.yml", misses(asked[EVAL]))
    found, known = misses(asked[TESTS]), read_misses()
    still, new = known_and_new(found, known)
    for miss in new:
        say(f"  missed: {miss.text!r} (got {miss.got} / expected {miss.expected})")
    if not run.size.is_full:
        return ()
    write_misses(KNOWN_MISSES, found if run.accept_misses else still, HEAD)
    say(f"known misses: {len(still)} are left, {len(known) - len(still)} are gone")
    complaint = f"{len(new)} questions of {TESTS} are missed that known_misses.yml does not have"
    return (complaint,) if new and not run.accept_misses else ()
