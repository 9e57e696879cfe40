"""Maximum length of a message, in every channel."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.core.protocol import Message

LONGEST: Final = 1000
"""In characters."""

_TOO_LONG: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("too_long.yml").read_text("utf-8"))


def is_too_long(text: str) -> bool:
    """Return whether the text exceeds the limit, as typed or after Unicode normalization.

    One character may expand to many: U+FDFA becomes a phrase of 18 letters.
    """
    return len(text) > LONGEST or len(unicodedata.normalize("NFKC", text).lower()) > LONGEST


def too_long() -> Message:
    """Return the fixed message for a text that is too long."""
    return {"text": _TOO_LONG["text"].strip(), "metadata": dict(_TOO_LONG["metadata"])}
