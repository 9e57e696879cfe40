"""Parses texts with a model: `python -m benchmarks.parse_texts MODEL TEXTS OUT`.

It runs in the contender's environment, so that it imports nothing but Rasa.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent


async def _parse(model: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    agent = Agent.load(model)
    return [_needed(await agent.parse_message(text)) for text in texts]


def _needed(parsed: dict[str, Any]) -> dict[str, Any]:
    return {key: parsed[key] for key in ("intent", "intent_ranking", "entities")}


def _main(model: str, asked: str, told: str) -> None:
    parsed = asyncio.run(_parse(model, json.loads(Path(asked).read_text("utf-8"))))
    Path(told).write_text(json.dumps(parsed, default=float), "utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
