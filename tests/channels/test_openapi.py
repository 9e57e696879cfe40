"""Requests generated from the OpenAPI description, valid and invalid, get the documented responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from assistant.channels.website.schemas import DESCRIPTION
from tests.servers import RunningAssistant, Visitor

API = schemathesis.openapi.from_dict(DESCRIPTION)
OPERATIONS: list[Any] = [result.ok() for result in API.get_all_operations() if isinstance(result, Ok)]
# What takes nothing can't be sent badly; erasing gets a test of its own, since it ends the session.
GOOD = [operation for operation in OPERATIONS if operation.method != "delete"]
BAD = [operation for operation in GOOD if operation.definition.raw.get("requestBody")]
FEW, SOME, MANY = 50, 150, 600  # requests
CASES = [
    *((operation, GenerationMode.POSITIVE, FEW) for operation in GOOD if operation not in BAD),
    *((operation, mode, SOME) for operation in BAD for mode in GenerationMode),
    *(
        pytest.param(operation, mode, MANY, marks=pytest.mark.slow)
        for operation in BAD
        for mode in GenerationMode
    ),
]


@pytest.fixture(scope="module")
def bystander(assistant: RunningAssistant) -> Iterator[Visitor]:
    """Somebody else, whose conversation has to be the same afterwards."""
    somebody = assistant.visitor()
    somebody.say("How long will my skin stay red?")
    before = somebody.history()
    yield somebody
    assert somebody.history() == before


def checked(case: Any, server: RunningAssistant, token: str, session: requests.Session) -> Any:
    """Sends it, and checks status, content type, headers and body against the description."""
    headers = {"Authorization": f"Bearer {token}"}
    response = case.call(base_url=server.base_url, headers=headers, session=session)
    assert response.status_code < 500
    # 413 refuses too, as the description says; schemathesis does not count it
    refused = [negative_data_rejection] if response.status_code == 413 else []
    case.validate_response(response, headers=headers, excluded_checks=refused)
    return response


@pytest.mark.parametrize(
    ("operation", "mode", "count"), CASES, ids=lambda value: getattr(value, "label", None)
)
def test_what_is_sent_gets_an_answer_that_the_description_names(
    assistant: RunningAssistant, bystander: Visitor, operation: Any, mode: GenerationMode, count: int
) -> None:
    visitor = assistant.visitor()
    sent = 0

    @settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_one(case: Any) -> None:
        nonlocal sent, visitor
        sent += 1
        if sent % 20 == 0:  # Rasa gets slower with each message of a conversation
            visitor = assistant.visitor()
        checked(case, assistant, visitor.token, session)

    with requests.Session() as session:
        try_one()
    assert sent >= count or operation not in BAD


def test_erasing_is_what_the_description_says(assistant: RunningAssistant, bystander: Visitor) -> None:
    (erasing,) = (operation for operation in OPERATIONS if operation.method == "delete")
    visitor = assistant.visitor()
    with requests.Session() as session:
        for status in (204, 401):
            assert checked(erasing.Case(), assistant, visitor.token, session).status_code == status


def test_the_server_hands_out_the_description(assistant: RunningAssistant) -> None:
    answer = requests.get(f"{assistant.base_url}/webhooks/website/openapi.json", timeout=10)
    assert answer.json() == DESCRIPTION
