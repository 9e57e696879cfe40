"""The channel's OpenAPI description, and request bodies that are validated against its schemas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import available_timezones

import yaml
from jsonschema import Draft202012Validator
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant.server.messages import is_too_long
from assistant.server.problems import ProblemError
from assistant.server.storage.feedback import Feedback

DESCRIPTION: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("openapi.yml").read_text("utf-8"))
_DESCRIPTION_JSON = json.dumps(DESCRIPTION).encode()

_SCHEMAS = DESCRIPTION["components"]["schemas"]
USER_MESSAGE = Draft202012Validator(_SCHEMAS["UserMessage"])
FEEDBACK = Draft202012Validator(_SCHEMAS["Feedback"])
_TIMEZONES = frozenset(available_timezones())


def add_description_route(blueprint: Blueprint) -> None:
    """Add `GET /webhooks/website/openapi.json`."""

    @blueprint.get("/webhooks/website/openapi.json")
    async def describe(_request: Request) -> HTTPResponse:
        return raw(_DESCRIPTION_JSON, content_type="application/json")


@dataclass(frozen=True)
class IncomingMessage:
    """One message from the website, with either a text or a payload."""

    id: str
    text: str | None
    payload: str | None
    timezone: str | None
    """An IANA name known here; None if the client sent none or an unknown one."""


def read_message(content_type: str | None, body: bytes) -> IncomingMessage:
    """Parse a message; raises `ProblemError` if it is invalid."""
    given = _parsed(content_type, body, "wrong_shape")
    if isinstance(given.get("text"), str):
        given["text"] = given["text"].strip().replace("\r\n", "\n")
    _check(given)
    zone = given.get("timezone")
    return IncomingMessage(
        given["id"], given.get("text"), given.get("payload"), zone if zone in _TIMEZONES else None
    )


def read_feedback(content_type: str | None, body: bytes) -> Feedback:
    """Parse feedback; raises `ProblemError` if it is invalid."""
    given = _parsed(content_type, body, "wrong_feedback")
    if not FEEDBACK.is_valid(given) or not _is_unicode(given.get("comment", "")):
        raise ProblemError("wrong_feedback")
    comment = given.get("comment", "").strip()
    return Feedback((given["id"], int(given["part"])), given["helpful"], comment or None)


def _parsed(content_type: str | None, body: bytes, wrong: str) -> dict[str, Any]:
    if not body:
        raise ProblemError("no_json")
    if (content_type or "").partition(";")[0].strip().lower() != "application/json":
        raise ProblemError("not_json")
    try:
        given = json.loads(
            body.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_unambiguous
        )
    except (ValueError, RecursionError):
        raise ProblemError("no_json") from None
    if not isinstance(given, dict) or any(isinstance(value, (dict, list)) for value in given.values()):
        raise ProblemError(wrong)  # not left to the validation, which can't take deep nesting
    return given


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key twice: programs disagree about which one counts")
    return dict(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _check(given: Any) -> None:
    issues = {(tuple(error.path)[:1], error.validator) for error in USER_MESSAGE.iter_errors(given)}
    if any(not _is_of_words(*issue) for issue in issues):
        raise ProblemError("wrong_shape")
    found = {issue for _, issue in issues}
    if "minLength" in found:
        raise ProblemError("empty_text")
    if "pattern" in found or not _is_unicode(given.get("text", "")):
        raise ProblemError("control_characters")
    if "maxLength" in found or is_too_long(given.get("text") or given["payload"]):
        raise ProblemError("too_long")


def _is_of_words(field: tuple[Any, ...], issue: str) -> bool:
    """Return whether a violation concerns the user's text rather than the body's shape."""
    return (field == ("text",) and issue != "type") or (field, issue) == (("payload",), "maxLength")


def _is_unicode(text: str) -> bool:
    """Return whether the text is valid Unicode: JSON can contain lone surrogates, files and databases cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
