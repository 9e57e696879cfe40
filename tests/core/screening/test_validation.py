"""Validation of the content, each case with one error in the real file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.core.screening.questions import load_screening
from assistant.core.validation.plagiarism import Text, common_runs
from assistant.core.validation.screening import check_candidate

ROOT = Path(__file__).parents[3]
Spoil = Callable[[dict[str, Any]], object]


def issues_after(tmp_path: Path, spoil: Spoil) -> list[str]:
    data = tmp_path / "data"
    for folder in ("facts", "en/lexicon"):
        shutil.copytree(ROOT / "data" / folder, data / folder)
    content = yaml.safe_load((ROOT / "data" / "en" / "screening.yml").read_text("utf-8"))
    spoil(content)
    (data / "en" / "screening.yml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return [str(issue) for issue in check_candidate(data)]


def test_the_projects_own_check_is_right() -> None:
    assert check_candidate(ROOT / "data") == []


def test_the_sentences_are_not_copied_from_the_articles() -> None:
    folder = ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not at hand")
    check = load_screening(ROOT / "data")
    articles = [Text(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")]
    said = [Text(" ".join([each.ask, each.why, each.reason, each.whom])) for each in check.questions.values()]
    assert [run for ours in said for article in articles for run in common_runs(article, ours)] == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda c: c["candidate_questions"].pop(-2), "condition isotretinoin: the articles name it"),
        (lambda c: c["candidate_questions"].pop(-2), "fact avoid-while-on-isotretinoin: a reason against it"),
        (lambda c: c["candidate_questions"].pop(), "condition blood_thinners: the articles name it"),
        (lambda c: c["candidate_questions"][0].update(id="acnee"), "unknown condition (got acnee"),
        (lambda c: c["candidate_questions"][0].update(facts=["acne-scars-fade"]), "no fact names a reason"),
        (lambda c: c["candidate_questions"][0].update(facts=["no-such"]), "unknown fact (got no-such"),
        (lambda c: c["candidate_questions"][0].update(ask="Tell me."), "asks nothing"),
        (lambda c: c["candidate_questions"][0].update(why="so " * 60), "why is too long"),
        (lambda c: c["candidate_wording"].update(known="{who}"), "unknown placeholder (got who"),
        (lambda c: c["candidate_wording"].pop("none"), "candidate_wording, none"),
        (lambda c: c["candidate_replies"]["yes"].append("I'm"), "a message never holds this word"),
        (lambda c: c["candidate_replies"]["no"].append("nope nope"), ""),
    ],
)
def test_a_mistake_is_found(tmp_path: Path, spoil: Spoil, complaint: str) -> None:
    found = issues_after(tmp_path, spoil)
    assert any(complaint in issue for issue in found) if complaint else found == []
