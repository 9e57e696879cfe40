"""Rasa's responses, with the metadata that this project adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from assistant.core.content.citations import cited_facts
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_issues
from assistant.core.protocol import ANSWERED, Outcome

Basis = Literal["sources", "clinic", "safety"]
"""Basis of an answer: facts, the clinic's own instructions, or common sense about safety."""


class ResponseMetadata(Record):
    """Topic and outcome of a response; its evidence is what its text and details cite."""

    topic: str
    outcome: Outcome = ANSWERED
    details: str | None = None
    """More than the text says, shown on demand."""
    basis: Basis | None = None
    """Written only where no fact is cited: ``safety`` for common sense."""
    near: tuple[str, ...] = ()
    """Topics offered as buttons under the answer."""
    verdict: Literal["avoid", "ask_professional", "not_covered"] | None = None
    """Verdict on "may I?" or "should I stop it?" that is the same on any day."""
    concern: str | None = None
    condition: str | None = None
    symptom: str | None = None
    alarm: str | None = None
    remark: str | None = None


class Condition(Record):
    """Slot value that selects a variation of a response, in Rasa's format."""

    type: Literal["slot"]
    name: str
    value: Any


class Button(Record):
    """A choice of the person's, in Rasa's format."""

    title: str
    payload: str


class Response(Record):
    """One variation of a response."""

    text: str
    metadata: ResponseMetadata
    condition: tuple[Condition, ...] = ()
    buttons: tuple[Button, ...] = ()
    """Replies to a question of the response; the message then offers no topics."""
    custom: dict[str, Any] | None = None
    """Card that channels show with the text, as defined by the protocol."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts that it cites, in order."""
        return cited_facts(self.text, self.metadata.details)


def response_files(data: Path) -> list[Path]:
    """Return the files with responses, sorted."""
    return sorted((data / LANGUAGE / "responses").glob("*.yml"))


def load_responses(path: Path) -> dict[str, list[Response]]:
    """Load the variations of one file by name of the response.

    Raises:
        ContentError: with every issue of the file.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("responses"), dict):
        raise ContentError([Issue(str(path), "has no responses", expected="responses: {utter_…: [...]}")])
    issues: list[Issue] = []
    responses: dict[str, list[Response]] = {}
    for name, variations in content["responses"].items():
        if not isinstance(variations, list):
            issues.append(Issue(str(path), f"{name}: is not a list of variations", expected="- text: …"))
            continue
        for number, variation in enumerate(variations, start=1):
            try:
                responses.setdefault(name, []).append(Response.parse_obj(variation))
            except ValidationError as error:
                issues += record_issues(
                    path, f"{name}, variation {number}", error, ("responses", name, number - 1)
                )
    if issues:
        raise ContentError(issues)
    return responses
