"""Writes docs/conversations.md from docs/conversations.yml with the trained model: ``python -m testbed.conversations``.

With ``--check`` nothing is written, and the exit code is 1 if the page is stale.
"""

from __future__ import annotations

import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.core.content.yaml_files import read_yaml
from assistant.core.protocol import Message
from testbed.environment import ROOT
from testbed.frozen_time import FrozenTimeAssistant, frozen_time_assistant

TALKS = ROOT / "docs" / "conversations.yml"
PAGE = ROOT / "docs" / "conversations.md"
HEAD = """\
# Conversations

As the trained assistant talks on {day}, {zone} time. `make conversations` writes this page from
[conversations.yml](conversations.yml). The widget and Slack show the sources of the numbered notes below each answer,
cards instead of long timelines, and buttons; they are left out here.
"""


def main() -> int:
    """Write the page, or compare it with what the assistant says; the exit code is 0 if all is well."""
    page = _page(read_yaml(TALKS))
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(f"{PAGE.relative_to(ROOT)} is stale; run `make conversations`", file=sys.stderr)
    return 1


def _page(script: Mapping[str, Any]) -> str:
    now = datetime.fromisoformat(script["now"]).replace(tzinfo=ZoneInfo(script["zone"]))
    head = HEAD.format(day=f"{now:%-d %B %Y}, {now:%H:%M}", zone=script["zone"])
    with tempfile.TemporaryDirectory() as folder, frozen_time_assistant(Path(folder)) as assistant:
        talks = ["\n".join(_talk(assistant, talk, now, script["zone"])) for talk in script["talks"]]
    return "\n".join([head, *talks])


def _talk(assistant: FrozenTimeAssistant, talk: Mapping[str, Any], now: datetime, zone: str) -> Iterator[str]:
    yield f"## {talk['title']}\n"
    conversation = f"website-{uuid.uuid4().hex}"
    for text in talk["says"]:
        yield f"**Visitor:** {text}\n"
        answers = assistant.say(conversation, text, now.astimezone(timezone.utc), zone)
        yield from _quoted(answers)


def _quoted(answers: Iterable[Message]) -> Iterator[str]:
    for answer in answers:
        yield "\n".join(f"> {line}".rstrip() for line in answer["text"].strip().splitlines()) + "\n"


if __name__ == "__main__":
    sys.exit(main())
