"""Reading YAML: what is wrong becomes an issue that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.issues import ContentError
from assistant.core.content.yaml_files import Record, read_records, read_yaml


class Plant(Record):
    """An entry as the content's files have them."""

    id: str
    height: int = 1
    names: tuple[str, ...] = ()
    by: dict[str, str] | None = None
    evergreen: bool = False


AS_THEY_STAND = [
    "000", "010", "061", "112", "+34600000000", "01712345670", "2:30", "12:30:45", "0x10", "0b11", "0o7", "1_000",
    "1.10", "1e3", "1.5", ".5", "+1", "-0", "Yes", "no", "NO", "on", "Off", "y", "2026-01-01", "2026-11-30 12:00:00",
    "0600 123", "=", "5%",
]  # fmt: skip
FORMS = [
    ("plants:\n- id: a\n\theight: 1\n", 3, "a tab stands here"),
    ("plants:\n\t- id: a\n", 2, "a tab stands here"),
    ("plants:\n- id: rose: red\n", 2, "a colon inside a text that has no quotes"),
    ("plants:\n- id rose\n  height: 1\n", 2, "no colon and space behind the key"),
    ("plants\n- id: rose\n", 1, "no colon and space behind the key"),
    ("plants:\n- id:rose\n  height: 1\n", 2, "no colon and space behind the key"),
    ("plants:\n- id: a\n   height: 1\n", 3, "begins in another column"),
    ("plants:\n  - id: a\n    height: 1\n - id: b\n", 4, "begins in another column"),
    ("plants:\n  - id: a\n   height: 1\n", 3, "the entries of a list begin in different columns"),
    ('plants:\n- id: "rose" red\n', 2, "quotes that are not closed"),
    ("plants:\n- id: 'Ana's rose'\n", 2, "quotes that are not closed"),
    ("plants:\n- id: @rose\n", 2, "a text begins with a sign"),
    ("plants:\n- id: *rose\n", 2, "a text begins with a sign"),
    ("plants:\n- id: !rose\n", 2, "a text begins with a sign"),
    ("plants:\n- id: `rose`\n", 2, "a text begins with a sign"),
    ("plants: - id: rose\n", 1, "a list begins behind a key"),
    ('plants:\n- id: "a\\d"\n', 2, "a backslash inside double quotes"),
    ("plants: []\n---\nplants: []\n", 2, "a line of three dashes"),
]
"""A file of the wrong form, the line, and what is said."""


def issues_of(path: Path) -> list[str]:
    """Return the issues of the file's plants, without the folder."""
    with pytest.raises(ContentError) as error:
        read_records(path, "plants", Plant)
    return [str(issue).replace(f"{path.parent}/", "") for issue in error.value.issues]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Path of a file that can be written."""
    return tmp_path / "plants.yml"


def test_records_come_in_the_order_of_the_file(path: Path) -> None:
    path.write_text("plants:\n- id: rose\n- {id: oak, height: 20}\n", encoding="utf-8")
    assert read_records(path, "plants", Plant) == [Plant(id="rose"), Plant(id="oak", height=20)]


def test_a_record_does_not_change_once_it_is_read() -> None:
    with pytest.raises(TypeError, match="immutable"):
        Plant(id="rose").height = 2


def test_letters_of_every_script_are_read(path: Path) -> None:
    path.write_text("plants: [{id: décolleté – गुलाब}]", encoding="utf-8")
    assert read_records(path, "plants", Plant)[0].id == "décolleté – गुलाब"


def test_a_missing_file_is_an_issue(path: Path) -> None:
    assert issues_of(path) == ["plants.yml: cannot be read (got No such file or directory)"]


def test_broken_yaml_is_an_issue_that_says_where(path: Path) -> None:
    path.write_text("plants:\n- id: [rose\n", encoding="utf-8")
    assert issues_of(path) == [
        "plants.yml, line 3: a bracket that is not closed, or a colon between brackets "
        "(got the end of the file / expected [one, two, three])"
    ]


def test_another_encoding_is_an_issue(path: Path) -> None:
    path.write_bytes("plants: [{id: café}]".encode("latin-1"))
    assert issues_of(path) == [
        "plants.yml, line 1: is not saved as UTF-8 (expected “UTF-8” as the encoding when you save it)"
    ]


@pytest.mark.parametrize("text", ["", "- rose", "plant: []", "plants: rose", "plants:"])
def test_a_file_without_the_list_is_an_issue(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert issues_of(path) == [
        "plants.yml: has no list under 'plants' "
        '(expected plants: and below it, after two spaces, entries that begin with "- ")'
    ]


def test_every_issue_of_a_file_is_told_not_only_the_first(path: Path) -> None:
    path.write_text(
        "plants:\n- {height: tall}\n- id: oak\n- {id: rose, colour: red}\n- ivy\n", encoding="utf-8"
    )
    assert issues_of(path) == [
        "plants.yml, line 2: plants 1, id: is missing (expected id: …)",
        "plants.yml, line 2: plants 1, height: is not a whole number (expected such as 3)",
        "plants.yml, line 4: plants 3 (rose), colour: unknown key (expected id, height, names, by, evergreen)",
        "plants.yml, line 5: plants 4: has no keys of its own (expected key: value)",
    ]


@pytest.mark.parametrize("key", ["no", "7", "2026-01-01"])
def test_a_key_that_is_no_word_is_an_unknown_key(path: Path, key: str) -> None:
    path.write_text(f"plants:\n- {{id: rose, {key}: red}}\n", encoding="utf-8")
    assert issues_of(path) == [
        f"plants.yml, line 2: plants 1 (rose), {key}: unknown key (expected id, height, names, by, evergreen)"
    ]


@pytest.mark.parametrize("text", AS_THEY_STAND)
def test_a_text_is_what_stands_there(path: Path, text: str) -> None:
    path.write_text(f"plants:\n- id: {text}\n  names: [{text}]\n  by: {{x: {text}}}\n", encoding="utf-8")
    (plant,) = read_records(path, "plants", Plant)
    assert (plant.id, plant.names, plant.by) == (text, (text,), {"x": text})


@pytest.mark.parametrize("text", ["true", "False"])
def test_a_truth_value_is_no_text_and_the_issue_says_how_to_write_it(path: Path, text: str) -> None:
    path.write_text(f"plants:\n- id: rose\n  names: [oak, {text}]\n", encoding="utf-8")
    assert issues_of(path) == [
        "plants.yml, line 3: plants 1 (rose), names: true and false are texts only in quotes "
        '(expected "true" or "false")'
    ]


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("no", False), ("true", True), ("Off", False)])
def test_where_a_truth_value_is_expected_all_its_words_are_read(path: Path, text: str, value: bool) -> None:
    path.write_text(f"plants:\n- {{id: rose, evergreen: {text}, height: 20}}\n", encoding="utf-8")
    assert read_records(path, "plants", Plant) == [Plant(id="rose", evergreen=value, height=20)]


def test_what_has_no_model_keeps_numbers_that_are_written_as_numbers(path: Path) -> None:
    path.write_text("[1, -2, 0.5, true, null, 010, 1.10, no]", encoding="utf-8")
    assert read_yaml(path) == [1, -2, 0.5, True, None, "010", "1.10", "no"]


def test_a_byte_order_mark_is_passed_over(path: Path) -> None:
    """Editors of Windows write one."""
    path.write_text("plants: [{id: rose}]", encoding="utf-8-sig")
    assert read_records(path, "plants", Plant)[0].id == "rose"


@pytest.mark.parametrize("rule", FORMS, ids=[text for text, _, _ in FORMS])
def test_a_broken_form_is_told_with_its_line_and_how_to_write_it(
    path: Path, rule: tuple[str, int, str]
) -> None:
    text, line, problem = rule
    path.write_text(text, encoding="utf-8")
    (issue,) = issues_of(path)
    assert issue.startswith(f"plants.yml, line {line}: {problem}")
    assert " / expected " in issue


def test_yaml_cannot_make_python_objects(path: Path) -> None:
    path.write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")
    with pytest.raises(ContentError, match="begins with a sign that means something else"):
        read_yaml(path)
