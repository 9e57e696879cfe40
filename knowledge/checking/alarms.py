"""Checks of the signs of alarm: ``data/alarms.yml``. That levels are known is seen when the file is read."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checking.material import Material
from knowledge.checking.references import given_twice
from knowledge.faults import Fault


def find_faults(material: Material) -> Iterator[Fault]:
    """Doubled ids, alarms without signs."""
    path = material.path("data", "alarms.yml")
    yield from given_twice(path, "alarm", (alarm.id for alarm in material.alarms))
    for alarm in material.alarms:
        yield from given_twice(path, f"alarm {alarm.id}, sign", alarm.signs)
        if not alarm.signs:
            yield Fault(path, f"alarm {alarm.id}: has no signs", expected="signs: [...]")
