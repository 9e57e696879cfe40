"""Texts that the server and the channels say themselves, from ``data/en/texts``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record, read_yaml, record_of
from assistant.core.protocol import Message, Outcome

DATA: Final = Path(__file__).resolve().parents[3] / "data"
"""Content of this project: servers need these texts before they know of any other."""
REPLIES: Final = "replies"
PROBLEMS: Final = "problems"


class FixedReply(Record):
    """A message that no response and no action writes; its other keys are its metadata."""

    text: str
    topic: str
    outcome: Outcome
    sources: tuple[Mapping[str, str], ...] | None = None
    erased: bool | None = None
    new_conversation: bool | None = None

    def message(self, **values: str) -> Message:
        """Return the message with the values of its placeholders."""
        metadata = self.dict(exclude={"text"}, exclude_none=True)
        if "sources" in metadata:
            metadata["sources"] = list(metadata["sources"])
        return {"text": self.text.strip().format(**values), "metadata": metadata}


class FixedReplies(Record):
    """All messages that the server writes itself."""

    apology: FixedReply
    erased: FixedReply
    maintenance: FixedReply
    new_conversation: FixedReply
    too_long: FixedReply


class Problem(Record):
    """An error response of the HTTP API; the title is for developers, a page may show the detail."""

    status: int
    title: str
    detail: str


def texts_file(name: str, data: Path = DATA) -> Path:
    """Return the path of a file with texts."""
    return data / LANGUAGE / "texts" / f"{name}.yml"


def load_replies(data: Path = DATA) -> FixedReplies:
    """Load the messages that the server writes itself.

    Raises:
        ContentError: with every issue of the file.
    """
    return read_record(texts_file(REPLIES, data), REPLIES, FixedReplies)


def load_problems(data: Path = DATA) -> dict[str, Problem]:
    """Load the error responses by kind.

    Raises:
        ContentError: with every issue of the first response that has any.
    """
    path, problems = texts_file(PROBLEMS, data), load_texts(PROBLEMS, data)
    return {kind: record_of(path, problems, kind, Problem) for kind in problems}


def load_texts(name: str, data: Path = DATA) -> dict[str, Any]:
    """Load the texts of one file.

    Raises:
        ContentError: the file is missing or is no mapping.
    """
    path = texts_file(name, data)
    texts = read_yaml(path)
    if not isinstance(texts, dict):
        raise ContentError([Issue(str(path), "has no texts", expected="key: text")])
    return texts
