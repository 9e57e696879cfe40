"""The signs of alarm."""

from __future__ import annotations

from assistant.core.content.alarms import load_alarms
from tests.core.content_tree import ContentTree


def test_alarms_come_in_the_order_of_the_file(tree: ContentTree) -> None:
    tree.write()
    alarms = load_alarms(tree.root / "data")
    assert [(alarm.id, alarm.level, alarm.sure) for alarm in alarms] == [
        ("breathing", "emergency", True),
        ("pus", "urgent", False),
    ]


def test_what_is_no_alarm_stands_under_not(tree: ContentTree) -> None:
    tree.files["data/en/alarms.yml"]["alarms"][1]["not"] = ["pus in boots"]
    tree.write()
    assert load_alarms(tree.root / "data")[1].not_ == ("pus in boots",)
