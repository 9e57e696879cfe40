"""Everything that computed answers are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.aftercare.aftercare import Aftercare, load_aftercare
from knowledge.aftercare.wording import AftercareWording, load_aftercare_wording
from knowledge.content import Content, load_content


@dataclass(frozen=True)
class Handbook:
    """The content, the articles' rules with the clinic's own, and the sentences around them."""

    content: Content
    aftercare: Aftercare
    wording: AftercareWording


def load_handbook(data: Path, clinic: Path) -> Handbook:
    """The handbook of the folder ``data``, for the clinic of the folder ``clinic``.

    Raises:
        ContentError: a file is missing or wrong.
    """
    content = load_content(data, clinic / "settings.yml")
    return Handbook(
        content, load_aftercare(data, clinic / "aftercare.yml", content), load_aftercare_wording(data)
    )
