"""What the assistant answers: Rasa's responses, with the metadata that this project adds to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_yaml, record_faults

Outcome = Literal[
    "answered", "not_covered", "clarify", "urgent", "out_of_scope", "handoff", "smalltalk", "error"
]


class ResponseMetadata(Record):
    """What a response is about and what carries it."""

    topic: str
    outcome: Outcome = "answered"
    facts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    """Topics that are offered as buttons under the answer."""
    disagreement: bool = False
    verdict: Literal["ask_professional"] | None = None
    """What "may I?" or "should I stop it?" comes to, where the answer is for the doctor or pharmacist to give."""
    concern: str | None = None
    condition: str | None = None
    symptom: str | None = None
    alarm: str | None = None
    remark: str | None = None


class Condition(Record):
    """A slot value that a variation of a response is meant for, as Rasa writes it."""

    type: Literal["slot"]
    name: str
    value: Any


class Response(Record):
    """One variation of a response."""

    text: str
    metadata: ResponseMetadata
    condition: tuple[Condition, ...] = ()
    custom: dict[str, Any] | None = None
    """What channels show beside the text, as the protocol has it."""


def response_files(data: Path) -> list[Path]:
    """The files that hold responses, in a fixed order."""
    return sorted((data / "responses").glob("*.yml"))


def load_responses(path: Path) -> dict[str, list[Response]]:
    """Variations by the response's name, of one file.

    Raises:
        ContentError: with every fault of the file.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("responses"), dict):
        raise ContentError([Issue(str(path), "has no responses", expected="responses: {utter_…: [...]}")])
    faults: list[Issue] = []
    responses: dict[str, list[Response]] = {}
    for name, variations in content["responses"].items():
        if not isinstance(variations, list):
            faults.append(Issue(str(path), f"{name}: is not a list of variations", expected="- text: …"))
            continue
        for number, variation in enumerate(variations, start=1):
            try:
                responses.setdefault(name, []).append(Response.parse_obj(variation))
            except ValidationError as error:
                faults += record_faults(
                    path, f"{name}, variation {number}", error, ("responses", name, number - 1)
                )
    if faults:
        raise ContentError(faults)
    return responses
