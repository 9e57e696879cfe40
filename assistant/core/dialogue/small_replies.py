"""Detection of messages without a subject: acknowledgements, orders, and a yes or no without a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from assistant.core.content.cue_words import holds, is_all, pictures, plain_words
from assistant.core.content.issues import ContentError
from assistant.core.content.language import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_issues

ACKNOWLEDGE: Final = "acknowledge"
"""Intent of "ok" and similar replies."""
YES_OR_NO: Final = "yes_or_no"
"""Intent of a yes or no if nothing was asked."""
KEY = "small_replies"
_MARK: Final = "?"
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)  # "okayyy", "nooo", "mmmmm"
_FACES = frozenset({":)", ":-)", ";)", ";-)", ":d", "xd", "<3", ":(", ":-(", ":p", "^^", "=)"})


class SmallReplies(Record):
    """Words of such replies, from ``data/en/small_replies.yml``."""

    acknowledge: tuple[str, ...]
    yes_or_no: tuple[str, ...]
    fillers: tuple[str, ...]
    clinic: tuple[str, ...]
    """Expressions for what only the clinic's desk knows, such as its address."""
    orders: dict[str, tuple[str, ...]]
    """Words of orders by their intent, such as "restart"."""
    numbers: tuple[tuple[str, ...], ...]
    """Words for the first, second, ... of the buttons on offer."""
    last: tuple[str, ...]
    choosing: tuple[str, ...]
    """Words beside a number that change nothing."""

    def kind(self, text: str) -> str | None:
        """Return the intent of a message that consists only of such a reply, also a stretched one, else ``None``."""
        spellings = (text, _STRETCHED.sub(r"\1", text), _STRETCHED.sub(r"\1\1", text))
        return next((kind for kind in map(self._kind, spellings) if kind is not None), None)

    def _kind(self, text: str) -> str | None:
        words, beside = plain_words(text), (*self.fillers, *self.acknowledge)
        ordered = self._ordered(words, beside)
        if ordered is not None or _MARK in words:
            return ordered
        if is_all(words, self.yes_or_no, (*beside, *self.yes_or_no)):
            return YES_OR_NO
        nods = not words and _is_picture(text)
        return ACKNOWLEDGE if nods or is_all(words, self.acknowledge, beside) else None

    def _ordered(self, words: Sequence[str], beside: Sequence[str]) -> str | None:
        orders = self.orders.items()
        return next((intent for intent, cues in orders if is_all(words, cues, (*beside, _MARK))), None)

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
    return text.strip().lower() in _FACES or bool(pictures(text))
