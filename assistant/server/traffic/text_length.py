"""How long a message may be, in every channel."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.core.protocol import Message

LONGEST: Final = 1000
"""Characters."""

_TOO_LONG: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("too_long.yml").read_text("utf-8"))


def is_too_long(text: str) -> bool:
    """Whether a message has more characters than are read, as typed or as understanding unifies them.

    A single sign may stand for many: U+FDFA is a phrase of 18 letters.
    """
    return len(text) > LONGEST or len(unicodedata.normalize("NFKC", text).lower()) > LONGEST


def too_long() -> Message:
    """The fixed sentence for such a message, as a message of its own."""
    return {"text": _TOO_LONG["text"].strip(), "metadata": dict(_TOO_LONG["metadata"])}
