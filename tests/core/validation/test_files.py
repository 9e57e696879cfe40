"""Checks of the files themselves."""

from __future__ import annotations

from tests.core.content_tree import ContentTree


def test_a_file_that_ends_in_yaml_is_an_issue(tree: ContentTree) -> None:
    tree.files["data/en/nlu/procedure/joy.yaml"] = {"nlu": []}
    assert tree.issues() == [
        "data/en/nlu/procedure/joy.yaml: ends in .yaml, which only Rasa reads (expected joy.yml)"
    ]


def test_a_key_given_twice_is_an_issue(tree: ContentTree) -> None:
    tree.files["clinic/settings.yml"] = "clinic: {}\n"
    tree.files["data/en/wording.yml"]["wording"].pop("notice")
    tree.write()
    text = (tree.root / "data/en/wording.yml").read_text(encoding="utf-8")
    tree.files["data/en/wording.yml"] = f"{text}  notice: One.\n  notice: Two.\n"
    assert tree.issues() == [
        "data/en/wording.yml: key notice: given 2 times from line 2 on, and only the last counts"
    ]


def test_a_key_given_twice_in_the_clinics_settings_is_an_issue(tree: ContentTree) -> None:
    tree.files["clinic/settings.yml"] = "clinic:\n  phone: 600 12 34 56\n  phone: 600 12 34 57\n"
    assert tree.issues() == [
        "clinic/settings.yml: key phone: given 2 times from line 2 on, and only the last counts"
    ]


def test_a_file_of_the_clinic_that_nobody_reads_is_an_issue(tree: ContentTree) -> None:
    """Editors append or change the file extension."""
    tree.files["clinic/aftercare.yml.txt"] = "aftercare: []"
    tree.files["clinic/aftercare.yaml"] = "aftercare: []"
    assert tree.issues() == [
        f"clinic/{name}: nobody reads this file (expected settings.yml, aftercare.yml or answers.yml)"
        for name in ("aftercare.yaml", "aftercare.yml.txt")
    ]
