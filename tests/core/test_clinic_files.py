"""The clinic's own files: a broken one is refused, or its last good copy stays in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.core.content.clinic import load_clinic
from assistant.core.content.issues import ContentError
from assistant.core.validation.clinic_files import (
    VARIABLE,
    broken_files,
    clinic_folder,
    refuse_broken,
    settle,
)

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
RULES = (ROOT / "clinic" / "aftercare.example.yml").read_text("utf-8")
ANSWERS = (ROOT / "clinic" / "answers.example.yml").read_text("utf-8")
SETTINGS = "clinic:\n  name: Ana Ruiz\n  emergency_number: 000\n"
BROKEN_ANSWERS = ["answers:\n  - topic: csot\n    text: It costs 180 euros.\n", "cost: 180 euros\n", ""]
BROKEN_SETTINGS = [
    "clinic:\n\tname: Ana\n",
    "clinic:\n  name: Studio: Ana\n",
    "clinic:\n  name Ana\n  phone: 600 12 34 56\n",
    "clinic:\nname: Ana\n",
    "clinic:\n  nmae: Ana\n",
    "clinic: [Ana]\n",
    "",
]
BROKEN_RULES = [
    RULES.replace("PT48H", "48 hours"),
    RULES.replace("PT48H", "P72"),
    RULES.replace("kind: avoid", "kidn: avoid", 1),
    RULES.replace("  - id: no-exercise", " - id: no-exercise"),
    RULES.replace("    kind: avoid", "\tkind: avoid", 1),
    RULES.replace("activities: [exercise, sweat]", "activities: [excercise]"),
    RULES.replace("    activities: [exercise, sweat]\n", ""),
    RULES.replace("topics: [after_makeup]", "topics: [after_make]"),
    RULES.replace("aftercare:", "aftercares:"),
    "aftercare: yes please\n",
    "",
]


class Desk:
    """A clinic's folder, and a state directory."""

    def __init__(self, folder: Path) -> None:
        self.own = folder / "clinic"
        self.state = folder / "state"
        self.own.mkdir()
        self.write("settings.yml", SETTINGS)

    def write(self, name: str, content: str | bytes) -> None:
        """Makes this the content of a file."""
        (self.own / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def settle(self) -> tuple[Path, list[str]]:
        """The folder that is in force, and the names of the files that are not."""
        folder, broken = settle(self.own, DATA, self.state)
        return folder, [each.path.name for each in broken]

    def issues(self) -> list[str]:
        """The lines that people read of broken files, without the folder."""
        broken = broken_files(self.own, DATA, self.state)
        return [line.replace(f"{self.own}/", "") for each in broken for line in each.lines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """With settings that are right, and no rules."""
    return Desk(tmp_path)


def test_files_that_are_right_are_in_force_as_copies(desk: Desk) -> None:
    desk.write("aftercare.yml", RULES)
    folder, broken = desk.settle()
    assert not broken
    assert (folder / "aftercare.yml").read_text("utf-8") == RULES
    assert load_clinic(folder / "settings.yml").emergency_number == "000"


def test_what_breaks_while_the_servers_run_does_not_reach_them(desk: Desk) -> None:
    folder, _ = desk.settle()
    desk.write("settings.yml", "clinic:\n\tname: x\n")
    assert load_clinic(folder / "settings.yml").name == "Ana Ruiz"


@pytest.mark.parametrize("text", [*BROKEN_SETTINGS, "clinic:\n  name: Café\n".encode("latin-1")])
def test_broken_settings_are_refused_or_the_last_good_ones_stay_in_force(
    desk: Desk, text: str | bytes
) -> None:
    good = (desk.own / "settings.yml").read_bytes()
    desk.write("settings.yml", text)
    with pytest.raises(ContentError):
        desk.settle()
    desk.write("settings.yml", good)
    desk.settle()
    desk.write("settings.yml", text)
    folder, broken = desk.settle()
    assert broken == ["settings.yml"]
    assert load_clinic(folder / "settings.yml").name == "Ana Ruiz"


@pytest.mark.parametrize("text", [*BROKEN_RULES, RULES.replace("sport", "spörtt").encode("latin-1")])
def test_broken_rules_are_refused_or_the_last_good_ones_stay_in_force(desk: Desk, text: str | bytes) -> None:
    desk.write("aftercare.yml", text)
    with pytest.raises(ContentError):
        desk.settle()
    desk.write("aftercare.yml", RULES)
    desk.settle()
    desk.write("aftercare.yml", text)
    folder, broken = desk.settle()
    assert broken == ["aftercare.yml"]
    assert (folder / "aftercare.yml").read_text("utf-8") == RULES


@pytest.mark.parametrize("text", BROKEN_ANSWERS)
def test_broken_answers_are_refused_or_the_last_good_ones_stay_in_force(desk: Desk, text: str) -> None:
    desk.write("answers.yml", text)
    with pytest.raises(ContentError):
        desk.settle()
    desk.write("answers.yml", ANSWERS)
    desk.settle()
    desk.write("answers.yml", text)
    folder, broken = desk.settle()
    assert broken == ["answers.yml"]
    assert (folder / "answers.yml").read_text("utf-8") == ANSWERS


def test_a_broken_file_keeps_no_other_from_being_in_force(desk: Desk) -> None:
    desk.write("aftercare.yml", RULES)
    desk.settle()
    desk.write("aftercare.yml", "]")
    desk.write("settings.yml", SETTINGS.replace("000", "061"))
    folder, _ = desk.settle()
    assert load_clinic(folder / "settings.yml").emergency_number == "061"


def test_rules_that_are_taken_away_are_not_in_force_any_more(desk: Desk) -> None:
    desk.write("aftercare.yml", RULES)
    desk.settle()
    (desk.own / "aftercare.yml").unlink()
    folder, broken = desk.settle()
    assert not broken
    assert not (folder / "aftercare.yml").exists()


def test_settings_that_are_gone_are_broken(desk: Desk) -> None:
    desk.settle()
    (desk.own / "settings.yml").unlink()
    assert desk.settle()[1] == ["settings.yml"]


def test_a_copy_that_the_content_has_outgrown_is_no_good_one(desk: Desk, tmp_path: Path) -> None:
    desk.write("aftercare.yml", RULES)
    desk.settle()
    desk.write("aftercare.yml", "]")
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("nlu", "responses"))
    words = data / "en" / "lexicon" / "activity.yml"
    words.write_text(words.read_text("utf-8").replace("id: exercise", "id: gym_and_sport"), "utf-8")
    with pytest.raises(ContentError, match="a bracket that is not closed"):
        settle(desk.own, data, desk.state)


def test_people_read_what_is_wrong_and_what_is_in_force_meanwhile(desk: Desk) -> None:
    desk.write("settings.yml", "clinic:\n  nmae: Ana\n")
    assert desk.issues()[1:] == ["settings.yml: fix it; until then the assistant does not start"]
    desk.write("settings.yml", SETTINGS)
    desk.settle()
    desk.write("settings.yml", "clinic:\n  nmae: Ana\n")
    first, second = desk.issues()
    assert first.startswith("settings.yml, line 2: clinic, nmae: unknown key (expected name?")
    assert second.startswith("settings.yml: until it is fixed, the last good one counts, of ")


def test_looking_at_files_keeps_no_copies(desk: Desk) -> None:
    assert not desk.issues()
    assert not desk.state.exists()


def test_texts_of_an_unusual_length_keep_nobody_from_starting(desk: Desk) -> None:
    """The check of the content names them; people can be told them all the same."""
    desk.write("aftercare.yml", RULES.replace("title: No sport", "title: " + "No sport " * 9))
    assert desk.settle()[1] == []


def test_a_server_that_is_started_alone_refuses_broken_files(desk: Desk) -> None:
    refuse_broken(desk.own, DATA)
    desk.write("aftercare.yml", RULES.replace("PT48H", "48 hours"))
    with pytest.raises(ContentError, match="is not an ISO 8601 duration"):
        refuse_broken(desk.own, DATA)


def test_servers_read_the_folder_that_they_are_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert clinic_folder() == Path("clinic")
    monkeypatch.setenv(VARIABLE, "/state/clinic")
    assert clinic_folder() == Path("/state/clinic")
