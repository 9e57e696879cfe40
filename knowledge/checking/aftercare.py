"""Checks of ``data/aftercare.yml``, a clinic's own rules, and the sentences around them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.aftercare.checking import check_aftercare
from knowledge.aftercare.wording import load_aftercare_wording
from knowledge.checking.material import Material
from knowledge.faults import ContentError, Fault


def find_faults(material: Material) -> Iterator[Fault]:
    """What is wrong with the rules, and sentences that are missing."""
    data = Path(material.path("data"))
    yield from check_aftercare(data, Path(material.path("clinic")))
    try:
        load_aftercare_wording(data)
    except ContentError as error:
        yield from error.faults
