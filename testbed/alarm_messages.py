"""Loads labelled messages: alarms, and messages that merely resemble them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.core.content.yaml_files import read_yaml
from testbed.environment import ROOT

FOLDER = ROOT / "tests" / "alarms"


@dataclass(frozen=True)
class AlarmMessages:
    """One set of both."""

    alarms: tuple[str, ...]
    others: tuple[str, ...]


def load_messages(name: str) -> AlarmMessages:
    """`held_out`, or `tuned_on`."""
    given: dict[str, list[str]] = read_yaml(FOLDER / f"{name}.yml")
    return AlarmMessages(tuple(given["alarms"]), tuple(given["others"]))
