"""The channel's OpenAPI description; request bodies are validated against its schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

DESCRIPTION: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("openapi.yml").read_text("utf-8"))
_DESCRIPTION_JSON = json.dumps(DESCRIPTION).encode()

_SCHEMAS = DESCRIPTION["components"]["schemas"]
USER_MESSAGE = Draft202012Validator(_SCHEMAS["UserMessage"])
FEEDBACK = Draft202012Validator(_SCHEMAS["Feedback"])


def add_description_route(front: Blueprint) -> None:
    """Add `GET /webhooks/website/openapi.json`."""

    @front.get("/webhooks/website/openapi.json")
    async def describe(_request: Request) -> HTTPResponse:
        return raw(_DESCRIPTION_JSON, content_type="application/json")
