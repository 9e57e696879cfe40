"""Validation of blocks and views: blocks.yml, and rules that a schema cannot express."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from testbed.slack.refusal import RefusalError

_SCHEMA = yaml.safe_load(Path(__file__).with_name("blocks.yml").read_text("utf-8"))
_LONGEST_MARKDOWN = 12_000
_SELECTS = ("static_select", "radio_buttons")


def check_blocks(blocks: Any) -> None:
    """Raises as Slack does where a message can't have these blocks."""
    _refuse("invalid_blocks", [*_faults("blocks_of_message", blocks), *_more_faults(blocks)])


def check_view(view: Any) -> None:
    """Raises as Slack does where a view can't be like this."""
    kind = view.get("type") if isinstance(view, dict) else None
    if kind not in ("modal", "home"):
        raise RefusalError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] view type {kind!r}"]}
        )
    _refuse("invalid_arguments", [*_faults(kind, view), *_more_faults(view.get("blocks"))])


def elements_of(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every interactive element with its block."""
    for block in blocks:
        parts = [block.get("accessory"), block.get("element")]
        if block.get("type") in ("actions", "context_actions"):
            parts += block["elements"]
        yield from ((block, part) for part in parts if part and part["type"] != "image")


def _refuse(error: str, faults: list[str]) -> None:
    if faults:
        raise RefusalError(error, response_metadata={"messages": [f"[ERROR] {fault}" for fault in faults]})


def _faults(definition: str, value: Any) -> list[str]:
    found = _validator(definition).iter_errors(value)
    return [
        f"{error.message[:300]} [json-pointer:/{'/'.join(map(str, error.absolute_path))}]" for error in found
    ]


@cache
def _validator(definition: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{definition}", **_SCHEMA})


def _more_faults(blocks: Any) -> Iterator[str]:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return
    yield from _repeated("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    for block in blocks:
        yield from _repeated(
            "action_id", [part["action_id"] for _, part in _safely([block]) if "action_id" in part]
        )
    for _, part in _safely(blocks):
        yield from _wrong_choice(part)
    if (
        sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown")
        > _LONGEST_MARKDOWN
    ):
        yield "markdown blocks are too long together"


def _safely(blocks: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    try:
        return list(elements_of(blocks))
    except (KeyError, TypeError):  # the schema says what is missing
        return []


def _repeated(name: str, values: list[Any]) -> Iterator[str]:
    for value in sorted({str(value) for value in values if values.count(value) > 1}):
        yield f"{name} {value!r} exists already"


def _wrong_choice(part: dict[str, Any]) -> Iterator[str]:
    options = [
        *part.get("options", []),
        *(o for g in part.get("option_groups", []) for o in g.get("options", [])),
    ]
    if part["type"] in _SELECTS and "initial_option" in part and part["initial_option"] not in options:
        yield "initial_option is none of the options"
    yield from _repeated("option", [option.get("value") for option in options])
