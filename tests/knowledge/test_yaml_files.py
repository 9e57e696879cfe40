"""Reading YAML: what is wrong becomes a fault that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.faults import ContentError
from knowledge.yaml_files import Record, read_records, read_yaml


class Plant(Record):
    """An entry as the content's files have them."""

    id: str
    height: int = 1


def faults_of(path: Path) -> list[str]:
    """What reading the plants of the file complains about, without the folder."""
    with pytest.raises(ContentError) as error:
        read_records(path, "plants", Plant)
    return [str(fault).replace(f"{path.parent}/", "") for fault in error.value.faults]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file can be written."""
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


def test_a_missing_file_is_a_fault(path: Path) -> None:
    assert faults_of(path) == ["plants.yml: cannot be read (got No such file or directory)"]


def test_broken_yaml_is_a_fault_that_says_where(path: Path) -> None:
    path.write_text("plants:\n- id: [rose\n", encoding="utf-8")
    (line,) = faults_of(path)
    assert line.startswith("plants.yml: is not YAML in UTF-8 (got ")
    assert "line 3" in line
    assert "\n" not in line


def test_another_encoding_is_a_fault(path: Path) -> None:
    path.write_bytes("plants: [{id: café}]".encode("latin-1"))
    (line,) = faults_of(path)
    assert line.startswith("plants.yml: is not YAML in UTF-8 (got 'utf-8' codec can't decode")


@pytest.mark.parametrize("text", ["", "- rose", "plant: []", "plants: rose", "plants:"])
def test_a_file_without_the_list_is_a_fault(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert faults_of(path) == ["plants.yml: has no list under 'plants' (expected plants: [...])"]


def test_every_fault_of_a_file_is_told_not_only_the_first(path: Path) -> None:
    path.write_text(
        "plants:\n- {height: tall}\n- id: oak\n- {id: rose, colour: red}\n- ivy\n", encoding="utf-8"
    )
    assert faults_of(path) == [
        "plants.yml: plants 1, id: field required",
        "plants.yml: plants 1, height: value is not a valid integer",
        "plants.yml: plants 3, colour: extra fields not permitted",
        "plants.yml: plants 4: Plant expected dict not str",
    ]


@pytest.mark.parametrize(("key", "read"), [("no", "False"), ("7", "7"), ("2026-01-01", "2026-01-01")])
def test_a_key_that_yaml_takes_for_something_else_is_an_unknown_key(path: Path, key: str, read: str) -> None:
    path.write_text(f"plants:\n- {{id: rose, {key}: red}}\n", encoding="utf-8")
    assert faults_of(path) == [f"plants.yml: plants 1, {read}: extra fields not permitted"]


def test_yaml_cannot_make_python_objects(path: Path) -> None:
    path.write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")
    with pytest.raises(ContentError, match="is not YAML in UTF-8"):
        read_yaml(path)
