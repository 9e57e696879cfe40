"""Pages that name tests name some that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.core.treatment_date.table import CASES
from tests.fakes.host_site.pages import PAGES

DOCS, TESTS = Path("docs"), Path("tests")
FIELD_CASES = (DOCS / "field-cases.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`(?:tests/)?([\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", ["field-cases.md", "security-proofs.md", "security.md"])
def test_the_tests_that_a_page_names_exist(page: str) -> None:
    named = _NAMED.findall((DOCS / page).read_text(encoding="utf-8"))
    assert named
    for path, function in named:
        file = next((each for each in (TESTS / path, Path(path)) if each.is_file()), None)
        assert file is not None, f"{page}: {path} doesn't exist"
        assert f"def {function}" in file.read_text(encoding="utf-8"), f"{page}: {path} has no {function}"


def test_the_case_files_of_dates_that_are_named_exist() -> None:
    named = set(re.findall(r"`(?:cases/)?(\w+\.yml)`", FIELD_CASES))
    assert len(named) > 5
    assert named <= {path.name for path in CASES.glob("*.yml")}


def test_the_pages_of_other_people_are_counted_and_named_as_they_are() -> None:
    assert f", {len(PAGES)} of them;" in FIELD_CASES
    named = re.findall(
        r'"([^"]+)"', FIELD_CASES[FIELD_CASES.index("| 78 |") : FIELD_CASES.index("## Operating")]
    )
    for part in named:
        words = part.removesuffix(" …")
        assert any(words in page for page in PAGES), words
