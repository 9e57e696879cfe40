"""A clinic's own answers to topics, from ``clinic/answers.yml``; they are given instead of ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import validator

from assistant.core.content.articles import Source
from assistant.core.content.yaml_files import Record, read_records
from assistant.core.protocol import CLINIC, instruction

FILE = "answers.yml"
KEY = "answers"


class ClinicAnswer(Record):
    """The clinic's answer to a topic."""

    topic: str
    text: str
    details: str | None = None
    """More than the text says, shown on demand."""
    section: str | None = None
    """Section of the clinic's own information."""
    link: str | None = None
    buttons: tuple[str, ...] = ()
    """Topics that a person might ask about next."""

    @validator("link")
    def _is_a_link(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://")):
            raise ValueError(f"is not a link that starts with https:// (got {value})")
        return value

    @validator("text", "details")
    def _holds_text(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("is empty (expected what people read)")
        return value

    @property
    def name(self) -> str:
        """Name under which texts cite it."""
        return instruction(f"answer_{self.topic}")

    def as_response(self) -> dict[str, Any]:
        """Return the answer as a response of Rasa, which cites the clinic."""
        text = self.text.strip()
        shown = "\n\n".join(filter(None, (cited(text, self.name), self.link)))
        details = cited(self.details.strip(), self.name) if self.details else None
        about = {"topic": self.topic, "near": list(self.buttons), "details": details}
        return {"text": shown, "metadata": {key: value for key, value in about.items() if value}}

    def source(self, clinic_name: str, section: str) -> Source:
        """Return the clinic as the source; ``section`` is the default."""
        return clinic_source(clinic_name, self.section or section)


def clinic_source(name: str, section: str) -> Source:
    """Return the clinic as a source."""
    return {"id": CLINIC, "title": name, "name": name, "section": section}


def cited(text: str, name: str) -> str:
    """Return the text with a citation before the mark that ends it."""
    end = len(text.rstrip(".!?:*"))
    return f"{text[:end]} [{name}]{text[end:]}"


def load_clinic_answers(path: Path) -> Mapping[str, ClinicAnswer]:
    """Load the answers by topic; none if the file does not exist.

    Raises:
        ContentError: with every issue of the file.
    """
    records = read_records(path, KEY, ClinicAnswer) if path.is_file() else []
    return {answer.topic: answer for answer in records}
