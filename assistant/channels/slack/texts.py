"""The Slack channel's own texts, from texts.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assistant.server.storage.deletion import is_deletion_request

TEXTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yml").read_text("utf-8"))

_PHRASES = {phrase: command for command, phrases in TEXTS["phrases"].items() for phrase in phrases}


def command_in(text: str) -> str | None:
    """Return the command that makes up the whole text: a key of `phrases`, `delete_data`, or None."""
    if is_deletion_request(text):
        return "delete_data"
    return _PHRASES.get(" ".join(text.lower().split()).rstrip(".!"))
