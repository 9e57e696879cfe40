"""Chat in the terminal with the latest model, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.core.content.issues import ContentError
from assistant.core.content.texts import load_texts

if TYPE_CHECKING:
    from assistant.channels.terminal.conversation import Conversation

with contextlib.suppress(ImportError):
    import readline  # noqa: F401  (arrow keys in input, where there is one)


async def main() -> int:
    """Chat until the input ends; return 0, 1 without a model, 2 with invalid content."""
    _prepare()
    texts = load_texts("terminal")
    print(texts["loading"], flush=True)
    folder = "models"

    from assistant.channels.terminal.conversation import Conversation, loaded_agent

    try:
        agent = await loaded_agent(folder, "endpoints.yml")
    except ContentError as error:
        print(*error.issues, texts["content_is_broken"], sep="\n", file=sys.stderr)
        return 2
    if agent is None:
        print(texts["no_model"].format(folder=folder), file=sys.stderr)
        return 1

    print(f"\n{texts['welcome']}\n")
    await _talk(Conversation(agent), texts)
    print(f"\n{texts['goodbye']}")
    return 0


def _prepare() -> None:
    """Set the environment before Rasa is imported, which logs a lot while loading."""
    warnings.showwarning = lambda *_warning: None  # filters have no effect, as Sanic sets its own
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")


async def _talk(conversation: Conversation, texts: Mapping[str, str]) -> None:
    from assistant.channels.terminal.conversation import rendered

    while (line := _next_line(texts["prompt"])) is not None:
        number = 1
        for message in await conversation.say(line):
            print(f"\n{rendered(message, texts, first_button=number, bold=sys.stdout.isatty())}")
            number += len(message.get("buttons", []))
        print()


def _next_line(prompt: str) -> str | None:
    """Prompt for a line; None at the end of the input or for "quit"."""
    line = ""
    while not line:
        try:
            line = input(prompt).strip()
        except (EOFError, KeyboardInterrupt):
            return None
    return None if line.lower() in ("quit", "exit") else line


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
