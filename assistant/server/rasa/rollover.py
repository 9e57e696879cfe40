"""Rollover: at its ceiling, a conversation begins anew under the same id, and keeps the treatment date.

The turn that reaches the ceiling is answered as usual, so that its answer can be repeated and its buttons pressed; the
turns before it are deleted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assistant.core.protocol import Message

_NEW: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("new_conversation.yml").read_text("utf-8"))


def new_conversation() -> Message:
    """Return the fixed message that tells the person."""
    return {"text": _NEW["text"].strip(), "metadata": dict(_NEW["metadata"])}
