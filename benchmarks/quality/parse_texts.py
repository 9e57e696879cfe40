"""Parses texts with a model: `python -m benchmarks.quality.parse_texts MODEL TEXTS OUT`.

It runs in the contender's environment, so that it imports nothing but Rasa.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

_KEYS = ("intent", "intent_ranking", "entities")


async def _parse(model: str, texts: list[str]) -> list[dict[str, Any]]:
    agent = Agent.load(model)
    parsed = [await agent.parse_message(text) for text in texts]
    return [{key: each[key] for key in _KEYS} for each in parsed]


def _main(model: str, texts: Path, out: Path) -> None:
    parsed = asyncio.run(_parse(model, json.loads(texts.read_text("utf-8"))))
    out.write_text(json.dumps(parsed, default=float), "utf-8")


if __name__ == "__main__":
    _main(sys.argv[1], *map(Path, sys.argv[2:]))
