"""Detection of messages without content: acknowledgements, and a yes or no without a question."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from assistant.core.content.cue_words import holds, is_all, plain_words
from assistant.core.content.issues import ContentError
from assistant.core.content.language import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_issues

ACKNOWLEDGE: Final = "acknowledge"
"""Intent of "ok" and similar replies."""
YES_OR_NO: Final = "yes_or_no"
"""Intent of a yes or no if nothing was asked."""
KEY = "small_replies"
_MARK: Final = "?"
_FACES = frozenset({":)", ":-)", ";)", ";-)", ":d", "xd", "<3", ":(", ":-(", ":p", "^^", "=)"})
_PICTURE = "So"  # Unicode category of emoji


class SmallReplies(Record):
    """Words of such replies, from ``data/en/small_replies.yml``."""

    acknowledge: tuple[str, ...]
    yes_or_no: tuple[str, ...]
    fillers: tuple[str, ...]
    clinic: tuple[str, ...]
    """Expressions for what only the clinic's desk knows, such as its address."""

    def kind(self, text: str) -> str | None:
        """Return the intent of a message that consists only of such a reply, else ``None``."""
        words = plain_words(text)
        if _MARK in words:
            return None
        beside = (*self.fillers, *self.acknowledge)
        if is_all(words, self.yes_or_no, (*beside, *self.yes_or_no)):
            return YES_OR_NO
        nods = not words and _is_picture(text)
        return ACKNOWLEDGE if nods or is_all(words, self.acknowledge, beside) else None

    def names_clinic(self, text: str) -> bool:
        """Return whether a message asks for something that only the clinic's desk knows."""
        return holds(plain_words(text), self.clinic)


def load_small_replies(data: Path) -> SmallReplies:
    """Load the words from the folder ``data``.

    Raises:
        ContentError: the file or a list is missing.
    """
    path = data / LANGUAGE / f"{KEY}.yml"
    content: Any = read_yaml(path)
    try:
        return SmallReplies.parse_obj((content if isinstance(content, dict) else {}).get(KEY) or {})
    except ValidationError as error:
        raise ContentError(record_issues(path, KEY, error, (KEY,))) from error


def _is_picture(text: str) -> bool:
    said = text.strip().lower()
    return said in _FACES or any(unicodedata.category(letter) == _PICTURE for letter in said)
