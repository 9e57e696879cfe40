"""Checks of the rules, each with a small project that has a single issue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.core.content.citations import without_citations
from assistant.core.validation.aftercare import check_aftercare
from assistant.core.validation.plagiarism import Text, common_runs
from tests.core.content_tree import without_line

ROOT = Path(__file__).parents[3]
DETAIL = "Leave make-up off for at least a day, so that your skin can breathe [no-make-up]."
Entry = dict[str, Any]
WORDS: Entry = yaml.safe_load((ROOT / "data/en/durations.yml").read_text("utf-8"))


class Project:
    """Files with one rule of the articles and one of a clinic, for tests to break."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rule: Entry = {
            "id": "no-make-up",
            "topics": ["after_makeup"],
            "products": ["makeup"],
            "title": "No make-up",
            "detail": DETAIL,
            "kind": "avoid",
            "direction": "after",
            "start": "PT0S",
            "end": "PT24H",
            "otherwise": "ok",
            "strictness": "must",
        }
        self.clinics: Entry = {**self.rule, "section": "Aftercare sheet"}
        self.files: dict[str, Any] = {
            "data/aftercare.yml": {
                "aftercare": [self.rule],
                "occasions": ["wedding"],
                "calendar": {"name": "Afterwards", "begins": "{title}", "fine_again": "{subject} again"},
            },
            "clinic/aftercare.example.yml": {"aftercare": [self.clinics]},
            "data/topics.yml": {
                "topics": [
                    {"id": "after_makeup", "group": "after", "label": "Make-up", "example": "foundation yet"}
                ]
            },
            "data/facts/after.yml": {
                "facts": [
                    {
                        "id": "no-make-up",
                        "statement": "No make-up.",
                        "article": "first",
                        "section": "After",
                        "line": 3,
                        "topic": "after_makeup",
                    }
                ]
            },
            "data/en/durations.yml": WORDS,
            "data/en/lexicon/product.yml": {"lexicon": [_word("makeup")]},
            "data/en/lexicon/activity.yml": {"lexicon": [_word("wedding")]},
            "data/en/lexicon/symptom.yml": {"lexicon": [_word("redness")]},
        }

    def issues(self) -> list[str]:
        """Return the issues, with paths relative to the project's folder."""
        for name, content in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8"
            )
        found = check_aftercare(self.root / "data", self.root / "clinic")
        return [without_line(str(issue)).replace(f"{self.root}/", "") for issue in found]


def _word(name: str) -> Entry:
    return {"id": name, "label": name, "terms": [name]}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A tiny project without issues."""
    return Project(tmp_path)


def test_the_tiny_project_is_right(project: Project) -> None:
    assert project.issues() == []


def test_the_rules_of_this_project_are_right() -> None:
    assert check_aftercare(ROOT / "data", ROOT / "clinic") == []


def test_the_sentences_of_this_project_are_not_copied_from_the_articles() -> None:
    folder = ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not at hand")
    rules = yaml.safe_load((ROOT / "data" / "aftercare.yml").read_text(encoding="utf-8"))["aftercare"]
    articles = [Text(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")]
    sentences = [
        Text(" ".join(map(without_citations, [rule["title"], rule["detail"], rule.get("ask", "")])))
        for rule in rules
    ]
    assert [run for ours in sentences for article in articles for run in common_runs(article, ours)] == []


SPOILED: list[tuple[dict[str, Any], str]] = [
    (
        {"detail": DETAIL.replace("no-make-up", "no-makeup")},
        "rule no-make-up: unknown fact (got no-makeup / expected no-make-up?)",
    ),
    ({"topics": ["after_make"]}, "rule no-make-up: unknown topic (got after_make / expected after_makeup?)"),
    (
        {"products": ["rouge"]},
        "rule no-make-up: unknown product "
        "(got rouge / expected an id of data/en/lexicon/product.yml)",
    ),
    ({"activities": ["weding"]}, "rule no-make-up: unknown activity (got weding / expected wedding?)"),
    ({"symptoms": ["rednes"]}, "rule no-make-up: unknown symptom (got rednes / expected redness?)"),
    (
        {"nearest_to": {"products": ["rouge"]}},
        "rule no-make-up: unknown product "
        "(got rouge / expected an id of data/en/lexicon/product.yml)",
    ),
    ({"products": ["makeup", "makeup"]}, "rule no-make-up, product makeup: given twice"),
    (
        {"topics": [], "products": []},
        "rule no-make-up: speaks of nothing that people ask about "
        "(expected products, activities or symptoms, or a topic that the articles cover)",
    ),
    ({"detail": "Short [no-make-up]."}, "rule no-make-up: detail is too short (got 1 words / expected 4 to 40)"),
    (
        {"detail": "word " * 41 + "[no-make-up]"},
        "rule no-make-up: detail is too long (got 41 words / expected 4 to 40)",
    ),
    ({"ask": "word " * 41}, "rule no-make-up: ask is too long (got 41 words / expected 1 to 40)"),
    ({"title": "word " * 11}, "rule no-make-up: title is too long (got 11 words / expected 1 to 10)"),
    (
        {"detail": without_citations(DETAIL)},
        "rule no-make-up: no fact carries it (expected [id-of-a-fact] behind what it says, or common_sense: true)",
    ),
    ({"section": "Sheet"}, "rule no-make-up: has a section (got Sheet / expected only in a clinic's file)"),
    (
        {"title": "No make-up [no-make-up]"},
        "rule no-make-up: title cites a fact (expected citations in detail and ask)",
    ),
    (
        {"ask": "After {windows}."},
        "rule no-make-up: placeholder without a value "
        "(got {windows} / expected {window} of this rule, {window:ID} of another, or {fact:ID.NAME})",
    ),
    (
        {"ask": "After {window:no-sun}."},
        "rule no-make-up: placeholder without a value "
        "(got {window:no-sun} / expected {window} of this rule, {window:ID} of another, or {fact:ID.NAME})",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "issue"), SPOILED)
def test_what_is_wrong_with_a_rule_is_named(project: Project, parts: Entry, issue: str) -> None:
    project.rule.update(parts)
    assert project.issues() == [f"data/aftercare.yml: {issue}"]


UNREADABLE: list[tuple[dict[str, Any], str]] = [
    (
        {"end": "24 hours"},
        "aftercare 1 (no-make-up), end: is not an ISO 8601 duration "
        "(got 24 hours / expected such as PT24H, P3D, P4W or P6M)",
    ),
    ({"start": "P2D"}, "aftercare 1 (no-make-up): end: comes before the start"),
    (
        {"direction": "before", "end": "P2D", "start": "P1D"},
        "aftercare 1 (no-make-up): end: comes before the start",
    ),
    (
        {"start": None},
        "aftercare 1 (no-make-up): start: is missing (expected a duration after the treatment)",
    ),
    (
        {"direction": "before", "end": None},
        "aftercare 1 (no-make-up): end: is missing (expected a duration before the treatment)",
    ),
    (
        {"otherwise": None},
        "aftercare 1 (no-make-up): otherwise: is missing (expected ok or ask_professional)",
    ),
    (
        {"end": None},
        "aftercare 1 (no-make-up): end: is missing, so otherwise never counts "
        "(expected end with a duration such as P2D, or no otherwise)",
    ),
    ({"asks_beyond": "P4W"}, "aftercare 1 (no-make-up): asks_beyond: is for windows that no article ends"),
    (
        {"direction": "any", "otherwise": None},
        "aftercare 1 (no-make-up): start: a rule for any time has no window; end: a rule for any time has no window",
    ),
    (
        {"kind": "do", "verdict": "avoid"},
        "aftercare 1 (no-make-up), verdict: goes with avoid and ask only (got kind do)",
    ),
    (
        {"kind": "next", "direction": "before", "start": "P1D", "end": "PT0S"},
        "aftercare 1 (no-make-up): kind: a next session comes after (expected direction after)",
    ),
]


@pytest.mark.parametrize(("parts", "issue"), UNREADABLE)
def test_a_window_that_makes_no_sense_is_named(project: Project, parts: Entry, issue: str) -> None:
    project.rule.update(parts)
    assert project.issues() == [f"data/aftercare.yml: {issue}"]


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"otherwise": "not_yet"}, "aftercare 1 (no-make-up), otherwise: "),
        ({"verdict": "ok"}, "aftercare 1 (no-make-up), verdict: "),
        ({"kind": "forbid"}, "aftercare 1 (no-make-up), kind: "),
        ({"strictness": "perhaps"}, "aftercare 1 (no-make-up), strictness: "),
        ({"dose": "two"}, "aftercare 1 (no-make-up), dose: "),
    ],
)
def test_a_word_that_is_not_among_those_is_named(project: Project, parts: Entry, place: str) -> None:
    project.rule.update(parts)
    assert [issue.startswith(f"data/aftercare.yml: {place}") for issue in project.issues()] == [True]


def test_a_rule_given_twice_is_an_issue(project: Project) -> None:
    project.files["data/aftercare.yml"]["aftercare"] = [project.rule, project.rule]
    assert project.issues() == ["data/aftercare.yml: rule no-make-up: given twice"]


def test_a_clinics_rule_needs_no_fact_but_a_section(project: Project) -> None:
    del project.clinics["section"]
    assert project.issues() == [
        "clinic/aftercare.example.yml: rule no-make-up: has no section "
        "(expected the heading of the clinic's instructions)"
    ]


def test_the_clinics_active_file_is_checked_too(project: Project) -> None:
    project.files["clinic/aftercare.yml"] = {"aftercare": [{**project.clinics, "products": ["rouge"]}]}
    assert project.issues() == [
        "clinic/aftercare.yml: rule no-make-up: unknown product "
        "(got rouge / expected an id of data/en/lexicon/product.yml)"
    ]


def test_no_clinics_file_at_all_is_fine(project: Project) -> None:
    del project.files["clinic/aftercare.example.yml"]
    assert project.issues() == []


def test_an_occasion_that_is_no_activity_is_an_issue(project: Project) -> None:
    project.files["data/aftercare.yml"]["occasions"] = ["weddings"]
    assert project.issues() == [
        "data/aftercare.yml: occasions: unknown activity (got weddings / expected wedding?)"
    ]


@pytest.mark.parametrize("text", ["{titel}", "{subject", "{}"])
def test_a_title_with_another_placeholder_is_an_issue(project: Project, text: str) -> None:
    project.files["data/aftercare.yml"]["calendar"]["fine_again"] = text
    assert project.issues() == [
        f"data/aftercare.yml: calendar, fine_again: has a brace too many (got {text} / expected {{subject}} at most)"
    ]


@pytest.mark.parametrize("name", ["data/topics.yml", "data/facts/after.yml", "data/en/lexicon/product.yml"])
def test_ids_are_not_called_unknown_where_their_own_file_cannot_be_read(project: Project, name: str) -> None:
    project.files[name] = "- [not yaml"
    assert project.issues() == []


def test_a_file_that_cannot_be_read_is_one_issue(project: Project) -> None:
    project.files["data/aftercare.yml"] = "- [not yaml"
    assert [issue.split(" (")[0] for issue in project.issues()] == [
        "data/aftercare.yml: a bracket that is not closed, or a colon between brackets"
    ]


def test_a_file_without_rules_is_an_issue(project: Project) -> None:
    project.files["data/aftercare.yml"] = {}
    assert project.issues()[0] == (
        "data/aftercare.yml: has no list under 'aftercare' "
        '(expected aftercare: and below it, after two spaces, entries that begin with "- ")'
    )
